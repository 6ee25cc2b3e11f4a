/** The fifteen findings of the ledger's audit, each with the tests that have it refused: none may go unnoticed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const TESTS = join(import.meta.dirname, '..')

/** Titles of tests, or of the situations that tests are made of, by the file that has them. */
type Proofs = Readonly<Record<string, readonly string[]>>

/** In the order of the audit: what one stolen or careless key could do, or what nobody could see. */
const FINDINGS: readonly (readonly [finding: string, proofs: Proofs])[] = [
  [
    'any admin accredits a ministry’s code, anchors in its name and blocks the owner',
    {
      'contracts/accreditation.test.ts': [
        'accredits nothing by one key, at whatever level, however often it is called',
        'blocks the owner in nothing: the rightful region accredits the body meanwhile',
        'is not confirmed by a region that contains but one of them, nor from beside',
      ],
    },
  ],
  [
    'a transfer out names no destination; one successor for two origins; annulment stays behind; an index never used',
    {
      'contracts/transfers.test.ts': [
        'is the destination that the transfer out names, and no other agency, even of the same operator',
        'serves one origin, for good: a second is refused, also after a correction took the first back',
        'carries an annulment of any origin to the last successor, in one lookup',
        'is anchored: never used, ahead or passed over, it is none',
      ],
    },
  ],
  [
    'a thief’s nomination survives',
    {
      'contracts/nominations.test.ts': [
        'is dead after thirty days, alive in the second before',
        'does not survive ',
        'does not survive the replacement of the admin who made it, for an agency or a region below',
        'does not survive the suspension or the pause of the agency',
      ],
    },
  ],
  [
    'the proof of the hand-over does not notice',
    {
      'contracts/hand-over.test.ts': [
        'a role is administered by everyone',
        'a role is guarded by everyone',
        'the ledger answers to another authority',
        'the council was granted a role earlier, without delay',
        'the administration of the ledger waits 136 years',
        'an admin never proved that it holds its key',
      ],
    },
  ],
  [
    'retiring an agency or a region freezes its licences',
    {
      'contracts/succession.test.ts': [
        'is in the hands of the successor’s operator: on its licences, never in its name',
        'has the admin of its region as custodian, which it never is of a live one',
        'is annulled by the superior in its stead, be it live, suspended or retired',
        'leaves its licences to its parent, and its parent counts it no more',
      ],
    },
  ],
  [
    'one key does what nobody can undo',
    {
      'contracts/keys.test.ts': [
        'finding 6: of every signature ever made is undone by two keys, and by neither alone',
      ],
      'contracts/one-key/operator.test.ts': ['annuls 6,400 licences, and two other keys give them back'],
      'contracts/corrections.test.ts': [
        'lead from any to any, whatever the law of acts says: what one key entered, two take back',
      ],
    },
  ],
  [
    'only a vote of ten days stops a province whose key is stolen',
    {
      'contracts/region-pause.test.ts': [
        'stops the province and all that lies in it at once, for 72 hours to the second',
        'lasts no longer than fourteen days in all, whatever is voted on',
        'does not come again within thirty days, ended early or not',
      ],
    },
  ],
  [
    'a chain whose clock counts milliseconds cuts times',
    {
      'contracts/chain-check.test.ts': [
        'refuses, and so does the deployment, a chain that ',
        'counts milliseconds',
        'sees milliseconds in contracts, whatever a gateway makes of the blocks’ times',
      ],
    },
  ],
  [
    'admin and operator are one account; a kid is squatted',
    {
      'contracts/nominations.test.ts': [
        'are never one account’s: an admin becomes no operator, by accreditation or nomination, of any agency',
        'are never one account’s: an operator becomes no admin, by admission, accreditation or nomination',
        'stay apart when a nomination is accepted after the account took the other office',
      ],
      'contracts/keys.test.ts': [
        'finding 9: occupies nobody else’s: another agency registers, ends and loses the same key for itself',
      ],
    },
  ],
  [
    'the law: old acts, terms, the superior’s annulment, what leads on',
    {
      'contracts/statuses.test.ts': [
        'takes effect at most 31 days back whatever the act, an annulment alone excepted',
        'is kept for the indices named alone, and changes no status when it passes',
      ],
      'contracts/corrections.test.ts': ['takes effect any time back, and follows the law of acts'],
      'contracts/capacities.test.ts': [
        'reaches to nothing but annulment, and no further than the next region',
      ],
    },
  ],
  [
    'an answer scans every agreement; the past is answered by today; an approval of one character; who never joined',
    {
      'contracts/Recognitions.t.sol': ['test_costsNoMoreThanItsBoundWith10000AgreementsBetweenTheSamePair'],
      'contracts/catalogue.test.ts': [
        'answers for a past time as it was, also after a retirement',
        'answers for a past time what an item then demanded, in full',
      ],
      'contracts/recognitions.test.ts': [
        'takes an entry with an approval that has the form of a reference and names its document',
        'recognises no type that is unknown, or retired at the time',
        'does not answer for a province that never joined, receiving or issuing, as if it had',
        'ends when a province leaves the alliance, and the time before stays as it was',
      ],
    },
  ],
  [
    'a verification needs logs; withheld ones hide a suspension; any member forces a reader to read on',
    {
      'packages/ledger/history.test.ts': [
        'is read from as many single blocks as the word’s acts lie in, and from none where there is no act',
        'is inconsistent when any one act on its word is hidden, also one on a neighbour alone',
      ],
      'packages/ledger/bounded-reading.test.ts': [
        'is a history of 256 acts on a word at most: one more is refused before it is read',
        'is no history without an end, which a node makes up with the counter at its maximum',
      ],
    },
  ],
  [
    'nothing binds an index to a batch',
    {
      'contracts/anchors.test.ts': [
        'is what every batch begins at: a journal behind the ledger, or ahead, is refused with the number',
        'are never anchored later',
      ],
      'fixtures/ledger-situations.ts': ['a status index after that of its place in the batch'],
      'packages/issuer/act-on-licences.test.ts': [
        'signs nothing with a journal that does not know all that the ledger has',
      ],
    },
  ],
  [
    'the ledger knows no names; a face dated 2031; a receiving region that is no member',
    {
      'contracts/names.test.ts': [
        'are refused to every other, whichever way, agency or region, and whoever stands above',
        'are refused where they could pass for another: ',
      ],
      'fixtures/face-situations.ts': [
        'a face that names an office of another province',
        'a face that names its issuer, as it is registered, by a province that is not in the alliance',
        'a registered name that is not in its one form: ',
        'a face dated 2031',
      ],
    },
  ],
  [
    'votes against; voting times; dead seats; a street that is an alias; identity numbers in decision numbers',
    {
      'contracts/council.test.ts': [
        'counts ',
        'waits two days even where the access manager would let it act at once',
        'does not count what was dead when the proposal was made',
      ],
      'contracts/sub-regions.test.ts': [
        'finding 15: refuses a street code ending in 000, an alias of its county, at every level above',
      ],
      'packages/ledger/public-text.test.ts': ['holds no resident number: '],
      'packages/issuer/act-on-licences.test.ts': [
        'refuses a decision number that holds a resident identity number, however it is written',
      ],
    },
  ],
]

