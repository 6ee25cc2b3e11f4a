/** Verification here, trusting only the ledger. */
import { createRpcLedgerView, type Network } from '@hefu/ledger/chain-view'
import { createVerifier, type LedgerView, suite } from '@hefu/protocol'
import { createVerification, type LicenceVerifier, readClock } from './verification.ts'

/** The ledger to trust: a network to reach it at, or a view (`createMemoryLedgerView` for fixtures). */
export type LedgerSource = { readonly network: Network } | { readonly view: LedgerView }

export type LocalVerifierOptions = LedgerSource & {
  /** Older data than this counts as "could not be checked". Default: 300. */
  readonly maxLedgerAgeSeconds?: number
  /** Unix seconds. Default: this machine's clock. */
  readonly clock?: () => number
}

/** A verifier that runs here. Nothing leaves but questions to the ledger, which hold no personal data. */
export function createLocalVerifier(options: LocalVerifierOptions): LicenceVerifier {
  const { maxLedgerAgeSeconds, clock = readClock } = options
  const view = 'view' in options ? options.view : createRpcLedgerView(options.network)
  const verifier = createVerifier({
    view,
    suite,
    ...(maxLedgerAgeSeconds === undefined ? {} : { maxLedgerAgeSeconds }),
  })
  return {
    verify: async (request) => createVerification(request, await verifier.verify(request, clock()), null),
  }
}
