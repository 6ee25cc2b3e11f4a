/**
 * The verdict table (spec/checks-and-verdicts.md).
 *
 * All 5^12 combinations of statuses are too many to run, and need not be. The verdict is the gravest of what the
 * findings say one by one, so it depends only on which statuses occur among the required checks (31 sets) and
 * among the two made on demand (15 sets): all 465 pairs of sets are run, each laid out over the checks from every
 * place on. That nothing else matters (not which check, not how many, not the order) is tested besides by every
 * combination of statuses on every choice of three checks, and by properties over all twelve.
 */
import {
  type CheckName,
  decidingFinding,
  FINDING_CODES,
  type Finding,
  type FindingStatus,
  meaningOf,
  sentenceOf,
  VERDICT_SENTENCES,
  type Verdict,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { CHECK_NAMES } from '#internal/protocol/report/findings'
import { RESULT_SENTENCES, resultCodeOf, VERDICT_TABLE, verdictOf } from '#internal/protocol/report/verdict'
import { runs } from '../../../fixtures/test-profile.ts'

const STATUSES: readonly FindingStatus[] = ['pass', 'warn', 'fail', 'unknown', 'skipped']
const ON_DEMAND: readonly CheckName[] = [
  'faceIssuer',
  'faceRules',
  'demand',
  'comparison',
  'holderBinding',
  'rendition',
]
const REQUIRED = CHECK_NAMES.filter((name) => !ON_DEMAND.includes(name))

/** A finding of a check with a status; the code is one of the catalogue where there is one. */
function findingOf(check: CheckName, status: FindingStatus): Finding {
  const own = FINDING_CODES.filter((code) => code.startsWith(`${check}/`))
  const code = own.find((c) => meaningOf(c).status === status) ?? own[0] ?? 'wellFormed/read'
  return { check, code, status, facts: {} }
}

function findingsOf(statuses: Partial<Record<CheckName, FindingStatus>>): readonly Finding[] {
  return CHECK_NAMES.map((check) => findingOf(check, statuses[check] ?? 'pass'))
}

/** The table, written down a second time and in another manner. */
function expectedVerdict(statuses: Partial<Record<CheckName, FindingStatus>>): Verdict {
  const of = (check: CheckName): FindingStatus => statuses[check] ?? 'pass'
  const all = new Set(CHECK_NAMES.map(of))
  const required = new Set(REQUIRED.map(of))
  if (all.has('fail')) return 'rejected'
  if (all.has('unknown') || required.has('skipped')) return 'undetermined'
  return all.has('warn') ? 'refer' : 'accepted'
}

function combinations<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]]
  return items.flatMap((item, i) =>
    combinations(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]),
  )
}

const assignment: fc.Arbitrary<Record<CheckName, FindingStatus>> = fc.record(
  Object.fromEntries(CHECK_NAMES.map((name) => [name, fc.constantFrom(...STATUSES)])) as Record<
    CheckName,
    fc.Arbitrary<FindingStatus>
  >,
)

/** Gravity of a status for a check: what is made on demand loses nothing by having nothing to check. */
function gravity(check: CheckName, status: FindingStatus): number {
  if (ON_DEMAND.includes(check) && status === 'skipped') return 0
  return { pass: 0, warn: 1, skipped: 2, unknown: 2, fail: 3 }[status]
}
const RANK: Readonly<Record<Verdict, number>> = { accepted: 0, refer: 1, undetermined: 2, rejected: 3 }

/** All choices of one or more of the items. */
function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, bits) =>
    items.filter((_, i) => ((bits + 1) >> i) & 1),
  )
}

/** The statuses laid out over the checks from some place on, each at least once if there is room. */
function layOut(checks: readonly CheckName[], statuses: readonly FindingStatus[], turn: number) {
  return checks.map((check, i) => [check, statuses[(i + turn) % statuses.length]] as const)
}

