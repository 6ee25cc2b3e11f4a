/** What a verifier here trusts. */
import { createNetworkView, type Network } from '@hefu/ledger/chain-view'
import { type LedgerDirectory, type LedgerTrust, pinLedger } from '@hefu/protocol'

/**
 * The ledger to trust: a network to reach it at (where it names several nodes, so many have to tell the same as it says), or a view (`createMemoryLedgerView` for fixtures); or a directory of
 * all those that the alliance's registry names (`@hefu/sdk/registry`).
 */
export type LedgerSource = { readonly network: Network } | LedgerTrust

/** Names of the options that say what is trusted. */
export const LEDGER_SOURCES: readonly string[] = ['network', 'view', 'directory']

/** @throws {MalformedError} for a `network` that no network file could say */
export function directoryOf(source: LedgerSource): LedgerDirectory {
  if ('network' in source) return pinLedger(createNetworkView(source.network))
  return 'view' in source ? pinLedger(source.view) : source.directory
}
