/** Every finding, each produced by the situation that it names; what else is wrong is named too. */
import {
  type CheckName,
  createMemoryLedgerView,
  createVerifier,
  encodeReport,
  FINDING_CODES,
  type FindingCode,
  LedgerUnavailableError,
  type LedgerView,
  type MemoryLedger,
  parseReport,
  statusListUri,
  suite,
  type Verdict,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  withActs,
  withAgency,
  withAnchor,
  withKey,
  without,
  withRegion,
} from '../../../fixtures/altered-ledger.ts'
import {
  ANCHORED_AT,
  createSample,
  EXPIRES,
  FACE_DATA,
  ISSUER,
  LEDGER,
  NOT_BEFORE,
  NOW,
  type Sample,
  type SampleOptions,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, OTHER_ES256_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'

type Present = (sample: Sample) => string

/** A situation: the sample with something about it changed. */
interface Situation {
  readonly is: string
  readonly sample?: SampleOptions
  readonly presented?: Present
  readonly ledger?: (memory: MemoryLedger) => MemoryLedger
  readonly view?: (view: LedgerView) => LedgerView
  readonly request?: Partial<VerificationRequest>
  readonly now?: number
  /** All findings other than those of an accepted licence. */
  readonly finds: readonly FindingCode[]
  readonly verdict: Verdict
}

const OTHER_AGENCY = '11220000013544541J'
/** On no curve: x of RFC 7515 A.3 with a y that is not its own. */
const NO_POINT = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4',
} as const

const LEDGER_CHECKS = ['signature', 'anchor', 'issuerKey', 'issuerAuthority', 'status', 'validity'] as const
const AFTER_FIRST: readonly CheckName[] = [
  'signature',
  'disclosures',
  'inclusion',
  'anchor',
  'issuerKey',
  'issuerAuthority',
  'status',
  'validity',
  'comparison',
]

const NOTHING_TO_CHECK = AFTER_FIRST.map((check) => `${check}/nothing-to-check` as FindingCode)

function editReceipt(change: (receipt: Record<string, unknown>) => object): Present {
  return ({ bundle }) => {
    const { receipt, ...rest } = JSON.parse(bundle)
    return JSON.stringify({ ...rest, receipt: { ...receipt, ...change(receipt) } })
  }
}

function editDisclosures(change: (disclosures: readonly string[]) => readonly string[]): Present {
  return ({ bundle, compact }) => {
    const [jws, ...disclosures] = compact.split('~').slice(0, -1)
    return bundle.replace(compact, [jws, ...change(disclosures), ''].join('~'))
  }
}

function unavailable(view: LedgerView): LedgerView {
  const lookup = (): never => {
    throw new LedgerUnavailableError('unreachable', 'connect to the ledger')
  }
  return { ...view, lookup: async () => lookup() }
}

function wrongCheckCharacter(jti: string): string {
  return jti.slice(0, -1) + (jti.endsWith('A') ? 'B' : 'A')
}

