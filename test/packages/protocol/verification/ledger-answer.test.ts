/** What a view answers is read as ledger-view.md says: a member that is not of its form, or a contradiction, is silence. */
import {
  askLedger,
  createMemoryLedgerView,
  createVerifier,
  demandKey,
  encodeReport,
  keyIdOf,
  type LedgerDirectory,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  type LedgerView,
  type MemoryLedger,
  parseReport,
  suite,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { CONTRADICTIONS } from '#internal/protocol/verification/contradictions'
import {
  withActs,
  withAgency,
  withKey,
  withNotices,
  withOrigins,
  withRecognitions,
} from '../../../fixtures/altered-ledger.ts'
import { allFind } from '../../../fixtures/ledger-silence.ts'
import {
  ANCHORED_AT,
  createSample,
  ISSUER,
  LICENCE_TYPE,
  NOW,
  RECEIVING_REGION,
  type Sample,
  STATUS_INDEX,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'

type Facts = Record<string, unknown>
type Place = readonly (string | number)[]

const ITEM = '440100-0001'
const OTHER = '1122000000000103MW'
const OPEN = { from: 0, until: NOW + 10 }
const APPROVAL = { number: '粤政批〔2026〕3号', documentDigest: `0x${'d1'.repeat(32)}` } as const
const DECISION = {
  effectiveAt: NOW - 20,
  capacity: 'successor',
  decisionNumber: '湘建决〔2026〕1号',
  legalBasis: 'XZCFF-9-3',
} as const

/** Ledgers whose answers have every member between them. */
const LEDGERS: Readonly<Record<string, (memory: MemoryLedger) => MemoryLedger>> = {
  'a licence in force, recognised by an agreement': (m) => ({
    ...withRecognitions({
      rule: 'agreement',
      number: 3,
      licenceTypes: [LICENCE_TYPE],
      term: OPEN,
      members: { 430000: OPEN, 440000: OPEN },
    })(withKey({ validUntil: NOW, compromisedFrom: NOW })(m)),
    demands: new Map([[demandKey(ITEM, LICENCE_TYPE), [{ since: 0, fields: ['holderName'] }]]]),
  }),
  'a licence that was transferred, refused by a negative list': (m) => ({
    ...withNotices({ code: 1, term: OPEN })(
      withOrigins({
        issuer: OTHER,
        statusIndex: 9,
        since: ANCHORED_AT,
        acts: [
          { act: 'transfer-out', effectiveAt: 1 },
          { act: 'transfer-in', effectiveAt: 2 },
        ],
      })(
        withActs(
          { act: 'transfer-out', ...DECISION },
          { act: 'transfer-in', ...DECISION },
        )(
          withRecognitions({
            rule: 'negative',
            receiving: RECEIVING_REGION,
            issuing: null,
            licenceType: LICENCE_TYPE,
            serviceItem: null,
            term: OPEN,
            approval: APPROVAL,
          })(m),
        ),
      ),
    ),
  }),
  'a licence corrected into a suspension, of a retired agency': (m) =>
    withActs(
      { act: 'suspend', ...DECISION, endsAt: NOW + 5 },
      { act: 'correct', status: 'restricted', ...DECISION },
      { act: 'suspend', ...DECISION, endsAt: NOW + 5 },
    )(withAgency({ status: 'retired' })(m)),
  'a licence on its way to another agency': withActs({ act: 'transfer-out', ...DECISION }),
}

/** Where `null` is an answer: there is no such entry. */
const MAY_BE_NULL =
  /^(?:nodes\.newest|(?:agency|region)\.name|agency|region|key(?:\.validUntil|\.compromisedFrom)?|anchor|statusEndsAt|successor|destination|responsible(?:\.agency|\.region|\.name)?|licenceType|responsibility(?:\.until)?|recognition\.(?:agreement|term|term\.until|approval)|demandedFields)$/
/** What a view need not say, and acts need not have. */
const MAY_BE_ABSENT = /^(?:nodes|acts\.\d+\.(?:endsAt|capacity|decisionNumber|legalBasis))$/

const ABSENT = Symbol('absent')
const NEVER = { BigInt: 1n, 'an object': {}, 'a list in a list': [[]], 'a symbol': Symbol('x') }
const NO_NUMBER = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  negative: -1,
  fraction: 1.5,
  text: '1',
}
const NO_TEXT = { number: 7, true: true, 'too long': 'x'.repeat(1_000_000) }

/** What no member of this place may be. */
function misfitsOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  const absences = {
    ...(MAY_BE_ABSENT.test(place) ? {} : { absent: ABSENT, undefined: undefined }),
    ...(MAY_BE_NULL.test(place) ? {} : { null: null }),
  }
  if (value === null) return { ...absences, ...NEVER }
  if (Array.isArray(value)) {
    const many = Array.from({ length: 20_000 }, (_, i) => value[0] ?? i)
    return { ...absences, ...NEVER, text: 'x', 'no list': { length: 0 }, 'far too many': many }
  }
  if (typeof value === 'number') return { ...absences, ...NEVER, ...NO_NUMBER, 'too great': 2 ** 53 }
  if (typeof value === 'boolean') return { ...absences, ...NEVER, text: 'true', number: 1 }
  if (typeof value === 'string') return { ...absences, ...NEVER, ...NO_TEXT }
  return { ...absences, ...NEVER, text: 'x', number: 7, 'a list': [] }
}

