/**
 * Values compared with a licence that was found: who never held it could find the face by trying. So wrong values are
 * bounded, for each client and licence, and by each process alone: several allow as many times what one does, and what
 * was tried is told to no store, where it could be guessed at.
 */
import { createHash } from 'node:crypto'
import type { VerificationReport, VerificationRequest } from '@hefu/protocol'
import { retrievalProblem } from './retrieval-problem.ts'

/** What is to be compared, with what, for whom. */
export interface AskedComparison {
  readonly client: string
  readonly licenceId: string
  readonly submitted: VerificationRequest['submitted']
}

/** Is told what came of it. Until then, and where it never is, the values count as wrong. */
export type BegunComparison = (differs: boolean) => void

export interface FoundComparisons {
  /**
   * @param now Unix seconds
   * @throws {ProblemError} `too-many-comparisons`
   */
  begin(asked: AskedComparison, now: number): BegunComparison
}

/** Of a client and a licence in a day; the same values again are no further try. */
export const MOST_WRONG = 10
const PERIOD_SECONDS = 86_400
/** Of clients with a licence each, the newest. */
const MOST_KEPT = 10_000

interface Wrong {
  readonly endsAt: number
  /** Digests of what was submitted. */
  readonly values: Set<string>
}

export function createFoundComparisons(): FoundComparisons {
  const kept = new Map<string, Wrong>()
  const enter = (who: string, wrong: Wrong): void => {
    kept.set(who, wrong)
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) return
      kept.delete(oldest)
    }
  }
  const wrongOf = (who: string, now: number): Wrong => {
    const found = kept.get(who)
    if (found !== undefined && found.endsAt > now) return found
    kept.delete(who)
    const begun = { endsAt: now + PERIOD_SECONDS, values: new Set<string>() }
    enter(who, begun)
    return begun
  }
  return {
    begin: ({ client, licenceId, submitted = {} }, now) => {
      const fields = Object.entries(submitted)
      if (fields.length === 0) return () => undefined
      const who = JSON.stringify([client, licenceId])
      const wrong = wrongOf(who, now)
      const tried = createHash('sha256').update(JSON.stringify(fields)).digest('base64url')
      if (!wrong.values.has(tried) && wrong.values.size >= MOST_WRONG) throw tooMany(wrong.endsAt - now)
      wrong.values.add(tried)
      return (differs) => {
        if (differs) return
        wrong.values.delete(tried)
        if (wrong.values.size === 0 && kept.get(who) === wrong) kept.delete(who)
      }
    },
  }
}

function tooMany(seconds: number): Error {
  return retrievalProblem('too-many-comparisons', [], { headers: { 'Retry-After': String(seconds) } })
}

/** Whether a value that was submitted is not that of the face, whatever else was found. */
export function hasDiffering({ findings }: Pick<VerificationReport, 'findings'>): boolean {
  return findings.some(({ check, facts }) => check === 'comparison' && 'different' in facts)
}