const SITUATIONS: readonly Situation[] = [
  { is: 'a valid licence', finds: [], verdict: 'accepted' },

  {
    is: 'a text that is no credential',
    presented: () => '身份证',
    finds: ['wellFormed/malformed', ...NOTHING_TO_CHECK],
    verdict: 'rejected',
  },
  {
    is: 'an empty text',
    presented: () => '',
    finds: ['wellFormed/malformed', ...NOTHING_TO_CHECK],
    verdict: 'rejected',
  },
  {
    is: 'an identifier with a wrong check character',
    sample: { claims: { ...sampleClaims(), jti: wrongCheckCharacter(sampleClaims().jti) } },
    finds: ['wellFormed/licence-id-check'],
    verdict: 'refer',
  },

  {
    is: 'another signature',
    presented: ({ bundle }) => {
      const at = bundle.indexOf('~') - 40
      return bundle.slice(0, at) + (bundle[at] === 'A' ? 'B' : 'A') + bundle.slice(at + 1)
    },
    finds: ['signature/mismatch'],
    verdict: 'rejected',
  },
  {
    is: 'a key that is not on the ledger',
    ledger: without('keys'),
    finds: ['signature/no-key', 'issuerKey/not-registered'],
    verdict: 'rejected',
  },
  {
    is: 'a registered key that is no point of its curve',
    ledger: withKey({ publicJwk: NO_POINT }),
    finds: ['signature/unusable-key'],
    verdict: 'undetermined',
  },
  {
    is: 'a registered key that is not the one of its thumbprint',
    ledger: withKey({ publicJwk: publicHalf(OTHER_ES256_KEY) }),
    finds: ['signature/unusable-key'],
    verdict: 'undetermined',
  },
  {
    is: 'a key registered for an algorithm that it cannot sign with',
    ledger: withKey({ algorithm: 'EdDSA' }),
    finds: ['signature/unusable-key', 'issuerKey/algorithm-mismatch'],
    verdict: 'rejected',
  },
  {
    is: 'an Ed25519 key registered for ES256',
    sample: { key: ED25519_KEY },
    ledger: withKey({ algorithm: 'ES256' }),
    finds: ['signature/unusable-key', 'issuerKey/algorithm-mismatch'],
    verdict: 'rejected',
  },

  {
    is: 'no field shown',
    presented: editDisclosures(() => []),
    finds: ['disclosures/none'],
    verdict: 'refer',
  },
  {
    is: 'some fields shown',
    presented: editDisclosures((all) => all.slice(3, 5)),
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'a field shown twice',
    presented: editDisclosures((all) => [...all, ...all.slice(0, 1)]),
    finds: ['disclosures/repeated'],
    verdict: 'rejected',
  },
  {
    is: 'a field with another value',
    presented: editDisclosures(([, ...rest]) => [
      Buffer.from(JSON.stringify(['AAAAAAAAAAAAAAAAAAAAAA', 'holderName', '样例乙'])).toString('base64url'),
      ...rest,
    ]),
    finds: ['disclosures/not-signed'],
    verdict: 'rejected',
  },

  {
    is: 'a receipt of another place in the batch',
    presented: editReceipt(() => ({ index: 5 })),
    finds: ['inclusion/root-mismatch'],
    verdict: 'rejected',
  },
  {
    is: 'a receipt with a shortened path',
    presented: editReceipt(({ path }) => ({ path: (path as string[]).slice(1) })),
    finds: ['inclusion/root-mismatch'],
    verdict: 'rejected',
  },
  {
    is: 'a receipt of another issuer',
    presented: editReceipt(() => ({ issuer: OTHER_AGENCY })),
    finds: ['inclusion/other-issuer'],
    verdict: 'rejected',
  },
  {
    is: 'a credential without its receipt',
    presented: ({ compact }) => compact,
    finds: ['inclusion/no-receipt', 'anchor/no-receipt', 'issuerKey/issuance-time-unknown'],
    verdict: 'undetermined',
  },

  {
    is: 'a batch that was never anchored',
    ledger: without('anchors'),
    finds: ['anchor/not-found', 'issuerKey/issuance-time-unknown'],
    verdict: 'rejected',
  },
  {
    is: 'a root anchored by another agency',
    ledger: (m) => ({
      ...m,
      anchors: new Map([...m.anchors].map(([name, fact]) => [name.replace(ISSUER, OTHER_AGENCY), fact])),
    }),
    finds: ['anchor/not-found', 'issuerKey/issuance-time-unknown'],
    verdict: 'rejected',
  },
  {
    is: 'a question about the second before the anchor',
    request: { asOf: ANCHORED_AT - 1 },
    finds: ['anchor/after-as-of'],
    verdict: 'rejected',
  },
  {
    is: 'a question about the second of the anchor',
    request: { asOf: ANCHORED_AT },
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'a batch of another size on the ledger',
    ledger: withAnchor({ size: 8 }),
    finds: ['anchor/size-mismatch'],
    verdict: 'rejected',
  },
  {
    is: 'a receipt of another size to which the same path leads (a root alone does not fix the size)',
    presented: editReceipt(() => ({ size: 8, index: 4 })),
    finds: ['anchor/size-mismatch'],
    verdict: 'rejected',
  },
  {
    is: 'a receipt of another chain',
    presented: editReceipt(() => ({ chainId: 1 })),
    finds: ['anchor/foreign-ledger'],
    verdict: 'rejected',
  },
  {
    is: 'a receipt of another contract',
    presented: editReceipt(() => ({ ledger: `0x${'ab'.repeat(20)}` })),
    finds: ['anchor/foreign-ledger'],
    verdict: 'rejected',
  },
  {
    is: 'a view of another chain',
    ledger: (m) => ({ ...m, ledger: { ...LEDGER, chainId: 1 } }),
    finds: ['anchor/foreign-ledger', 'status/foreign-list'],
    verdict: 'rejected',
  },
  {
    is: 'a view of another contract',
    ledger: (m) => ({ ...m, ledger: { ...LEDGER, address: `0x${'ab'.repeat(20)}` } }),
    finds: ['anchor/foreign-ledger', 'status/foreign-list'],
    verdict: 'rejected',
  },

  {
    is: 'a key compromised the second after the anchor',
    ledger: withKey({ compromisedFrom: ANCHORED_AT + 1 }),
    finds: ['issuerKey/compromised-later'],
    verdict: 'accepted',
  },
  {
    is: 'a key compromised the second of the anchor',
    ledger: withKey({ compromisedFrom: ANCHORED_AT }),
    finds: ['issuerKey/compromised'],
    verdict: 'rejected',
  },
  {
    is: 'a key compromised the second before the anchor',
    ledger: withKey({ compromisedFrom: ANCHORED_AT - 1 }),
    finds: ['issuerKey/compromised'],
    verdict: 'rejected',
  },
  {
    is: 'a key of another agency',
    ledger: withKey({ agency: OTHER_AGENCY }),
    finds: ['issuerKey/other-agency'],
    verdict: 'rejected',
  },
  {
    is: 'a key in force from the second after the anchor',
    ledger: withKey({ validFrom: ANCHORED_AT + 1 }),
    finds: ['issuerKey/not-yet-valid'],
    verdict: 'rejected',
  },
  {
    is: 'a key in force from the second of the anchor',
    ledger: withKey({ validFrom: ANCHORED_AT }),
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'a key that ended the second of the anchor',
    ledger: withKey({ validUntil: ANCHORED_AT }),
    finds: ['issuerKey/no-longer-valid'],
    verdict: 'rejected',
  },
  {
    is: 'a key that ended the second after the anchor',
    ledger: withKey({ validUntil: ANCHORED_AT + 1 }),
    finds: [],
    verdict: 'accepted',
  },

  {
    is: 'an agency retired since',
    ledger: withAgency({ status: 'retired' }),
    finds: ['issuerAuthority/retired-since'],
    verdict: 'accepted',
  },
  {
    is: 'a region retired since',
    ledger: withRegion({ status: 'retired' }),
    finds: ['issuerAuthority/retired-since'],
    verdict: 'accepted',
  },
  {
    is: 'a suspended agency',
    ledger: withAgency({ status: 'suspended' }),
    finds: ['issuerAuthority/suspended'],
    verdict: 'refer',
  },
  {
    is: 'a suspended region',
    ledger: withRegion({ status: 'suspended' }),
    finds: ['issuerAuthority/region-suspended'],
    verdict: 'refer',
  },
  {
    is: 'an agency that was never accredited',
    ledger: without('agencies'),
    finds: ['issuerAuthority/not-accredited'],
    verdict: 'rejected',
  },
  {
    is: 'an agency of a region that was never admitted',
    ledger: without('regions'),
    finds: ['issuerAuthority/not-accredited'],
    verdict: 'rejected',
  },
  {
    is: 'the facts of another agency',
    ledger: withAgency({ agency: OTHER_AGENCY }),
    finds: ['issuerAuthority/not-accredited'],
    verdict: 'rejected',
  },
  {
    is: 'the facts of another region',
    ledger: withRegion({ region: '220000' }),
    finds: ['issuerAuthority/not-accredited'],
    verdict: 'rejected',
  },

  {
    is: 'a suspended licence',
    ledger: withActs({ status: 'suspended', effectiveAt: NOW - 10 }),
    finds: ['status/suspended'],
    verdict: 'rejected',
  },
  {
    is: 'a suspension that takes effect tomorrow',
    ledger: withActs({ status: 'suspended', effectiveAt: NOW + 86_400 }),
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'a suspended and reinstated licence',
    ledger: withActs(
      { status: 'suspended', effectiveAt: NOW - 10 },
      { status: 'valid', effectiveAt: NOW - 5 },
    ),
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'a revoked licence',
    ledger: withActs({ status: 'revoked', effectiveAt: NOW }),
    finds: ['status/revoked'],
    verdict: 'rejected',
  },
  {
    is: 'a licence revoked after the time asked about',
    ledger: withActs({ status: 'revoked', effectiveAt: NOW }),
    request: { asOf: NOW - 1 },
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'a status list on another ledger',
    sample: {
      claims: {
        ...sampleClaims(),
        status: { status_list: { idx: 1, uri: statusListUri({ ...LEDGER, chainId: 5 }, ISSUER) } },
      },
    },
    finds: ['status/foreign-list'],
    verdict: 'rejected',
  },
  {
    is: 'a status list of another issuer',
    sample: {
      claims: {
        ...sampleClaims(),
        status: { status_list: { idx: 1, uri: statusListUri(LEDGER, OTHER_AGENCY) } },
      },
    },
    finds: ['status/foreign-list'],
    verdict: 'rejected',
  },

  {
    is: 'the second before a licence comes into force',
    sample: { claims: { ...sampleClaims(), nbf: NOW + 1 } },
    finds: ['validity/not-yet'],
    verdict: 'rejected',
  },
  {
    is: 'the second a licence comes into force',
    sample: { claims: { ...sampleClaims(), nbf: NOW } },
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'the second a licence expires',
    sample: { claims: { ...sampleClaims(), exp: NOW } },
    finds: ['validity/expired'],
    verdict: 'rejected',
  },
  {
    is: 'the last second of a licence',
    sample: { claims: { ...sampleClaims(), exp: NOW + 1 } },
    finds: [],
    verdict: 'accepted',
  },
  {
    is: 'a question about a time before the licence',
    request: { asOf: NOT_BEFORE - 1 },
    finds: ['anchor/after-as-of', 'validity/not-yet'],
    verdict: 'rejected',
  },

  {
    is: 'the values of the face submitted',
    request: { submitted: FACE_DATA },
    finds: ['comparison/same'],
    verdict: 'accepted',
  },
  {
    is: 'the same value in full width and with spaces',
    request: { submitted: { employerUscc: '９１１１００００ 802100433B' } },
    finds: ['comparison/same'],
    verdict: 'accepted',
  },
  {
    is: 'another name submitted',
    request: { submitted: { holderName: '样例乙' } },
    finds: ['comparison/different'],
    verdict: 'refer',
  },
  {
    is: 'an empty value submitted',
    request: { submitted: { holderName: '' } },
    finds: ['comparison/different'],
    verdict: 'refer',
  },
  {
    is: 'a field submitted that the holder did not show',
    presented: editDisclosures((all) => all.slice(1)),
    request: { submitted: { holderName: FACE_DATA['holderName'] ?? '' } },
    finds: ['comparison/not-disclosed'],
    verdict: 'refer',
  },
  {
    is: 'a field submitted that is a member of every object',
    request: { submitted: { constructor: 'Object' } as Record<string, string> },
    finds: ['comparison/not-disclosed'],
    verdict: 'refer',
  },

  {
    is: 'a ledger that cannot be reached',
    view: unavailable,
    finds: LEDGER_CHECKS.map((check) => `${check}/ledger-unreachable` as const),
    verdict: 'undetermined',
  },
  {
    is: 'a ledger that is 301 seconds old',
    now: NOW + 301,
    finds: LEDGER_CHECKS.map((check) => `${check}/ledger-stale` as const),
    verdict: 'undetermined',
  },
  { is: 'a ledger that is 300 seconds old', now: NOW + 300, finds: [], verdict: 'accepted' },
  {
    is: 'an altered field while the ledger cannot be reached',
    view: unavailable,
    presented: editReceipt(() => ({ index: 5 })),
    finds: [
      ...LEDGER_CHECKS.map((check) => `${check}/ledger-unreachable` as const),
      'inclusion/root-mismatch',
    ],
    verdict: 'rejected',
  },
  {
    is: 'everything wrong at once',
    sample: { claims: { ...sampleClaims(), exp: EXPIRES - 1 } },
    presented: editReceipt(() => ({ index: 5, chainId: 1 })),
    ledger: (m) =>
      withActs({ status: 'revoked', effectiveAt: 0 })(
        withAgency({ status: 'suspended' })(withKey({ agency: OTHER_AGENCY })(m)),
      ),
    request: { submitted: { holderName: '样例乙' } },
    finds: [
      'inclusion/root-mismatch',
      'anchor/foreign-ledger',
      'issuerKey/other-agency',
      'issuerAuthority/suspended',
      'status/revoked',
      'comparison/different',
    ],
    verdict: 'rejected',
  },
]