function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return at.length === 0 ? [] : [at]
  const inner = Object.entries(value).flatMap(([name, member]) => placesIn(member, [...at, name]))
  return at.length === 0 ? inner : [at, ...inner]
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>((part, name) => (part as Facts)[name], value)
}

function withValueAt(value: unknown, [name, ...rest]: Place, put: unknown): unknown {
  if (name === undefined) return put
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Facts
  const made = withValueAt((value as Facts)[name], rest, put)
  if (made === ABSENT) delete copy[name]
  else copy[name] = made
  return copy
}

let sample: Sample
let query: LedgerQuery
/** By name of the ledger. */
const answers = new Map<string, LedgerFacts>()

const NODES = { needed: 2, agreeing: 3, newest: 1200, logsHeldBy: 'header' } as const
const REQUEST: Partial<VerificationRequest> = { serviceItem: ITEM, submitted: { holderName: '样例甲' } }

function viewOf(answer: unknown): LedgerView {
  return { ledger: sample.memory.ledger, lookup: async () => answer as LedgerFacts }
}

function verify(answer: unknown): Promise<VerificationReport> {
  const verifier = createVerifier({ view: viewOf(answer), suite })
  return verifier.verify({ ...sampleRequest(sample.bundle), ...REQUEST }, NOW)
}

function expectSilence({ verdict, ledger, findings }: VerificationReport, what: string): void {
  expect(verdict, what).to.equal('undetermined')
  expect(ledger, what).to.equal(null)
  expect(
    findings.map(({ code }) => code),
    what,
  ).to.include.members([...allFind('ledger-unreachable')])
}

before(async () => {
  sample = await createSample()
  query = {
    issuer: ISSUER,
    root: sample.receipt.root,
    keyId: keyIdOf(sample.kid),
    statusIndex: STATUS_INDEX,
    licenceType: LICENCE_TYPE,
    receivingRegion: RECEIVING_REGION,
    serviceItem: ITEM,
  }
  for (const [is, change] of Object.entries(LEDGERS)) {
    const facts = await createMemoryLedgerView(change(sample.memory)).lookup(query)
    answers.set(is, { ...facts, nodes: NODES })
  }
  const transferred = answerOf('a licence that was transferred, refused by a negative list')
  answers.set('a licence that was transferred, refused by a negative list', {
    ...transferred,
    successor: { issuer: OTHER, statusIndex: 7, since: NOW - 5 },
  })
  const leaving = answerOf('a licence on its way to another agency')
  answers.set('a licence on its way to another agency', { ...leaving, destination: OTHER })
})