/** As a test or a situation is named in the source: quoted whole, up to what varies, or a function of a Solidity test. */
function isNamedIn(source: string, title: string): boolean {
  return [`'${title}'`, `\`${title}\${`, `function ${title}(`].some((named) => source.includes(named))
}

/** What leaves a test out, or every other, or has no test below its title: that a title is there proves nothing then. */
const LEFT_OUT = /\.(?:skip|only)\(|\bx(?:it|describe)\(|\bit\(\s*(['"`])(?:(?!\1).)*\1,?\s*\)/

describe('The fifteen findings', () => {
  it('are fifteen', () => {
    expect(FINDINGS).to.have.length(15)
  })

  it('would be told from those that are left out', () => {
    const titled = (words: string): string => `${words}('refuses', () => run())`
    const left = ['it.skip', 'it.only', 'describe.only', 'this.skip', 'vm.skip', 'xit', 'xdescribe'].map(
      titled,
    )
    for (const source of [...left, "it('refuses')", 'it(`refuses`,\n)']) expect(source).to.match(LEFT_OUT)
    for (const source of ["it('refuses', () => f('a'))", "exit('a')", "it('a', async () => {"]) {
      expect(source).not.to.match(LEFT_OUT)
    }
  })

  for (const [place, [finding, proofs]] of FINDINGS.entries()) {
    it(`${place + 1}, ${finding}: is refused by tests that there are`, () => {
      for (const [file, titles] of Object.entries(proofs)) {
        const source = readFileSync(join(TESTS, file), 'utf8')
        expect(LEFT_OUT.exec(source)?.[0], `${file} leaves tests out`).to.equal(undefined)
        for (const title of titles) expect(isNamedIn(source, title), `${file}: ${title}`).to.equal(true)
      }
    })
  }
})
