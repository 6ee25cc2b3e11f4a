/** Values are never quoted: in whatever place somebody's data is sent, no report and no error text has it. */
import {
  createMemoryLedgerView,
  createVerifier,
  encodeReport,
  MalformedError,
  parseReport,
  recheckReport,
  suite,
  type VerificationRequest,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { encodePresentation } from '#internal/protocol/presentation/presentation'
import { forgeCredential } from '../../../fixtures/forged-credential.ts'
import {
  anchorSample,
  createSample,
  NOW,
  type Sample,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'

/** A name, an identity number as text and as number, a telephone number, an address, a date of birth. */
const CANARIES: readonly (string | number)[] = [
  '金丝雀甲',
  '11010519491231002X',
  110105194912310,
  13800138000.5,
  'T11010519491231002X',
  'canary@example.org',
  '1949-12-31',
]

const HEADER = { alg: 'ES256', typ: 'dc+sd-jwt', kid: 'A'.repeat(43) }

/** Every way to put a value where another is expected: as the value, in a list, as a member and as its name. */
function spoilt(object: object, canary: string | number): readonly object[] {
  const inside = Object.keys(object).flatMap((name) =>
    [canary, [canary], { [canary]: canary }].map((put) => ({ ...object, [name]: put })),
  )
  return [...inside, { ...object, [canary]: canary }]
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** As texts that are presented. */
async function presentedWith(canary: string | number, sample: Sample): Promise<readonly string[]> {
  const payload = { ...sampleClaims(), _sd: [], _sd_alg: 'sha-256' }
  const forged = await Promise.all([
    ...spoilt(HEADER, canary).map((header) => forgeCredential({ header, payload })),
    ...spoilt({ ...payload, supersedes: '', cnf: { jwk: {} } }, canary).map((claims) =>
      forgeCredential({ header: HEADER, payload: claims }),
    ),
  ])
  const [jws = ''] = sample.compact.split('~')
  const disclosures = [
    [canary, canary, canary],
    ['A'.repeat(22), canary, '样例'],
    ['A'.repeat(22), 'holderName', canary],
    ['A'.repeat(22), 'holderName', [canary]],
    ['A'.repeat(22), 'holderName', { [canary]: canary }],
    ['A'.repeat(22), 'exp', canary],
    { [canary]: canary },
    canary,
  ]
  const binding = {
    header: { alg: 'ES256', typ: 'kb+jwt' },
    claims: { aud: 'a', iat: NOW, nonce: 'n', sd_hash: 'A' },
  }
  const bindings = [
    ...spoilt(binding.header, canary).map((header) => [header, binding.claims]),
    ...spoilt(binding.claims, canary).map((claims) => [binding.header, claims]),
  ].map(([header, claims]) => `${encoded(header)}.${encoded(claims)}.${'A'.repeat(86)}`)
  const bundle = JSON.parse(sample.bundle)
  return [
    `${canary}`,
    ...forged.map((credential) => anchorSample(credential).bundle),
    ...disclosures.map((disclosure) => `${jws}~${encoded(disclosure)}~`),
    ...bindings.map((keyBinding) => encodePresentation(`${sample.compact}${keyBinding}`, sample.receipt)),
    ...[
      ...spoilt(bundle, canary),
      ...spoilt(bundle.receipt, canary).map((receipt) => ({ ...bundle, receipt })),
    ].map((one) => JSON.stringify(one)),
  ]
}

/** As requests, with a value in the place of every member. */
function requestsWith(canary: string | number): readonly object[] {
  const request = {
    ...sampleRequest('x'),
    serviceItem: 'a',
    caseNo: 'a',
    asOf: NOW,
    submitted: { holderName: 'a' },
    challenge: { audience: 'https://a.example', nonce: 'A'.repeat(22), maxAgeSeconds: 60 },
  }
  return [
    ...spoilt(request, canary),
    ...spoilt(request.submitted, canary).map((submitted) => ({ ...request, submitted })),
    ...spoilt(request.challenge, canary).map((challenge) => ({ ...request, challenge })),
    { ...request, caseNo: `${canary}\u0000` },
    { ...request, serviceItem: `${canary} ${canary}` },
    { ...request, submitted: { holderName: `${canary}${'\u0334'.repeat(31)}` } },
  ]
}

function expectNone(text: string, canary: string | number): void {
  const at = text.indexOf(`${canary}`)
  expect(at < 0 ? '' : text.slice(Math.max(0, at - 120), at + 40)).to.equal('')
}

/** What every member of a request is for, and what a report of it shows: the case number and the item as they were sent. */
function withoutReferences(text: string, { caseNo, serviceItem }: Partial<VerificationRequest>): string {
  const shown = [caseNo, serviceItem]
    .filter((one) => typeof one === 'string')
    .map((one) => JSON.stringify(one))
  return shown.reduce((rest, one) => rest.replaceAll(one, '""'), text)
}

describe('a value that is sent in any place', () => {
  let sample: Sample

  before(async () => {
    sample = await createSample()
  })

  for (const canary of CANARIES) {
    it(`stands in no report on what was presented: ${typeof canary} ${canary}`, async () => {
      const view = createMemoryLedgerView(sample.memory)
      const verifier = createVerifier({ view, suite })
      let malformed = 0
      for (const presented of await presentedWith(canary, sample)) {
        const report = await verifier.verify(sampleRequest(presented), NOW)
        // A receipt may be of any chain, and the report says of which.
        expectNone(encodeReport(report).replaceAll(`"chainId":${canary}`, ''), canary)
        malformed += report.defects.length
      }
      expect(malformed).to.be.greaterThan(80)
    })

    it(`stands in no error about a request, and in no report that answers it: ${typeof canary} ${canary}`, async () => {
      const view = createMemoryLedgerView(sample.memory)
      const verifier = createVerifier({ view, suite })
      let refused = 0
      for (const request of requestsWith(canary)) {
        try {
          const report = await verifier.verify(request as VerificationRequest, NOW)
          expectNone(withoutReferences(encodeReport(report), request), canary)
        } catch (error) {
          if (!(error instanceof MalformedError)) throw error
          expectNone(`${error.stack}${JSON.stringify(error.defects)}`, canary)
          refused++
        }
      }
      expect(refused).to.be.greaterThan(20)
    })

    it(`stands in no error about a report, and in no re-check: ${typeof canary} ${canary}`, async () => {
      const view = createMemoryLedgerView(sample.memory)
      const report = await createVerifier({ view, suite }).verify(sampleRequest(sample.bundle), NOW)
      for (const other of spoilt(report, canary)) {
        try {
          parseReport(JSON.stringify(other))
        } catch (error) {
          if (!(error instanceof MalformedError)) throw error
          expectNone(`${error.message}${JSON.stringify(error.defects)}`, canary)
        }
      }
      const again = await recheckReport(report, { presented: `${canary}` }, { view, suite })
      expectNone(JSON.stringify(again), canary)
    })
  }
})