function answerOf(is: string): LedgerFacts {
  const found = answers.get(is)
  if (found === undefined) throw new Error(`find the answer ${is}`)
  return found
}

describe('the members of an answer', () => {
  it('have every kind of entry between the answers that are altered here', () => {
    const seen = new Set([...answers.values()].flatMap((facts) => placesIn(facts).map((place) => place[0])))
    expect([...seen].sort()).to.deep.equal(Object.keys(answerOf(Object.keys(LEDGERS)[0] ?? '')).sort())
    for (const name of ['approval', 'agreement', 'term'] as const) {
      expect([...answers.values()].some(({ recognition }) => recognition[name] !== null)).to.equal(true)
    }
  })

  for (const is of Object.keys(LEDGERS)) {
    it(`are believed as they are: ${is}`, async () => {
      const { ledger } = await verify(answerOf(is))
      expect(ledger).to.not.equal(null)
    })

    it(`are silence when one is absent, of another type, out of range or too long: ${is}`, async function () {
      this.timeout(120_000)
      const facts = answerOf(is)
      let altered = 0
      for (const place of placesIn(facts)) {
        const name = place.join('.')
        for (const [how, put] of Object.entries(misfitsOf(valueAt(facts, place), name))) {
          if (/^acts\.\d+$/.test(name) && (how === 'absent' || how === 'undefined')) continue
          expectSilence(await verify(withValueAt(facts, place, put)), `${name}: ${how}`)
          altered++
        }
      }
      expect(altered).to.be.greaterThan(300)
    })
  }

  it('are silence where the answer is none', async () => {
    for (const answer of [undefined, null, 'valid', 7, 1n, [], {}]) {
      expectSilence(await verify(answer), String(answer))
    }
  })

  for (const [is, place, put] of [
    ['a region that is none', ['agency', 'region'], '990000'],
    ['a region of five digits', ['region', 'region'], '43000'],
    ['a street whose code is too long', ['agency', 'region'], '4301021234'],
    ['an agency code that is none', ['agency', 'agency'], '11430000006122244I'],
    ['a hash in capitals', ['block', 'hash'], `0x${'B1'.repeat(32)}`],
    [
      'a coordinate with bits to spare',
      ['key', 'publicJwk', 'x'],
      'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEV',
    ],
    ['logs held by nobody', ['nodes', 'logsHeldBy'], 'none'],
    ['notices out of order', ['notices'], [2, 1]],
    ['a notice twice', ['notices'], [1, 1]],
    ['a time beyond the ledger’s', ['agency', 'since'], 2 ** 40],
    ['a batch of no leaf', ['anchor', 'size'], 0],
    ['a demand out of order', ['demandedFields'], ['b', 'a']],
    ['a field with a space', ['demandedFields'], ['holder name']],
    ['a name without a character', ['agency', 'name'], ''],
    [
      'an act that sets no status, and has one',
      ['acts'],
      [{ act: 'suspend', effectiveAt: 1, status: 'valid' }],
    ],
    ['a correction to no status', ['acts'], [{ act: 'correct', effectiveAt: 1 }]],
    ['an inherited member for a rule', ['recognition', 'rule'], 'constructor'],
  ] as const) {
    it(`are silence with ${is}`, async () => {
      expectSilence(await verify(withValueAt(answerOf(Object.keys(LEDGERS)[0] ?? ''), place, put)), is)
    })
  }
})

