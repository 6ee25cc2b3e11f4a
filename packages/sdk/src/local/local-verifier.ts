/** Verification here, trusting only the ledger. */
import { createRpcLedgerView, type Network } from '@hefu/ledger/chain-view'
import { createVerifier, type LedgerTrust, LICENCE_TYPES, type LicenceType, suite } from '@hefu/protocol'
import { createVerification, type LicenceVerifier, readClock } from '../verification/verification.ts'

/**
 * The ledger to trust: a network to reach it at, or a view (`createMemoryLedgerView` for fixtures); or a directory of
 * all those that the alliance's registry names (`@hefu/sdk/registry`).
 */
export type LedgerSource = { readonly network: Network } | LedgerTrust

export type LocalVerifierOptions = LedgerSource & {
  /** Older data than this counts as "could not be checked". Default: 300. */
  readonly maxLedgerAgeSeconds?: number | undefined
  /** Types whose fields are judged, compared, named and masked by their own rules. Default: those of this version. */
  readonly licenceTypes?: readonly LicenceType[]
  /** Unix seconds. Default: this machine's clock. */
  readonly clock?: () => number
}

/** A verifier that runs here. Nothing leaves but questions to the ledger, which hold no personal data. */
export function createLocalVerifier(options: LocalVerifierOptions): LicenceVerifier {
  const { maxLedgerAgeSeconds, licenceTypes = LICENCE_TYPES, clock = readClock } = options
  const verifier = createVerifier({
    ...('network' in options ? { view: createRpcLedgerView(options.network) } : options),
    suite,
    maxLedgerAgeSeconds,
    licenceTypes,
  })
  return {
    verify: async (request) => {
      const report = await verifier.verify(request, clock())
      return createVerification(request, report, null, licenceTypes)
    },
  }
}
