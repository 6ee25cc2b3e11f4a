/** Full local verification against one raw verification of a signature: 12 disclosures, a batch of 2^20, facts in memory. */
import { createVerifier, suite, type Verifier } from '@hefu/protocol'
import { type AnchoredLicences, createAnchoredLicences, NOW } from './anchored-licences.ts'
import { compareSpeed, type Figure } from './measure.ts'
import { rawEs256Verify, rawSm2Verify } from './raw-signatures.ts'

const LICENCES = 1000
/** SM2 verifies some four times slower. */
const SM2_LICENCES = 250

/** A verifier that runs on: it keeps the issuer's imported key, and nothing of any licence. */
export async function benchVerifyLocal(): Promise<Figure> {
  const licences = await createAnchoredLicences('ES256', LICENCES)
  const verifier = verifierOf(licences)
  return compareSpeed(
    'verify-local',
    verifyAll(licences, () => verifier),
    rawEs256Verify(signingInputs(licences)),
  )
}

/** Nothing kept at all: the key is imported anew for each licence. */
export async function benchVerifyLocalColdKey(): Promise<Figure> {
  const licences = await createAnchoredLicences('ES256', LICENCES)
  return compareSpeed(
    'verify-local-cold-key',
    verifyAll(licences, () => verifierOf(licences)),
    rawEs256Verify(signingInputs(licences)),
  )
}

/** The same as `verify-local` with SM2 and SM3. */
export async function benchVerifyLocalSm2(): Promise<Figure> {
  const licences = await createAnchoredLicences('SM2', SM2_LICENCES)
  const verifier = verifierOf(licences)
  return compareSpeed(
    'verify-local-sm2',
    verifyAll(licences, () => verifier),
    rawSm2Verify(signingInputs(licences)),
  )
}

function verifierOf({ view }: AnchoredLicences): Verifier {
  return createVerifier({ view, suite })
}

function signingInputs({ credentials }: AnchoredLicences): readonly string[] {
  return credentials.map(({ signingInput }) => signingInput)
}

function verifyAll({ bundles }: AnchoredLicences, verifierFor: () => Verifier) {
  return {
    count: bundles.length,
    run: async () => {
      for (const presented of bundles) {
        const { verdict } = await verifierFor().verify({ presented, receivingRegion: '440000' }, NOW)
        if (verdict !== 'accepted') throw new Error(`measure a verification that ended ${verdict}`)
      }
    },
  }
}