describe('what a directory names', () => {
  for (const [is, ledgers] of [
    ['nothing', null],
    ['no list', {}],
    ['no ledger', []],
    ['a ledger without a view', [{ registration: null }]],
    ['a view without an identity', [{ view: { lookup: async () => null }, registration: null }]],
    [
      'an identity of BigInt',
      [{ view: { ledger: { chainId: 1n, address: '0x' }, lookup: async () => null }, registration: null }],
    ],
    [
      'no word on the registration',
      [{ view: { ledger: { chainId: 1, address: `0x${'0e'.repeat(20)}` }, lookup: async () => null } }],
    ],
  ] as const) {
    it(`is silence: ${is}`, async () => {
      const directory = { list: async () => ledgers } as unknown as LedgerDirectory
      const report = await createVerifier({ directory, suite }).verify(sampleRequest(sample.bundle), NOW)
      expectSilence(report, is)
    })
  }
})

describe('acts that a ledger in memory cannot have taken', () => {
  it('are silence, and no error', async () => {
    const view = createMemoryLedgerView(withActs({ act: 'reinstate', effectiveAt: 0 })(sample.memory))
    expectSilence(await createVerifier({ view, suite }).verify(sampleRequest(sample.bundle), NOW), 'acts')
  })
})

type Change = (facts: LedgerFacts) => Partial<LedgerFacts>
const [FIRST = '', TRANSFERRED = '', RETIRED = '', LEAVING = ''] = Object.keys(LEDGERS)
const SELF = { issuer: ISSUER, statusIndex: STATUS_INDEX, since: NOW - 5 }
const ORIGIN = { issuer: OTHER, statusIndex: 9, since: NOW - 5, status: 'transferred', notices: [] } as const
const NOTHING_OF_IT = {
  agency: null,
  region: null,
  key: null,
  anchor: null,
  responsible: null,
  responsibility: null,
} as const
const UNKNOWN_ISSUER = {
  recognised: false,
  rule: 'issuing-not-member',
  issuingRegion: null,
  agreement: null,
  term: null,
  approval: null,
} as const

function ruled(change: Partial<LedgerFacts['recognition']>): Change {
  return ({ recognition }) => ({ recognition: { ...recognition, ...change } })
}

/** By name of the contradiction: answers that hold it, each beside one that does not. */
const HOLDING: Readonly<
  Record<string, readonly (readonly [ledger: string, change: Change, more?: Partial<LedgerQuery>])[]>
