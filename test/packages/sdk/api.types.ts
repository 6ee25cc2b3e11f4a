/** What the public types promise: this file only has to compile. */
import {
  createLocalVerifier,
  createRemoteVerifier,
  type LedgerDirectory,
  type LedgerView,
  type LicenceVerifier,
  type Network,
  type PublicJwk,
  RemoteVerifierError,
  renderSheet,
  type Verdict,
  type Verification,
  type VerificationReport,
  type VerificationRequest,
  verifyAll,
} from '@hefu/sdk'
import { createRegistryDirectory, type RegistryNetwork } from '@hefu/sdk/registry'
import { createRemoteVerifier as createRemoteVerifierAlone } from '@hefu/sdk/remote'
import type { TestingWorld } from '@hefu/sdk/testing'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const assertType = <_T extends true>(): void => {}

declare const view: LedgerView
declare const network: Network
declare const registryNetwork: RegistryNetwork
declare const verifierKey: PublicJwk
declare const verification: Verification

const local: LicenceVerifier = createLocalVerifier({ view })
const directory: LedgerDirectory = createRegistryDirectory(registryNetwork)
createLocalVerifier({ directory })
createLocalVerifier({ network, maxLedgerAgeSeconds: 60, clock: () => 0 })
const remote: LicenceVerifier = createRemoteVerifier({ url: 'https://verifier.example', verifierKey })

// One result, whoever verified.
assertType<Equal<ReturnType<typeof local.verify>, Promise<Verification>>>()
assertType<Equal<ReturnType<typeof remote.verify>, Promise<Verification>>>()
assertType<Equal<Verification['report'], VerificationReport>>()
assertType<Equal<Verification['attestation'], string | null>>()
assertType<Equal<Verdict, 'accepted' | 'refer' | 'rejected' | 'undetermined'>>()
assertType<Equal<ReturnType<typeof renderSheet>, string>>()

// @ts-expect-error a registry is followed by its directory, which a page that pins a ledger need not load
createLocalVerifier({ network: registryNetwork })
// @ts-expect-error a local verifier needs a ledger to trust
createLocalVerifier({})
// @ts-expect-error a remote verifier needs a pinned key
createRemoteVerifier({ url: 'https://verifier.example' })
// @ts-expect-error a request names the region that decides
local.verify({ presented: '' })
// @ts-expect-error a sheet is in a language
renderSheet(verification, {})
// @ts-expect-error there is no such language
renderSheet(verification, { language: 'fr' })
// @ts-expect-error a report is not to be written to
verification.report.verdict = 'accepted'
// @ts-expect-error codes are a closed union
new RemoteVerifierError('lost')

// The same whichever entry it came from, and whichever form the key has.
const apart: LicenceVerifier = createRemoteVerifierAlone({
  url: 'https://verifier.example',
  verifierKey: { keys: [verifierKey] },
})
declare const requests: readonly VerificationRequest[]
for await (const { index, request, verification: made, error } of verifyAll(apart, requests)) {
  assertType<Equal<typeof index, number>>()
  assertType<Equal<typeof request, VerificationRequest>>()
  // An item has the one or the other, told apart by the verification: anything may have been thrown.
  if (made !== null) assertType<Equal<typeof error, null>>()
  if (made !== null) assertType<Equal<typeof made, Verification>>()
}
// @ts-expect-error requests are what the verifier takes
verifyAll(local, [{ presented: '' }])
// @ts-expect-error there is no such state
type _Lost = TestingWorld['licences']['lost']
