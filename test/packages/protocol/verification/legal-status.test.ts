/** Legal acts: the table is the contract's, annulment reaches back, all other acts look ahead. */
import { readFileSync } from 'node:fs'
import {
  endAt,
  LEGAL_STATUSES,
  type LegalStatus,
  STATUS_ACTS,
  STATUS_CHANGES,
  type StatusEntry,
  type StatusTransition,
  statusAt,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { statusAfter } from '#internal/protocol/verification/legal-status'
import { runs } from '../../../fixtures/test-profile.ts'

const CONTRACT = readFileSync('contracts/types/Status.sol', 'utf8')

function namesOf(enumName: string): readonly string[] {
  const body = new RegExp(`enum ${enumName} \\{([^}]*)\\}`).exec(CONTRACT)?.[1] ?? ''
  return [...body.matchAll(/^ {4}([A-Z][A-Za-z]+),?$/gm)].map(([, name = '']) => toKebab(name))
}

const toKebab = (name: string): string => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase()

/** The rows of the contract's table by act. */
function contractTable(): ReadonlyMap<string, string> {
  const rows = CONTRACT.matchAll(/StatusAct\.([A-Za-z]+)\) return Transitions\.wrap\(0x([0-9a-f_]+)\);/g)
  return new Map([...rows].map(([, act = '', digits = '']) => [toKebab(act), digits.replace('_', '')]))
}

const TRANSITIONS: readonly StatusTransition[] = [...STATUS_ACTS, 'transfer-in', 'dissolve']

/** Lawful histories with effective times from 0 to 100. */
const history: fc.Arbitrary<readonly StatusEntry[]> = fc
  .array(fc.tuple(fc.nat(100), fc.nat(100)), { maxLength: 8 })
  .map((steps) => {
    const acts: StatusEntry[] = []
    for (const [choice, effectiveAt] of steps) {
      const from = statusAt(acts, Number.POSITIVE_INFINITY)
      const lawful = TRANSITIONS.filter((act) => statusAfter(act, from) !== null)
      const act = lawful[choice % Math.max(1, lawful.length)]
      if (act !== undefined) acts.push({ act, effectiveAt })
    }
    return acts
  })

describe('legal statuses and acts (contracts/types/Status.sol)', () => {
  it('have the names and the order of the ledger’s codes', () => {
    expect(namesOf('LegalStatus')).to.deep.equal([...LEGAL_STATUSES])
    expect(namesOf('StatusAct')).to.deep.equal([...STATUS_CHANGES])
    expect(STATUS_CHANGES.slice(0, STATUS_ACTS.length)).to.deep.equal([...STATUS_ACTS])
  })

  it('lead where the contract leads, from every status by every act', () => {
    const table = contractTable()
    expect([...table.keys()].sort()).to.deep.equal([...TRANSITIONS].sort())
    for (const act of TRANSITIONS) {
      for (const [i, from] of LEGAL_STATUSES.entries()) {
        const digit = Number.parseInt(table.get(act)?.charAt(i) ?? '', 16)
        expect(statusAfter(act, from), `${act} from ${from}`).to.equal(LEGAL_STATUSES[digit] ?? null)
      }
    }
  })

  it('are closed by a transfer-in only from transferred-out', () => {
    for (const from of LEGAL_STATUSES) {
      const expected = from === 'transferred-out' ? 'transferred' : null
      expect(statusAfter('transfer-in', from)).to.equal(expected)
    }
  })
})

const correction = fc.record({
  act: fc.constantFrom('correct', 'inherit'),
  status: fc.constantFrom(...LEGAL_STATUSES),
  effectiveAt: fc.nat(100),
})

describe('a correction, and a licence re-made', () => {
  it('has its status from its effective time on, whatever the acts before said; before that those hold', () => {
    fc.assert(
      fc.property(history, correction, fc.integer({ min: -1, max: 101 }), (acts, corrected, at) => {
        const expected = corrected.effectiveAt <= at ? corrected.status : statusAt(acts, at)
        expect(statusAt([...acts, corrected], at)).to.equal(expected)
      }),
      { numRuns: runs(2000, 100_000) },
    )
  })

  it('is led on from by the acts after it', () => {
    const acts: readonly StatusEntry[] = [
      { act: 'revoke', effectiveAt: 10 },
      { act: 'correct', status: 'suspended', effectiveAt: 20 },
      { act: 'reinstate', effectiveAt: 30 },
    ]
    expect([5, 15, 25, 35].map((at) => statusAt(acts, at))).to.deep.equal([
      'valid',
      'revoked',
      'suspended',
      'valid',
    ])
    expect(() => statusAt([...acts, { act: 'activate', effectiveAt: 40 }], 50)).to.throw(
      RangeError,
      'activate',
    )
  })
})

/** Of a licence re-made of one restricted and suspended. */
const INHERITED_BOTH = [
  { act: 'inherit', status: 'restricted', effectiveAt: 10, endsAt: 40 },
  { act: 'inherit', status: 'restricted-suspended', effectiveAt: 10, endsAt: 30 },
] as const

