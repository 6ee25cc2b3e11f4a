/** Vectors of spec/checks-and-verdicts.md: every situation that the tests know, as data. */
import {
  createMemoryLedgerView,
  createVerifier,
  encodeHex,
  hashLeaf,
  type LedgerView,
  MalformedError,
  parsePresented,
  rootOfPath,
  type UnverifiedBundle,
} from '@hefu/protocol'
import { createSample, NOW, sampleRequest } from '../../fixtures/sample-credential.ts'
import type { Situation } from '../../fixtures/situation.ts'
import { SITUATIONS } from '../../fixtures/verification-situations.ts'
import { trustOf } from '../recorded-registry.ts'
import type { RecordedLookup, VerificationVector } from '../verification-vector.ts'
import { deterministicSuite as suite } from './deterministic-suite.ts'
import { stateOf } from './ledger-state.ts'
import type { VectorFile } from './vector-file.ts'

/** The view, and a list that every question to it and its answer are added to. */
function recordLookups(view: LedgerView): { view: LedgerView; lookups: RecordedLookup[] } {
  const lookups: RecordedLookup[] = []
  const lookup: LedgerView['lookup'] = async (query) => {
    try {
      const facts = await view.lookup(query)
      lookups.push({ query, facts })
      return facts
    } catch (error) {
      lookups.push({ query, facts: null })
      throw error
    }
  }
  return { view: { ...view, lookup }, lookups }
}

function readOrNull(presented: string): UnverifiedBundle | null {
  try {
    return parsePresented(presented)
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}

function intermediateOf(presented: string): VerificationVector['intermediate'] {
  const read = readOrNull(presented)
  if (read === null) return null
  const { credential, receipt } = read
  const leafHash = hashLeaf(new TextEncoder().encode(credential.signingInput), suite)
  const root = receipt && rootOfPath(leafHash, receipt.index, receipt.size, receipt.path, suite)
  return {
    presentedDigest: suite.sha256Base64url(presented),
    signingInput: credential.signingInput,
    leafHash: encodeHex(leafHash),
    disclosureDigests: credential.disclosures.map(({ encoded }) => suite.sha256Base64url(encoded)),
    root: root && encodeHex(root),
  }
}

async function vectorOf(situation: Situation): Promise<VerificationVector> {
  const sample = await createSample({ ...situation.sample, suite })
  const { ledger = (memory) => memory, view = (same) => same, presented = ({ bundle }) => bundle } = situation
  const { registry = null } = situation
  const memory = ledger(sample.memory)
  const recorded = recordLookups(view(createMemoryLedgerView(memory)))
  const request = { ...sampleRequest(presented(sample)), ...situation.request }
  const now = situation.now ?? NOW
  const report = await createVerifier({ ...trustOf(registry, recorded.view), suite }).verify(request, now)
  if (recorded.lookups.length > 1) throw new Error(`write vectors: ${situation.is} asks the ledger twice`)
  return {
    is: situation.is,
    request,
    now,
    ledger: recorded.view.ledger,
    registry,
    lookup: recorded.lookups[0] ?? null,
    state: situation.view === undefined ? stateOf(memory) : null,
    intermediate: intermediateOf(request.presented),
    expected: {
      verdict: report.verdict,
      resultCode: report.resultCode,
      findings: report.findings.map(({ code, facts }) => ({ code, facts })),
    },
  }
}

/** The content of verification.json. */
export async function verificationVectors(): Promise<VectorFile> {
  const vectors = await Promise.all(SITUATIONS.map(vectorOf))
  return { spec: 'packages/protocol/spec/checks-and-verdicts.md', maxLedgerAgeSeconds: 300, vectors }
}
