/** What the examples in docstrings stand on: the package itself, and one sample licence with its surroundings. */
import * as protocol from '@hefu/protocol'
import {
  algorithmOf,
  createMemoryLedgerView,
  createVerifier,
  type HolderKey,
  type IssuingKey,
  type LedgerView,
  type PrivateJwk,
  type PublicJwk,
  suite,
  thumbprint,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import {
  createSample,
  FACE_DATA,
  NOW,
  type Sample,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, OTHER_ES256_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'

/** The names that an example may use beside those of the package. */
export interface ExampleNames {
  /** A credential with its batch, receipt, bundle, and the facts of its ledger. */
  readonly sample: Sample
  /** Claims and face data that it was issued from. */
  readonly draft: protocol.CredentialDraft
  readonly issuingKey: IssuingKey
  /** Another licence, bound to the key of its holder. */
  readonly bound: Sample
  readonly holderKey: HolderKey
  /** The ledger that vouches for it. */
  readonly view: LedgerView
  /** The request of a clerk in another province, and the time of asking. */
  readonly request: VerificationRequest
  readonly now: number
  /** The report that answers it, accepted. */
  readonly report: VerificationReport
  readonly verifierKey: PrivateJwk
  readonly verifierPublicKey: PublicJwk
}

async function importKey(jwk: PrivateJwk): Promise<HolderKey> {
  const kid = thumbprint(jwk, suite)
  return { kid, algorithm: algorithmOf(jwk), key: await suite.importPrivateKey(jwk) }
}

/** All names in scope of an example. */
export async function createExampleScope(): Promise<Readonly<Record<string, unknown>>> {
  const sample = await createSample()
  const view = createMemoryLedgerView(sample.memory)
  const request = sampleRequest(sample.bundle)
  const names: ExampleNames = {
    sample,
    draft: { claims: sampleClaims(), faceData: FACE_DATA },
    bound: await createSample({
      claims: { ...sampleClaims(), cnf: { jwk: publicHalf(OTHER_ES256_KEY) } },
    }),
    holderKey: await importKey(OTHER_ES256_KEY),
    issuingKey: await importKey(sample.key),
    view,
    request,
    now: NOW,
    report: await createVerifier({ view, suite }).verify(request, NOW),
    verifierKey: ED25519_KEY,
    verifierPublicKey: publicHalf(ED25519_KEY),
  }
  return { ...protocol, ...names }
}