> = {
  'another agency than the one asked about': [
    [FIRST, ({ agency }) => ({ agency: agency && { ...agency, agency: OTHER } })],
  ],
  'another block of the hash asked for': [
    [FIRST, () => ({}), { block: { number: 1199, hash: `0x${'b1'.repeat(32)}` } }],
  ],
  'an anchor, and no root was asked about': [[FIRST, () => ({}), { root: undefined as never }]],
  'fewer nodes than are needed': [
    [FIRST, () => ({ nodes: { needed: 3, agreeing: 2, newest: 1200, logsHeldBy: 'agreement' } })],
  ],
  'a demand, and no service item was asked about': [[FIRST, () => ({}), { serviceItem: undefined as never }]],
  'an agency without a region, or the other way': [
    [FIRST, () => ({ region: null })],
    [FIRST, () => ({ agency: null })],
  ],
  'another region than the agency’s': [
    [FIRST, ({ region }) => ({ region: region && { ...region, region: '220000' } })],
  ],
  'entries of an agency that is none': [
    [FIRST, ({ key }) => ({ ...NOTHING_OF_IT, key })],
    [FIRST, ({ anchor }) => ({ ...NOTHING_OF_IT, anchor })],
    [FIRST, () => ({ ...NOTHING_OF_IT, responsibility: { from: 0, until: null } })],
    [FIRST, () => ({ ...NOTHING_OF_IT, notices: [1] })],
  ],
  'an agency without a responsible, or the other way': [
    [FIRST, () => ({ responsible: null })],
    [FIRST, ({ responsible }) => ({ ...NOTHING_OF_IT, responsible })],
  ],
  'an agency since after the block': [
    [FIRST, ({ agency }) => ({ agency: agency && { ...agency, since: NOW + 1 } })],
  ],
  'an agency in office for which another acts': [
    [
      FIRST,
      ({ responsible }) => ({
        responsible: responsible && { ...responsible, capacity: 'successor', agency: OTHER },
      }),
    ],
  ],
  'a retired agency that acts for itself': [
    [
      RETIRED,
      ({ responsible }) => ({
        responsible: responsible && { ...responsible, capacity: 'operator', agency: ISSUER },
      }),
    ],
  ],
  'a responsible in another’s capacity': [
    [FIRST, ({ responsible }) => ({ responsible: responsible && { ...responsible, agency: OTHER } })],
    [RETIRED, ({ responsible }) => ({ responsible: responsible && { ...responsible, agency: OTHER } })],
    [
      RETIRED,
      ({ responsible }) => ({
        responsible: responsible && { ...responsible, capacity: 'successor', agency: ISSUER },
      }),
    ],
  ],
  'a key of another kind than its algorithm': [
    [FIRST, ({ key }) => ({ key: key && { ...key, algorithm: 'SM2' } })],
  ],
  'a key compromised after the block': [
    [FIRST, ({ key, block }) => ({ key: key && { ...key, compromisedFrom: block.time + 1 } })],
  ],
  'an anchor after the block': [
    [FIRST, ({ anchor }) => ({ anchor: anchor && { ...anchor, anchoredAt: NOW + 1 } })],
    [FIRST, ({ anchor }) => ({ anchor: anchor && { ...anchor, blockNumber: 1201 } })],
  ],
  'an anchor in the block at another time': [
    [FIRST, ({ anchor }) => ({ anchor: anchor && { ...anchor, blockNumber: 1200 } })],
  ],
  'an anchor of an agency out of office': [
    [
      FIRST,
      ({ agency }) => ({ agency: agency && { ...agency, status: 'suspended', since: ANCHORED_AT - 1 } }),
    ],
  ],
  'an anchor of more indices than there are': [
    [FIRST, ({ anchor }) => ({ anchor: anchor && { ...anchor, firstIndex: 2 ** 48 - anchor.size + 1 } })],
  ],
  'a responsibility out of its term': [
    [FIRST, () => ({ responsibility: { from: ANCHORED_AT + 1, until: null } })],
    [FIRST, () => ({ responsibility: { from: 0, until: ANCHORED_AT } })],
  ],
  'acts that do not follow one another': [[FIRST, () => ({ acts: [{ act: 'reinstate', effectiveAt: 1 }] })]],
  'a status that its acts do not lead to': [
    [FIRST, () => ({ status: 'revoked' }), { at: NOW - 1 }],
    [FIRST, () => ({ acts: [{ act: 'revoke', effectiveAt: NOW }] })],
    [RETIRED, () => ({ status: 'valid' })],
  ],
  'acts beside a status that is valid and was': [
    [
      FIRST,
      () => ({
        acts: [
          { act: 'suspend', effectiveAt: 1 },
          { act: 'reinstate', effectiveAt: 2 },
        ],
      }),
    ],
  ],
  'an inherited status that nothing inherits': [
    [
      FIRST,
      () => ({ status: 'revoked', acts: [{ act: 'inherit', status: 'revoked', effectiveAt: NOW - 5 }] }),
    ],
  ],
  'an act with an end that it cannot have': [
    [RETIRED, ({ acts }) => ({ acts: acts.map((act) => ({ ...act, endsAt: act.effectiveAt })) })],
    [
      RETIRED,
      ({ acts }) => ({
        acts: [...acts, { act: 'revoke', effectiveAt: NOW, endsAt: NOW + 5 }],
        status: 'revoked',
      }),
    ],
  ],
  'an end of a status that has none': [[FIRST, () => ({ statusEndsAt: NOW + 1 })]],
  'an end that its acts do not set': [
    [RETIRED, () => ({ statusEndsAt: NOW + 6 })],
    [RETIRED, () => ({ statusEndsAt: null })],
  ],
  'a successor of a licence that is in its place': [
    [FIRST, () => ({ successor: { issuer: OTHER, statusIndex: 7, since: NOW - 5 } })],
  ],
  'a successor since after the block': [
    [TRANSFERRED, ({ successor }) => ({ successor: successor && { ...successor, since: NOW + 1 } })],
  ],
  'a successor of the wrong agency': [
    [TRANSFERRED, ({ successor }) => ({ successor: successor && { ...successor, issuer: ISSUER } })],
    [TRANSFERRED, () => ({ status: 'superseded', acts: [{ act: 'supersede', effectiveAt: NOW - 5 }] })],
  ],
  'a transferred licence that nobody took in': [[TRANSFERRED, () => ({ successor: null })]],
  'a destination without a transfer out': [
    [FIRST, () => ({ destination: OTHER })],
    [TRANSFERRED, () => ({ destination: OTHER })],
  ],
  'a destination in its own agency': [[LEAVING, () => ({ destination: ISSUER })]],
  'a licence twice in one line': [
    [FIRST, () => ({ origins: [{ ...ORIGIN, ...SELF }] })],
    [FIRST, () => ({ origins: [ORIGIN, ORIGIN] })],
  ],
  'an origin since after the block': [[FIRST, () => ({ origins: [{ ...ORIGIN, since: NOW + 1 }] })]],
  'an origin before the anchor': [[FIRST, () => ({ origins: [{ ...ORIGIN, since: ANCHORED_AT - 1 }] })]],
  'origins out of their order': [
    [FIRST, () => ({ origins: [ORIGIN, { ...ORIGIN, issuer: ISSUER, statusIndex: 8, since: NOW - 4 }] })],
  ],
  'an origin of the wrong agency': [
    [FIRST, () => ({ origins: [{ ...ORIGIN, status: 'superseded' }] })],
    [FIRST, () => ({ origins: [{ ...ORIGIN, issuer: ISSUER }] })],
    [FIRST, () => ({ origins: [ORIGIN, { ...ORIGIN, statusIndex: 8 }] })],
  ],
  'two licences in force in one place': [
    [FIRST, () => ({ origins: [{ ...ORIGIN, status: 'valid' }] })],
    [FIRST, () => ({ origins: [ORIGIN, { ...ORIGIN, statusIndex: 8, status: 'suspended' }] })],
  ],
  'a licence type after the time asked about': [
    [FIRST, ({ licenceType }) => ({ licenceType: licenceType && { ...licenceType, since: NOW + 1 } })],
  ],
  'a demand of nothing, or of too much': [
    [FIRST, () => ({ demandedFields: [] })],
    [
      FIRST,
      () => ({ demandedFields: Array.from({ length: 52 }, (_, i) => `field${String(i).padStart(4, '0')}`) }),
    ],
  ],
  'a demand of an unknown type': [[FIRST, () => ({ licenceType: null })]],
  'a rule that decides otherwise': [
    [FIRST, ruled({ recognised: false })],
    [TRANSFERRED, ruled({ recognised: true })],
  ],
  'a rule without its term, or the other way': [
    [FIRST, ruled({ term: null })],
    [FIRST, ruled({ recognised: false, rule: 'none', agreement: null })],
  ],
  'a rule out of its term': [
    [FIRST, ruled({ term: { from: NOW + 1, until: null } })],
    [FIRST, ruled({ term: { from: 0, until: NOW } })],
  ],
  'an agreement without its number, or the other way': [
    [FIRST, ruled({ agreement: null })],
    [FIRST, ruled({ rule: 'baseline' })],
  ],
  'a refusal without its approval, or the other way': [
    [TRANSFERRED, ruled({ approval: null })],
    [FIRST, ruled({ approval: APPROVAL })],
  ],
  'the rule of one province between two': [
    [FIRST, ruled({ rule: 'same-province', agreement: null, term: null })],
  ],
  'a rule between two provinces within one': [
    [FIRST, () => ({}), { receivingRegion: '430100' }],
    [
      FIRST,
      () => ({ recognition: { ...UNKNOWN_ISSUER, issuingRegion: '430000' } }),
      { receivingRegion: '430100' },
    ],
  ],
  'a rule about another region than the agency’s': [
    [FIRST, () => NOTHING_OF_IT],
    [FIRST, ruled({ issuingRegion: null })],
    [FIRST, ruled({ issuingRegion: '220000' })],
    [
      FIRST,
      ruled({
        recognised: true,
        rule: 'same-province',
        issuingRegion: RECEIVING_REGION,
        agreement: null,
        term: null,
      }),
    ],
  ],
  'a rule for an agency that is none': [
    [
      FIRST,
      ({ recognition }) => ({ ...NOTHING_OF_IT, recognition: { ...recognition, issuingRegion: null } }),
    ],
  ],
  'a rule of a type that is not in force, or the other way': [
    [FIRST, ruled({ recognised: false, rule: 'type-not-active', agreement: null, term: null })],
    [FIRST, ({ licenceType }) => ({ licenceType: licenceType && { ...licenceType, status: 'retired' } })],
    [TRANSFERRED, () => ({ licenceType: null })],
  ],
  'no rule, where one speaks': [
    [FIRST, () => ({ ...NOTHING_OF_IT, recognition: { ...UNKNOWN_ISSUER, rule: 'none' } })],
    [
      FIRST,
      () => ({ recognition: { ...UNKNOWN_ISSUER, rule: 'none', issuingRegion: '430000' } }),
      { receivingRegion: '430100' },
    ],
    [
      FIRST,
      ({ licenceType }) => ({
        recognition: { ...UNKNOWN_ISSUER, rule: 'none', issuingRegion: '430000' },
        licenceType: licenceType && { ...licenceType, status: 'retired' },
      }),
    ],
  ],
}