describe('the end of a suspension or restriction', () => {
  const suspend = { act: 'suspend', effectiveAt: 10, endsAt: 50 } as const
  const restrict = { act: 'restrict', effectiveAt: 20, endsAt: 90 } as const

  for (const [is, acts, at, end] of [
    ['is that of the act', [suspend], 10, 50],
    ['is still that of the act when it has passed', [suspend], 60, 50],
    ['is none before the act', [suspend], 9, null],
    ['is none of an act without one', [{ act: 'suspend', effectiveAt: 10 }], 10, null],
    ['is none once reinstated', [suspend, { act: 'reinstate', effectiveAt: 20 }], 20, null],
    ['is none of a graver act', [suspend, { act: 'revoke', effectiveAt: 20 }], 20, null],
    ['is the suspension’s while both are in force', [suspend, restrict], 20, 50],
    [
      'is the restriction’s once the suspension is reinstated',
      [suspend, restrict, { act: 'reinstate', effectiveAt: 30 }],
      30,
      90,
    ],
    [
      'is the newer suspension’s',
      [suspend, { act: 'reinstate', effectiveAt: 20 }, { act: 'suspend', effectiveAt: 30, endsAt: 70 }],
      30,
      70,
    ],
    [
      'is none after a correction to the same status',
      [suspend, { act: 'correct', status: 'suspended', effectiveAt: 20 }],
      20,
      null,
    ],
    [
      'is that of the licence it was re-made of',
      [{ act: 'inherit', status: 'restricted', effectiveAt: 10, endsAt: 40 }],
      10,
      40,
    ],
    ['is the inherited suspension’s while the inherited restriction is in force too', INHERITED_BOTH, 10, 30],
    [
      'is the inherited restriction’s once the suspension is reinstated',
      [...INHERITED_BOTH, { act: 'reinstate', effectiveAt: 20 }],
      20,
      40,
    ],
    [
      'is still the inherited suspension’s once the restriction is lifted',
      [...INHERITED_BOTH, { act: 'lift', effectiveAt: 20 }],
      20,
      30,
    ],
    [
      'is none of an inherited restriction without one, whatever the suspension’s',
      [
        { act: 'inherit', status: 'restricted', effectiveAt: 10 },
        { act: 'inherit', status: 'restricted-suspended', effectiveAt: 10, endsAt: 30 },
        { act: 'reinstate', effectiveAt: 20 },
      ],
      20,
      null,
    ],
    [
      'is the newer suspension’s, not the inherited one’s',
      [
        { act: 'inherit', status: 'suspended', effectiveAt: 10, endsAt: 30 },
        { act: 'reinstate', effectiveAt: 20 },
        { act: 'suspend', effectiveAt: 25, endsAt: 60 },
      ],
      25,
      60,
    ],
  ] as const satisfies readonly (readonly [string, readonly StatusEntry[], number, number | null])[]) {
    it(is, () => {
      expect(endAt(acts, at)).to.equal(end)
    })
  }
})

describe('status at a time', () => {
  it('is valid before any act, and what the ledger recorded once all have taken effect', () => {
    expect(statusAt([], 0)).to.equal('valid')
    fc.assert(
      fc.property(history, (acts) => {
        let recorded: LegalStatus = 'valid'
        for (const entry of acts)
          recorded = ('status' in entry ? entry.status : statusAfter(entry.act, recorded)) ?? recorded
        expect(statusAt(acts, 100)).to.equal(recorded)
      }),
      { numRuns: runs(2000, 100_000) },
    )
  })

  it('is annulled at every time, before the grant even, once an annulment is on the ledger', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -1, max: 101 }), (acts, at) => {
        const annulled = acts.some(({ act }) => act === 'annul')
        expect(statusAt(acts, at).startsWith('annulled')).to.equal(annulled)
      }),
      { numRuns: runs(2000, 100_000) },
    )
  })

  it('is not touched by an act other than annulment before its effective time', () => {
    fc.assert(
      fc.property(history, fc.nat(100), (acts, at) => {
        fc.pre(acts.every(({ act, effectiveAt }) => act !== 'annul' && effectiveAt > at))
        expect(statusAt(acts, at)).to.equal('valid')
      }),
      { numRuns: runs(500, 20_000) },
    )
  })

  it('turns at the very second of the effective time', () => {
    const acts = [{ act: 'revoke', effectiveAt: 50 }] as const
    expect([49, 50, 51].map((at) => statusAt(acts, at))).to.deep.equal(['valid', 'revoked', 'revoked'])
  })

  it('keeps a suspension of a restricted licence from undoing the restriction', () => {
    const acts = [
      { act: 'restrict', effectiveAt: 10 },
      { act: 'suspend', effectiveAt: 20 },
      { act: 'reinstate', effectiveAt: 30 },
    ] as const
    expect([5, 15, 25, 35].map((at) => statusAt(acts, at))).to.deep.equal([
      'valid',
      'restricted',
      'restricted-suspended',
      'restricted',
    ])
  })

  it('is what was recorded where effective times are crossed', () => {
    const acts = [
      { act: 'suspend', effectiveAt: 20 },
      { act: 'reinstate', effectiveAt: 10 },
    ] as const
    expect([5, 15, 25].map((at) => statusAt(acts, at))).to.deep.equal(['valid', 'valid', 'valid'])
  })

  it('refuses acts that no ledger can have taken', () => {
    expect(() => statusAt([{ act: 'reinstate', effectiveAt: 0 }], 1)).to.throw(RangeError, 'reinstate')
  })
})