describe('verdict', () => {
  it('follows the table for every set of statuses that the required checks and those on demand can have', () => {
    let combined = 0
    for (const required of subsets(STATUSES)) {
      for (const onDemand of subsets(STATUSES).filter(({ length }) => length <= ON_DEMAND.length)) {
        combined++
        for (let turn = 0; turn < REQUIRED.length; turn++) {
          const statuses = Object.fromEntries([
            ...layOut(REQUIRED, required, turn),
            ...layOut(ON_DEMAND, onDemand, turn),
          ]) as Record<CheckName, FindingStatus>
          expect(verdictOf(findingsOf(statuses)), JSON.stringify(statuses)).to.equal(
            expectedVerdict(statuses),
          )
        }
      }
    }
    expect(combined).to.equal(31 * 31)
  })

  it('has a row for both kinds of checks and a cell for every status, which the table alone decides', () => {
    for (const status of STATUSES) {
      expect(verdictOf(findingsOf({ anchor: status }))).to.equal(VERDICT_TABLE.required[status])
      for (const check of ON_DEMAND) {
        expect(verdictOf(findingsOf({ [check]: status }))).to.equal(VERDICT_TABLE.onDemand[status])
      }
    }
  })

  it('follows the table for every combination of statuses on any three checks', () => {
    for (const [a, b, c] of combinations(CHECK_NAMES, 3)) {
      if (a === undefined || b === undefined || c === undefined) throw new Error('three checks')
      for (const one of STATUSES)
        for (const two of STATUSES)
          for (const three of STATUSES) {
            const statuses = { [a]: one, [b]: two, [c]: three }
            expect(verdictOf(findingsOf(statuses)), JSON.stringify(statuses)).to.equal(
              expectedVerdict(statuses),
            )
          }
    }
  })

  it('follows the table for statuses on all checks, in any order of the findings', () => {
    fc.assert(
      fc.property(assignment, fc.nat(9), (statuses, turn) => {
        const findings = findingsOf(statuses)
        const turned = [...findings.slice(turn), ...findings.slice(0, turn)]
        expect(verdictOf(findings)).to.equal(expectedVerdict(statuses))
        expect(verdictOf(turned)).to.equal(expectedVerdict(statuses))
      }),
      { numRuns: runs(2000, 100_000) },
    )
  })

  it('never improves when a finding gets worse', () => {
    fc.assert(
      fc.property(
        assignment,
        fc.constantFrom(...CHECK_NAMES),
        fc.constantFrom(...STATUSES),
        (statuses, check, other) => {
          fc.pre(gravity(check, other) >= gravity(check, statuses[check]))
          const before = RANK[verdictOf(findingsOf(statuses))]
          expect(RANK[verdictOf(findingsOf({ ...statuses, [check]: other }))]).to.be.at.least(before)
        },
      ),
      { numRuns: runs(2000, 50_000) },
    )
  })

  it('is undetermined for an empty list, and for a list without any one required check', () => {
    expect(verdictOf([])).to.equal('undetermined')
    for (const missing of REQUIRED) {
      const rest = findingsOf({}).filter((finding) => finding.check !== missing)
      expect(verdictOf(rest), missing).to.equal('undetermined')
      expect(resultCodeOf(rest), missing).to.equal(4)
    }
    for (const name of ON_DEMAND) {
      const rest = findingsOf({}).filter((finding) => finding.check !== name)
      expect(verdictOf(rest), name).to.equal('accepted')
    }
  })

  it('takes the worst of two findings of one check', () => {
    for (const check of CHECK_NAMES) {
      for (const status of STATUSES) {
        const twice = [...findingsOf({}), findingOf(check, status)]
        const once = findingsOf({ [check]: status })
        expect(verdictOf(twice), `${check} ${status}`).to.equal(verdictOf(once))
      }
    }
  })

  it('is decided by the first of the gravest findings', () => {
    expect(decidingFinding(findingsOf({}))).to.equal(undefined)
    const findings = findingsOf({ disclosures: 'warn', anchor: 'unknown', status: 'fail', validity: 'fail' })
    expect(decidingFinding(findings)?.check).to.equal('status')
    expect(decidingFinding(findings.filter((f) => f.status !== 'fail'))?.check).to.equal('anchor')
  })

  it('has a sentence in both languages', () => {
    for (const verdict of Object.keys(RANK) as Verdict[]) {
      expect(VERDICT_SENTENCES[verdict].zh).to.match(/\p{Script=Han}/u)
      expect(VERDICT_SENTENCES[verdict].en).to.match(/[a-z]/)
    }
  })
})

describe('result code (GB/T 36906 as commonly implemented)', () => {
  it('is 0 exactly for what is accepted', () => {
    fc.assert(
      fc.property(assignment, (statuses) => {
        const findings = findingsOf(statuses).map((f) => ({ ...f, status: meaningOf(f.code).status }))
        expect(resultCodeOf(findings) === 0).to.equal(verdictOf(findings) === 'accepted')
      }),
      { numRuns: runs(1000, 50_000) },
    )
  })

  it('is that of the finding that decides', () => {
    for (const code of FINDING_CODES) {
      const { status, resultCode } = meaningOf(code)
      if (status === 'pass' || status === 'skipped') continue
      const check = code.split('/')[0] as CheckName
      const findings = findingsOf({}).map((f) => (f.check === check ? { check, code, status, facts: {} } : f))
      expect(resultCodeOf(findings), code).to.equal(resultCode)
      expect(resultCode, code).to.not.equal(0)
      expect(RESULT_SENTENCES[resultCode].zh).to.match(/\p{Script=Han}/u)
    }
  })

  it('keeps "no such entry" (5) apart from "could not be checked" (4)', () => {
    for (const code of FINDING_CODES) {
      const { status, resultCode } = meaningOf(code)
      if (status === 'unknown') expect(resultCode, code).to.equal(4)
      if (resultCode === 5) expect(code).to.be.oneOf(['anchor/not-found', 'anchor/after-as-of'])
    }
  })
})

describe('catalogue of findings', () => {
  it('has a sentence in both languages for every code, under a check that exists', () => {
    for (const code of FINDING_CODES) {
      expect(CHECK_NAMES).to.include(code.split('/')[0])
      expect(sentenceOf(code).zh, code).to.match(/\p{Script=Han}/u)
      expect(sentenceOf(code).en, code).to.match(/^[A-Z][^.]+$/)
    }
  })

  it('has for every check something that passes or has nothing to check, and something that does not pass', () => {
    for (const name of CHECK_NAMES) {
      const statuses = FINDING_CODES.filter((code) => code.startsWith(`${name}/`)).map(
        (c) => meaningOf(c).status,
      )
      expect(statuses, name).to.include('pass')
      expect(
        statuses.some((s) => s === 'fail' || s === 'warn'),
        name,
      ).to.equal(true)
    }
  })
})