async function verify(situation: Situation): Promise<VerificationReport> {
  const sample = await createSample(situation.sample)
  const { ledger = (memory) => memory, view = (same) => same, presented = ({ bundle }) => bundle } = situation
  const verifier = createVerifier({ view: view(createMemoryLedgerView(ledger(sample.memory))), suite })
  return verifier.verify({ ...sampleRequest(presented(sample)), ...situation.request }, situation.now ?? NOW)
}

const ALL_WELL = new Set<FindingCode>([
  'wellFormed/read',
  'signature/verified',
  'disclosures/match',
  'inclusion/included',
  'anchor/found',
  'issuerKey/trusted',
  'issuerAuthority/accredited',
  'status/valid',
  'validity/in-force',
  'comparison/not-requested',
])

describe('checks, each finding in its situation', () => {
  const seen = new Set<FindingCode>()

  for (const situation of SITUATIONS) {
    it(`${situation.is}: ${situation.finds.join(', ') || 'nothing amiss'} → ${situation.verdict}`, async () => {
      const report = await verify(situation)
      const codes = report.findings.map((finding) => finding.code)
      for (const code of codes) seen.add(code)
      expect(codes.filter((code) => !ALL_WELL.has(code))).to.have.members([...situation.finds])
      expect(report.verdict).to.equal(situation.verdict)
      expect(report.resultCode === 0).to.equal(situation.verdict === 'accepted')
      expect(parseReport(encodeReport(report))).to.deep.equal(report)
    })
  }

  it('finds every code of the catalogue somewhere above', () => {
    expect([...seen].sort()).to.deep.equal([...FINDING_CODES].sort())
  })
})