async function refusalOf(answer: unknown, more: Partial<LedgerQuery>): Promise<LedgerUnavailableError> {
  try {
    await askLedger(viewOf(answer), { ...query, ...more })
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return error
    throw error
  }
  return expect.fail('the answer was believed')
}

describe('contradictions in an answer', () => {
  it('are all held by an answer below', () => {
    expect(Object.keys(HOLDING).sort()).to.deep.equal(Object.keys(CONTRADICTIONS).sort())
  })

  for (const [name, cases] of Object.entries(HOLDING)) {
    it(`are silence, and named: ${name}`, async () => {
      for (const [ledger, change, more = {}] of cases) {
        const facts = answerOf(ledger)
        const error = await refusalOf({ ...facts, ...change(facts) }, more)
        expect([error.code, error.message]).to.deep.equal([
          'inconsistent',
          `read the ledger: the answer holds ${name}`,
        ])
      }
    })
  }

  it('leave a verification undetermined, and never rejected', async () => {
    for (const [name, cases] of Object.entries(HOLDING)) {
      for (const [ledger, change, more] of cases) {
        if (more === undefined) {
          const facts = answerOf(ledger)
          expectSilence(await verify({ ...facts, ...change(facts) }), name)
        }
      }
    }
  })
})

describe('the largest answer', () => {
  it('makes a report that can be read back, whatever the longest request has beside it', async () => {
    const facts = answerOf(FIRST)
    const line = '"'.repeat(96)
    const notices = Array.from({ length: 256 }, (_, code) => code)
    const name = { zh: line, en: line, contact: line }
    const largest: LedgerFacts = {
      ...facts,
      agency: facts.agency && { ...facts.agency, name: line },
      region: facts.region && { ...facts.region, name: line },
      responsible: facts.responsible && { ...facts.responsible, name },
      notices,
      origins: Array.from({ length: 8 }, (_, at) => ({
        ...ORIGIN,
        issuer: at % 2 === 0 ? OTHER : ISSUER,
        statusIndex: 100 + at,
        notices,
      })),
      // One name of each character, those that JSON writes as two among them.
      demandedFields: Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)),
    }
    const submitted = Object.fromEntries(
      Array.from({ length: 64 }, (_, at) => [`f${String(at).padStart(2, '0')}${'x'.repeat(60)}`, '']),
    )
    const report = await createVerifier({ view: viewOf(largest), suite }).verify(
      {
        ...sampleRequest(sample.bundle),
        serviceItem: '"'.repeat(32),
        caseNo: '"'.repeat(64),
        submitted,
      },
      NOW,
    )
    expect(report.ledger, 'it was believed').to.not.equal(null)
    expect(parseReport(encodeReport(report))).to.deep.equal(report)
  })
})

