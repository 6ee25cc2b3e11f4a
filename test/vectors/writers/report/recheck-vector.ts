/** One re-check as a vector: what is given, what the ledger answered, and the outcome. */
import {
  createMemoryLedgerView,
  demandKey,
  encodeReport,
  LedgerUnavailableError,
  type LedgerView,
  type MemoryLedger,
  type RecheckedCase,
  recheckReport,
  type VerificationReport,
} from '@hefu/protocol'
import { LICENCE_TYPE, NOW } from '../../../fixtures/sample-credential.ts'
import { type RecordedRegistry, trustOf } from '../../recorded-registry.ts'
import type { RecheckVector } from '../../vector-lists.ts'
import { deterministicSuite as suite } from '../deterministic-suite.ts'
import { stateOf } from '../ledger-state.ts'
import type { Scene } from './report-scene.ts'

export interface Rechecked {
  readonly is: string
  readonly report: VerificationReport
  /** What is given again beside, or instead of, what was presented. */
  readonly given?: Partial<RecheckedCase>
  /** The ledger that is asked again; by default that of the sample. */
  readonly memory?: MemoryLedger
  /** Where it answers otherwise than that ledger would. */
  readonly view?: LedgerView
  /** The registry that is followed; `null`, and by default: none. */
  readonly registry?: RecordedRegistry | null
}

export async function recheckVector(
  { sample, presented }: Scene,
  { is, report, given = {}, memory = sample.memory, view: other, registry = null }: Rechecked,
): Promise<RecheckVector> {
  let lookup: RecheckVector['lookup'] = null
  const { ledger, lookup: answer } = other ?? createMemoryLedgerView(memory)
  const view: LedgerView = {
    ledger,
    lookup: async (query) => {
      if (lookup !== null) throw new Error(`write vectors: ${is} asks the ledger twice`)
      try {
        const facts = await answer(query)
        lookup = { query, facts }
        return facts
      } catch (error) {
        if (error instanceof LedgerUnavailableError) lookup = { query, facts: null, unavailable: error.code }
        throw error
      }
    },
  }
  const rechecked = { presented, ...given }
  const outcome = await recheckReport(report, rechecked, { ...trustOf(registry, view), suite })
  const state = other === undefined ? stateOf(memory) : null
  return { is, report: encodeReport(report), ...rechecked, ledger, registry, lookup, state, outcome }
}

export const ITEM = '440100-0001'

/** The ledger where the item demands the holder's name. */
export function withDemand(memory: MemoryLedger): MemoryLedger {
  return {
    ...memory,
    demands: new Map([[demandKey(ITEM, LICENCE_TYPE), [{ since: NOW - 86_400, fields: ['holderName'] }]]]),
  }
}
