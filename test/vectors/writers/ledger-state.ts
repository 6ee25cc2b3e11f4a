/** What a ledger holds, as it stands in a vector. */
import type { MemoryLedger } from '@hefu/protocol'

/** Every table of the ledger; maps become objects, all else is JSON already. */
export function stateOf({ ledger: _identity, ...state }: MemoryLedger): Readonly<Record<string, unknown>> {
  return JSON.parse(
    JSON.stringify(state, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value)),
  )
}
