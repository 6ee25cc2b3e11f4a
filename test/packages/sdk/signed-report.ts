/** A report on the testing world's licence in force, under the signature of a verifier. */
import { createReportSigner, type PublicJwk, suite } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import type { TestingWorld } from '@hefu/sdk/testing'
import { createKeyPair } from '../verifier/sample.ts'

export interface SignedReport {
  readonly attestation: string
  readonly verifierKey: PublicJwk
  /** Digest of what the report is about. */
  readonly presented: string
}

export async function createSignedReport({ licences, view, clock }: TestingWorld): Promise<SignedReport> {
  const { publicJwk, privateJwk } = createKeyPair()
  const { report } = await createLocalVerifier({ view, clock }).verify(licences.accepted.request)
  const sign = await createReportSigner(privateJwk, suite)
  return { attestation: await sign(report), verifierKey: publicJwk, presented: report.request.presented }
}
