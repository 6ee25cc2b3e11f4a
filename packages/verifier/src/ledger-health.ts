/** Whether verifications can be answered now: the ledger answers, and with fresh data. */
import { type Hex, type LedgerBlock, LedgerUnavailableError, type LedgerView } from '@hefu/protocol'

export type LedgerHealth =
  | { readonly state: 'ready'; readonly block: LedgerBlock }
  | { readonly state: 'ledger-unreachable' }
  | { readonly state: 'ledger-stale'; readonly block: LedgerBlock }

const NO_KEY: Hex = `0x${'0'.repeat(64)}`
/** Any well-formed issuer will do: the answer's block is what is wanted. */
const PROBE = {
  issuer: '11100000000013338W',
  keyId: NO_KEY,
  statusIndex: 0,
  licenceType: '11100000000013338W000',
  receivingRegion: '100000',
}

/** Asks the view a whole question, as a verification would. `now` in Unix seconds. */
export async function readLedgerHealth(
  view: LedgerView,
  maxLedgerAgeSeconds: number,
  now: number,
): Promise<LedgerHealth> {
  try {
    const { block } = await view.lookup(PROBE)
    return { state: block.time < now - maxLedgerAgeSeconds ? 'ledger-stale' : 'ready', block }
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return { state: 'ledger-unreachable' }
    throw error
  }
}
