/** What this service counts for its operators beside its requests: verdicts, commits, its ledgers and replicas. */
import type { NodeState } from '@hefu/ledger/replica'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Freshness, LedgerHealth } from './ledger/ledger-health.ts'
import type { FollowingState } from './ledger/listed-ledgers.ts'
import type { ProvinceWatch } from './provinces/ask-province.ts'
import type { AroundCommit, Evidence, EvidenceLog } from './store/evidence.ts'
import { within } from './store/patience.ts'
import type { Records } from './store/records.ts'

/** Counts what was answered, once it is kept. */
export function measureVerdicts(registry: Registry, { add, addTogether }: EvidenceLog): EvidenceLog {
  const verdicts = new Counter({
    name: 'hefu_verdicts_total',
    help: 'Answers whose evidence is durable, by verdict',
    labelNames: ['kind', 'verdict'],
    registers: [registry],
  })
  const count = ({ reading: { kind, verdict } }: Evidence): void =>
    verdicts.inc({ kind, verdict: verdict ?? 'none' })
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

/** Counts the questions to other provinces' services, by the configured region and how each ended. */
export function measureProvinces(registry: Registry): ProvinceWatch['ended'] {
  const questions = new Counter({
    name: 'hefu_province_questions_total',
    help: 'Questions to the services of other provinces, by how they ended; busy and resting were not asked',
    labelNames: ['region', 'outcome'],
    registers: [registry],
  })
  return (region, outcome) => questions.inc({ region, outcome })
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

/** Every state of a node. */
export const NODE_STATES: readonly NodeState['state'][] = ['agrees', 'ahead', 'behind', 'silent', 'set-aside']

/** Asks how the ledgers are whenever the numbers are read: once for all of them, however many read at once. */
export function measureLedgers(registry: Registry, health: () => Promise<LedgerHealth>): void {
  const registers = [registry]
  const read = shareWhileUnderWay(health)
  new Gauge({
    name: 'hefu_ledger_state',
    help: 'State of the ledgers in use: 1 for the one that they are in; the store and the key have numbers of their own',
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
    name: 'hefu_nodes',
    help: 'Nodes behind the ledgers in each state',
    labelNames: ['state'],
    registers,
    async collect() {
      const all = nodesOf(await read())
      for (const is of NODE_STATES) this.set({ state: is }, all.filter(({ state }) => state === is).length)
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

function nodesOf(found: LedgerHealth): readonly NodeState[] {
  if ('ledgers' in found) return found.ledgers.flatMap(({ nodeStates = [] }) => nodeStates)
  return 'nodeStates' in found ? (found.nodeStates ?? []) : []
}

/** What is not known is no number. */
function greatest(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : Math.max(...values)
}

/** Tries the store, and looks at the own key, whenever the numbers are read. */
export function measureStore(
  registry: Registry,
  { assertReachable, isKeyInForce }: Pick<Records, 'assertReachable' | 'isKeyInForce'>,
): void {
  const registers = [registry]
  const isReachable = shareWhileUnderWay(() => isIn(within(assertReachable(), PATIENCE_MS).then(() => true)))
  new Gauge({
    name: 'hefu_store_reachable',
    help: 'Whether the store can be written to: 1; 0: nobody is answered',
    registers,
    async collect() {
      this.set(await isReachable())
    },
  })
  const isInForce = shareWhileUnderWay(() => isIn(within(isKeyInForce(), PATIENCE_MS)))
  new Gauge({
    name: 'hefu_key_in_force',
    help: 'Whether the own signing key is in force: 1; 0: its term has ended, or the store does not say',
    registers,
    async collect() {
      this.set(await isInForce())
    },
  })
}

const PATIENCE_MS = 5_000

async function isIn(asked: Promise<boolean>): Promise<0 | 1> {
  return (await asked.catch(() => false)) ? 1 : 0
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
