/** What this service counts for its operators beside its requests: verdicts, commits, its ledgers and replicas. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Freshness, LedgerHealth } from './ledger/ledger-health.ts'
import type { FollowingState } from './replica/open-replica.ts'
import type { AroundCommit, Evidence, EvidenceLog } from './store/evidence.ts'

/** Counts what was answered, once it is kept. */
export function measureVerdicts(registry: Registry, { add, addTogether }: EvidenceLog): EvidenceLog {
  const verdicts = new Counter({
    name: 'hefu_verdicts_total',
    help: 'Answers whose evidence is durable, by verdict',
    labelNames: ['kind', 'verdict'],
    registers: [registry],
  })
  const count = ({ reading: { kind, verdict } }: Evidence): void => verdicts.inc({ kind, verdict })
  return {
    add: async (evidence) => {
      await add(evidence)
      count(evidence)
    },
    addTogether: async (entries, rest) => {
      await addTogether(entries, rest)
      for (const evidence of entries) count(evidence)
    },
  }
}

/** Times the commits of the store, and counts those that failed. */
export function measureCommits(registry: Registry): AroundCommit {
  const registers = [registry]
  const durations = new Histogram({
    name: 'hefu_store_commit_seconds',
    help: 'Time of a group commit of the store',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  })
  const failures = new Counter({
    name: 'hefu_store_commit_failures_total',
    help: 'Group commits of the store that failed',
    registers,
  })
  return async (commit) => {
    const end = durations.startTimer()
    try {
      await commit()
    } catch (error) {
      failures.inc()
      throw error
    }
    end()
  }
}

/** Every state of readiness. */
export const LEDGER_STATES: readonly LedgerHealth['state'][] = [
  'ready',
  'ledger-unreachable',
  'ledger-stale',
  'ledger-ahead',
  'ledger-behind',
  'registry-unreachable',
  'registry-stale',
  'registry-ahead',
]

/** Asks how the ledgers are whenever the numbers are read: once for all of them, however many read at once. */
export function measureLedgers(registry: Registry, health: () => Promise<LedgerHealth>): void {
  const registers = [registry]
  const read = shareWhileUnderWay(health)
  new Gauge({
    name: 'hefu_ledger_state',
    help: 'State of readiness: 1 for the one that it is in',
    labelNames: ['state'],
    registers,
    async collect() {
      const found = await read()
      for (const state of LEDGER_STATES) this.set({ state }, state === found.state ? 1 : 0)
    },
  })
  new Gauge({
    name: 'hefu_ledger_age_seconds',
    help: 'Age of the oldest answer of the ledgers in use; no number: none answers',
    registers,
    async collect() {
      this.set(greatest(freshnessOf(await read()).map(({ age }) => age)))
    },
  })
  new Gauge({
    name: 'hefu_ledger_lag_blocks',
    help: 'Blocks by which the replica furthest behind lags; no number: it is not known',
    registers,
    async collect() {
      this.set(greatest(freshnessOf(await read()).flatMap(({ lag }) => lag ?? [])))
    },
  })
}

function shareWhileUnderWay<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null
  return () => {
    underWay ??= work().finally(() => {
      underWay = null
    })
    return underWay
  }
}

function freshnessOf(found: LedgerHealth): readonly Freshness[] {
  if ('ledgers' in found) return found.ledgers.flatMap((one) => ('freshness' in one ? [one.freshness] : []))
  return 'freshness' in found ? [found.freshness] : []
}

/** What is not known is no number. */
function greatest(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : Math.max(...values)
}

/** Every state of a replica. */
export const REPLICA_STATES: readonly FollowingState[] = ['following', 'waiting', 'unsaved', 'stopped']

export function measureReplicas(registry: Registry, states: () => readonly FollowingState[]): void {
  new Gauge({
    name: 'hefu_replicas',
    help: 'Replicas in each state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const all = states()
      for (const state of REPLICA_STATES) this.set({ state }, all.filter((one) => one === state).length)
    },
  })
}