/** Another value of the same kind, or of none, for each kind of member; most of them no ledger would say. */
function othersThan(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [value + 1, value - 1, 0, value * 2]
  if (typeof value === 'boolean') return [!value]
  if (value === null) return [1, NOW - 1, NOW + 9, [], '220000', OTHER, OPEN]
  if (typeof value !== 'string') return []
  const lastChanged = `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
  return [lastChanged, '220000', OTHER, 'suspended', 'retired'].filter((other) => other !== value)
}

/** What may be otherwise in a good answer, and the licence is good all the same. */
const INDIFFERENT: readonly string[] = [
  'agency.since',
  'anchor.anchoredAt',
  'anchor.blockNumber',
  'block.hash',
  'block.number',
  'block.time',
  'key.compromisedFrom',
  'key.validFrom',
  'key.validUntil',
  'licenceType.since',
  'licenceType.version',
  'nodes.agreeing',
  'nodes.needed',
  'nodes.newest',
  'recognition.agreement',
  'recognition.term.from',
  'recognition.term.until',
  'region.name',
  'region.status',
  'responsibility.from',
  'responsibility.until',
  'responsible.name.contact',
  'responsible.name.en',
  'responsible.name.zh',
  'responsible.region',
]

describe('a good answer of which one member is changed', () => {
  it('is accepted for these members alone, and never an error', async () => {
    const facts = answerOf(FIRST)
    const accepted = new Set<string>()
    for (const place of placesIn(facts)) {
      for (const other of othersThan(valueAt(facts, place))) {
        const { verdict } = await verify(withValueAt(facts, place, other))
        if (verdict === 'accepted') accepted.add(place.join('.'))
      }
    }
    expect([...accepted].sort()).to.deep.equal([...INDIFFERENT].sort())
  })
})

/** An object whose member answers what is due so many times, and then something else. */
function turning(facts: LedgerFacts, name: string, after: number, other: unknown): object {
  let asked = 0
  const own = (facts as unknown as Facts)[name]
  return Object.defineProperty({ ...facts }, name, {
    enumerable: true,
    get: () => (asked++ < after ? own : other),
  })
}

describe('an answer that is another when it is read again', () => {
  it('is gone by as it was judged, and no verification is an error', async () => {
    const others: Readonly<Record<string, readonly unknown[]>> = {
      status: [1n, 'exploded'],
      block: [{ number: -1, hash: 'x', time: NOW }],
      agency: [{ agency: 'x', region: 'x', status: 'active', since: 0, name: '\u001b[31m' }],
      notices: [[1n]],
      acts: [[{ act: 1n }]],
      recognition: [null],
    }
    const facts = answerOf(FIRST)
    const good = encodeReport(await verify(facts))
    for (const [name, values] of Object.entries(others)) {
      for (const other of values) {
        for (const after of [1, 2, 3, 5]) {
          expect(encodeReport(await verify(turning(facts, name, after, other))), name).to.equal(good)
        }
        expectSilence(await verify(turning(facts, name, 0, other)), name)
      }
    }
  })

  it('is gone by as a list, whatever methods it brings', async () => {
    const facts = answerOf(FIRST)
    const acts = Object.assign([...facts.acts], {
      findLast: () => expect.fail('a method of the view was called'),
    })
    expect(encodeReport(await verify({ ...facts, acts }))).to.equal(encodeReport(await verify(facts)))
  })
})
