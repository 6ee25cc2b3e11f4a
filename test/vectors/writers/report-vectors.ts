/** Vectors of spec/report.md and spec/key-file.md: reports read and refused, signed, re-checked; keys at rest. */
import {
  ATTESTATION_TYPE,
  algorithmOf,
  BUNDLE_MEDIA_TYPE,
  createMemoryLedgerView,
  createVerifier,
  demandKey,
  encodeBase64url,
  encodeKeyFile,
  encodeQrReference,
  encodeReport,
  type Finding,
  finding,
  KEY_FILE_MEDIA_TYPE,
  type KeyFile,
  type LedgerUnavailableCode,
  LedgerUnavailableError,
  type LedgerView,
  type MemoryLedger,
  type PresentedKind,
  type PrivateJwk,
  parseKeyFile,
  parsePresented,
  parseReport,
  REPORT_MEDIA_TYPE,
  type RecheckedCase,
  recheckReport,
  resultCodeOf,
  thumbprint,
  type VerificationReport,
  type VerificationRequest,
  verdictOf,
} from '@hefu/protocol'
import { CompactEncrypt, type CompactJWEHeaderParameters } from 'jose'
import { withActs, withAgency, withAnchor } from '../../fixtures/altered-ledger.ts'
import { encodePart, forgeCredential, forgeDisclosure } from '../../fixtures/forged-credential.ts'
import { REGISTRY_BLOCK, registryOf, sampleEntry } from '../../fixtures/registry-situations.ts'
import {
  ANCHORED_AT,
  createSample,
  FACE_DATA,
  LEDGER,
  LICENCE_TYPE,
  NOW,
  type Sample,
  sampleClaims,
  sampleRequest,
} from '../../fixtures/sample-credential.ts'
import { ED25519_KEY, ES256_KEY, OTHER_ES256_KEY, publicHalf, SM2_KEY } from '../../fixtures/sample-keys.ts'
import { bindCredential, boundSample, CHALLENGE, presentSample } from '../../fixtures/sample-presentation.ts'
import { type RecordedRegistry, trustOf } from '../recorded-registry.ts'
import type { RecheckVector } from '../vector-lists.ts'
import { defectsOf } from './defects.ts'
import { deterministicSuite as suite } from './deterministic-suite.ts'
import { stateOf } from './ledger-state.ts'
import type { VectorFile } from './vector-file.ts'

/** Of a licence, the beginning. */
const BROKEN = `{"mediaType":"${BUNDLE_MEDIA_TYPE}"`
const SUBMITTED = { holderName: FACE_DATA['holderName'] ?? '', post: '另一岗位' }

interface Verified {
  readonly request?: Partial<VerificationRequest>
  /** The ledger that was asked; by default that of the sample. */
  readonly view?: LedgerView
  /** The registry that was followed; `null`, and by default: none. */
  readonly registry?: RecordedRegistry | null
  readonly maxLedgerAgeSeconds?: number
}

/** The sample presented by its holder, and reports on it. */
interface Scene {
  readonly sample: Sample
  readonly presented: string
  verify(how?: Verified): Promise<VerificationReport>
}

async function createScene(): Promise<Scene> {
  const sample = await createSample({ ...boundSample(), suite })
  const presented = presentSample(sample)
  return {
    sample,
    presented,
    verify: ({
      request = {},
      view = createMemoryLedgerView(sample.memory),
      registry = null,
      ...options
    } = {}) =>
      createVerifier({ ...trustOf(registry, view), suite, ...options }).verify(
        { ...sampleRequest(presented), ...request },
        NOW,
      ),
  }
}

function silentView({ ledger }: Pick<LedgerView, 'ledger'>, code: LedgerUnavailableCode): LedgerView {
  const lookup = async (): Promise<never> => {
    throw new LedgerUnavailableError(code, 'reach the ledger')
  }
  return { ledger, lookup }
}

/** A report with another finding, and the verdict that follows from it. */
function replaceFinding(report: VerificationReport, other: Finding): VerificationReport {
  const findings = report.findings.map((found) => (found.check === other.check ? other : found))
  return { ...report, findings, verdict: verdictOf(findings), resultCode: resultCodeOf(findings) }
}

type Named<T> = readonly (readonly [is: string, value: T])[]

async function readReports({ sample, presented, verify }: Scene): Promise<readonly object[]> {
  const { memory } = sample
  const report = await verify()
  const everything: VerificationRequest = {
    presented,
    receivingRegion: '440100',
    serviceItem: '440100-0001',
    caseNo: '粤2026-0001',
    asOf: NOW - 60,
    submitted: FACE_DATA,
    challenge: CHALLENGE,
  }
  const suspended = createMemoryLedgerView(withAgency({ status: 'suspended' })(memory))
  const revoked = createMemoryLedgerView(withActs({ act: 'revoke', effectiveAt: NOW - 5 })(memory))
  const malformed = await verify({ request: { presented: BROKEN } })
  const defect = { code: 'a-code-to-come' as never, where: '', expected: '', found: '' }
  const reports: Named<VerificationReport> = [
    ['accepted', report],
    ['with all that can be asked', await verify({ request: everything })],
    ['refer: the agency is suspended', await verify({ view: suspended })],
    ['rejected: revoked', await verify({ view: revoked })],
    ['a bare credential, without receipt', await verify({ request: { presented: sample.compact } })],
    ['undetermined: the ledger was not reached', await verify({ view: silentView(memory, 'unreachable') })],
    ['rejected: a licence that cannot be read', malformed],
    ['undetermined: no licence', await verify({ request: { presented: 'x' } })],
    ['no verifier’s, but read: facts that the check does not give', withFacts(report, { a: ['b'], c: -1 })],
    [
      'no verifier’s, but read: a region that does not exist, and a time after the clock',
      { ...report, request: { ...report.request, receivingRegion: '999999', asOf: NOW + 1 } },
    ],
    ['no verifier’s, but read: no ledger, and findings of one', { ...report, ledger: null }],
    ['no verifier’s, but read: another number of defects', { ...malformed, defects: [] }],
    ['no verifier’s, but read: a defect with another code', { ...report, defects: [defect] }],
  ]
  return reports.map(([is, value]) => ({ is, text: encodeReport(value), report: value }))
}

function withFacts(report: VerificationReport, facts: Finding['facts']): VerificationReport {
  return replaceFinding(report, finding('status/valid', facts))
}

type Json = Readonly<Record<string, unknown>>

function drop(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([own]) => own !== name))
}

function reversed(object: object): object {
  return Object.fromEntries(Object.entries(object).toReversed())
}

/** Reports of which one member is changed. */
function changedReports(report: VerificationReport, rejected: VerificationReport): Named<object> {
  const { request, licence, ledger, findings } = report
  const asking = (change: Json): object => ({ ...report, request: { ...request, ...change } })
  const stating = (change: Json): object => ({ ...report, licence: { ...licence, ...change } })
  const reading = (change: Json): object => ({ ...report, ledger: { ...ledger, ...change } })
  const defects = (...list: readonly unknown[]): object => ({ ...report, defects: list })
  const second = (change: Json): object => ({
    ...report,
    findings: findings.map((found, i) => (i === 1 ? { ...found, ...change } : found)),
  })
  const defect = { code: 'missing', where: 'bundle', expected: 'x', found: 'y' }
  return [
    ['another version', { ...report, mediaType: REPORT_MEDIA_TYPE.replace('=1', '=2') }],
    ['the media type of a bundle', { ...report, mediaType: BUNDLE_MEDIA_TYPE }],
    ...Object.keys(report).map((name) => [`no ${name}`, drop(report, name)] as const),
    ['a member more', { ...report, note: '' }],
    ['its members in another order', reversed(report)],
    ['a time that is a text', { ...report, checkedAt: `${NOW}` }],
    ['a time before 1970', { ...report, checkedAt: -1 }],
    ['a time with a fraction', { ...report, checkedAt: NOW + 0.5 }],
    ['a request that is null', { ...report, request: null }],
    ...Object.keys(request).map(
      (name) => [`no ${name} in the request`, { ...report, request: drop(request, name) }] as const,
    ),
    ['a member more in the request', asking({ submitted: {} })],
    ['the request in another order', { ...report, request: reversed(request) }],
    ['a digest that is short', asking({ presented: request.presented.slice(1) })],
    ['a digest in hexadecimal', asking({ presented: `0x${'00'.repeat(32)}` })],
    ['a region of five digits', asking({ receivingRegion: '44000' })],
    ['a service item that is a number', asking({ serviceItem: 1 })],
    ['a case number that is a list', asking({ caseNo: [] })],
    ['a case number with a character that is not seen', asking({ caseNo: 'a\u200bb' })],
    ['a time asked about before 1970', asking({ asOf: -1 })],
    ['compared fields that are an object', asking({ comparedFields: SUBMITTED })],
    ['a compared field that is a number', asking({ comparedFields: [1] })],
    ['65 compared fields', asking({ comparedFields: Array.from({ length: 65 }, (_, i) => `field${i}`) })],
    ['a challenge in the clear', asking({ challenge: CHALLENGE.nonce })],
    ['a licence that is a text', { ...report, licence: 'x' }],
    ...Object.keys(licence ?? {}).map(
      (name) => [`no ${name} of the licence`, { ...report, licence: drop({ ...licence }, name) }] as const,
    ),
    ['a licence identifier that is a number', stating({ licenceId: 1 })],
    ['a licence with an end before 1970', stating({ validUntil: -1 })],
    ['a member more of the licence', stating({ holderName: '样例甲' })],
    ['a ledger that is a list', { ...report, ledger: [] }],
    ...Object.keys(ledger ?? {}).map(
      (name) => [`no ${name} of the ledger`, { ...report, ledger: drop({ ...ledger }, name) }] as const,
    ),
    ['a chain that is a text', reading({ chainId: '31337' })],
    ['a block before the first', reading({ blockNumber: -1 })],
    ['an address in capitals', reading({ address: `0x${'C5'.repeat(20)}` })],
    ['a block hash that is short', reading({ blockHash: '0x00' })],
    ['a member more of the ledger', reading({ name: '' })],
    ['defects that are an object', { ...report, defects: {} }],
    ['1,001 defects', defects(...Array.from({ length: 1001 }, () => defect))],
    ['a defect that is a text', defects('x')],
    ...Object.keys(defect).map((name) => [`no ${name} of a defect`, defects(drop(defect, name))] as const),
    ['a defect with a code in capitals', defects({ ...defect, code: 'MISSING' })],
    ['a defect with a place that is a list', defects({ ...defect, where: ['bundle'] })],
    ['a member more in a defect', defects({ ...defect, note: '' })],
    ['a defect in another order', defects(reversed(defect))],
    ['findings that are an object', { ...report, findings: {} }],
    ['no finding', { ...report, findings: [] }],
    ['a finding less', { ...report, findings: findings.slice(0, -1) }],
    ['a finding more', { ...report, findings: [...findings, ...findings.slice(-1)] }],
    ['findings in another order', { ...report, findings: findings.toReversed() }],
    ['a finding twice', { ...report, findings: findings.with(1, findings[0] as Finding) }],
    ['a finding that is a text', { ...report, findings: findings.map(({ code }) => code) }],
    ...['check', 'code', 'status', 'facts'].map(
      (name) =>
        [`no ${name} of a finding`, { ...report, findings: findings.map((f) => drop(f, name)) }] as const,
    ),
    ['a code that there is not', second({ code: 'signature/fine' })],
    ['a code that every object has', second({ code: 'constructor' })],
    ['a code of another check', second({ code: 'status/valid' })],
    ['a code that is a number', second({ code: 1 })],
    ['a check that is not that of its code', second({ check: 'status' })],
    ['a status that is not that of its code', second({ status: 'warn' })],
    [
      'a failure that passes',
      { ...rejected, findings: rejected.findings.map((f) => ({ ...f, status: 'pass' })) },
    ],
    ['facts that are a list', second({ facts: [] })],
    ['a fact that is null', second({ facts: { kid: null } })],
    ['a fact that is true', second({ facts: { kid: true } })],
    ['a fact that is an object', second({ facts: { kid: {} } })],
    ['a fact that is a list of numbers', second({ facts: { kid: [1] } })],
    ['a fact with a fraction', second({ facts: { kid: 0.5 } })],
    ['a member more in a finding', second({ note: '' })],
    ['a finding in another order', { ...report, findings: findings.map(reversed) }],
    ['a better verdict', { ...rejected, verdict: 'accepted' }],
    ['a better verdict with its result code', { ...rejected, verdict: 'accepted', resultCode: 0 }],
    ['a worse verdict', { ...report, verdict: 'rejected' }],
    ['a verdict that there is not', { ...report, verdict: 'ok' }],
    ['another result code', { ...rejected, resultCode: 0 }],
    ['a result code that is a text', { ...report, resultCode: '0' }],
    ['four defects', { ...asking({ presented: 'x', asOf: 'x' }), checkedAt: null, licence: 1 }],
  ]
}

async function refusedReports({ sample, verify }: Scene): Promise<readonly object[]> {
  const report = await verify()
  const acts = withActs({ act: 'revoke', effectiveAt: NOW - 5 })
  const rejected = await verify({ view: createMemoryLedgerView(acts(sample.memory)) })
  const text = encodeReport(report)
  const texts: Named<string> = [
    ['nothing', ''],
    ['null', 'null'],
    ['a list', `[${text}]`],
    ['cut short', text.slice(0, -1)],
    ['a line feed after', `${text}\n`],
    ['a byte-order mark before', `\ufeff${text}`],
    ['white space between', JSON.stringify(report, null, 1)],
    ['a member twice', text.replace('"verdict"', '"verdict":"accepted","verdict"')],
    ['an escape that is not needed', text.replace('"accepted"', String.raw`"\u0061ccepted"`)],
    ['a number with an exponent', text.replace(`${NOW}`, '1768147200e0')],
    ['brackets 33 deep', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['its own attestation', await attest({ payload: text })],
  ]
  const changed = changedReports(report, rejected).map(([is, value]) => [is, JSON.stringify(value)] as const)
  return [...texts, ...changed].map(([is, own]) => ({
    is,
    text: own,
    refused: defectsOf(() => parseReport(own)),
  }))
}

/** What stands in `defects` of the report on what cannot be read. */
async function malformedPresentations({ sample, presented, verify }: Scene): Promise<readonly object[]> {
  const { compact, receipt, bundle } = sample
  const object = JSON.parse(bundle)
  const other = (change: Json): string => JSON.stringify({ ...object, ...change })
  const header = { alg: 'none', typ: 'dc+sd-jwt', kid: 'x', jwk: {} }
  const payload = { ...sampleClaims(), iat: '1', exp: -1, _sd: ['x'], _sd_alg: 'sha-1' }
  const disclosures = [
    forgeDisclosure(['A'.repeat(22), 'post']).encoded,
    forgeDisclosure(['A'.repeat(22), 'post', '项目负责人']).encoded,
    forgeDisclosure(['A'.repeat(22), 'iss', 'x']).encoded,
  ]
  const known = { alg: 'none', typ: 'JWT', kid: 'x' }
  const forged = await forgeCredential({ header: known, payload, disclosures }, ES256_KEY, suite)
  const named = await forgeCredential({ header, payload }, ES256_KEY, suite)
  const path = [...object.receipt.path.slice(0, 1), 'x', 'y']
  const [jws = ''] = compact.split('~')
  const texts: Named<string> = [
    ['a credential without its end', compact.slice(0, -1)],
    ['a credential of two parts', `${jws.split('.').slice(0, 2).join('.')}~`],
    ['a bare credential with defects everywhere', forged.compact],
    ['a header that has a member more: no other member of it is looked at', named.compact],
    ['a signature cut short', compact.replace(jws, jws.slice(0, -1))],
    ['a bundle with a line feed after', `${bundle}\n`],
    ['a bundle that is cut short', bundle.slice(0, -1)],
    ['a bundle of another version', other({ mediaType: BUNDLE_MEDIA_TYPE.replace('=1', '=2') })],
    ['a bundle with six members more', other(Object.fromEntries([...'abcdef'].map((name) => [name, 0])))],
    ['a bundle with a text that is not in NFC', other({ note: [['e\u0301']] })],
    ['a bundle with a name that is not in NFC', other({ note: [{ 'e\u0301': 0 }] })],
    ['a bundle with a name of 41 characters over a fraction', other({ ['n'.repeat(41)]: 0.5 })],
    [
      'a bundle with defects everywhere',
      other({ credential: forged.compact, receipt: { ...receipt, path } }),
    ],
    [
      'a receipt with a path that is none: the first of its defects',
      other({ receipt: { ...object.receipt, path } }),
    ],
    [
      'a receipt with an index that is its size',
      other({ receipt: { ...object.receipt, index: object.receipt.size } }),
    ],
    ['no receipt', other({ receipt: null })],
    [
      'a presentation with defects on both sides of the last ~',
      presentSample(
        { ...sample, compact: forged.compact },
        { payload: { iat: NOW }, header: { alg: 'EdDSA' } },
      ),
    ],
    ['a bare credential with a key binding of two parts', bindCredential(compact).replace(/\.[^.]*$/, '')],
    [
      'a presentation whose members are in another order',
      JSON.stringify(inOtherOrder(JSON.parse(presented))),
    ],
  ]
  const vectors = texts.map(async ([is, text]) => {
    defectsOf(() => parsePresented(text))
    const { defects } = await verify({ request: { presented: text } })
    return { is, presented: text, refused: defects }
  })
  return Promise.all(vectors)
}

/** What is told apart from a broken licence, by what it is instead. */
function otherThings({ sample: { bundle, compact } }: Scene): readonly object[] {
  const reference = encodeQrReference(bundle, suite)
  const texts: readonly (readonly [is: string, text: string, presentedAs: PresentedKind])[] = [
    ['an empty text', '', 'nothing'],
    ['a line end and a byte-order mark', '\r\n\ufeff', 'nothing'],
    ['a name', '样例甲', 'other'],
    ['an object of another kind', '{"mediaType":"text/plain"}', 'other'],
    ['a bundle that lost its first character', bundle.slice(1), 'other'],
    ['an address', 'https://example.invalid/~licence', 'other'],
    ['a signed token that is no SD-JWT', compact.split('~')[0] ?? '', 'other'],
    ['a licence identifier', sampleClaims().jti, 'licence-id'],
    ['a licence identifier as a scanner gun ends it', `${sampleClaims().jti}\t`, 'licence-id'],
    ['a QR code that names a licence', reference, 'qr-reference'],
    ['a QR code of a whole licence, read as far as it goes', 'HEFU1:P:eyJ', 'qr-whole'],
  ]
  return texts.map(([is, presented, presentedAs]) => ({ is, presented, presentedAs }))
}

/** The first member stays the first: it says what the object is. */
function inOtherOrder(object: object): object {
  const [first, ...rest] = Object.entries(object)
  return Object.fromEntries([...(first === undefined ? [] : [first]), ...rest.toReversed()])
}

interface Attested {
  readonly key?: PrivateJwk
  /** The whole header; by default that of the key. */
  readonly header?: unknown
  readonly payload: string | Uint8Array
  /** Who signs; by default the key that the header names. */
  readonly signer?: PrivateJwk
}

function headerOf(key: PrivateJwk): Json {
  return { alg: algorithmOf(key), typ: ATTESTATION_TYPE, kid: thumbprint(key, suite) }
}

/** What a signer of reports signs, but with the nonce of RFC 6979, and whatever header and payload are wanted. */
async function attest({
  key = ED25519_KEY,
  header = headerOf(key),
  payload,
  signer = key,
}: Attested): Promise<string> {
  return signInput(`${encodePart(header)}.${encodePart(payload)}`, signer)
}

async function signInput(input: string, signer: PrivateJwk): Promise<string> {
  const signature = await suite.sign(await suite.importPrivateKey(signer), algorithmOf(signer), input)
  return `${input}.${encodeBase64url(signature)}`
}

/** The report in another form of base64url, under a good signature of it. */
async function signedOtherwise(compact: string, key: PrivateJwk): Promise<Named<string>> {
  const [header = '', payload = ''] = compact.split('.')
  const forms: Named<string> = [
    ['padding', `${payload}${'='.repeat((4 - (payload.length % 4)) % 4 || 4)}`],
    ['a space in it', `${payload.slice(0, 8)} ${payload.slice(8)}`],
    ['a line feed after it', `${payload}\n`],
  ]
  return Promise.all(
    forms.map(
      async ([is, form]) => [`its report with ${is}`, await signInput(`${header}.${form}`, key)] as const,
    ),
  )
}

/** The last character of a signature holds four bits: here with one of the unused ones set. */
function withUnusedBit(compact: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return compact.slice(0, -1) + alphabet[alphabet.indexOf(compact.slice(-1)) + 1]
}

function replacePart(compact: string, part: 0 | 1 | 2, instead: string): string {
  return compact.split('.').with(part, instead).join('.')
}

/** Attestations that do not stand: none of them is a report of the key `key`. */
async function unattested(key: PrivateJwk, text: string, other: string): Promise<Named<string>> {
  const own = headerOf(key)
  const compact = await attest({ key, payload: text })
  const [header = '', payload = '', signature = ''] = compact.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const headers: Named<unknown> = [
    ['typ JWT', { ...own, typ: 'JWT' }],
    ['no typ', drop(own, 'typ')],
    ['no kid', drop(own, 'kid')],
    ['the kid of another key', { ...own, kid: thumbprint(OTHER_ES256_KEY, suite) }],
    ['alg none', { ...own, alg: 'none' }],
    ['alg HS256', { ...own, alg: 'HS256' }],
    ['the header in another order', reversed(own)],
    ['white space in the header', JSON.stringify(own).replace(',', ', ')],
    ['a key in the header', { ...own, jwk: publicHalf(key) }],
    ['an address of a key in the header', { ...own, jku: 'https://example.invalid/' }],
    ['crit and b64', { ...own, b64: true, crit: ['b64'] }],
  ]
  const signed = headers.map(
    async ([is, forged]) => [is, await attest({ key, header: forged, payload: text })] as const,
  )
  return [
    ...(await Promise.all(signed)),
    ['alg none, and no signature', `${encodePart({ alg: 'none' })}.${payload}.`],
    [
      'the header of this key, signed by another',
      await attest({ key, payload: text, signer: OTHER_ES256_KEY }),
    ],
    ['the payload of another report', replacePart(compact, 1, encodePart(other))],
    [
      'another verdict in its payload',
      replacePart(compact, 1, encodePart(text.replace('accepted', 'rejected'))),
    ],
    ['a payload with one character more', replacePart(compact, 1, `${payload}A`)],
    ['no payload', replacePart(compact, 1, '')],
    [
      'a signature with one bit altered',
      replacePart(compact, 2, encodePart(bytes.with(0, (bytes[0] ?? 0) ^ 1))),
    ],
    ['a signature of zeros', replacePart(compact, 2, 'A'.repeat(86))],
    [
      'its halves exchanged',
      replacePart(compact, 2, encodePart(Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]))),
    ],
    ['unused bits of the signature set', withUnusedBit(compact)],
    ...(await signedOtherwise(compact, key)),
    ['padding', `${compact}==`],
    ['a signature of 63 bytes', replacePart(compact, 2, encodePart(bytes.subarray(1)))],
    [
      'a signature of 65 bytes',
      replacePart(compact, 2, encodePart(Buffer.concat([bytes, Uint8Array.of(0)]))),
    ],
    ['no signature', replacePart(compact, 2, '')],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${compact}.`],
    ['a line feed after', `${compact}\n`],
    ['a tilde after', `${compact}~`],
    ['JSON serialization', JSON.stringify({ protected: header, payload, signature })],
    ['the report without its signature', text],
    ['nothing', ''],
  ]
}

async function attestations({ sample, verify }: Scene): Promise<readonly object[]> {
  const report = await verify()
  const malformed = await verify({ request: { presented: BROKEN } })
  const [text, other] = [report, malformed].map(encodeReport) as [string, string]
  const ed25519 = publicHalf(ED25519_KEY)
  const accepted = [
    { is: 'EdDSA', key: ED25519_KEY, report: text },
    { is: 'ES256', key: ES256_KEY, report: text },
    { is: 'a report on what could not be read', key: ED25519_KEY, report: other },
  ].map(async ({ is, key, report: payload }) => {
    return { is, compact: await attest({ key, payload }), verifierJwk: publicHalf(key), report: payload }
  })
  const compact = await attest({ payload: text })
  const otherKeys = [
    { is: 'another key', compact: await attest({ key: ES256_KEY, payload: text }), key: OTHER_ES256_KEY },
    { is: 'a key of another kind', compact, key: ES256_KEY },
    { is: 'a key of SM2', compact, key: SM2_KEY },
    { is: 'signed with a key of SM2', compact: await attest({ key: SM2_KEY, payload: text }), key: SM2_KEY },
  ].map(({ key, ...vector }) => ({ ...vector, verifierJwk: publicHalf(key) }))
  const both = [ED25519_KEY, ES256_KEY].map(async (key) => {
    const broken = await unattested(key, text, other)
    return broken.map(([is, own]) => ({
      is: `${algorithmOf(key)}: ${is}`,
      compact: own,
      verifierJwk: publicHalf(key),
    }))
  })
  const unlike: Named<string | Uint8Array> = [
    ['nothing', ''],
    ['an empty object', '{}'],
    ['a bundle', sample.bundle],
    ['a report with a verdict of its own', text.replace('"accepted"', '"refer"')],
    ['a report and white space', `${text} `],
    ['a byte-order mark and a report', `\ufeff${text}`],
    ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d)],
  ]
  const signed = unlike.map(async ([is, payload]) => ({
    is: `well signed, but no report: ${is}`,
    compact: await attest({ payload }),
    verifierJwk: ed25519,
    refused: payload instanceof Uint8Array ? ['not-text'] : defectsOf(() => parseReport(payload)),
  }))
  const unsigned = [...otherKeys, ...(await Promise.all(both)).flat()]
  return [
    ...(await Promise.all(accepted)),
    ...unsigned.map((vector) => ({ ...vector, refused: ['not-attested'] })),
    ...(await Promise.all(signed)),
  ]
}

interface Rechecked {
  readonly is: string
  readonly report: VerificationReport
  /** What is given again beside, or instead of, what was presented. */
  readonly given?: Partial<RecheckedCase>
  /** The ledger that is asked again; by default that of the sample. */
  readonly memory?: MemoryLedger
  /** Where it answers otherwise than that ledger would. */
  readonly view?: LedgerView
  /** The registry that is followed; `null`, and by default: none. */
  readonly registry?: RecordedRegistry | null
}

async function recheckVector(
  { sample, presented }: Scene,
  { is, report, given = {}, memory = sample.memory, view: other, registry = null }: Rechecked,
): Promise<RecheckVector> {
  let lookup: RecheckVector['lookup'] = null
  const { ledger, lookup: answer } = other ?? createMemoryLedgerView(memory)
  const view: LedgerView = {
    ledger,
    lookup: async (query) => {
      if (lookup !== null) throw new Error(`write vectors: ${is} asks the ledger twice`)
      try {
        const facts = await answer(query)
        lookup = { query, facts }
        return facts
      } catch (error) {
        if (error instanceof LedgerUnavailableError) lookup = { query, facts: null, unavailable: error.code }
        throw error
      }
    },
  }
  const rechecked = { presented, ...given }
  const outcome = await recheckReport(report, rechecked, { ...trustOf(registry, view), suite })
  const state = other === undefined ? stateOf(memory) : null
  return { is, report: encodeReport(report), ...rechecked, ledger, registry, lookup, state, outcome }
}

/** A year later: another block, at which the licence is revoked; the view can still answer at the one before. */
function archiveOf(memory: MemoryLedger): LedgerView {
  const block = { number: 9000, hash: `0x${'9c'.repeat(32)}`, time: NOW + 31_536_000 } as const
  const revoked = withActs({ act: 'revoke', effectiveAt: NOW + 60 })({ ...memory, block })
  const [then, now] = [createMemoryLedgerView(memory), createMemoryLedgerView(revoked)]
  return {
    ledger: memory.ledger,
    lookup: (query) => (query.block?.hash === memory.block.hash ? then : now).lookup(query),
  }
}

const ITEM = '440100-0001'

/** The ledger where the item demands the holder's name. */
function withDemand(memory: MemoryLedger): MemoryLedger {
  return {
    ...memory,
    demands: new Map([[demandKey(ITEM, LICENCE_TYPE), [{ since: NOW - 86_400, fields: ['holderName'] }]]]),
  }
}

async function confirmed({ sample, verify }: Scene): Promise<readonly Rechecked[]> {
  const { memory } = sample
  const revoked = withActs({ act: 'revoke', effectiveAt: NOW - 5 })(memory)
  const suspended = withAgency({ status: 'suspended' })(memory)
  const on = (other: MemoryLedger): Promise<VerificationReport> =>
    verify({ view: createMemoryLedgerView(other) })
  const asked = { serviceItem: '440100-0001', caseNo: '粤2026-0001', asOf: NOW - 3600 }
  const given = { submitted: SUBMITTED, challenge: CHALLENGE }
  const demanding = withDemand(memory)
  const beyond = { serviceItem: ITEM, submitted: SUBMITTED }
  return [
    { is: 'accepted', report: await verify() },
    { is: 'rejected', report: await on(revoked), memory: revoked },
    { is: 'refer', report: await on(suspended), memory: suspended },
    { is: 'a case, a service item and a time asked about', report: await verify({ request: asked }) },
    { is: 'compared and challenged, all given again', report: await verify({ request: given }), given },
    { is: 'compared and challenged, nothing given again', report: await verify({ request: given }) },
    {
      is: 'compared and challenged, only the challenge given again',
      report: await verify({ request: given }),
      given: { challenge: CHALLENGE },
    },
    {
      is: 'values of a field demanded and beyond the demand, none given again',
      report: await verify({ request: beyond, view: createMemoryLedgerView(demanding) }),
      memory: demanding,
    },
    {
      is: 'a value of a field that is not shown, not given again',
      report: await verify({ request: { submitted: { height: '1.80' } } }),
    },
    { is: 'a year later, revoked since', report: await verify(), view: archiveOf(memory) },
    {
      is: 'nothing could be read: the ledger is not asked',
      report: await verify({ request: { presented: 'x' } }),
      given: { presented: 'x' },
    },
  ]
}

async function otherCases({ sample, presented, verify }: Scene): Promise<readonly Rechecked[]> {
  const report = await verify({ request: { submitted: SUBMITTED, challenge: CHALLENGE } })
  const { holderName, post } = SUBMITTED
  const given: Named<Partial<RecheckedCase>> = [
    ['another presentation: the bundle without key binding', { presented: sample.bundle }],
    ['a line feed after what was presented', { presented: `${presented}\n` }],
    ['values of other fields', { submitted: { post } }],
    ['the fields in another order', { submitted: { post, holderName } }],
    ['another value of a field', { submitted: { holderName, post: FACE_DATA['post'] ?? '' } }],
    ['another challenge', { challenge: { ...CHALLENGE, maxAgeSeconds: 301 } }],
    ['all of them', { presented: 'x', submitted: {}, challenge: { ...CHALLENGE, maxAgeSeconds: 1 } }],
  ]
  return [
    ...given.map(([is, own]) => ({ is, report, given: own })),
    { is: 'a challenge where none was given', report: await verify(), given: { challenge: CHALLENGE } },
    { is: 'values where none were submitted', report: await verify(), given: { submitted: SUBMITTED } },
  ]
}

/** Reports that can be read and do not say what a verifier finds. */
async function forgedReports({ sample, verify }: Scene): Promise<readonly Rechecked[]> {
  const report = await verify()
  const { request, licence, ledger } = report
  if (licence === null || ledger === null) throw new Error('write vectors: a report with both is needed')
  const asking = (change: Partial<typeof request>): VerificationReport => ({
    ...report,
    request: { ...request, ...change },
  })
  const malformed = await verify({ request: { presented: BROKEN } })
  const [defect] = malformed.defects
  if (defect === undefined) throw new Error('write vectors: a report with defects is needed')
  const given = { presented: BROKEN }
  const silent = silentView(sample.memory, 'unreachable')
  const asked = { submitted: SUBMITTED, challenge: CHALLENGE }
  const full = await verify({ request: asked })
  const unbound = await verify({ request: { presented: sample.bundle, challenge: CHALLENGE } })
  const unrooted = replaceFinding(report, finding('inclusion/root-mismatch'))
  const demanding = withDemand(sample.memory)
  const over = await verify({
    request: { serviceItem: ITEM, submitted: SUBMITTED },
    view: createMemoryLedgerView(demanding),
  })
  const unseen = await verify({ request: { submitted: { height: '1.80' } } })
  return [
    { is: 'another finding', report: replaceFinding(report, finding('status/revoked')) },
    { is: 'a fact more', report: withFacts(report, { index: 42, at: NOW, note: 'x' }) },
    { is: 'another fact', report: withFacts(report, { index: 43, at: NOW }) },
    { is: 'facts in another order', report: withFacts(report, { at: NOW, index: 42 }) },
    { is: 'another licence', report: { ...report, licence: { ...licence, validUntil: null } } },
    { is: 'no licence', report: { ...report, licence: null } },
    { is: 'another time of the block', report: { ...report, ledger: { ...ledger, blockTime: NOW - 1 } } },
    { is: 'findings of a ledger, and no ledger', report: { ...report, ledger: null } },
    { is: 'a ledger that nobody asked', report: { ...malformed, ledger }, given },
    { is: 'defects of what could be read', report: { ...report, defects: [defect] } },
    { is: 'no defects of what could not', report: { ...malformed, defects: [] }, given },
    { is: 'other words of a defect', report: { ...malformed, defects: [{ ...defect, found: 'z' }] }, given },
    { is: 'a region that does not exist', report: asking({ receivingRegion: '999999' }) },
    { is: 'a time after the clock', report: asking({ asOf: NOW + 1 }) },
    { is: 'a service item that no ledger holds', report: asking({ serviceItem: '事项' }) },
    {
      is: 'nothing compared where values were submitted, none given again',
      report: replaceFinding(full, finding('comparison/not-requested')),
    },
    {
      is: 'no answer where a key binding stands, no challenge given again',
      report: replaceFinding(full, finding('holderBinding/missing')),
    },
    {
      is: 'an answer by a key binding that is not there, no challenge given again',
      report: replaceFinding(unbound, finding('holderBinding/bound')),
      given: { presented: sample.bundle },
    },
    { is: 'compared fields with a name that no field has', report: asking({ comparedFields: ['姓名'] }) },
    {
      is: 'no word on a value beyond the demand, which is not given again',
      report: replaceFinding(over, finding('demand/met', { serviceItem: ITEM, demanded: ['holderName'] })),
      memory: demanding,
    },
    {
      is: 'a field compared that is not shown, its value not given again',
      report: replaceFinding(unseen, finding('comparison/same', { same: ['height'] })),
    },
    { is: 'another region', report: asking({ receivingRegion: '430000' }) },
    { is: 'another finding, and the ledger cannot be asked', report: unrooted, view: silent },
    { is: 'another fact in the ledger', report, memory: withAnchor({ size: 8 })(sample.memory) },
  ]
}

async function undetermined({ sample, verify }: Scene): Promise<readonly Rechecked[]> {
  const { memory } = sample
  const report = await verify()
  const elsewhere = { ...memory.block, hash: `0x${'00'.repeat(32)}` } as const
  const later = { ...memory, block: { ...elsewhere, number: 1201 } }
  const { ledger, lookup } = createMemoryLedgerView({ ...memory, block: elsewhere })
  const heedless: LedgerView = { ledger, lookup: ({ block: _block, ...query }) => lookup(query) }
  const unreached = await verify({ view: silentView(memory, 'unreachable') })
  const stale = await verify({
    view: createMemoryLedgerView({ ...memory, block: { ...memory.block, time: NOW - 301 } }),
  })
  const address = `0x${'c6'.repeat(20)}` as const
  return [
    ...(['unreachable', 'wrong-chain', 'no-contract', 'inconsistent', 'refused'] as const).map((code) => ({
      is: `the ledger does not answer: ${code}`,
      report,
      view: silentView(memory, code),
    })),
    { is: 'the ledger knows no such block', report, memory: later },
    { is: 'the block of that number is another', report, memory: { ...memory, block: elsewhere } },
    { is: 'the answer is of another block than was asked for', report, view: heedless },
    { is: 'another chain', report, memory: { ...memory, ledger: { ...memory.ledger, chainId: 1 } } },
    { is: 'another ledger', report, memory: { ...memory, ledger: { ...memory.ledger, address } } },
    { is: 'its own verifier did not reach the ledger', report: unreached },
    { is: 'its own verifier found the ledger stale', report: stale },
  ]
}

/** Where the verifier of the report, the re-check, or both follow a registry. */
async function registered({ presented, verify }: Scene): Promise<readonly Rechecked[]> {
  const open = registryOf(sampleEntry(ANCHORED_AT, null))
  const closed = registryOf(sampleEntry(ANCHORED_AT, NOW))
  const notOpen = registryOf(sampleEntry(ANCHORED_AT + 1, null))
  const report = await verify({ registry: open })
  const refused = await verify({ registry: notOpen })
  const receipt = { chainId: LEDGER.chainId, ledger: `0x${'ab'.repeat(20)}` }
  const foreign = presented.replace(`"ledger":"${LEDGER.address}"`, `"ledger":"${receipt.ledger}"`)
  const other = { ...sampleEntry(ANCHORED_AT, null), chainId: 7 }
  const later = { ...open, block: { ...REGISTRY_BLOCK, hash: `0x${'7f'.repeat(32)}` } } as const
  return [
    { is: 'a registry followed: open', report, registry: open },
    { is: 'a registry followed: closed since', report: await verify({ registry: closed }), registry: closed },
    { is: 'a registry followed: not open when it was anchored', report: refused, registry: notOpen },
    {
      is: 'a registry followed: a receipt of another ledger',
      report: await verify({ registry: open, request: { presented: foreign } }),
      given: { presented: foreign },
      registry: open,
    },
    { is: 'open by the report, closed by its registry at its block', report, registry: closed },
    {
      is: 'found by the report, and not open',
      report: replaceFinding(refused, finding('anchor/found', anchorFactsOf(refused))),
      registry: notOpen,
    },
    { is: 'a registry followed, and the re-check pins the ledger', report },
    { is: 'the ledger pinned, and the re-check follows a registry', report: await verify(), registry: open },
    { is: 'the registry does not have the block', report, registry: later },
    { is: 'the registry cannot be reached', report, registry: { ...open, block: null } },
    { is: 'the registry does not name the ledger', report, registry: registryOf(other) },
    {
      is: 'a block of the registry that is no hash',
      report: replaceFinding(
        report,
        finding('anchor/found', { ...anchorFactsOf(report), registryBlock: 77 }),
      ),
      registry: open,
    },
  ]
}

function anchorFactsOf({ findings }: VerificationReport): Finding['facts'] {
  return findings.find(({ check }) => check === 'anchor')?.facts ?? {}
}

async function recheckVectors(scene: Scene): Promise<readonly RecheckVector[]> {
  const lists = await Promise.all(
    [confirmed, otherCases, forgedReports, undetermined, registered].map((of) => of(scene)),
  )
  return Promise.all(lists.flat().map((one) => recheckVector(scene, one)))
}

const PASSPHRASE = '湖南省-样例-通行短语-2026'
const JWE_HEADER = { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', cty: 'jwk+json' }
/** So many that a reader must do them, and so few that the others need no time. */
const [MANY, FEW] = [300_000, 1000]

interface Encrypted {
  /** The text that is encrypted, if not the key's. */
  readonly content?: string
  readonly key?: PrivateJwk
  readonly header?: CompactJWEHeaderParameters
  readonly iterations?: number
  readonly passphrase?: string
}

/** What `encryptKey` makes, but with a fixed salt, content key and initialization vector. */
async function encrypt({
  key = ED25519_KEY,
  header = JWE_HEADER,
  iterations = FEW,
  passphrase = PASSPHRASE,
  content = JSON.stringify(key),
}: Encrypted = {}): Promise<string> {
  const encoder = new TextEncoder()
  const lengths: Readonly<Record<string, number>> = { A128GCM: 16, 'A256CBC-HS512': 64 }
  const isGcm = header.enc.endsWith('GCM')
  const jwe = new CompactEncrypt(encoder.encode(content))
    .setProtectedHeader(header)
    .setInitializationVector(new Uint8Array(isGcm ? 12 : 16).fill(3))
  if (header.alg === 'dir') return jwe.encrypt(new Uint8Array(32))
  return jwe
    .setContentEncryptionKey(new Uint8Array(lengths[header.enc] ?? 32).fill(2))
    .setKeyManagementParameters({ p2c: iterations, p2s: new Uint8Array(16).fill(1) })
    .encrypt(encoder.encode(passphrase))
}

function alterPart(compact: string, part: number): string {
  const own = compact.split('.')[part] ?? ''
  return compact
    .split('.')
    .with(part, (own.startsWith('A') ? 'B' : 'A') + own.slice(1))
    .join('.')
}

function keyFileOf(encrypted: string, key: PrivateJwk = ED25519_KEY): KeyFile {
  return { purpose: 'verifier-signing', name: thumbprint(key, suite), encrypted }
}

/** Encrypted texts that the passphrase does not open. */
async function unopened(encrypted: string): Promise<Named<string>> {
  const [header = '', , , , tag = ''] = encrypted.split('.')
  const parts = ['header', 'encrypted key', 'initialization vector', 'ciphertext', 'tag']
  const iterations = encodePart({ ...JSON.parse(Buffer.from(header, 'base64url').toString()), p2c: FEW + 1 })
  return [
    ...parts.map((part, i) => [`its ${part} altered`, alterPart(encrypted, i)] as const),
    ['another number of iterations in its header', encrypted.split('.').with(0, iterations).join('.')],
    ['a tag of 12 bytes', encrypted.split('.').with(4, tag.slice(0, 16)).join('.')],
    ['no tag', encrypted.split('.').with(4, '').join('.')],
    ['four parts', encrypted.split('.').slice(0, 4).join('.')],
    ['six parts', `${encrypted}.`],
    ['300,001 iterations', await encrypt({ iterations: MANY + 1 })],
    ['alg PBES2-HS256+A128KW', await encrypt({ header: { ...JWE_HEADER, alg: 'PBES2-HS256+A128KW' } })],
    ['alg dir with a key of zeros', await encrypt({ header: { ...JWE_HEADER, alg: 'dir' } })],
    ['enc A128GCM', await encrypt({ header: { ...JWE_HEADER, enc: 'A128GCM' } })],
    ['zip DEF', await encrypt({ header: { ...JWE_HEADER, zip: 'DEF' } })],
    ['a header with a member more', await encrypt({ header: { ...JWE_HEADER, jku: 'https://example.org' } })],
    ['content that is no JSON', await encrypt({ content: 'key' })],
    ['content with a space in it', await encrypt({ content: JSON.stringify(ED25519_KEY, null, 1) })],
    ['content that is a number', await encrypt({ content: '1' })],
    ['enc A256CBC-HS512', await encrypt({ header: { ...JWE_HEADER, enc: 'A256CBC-HS512' } })],
  ]
}

function refusedKeyFiles(text: string): Named<string> {
  const file: Json = JSON.parse(text)
  const other = (change: Json): string => JSON.stringify({ ...file, ...change })
  return [
    ['nothing', ''],
    ['cut short', text.slice(0, -1)],
    ['white space before', ` ${text}`],
    ['white space between', JSON.stringify(file, null, 2)],
    ['a member twice', text.replace('"name"', '"name":"","name"')],
    ['a list', `[${text}]`],
    ['16,385 characters', other({ encrypted: 'A'.repeat(16_385 - other({ encrypted: '' }).length) })],
    ['another version', other({ mediaType: KEY_FILE_MEDIA_TYPE.replace('=1', '=2') })],
    ...Object.keys(file).map((name) => [`no ${name}`, JSON.stringify(drop(file, name))] as const),
    ['a member more: the key in the clear', other({ d: ED25519_KEY.d })],
    ['another purpose', other({ purpose: 'anything' })],
    ['a name that is a path', other({ name: '../../../../etc/passwd-aaaaaaaaaaaaaaaaaaaaaa' })],
    ['a name of 41 characters', other({ name: 'A'.repeat(41) })],
    ['a key that is not encrypted', other({ encrypted: ED25519_KEY })],
    ['white space in what is encrypted', other({ encrypted: 'a b' })],
  ]
}

async function keyFiles(): Promise<readonly object[]> {
  const encrypted = await encrypt()
  const slow = encodeKeyFile(keyFileOf(await encrypt({ key: ES256_KEY, iterations: MANY }), ES256_KEY))
  const text = encodeKeyFile(keyFileOf(encrypted))
  const account = encodeKeyFile({ purpose: 'account', name: `0x${'c5'.repeat(20)}`, encrypted })
  const read = [
    { is: 'ES256', text: slow, key: ES256_KEY },
    { is: 'EdDSA, with fewer iterations than are written', text, key: ED25519_KEY },
    { is: 'white space after', text: `${text} \r\n`, key: ED25519_KEY },
    {
      is: 'its members in another order',
      text: JSON.stringify(reversed(JSON.parse(text))),
      key: ED25519_KEY,
    },
    { is: 'SM2', text: encodeKeyFile(keyFileOf(await encrypt({ key: SM2_KEY }), SM2_KEY)), key: SM2_KEY },
  ].map((file) => ({ ...file, named: true }))
  const misnamed = [
    { is: 'the name of another key', text: encodeKeyFile(keyFileOf(encrypted, ES256_KEY)) },
    { is: 'the name of an account', text: account },
  ].map((file) => ({ ...file, key: ED25519_KEY, named: false }))
  const passphrases: Named<readonly [text: string, passphrase: string]> = [
    ['another passphrase, at 300,000 iterations', [slow, 'another passphrase']],
    ['a space after the passphrase', [text, `${PASSPHRASE} `]],
    ['the passphrase without its last character', [text, PASSPHRASE.slice(0, -1)]],
    ['no passphrase', [text, '']],
  ]
  const broken = await unopened(encrypted)
  return [
    ...[...read, ...misnamed].map(({ key, ...file }) => ({
      ...file,
      passphrase: PASSPHRASE,
      privateJwk: key,
    })),
    ...passphrases.map(([is, [own, passphrase]]) => ({
      is,
      text: own,
      passphrase,
      refused: ['not-opened'],
    })),
    ...broken.map(([is, own]) => ({
      is,
      text: encodeKeyFile(keyFileOf(own)),
      passphrase: PASSPHRASE,
      refused: ['not-opened'],
    })),
    ...refusedKeyFiles(text).map(([is, own]) => ({
      is,
      text: own,
      passphrase: PASSPHRASE,
      refused: defectsOf(() => parseKeyFile(own)),
    })),
  ]
}

/** The content of report.json. */
export async function reportVectors(): Promise<VectorFile> {
  const scene = await createScene()
  return {
    spec: 'packages/protocol/spec/report.md',
    read: await readReports(scene),
    refused: await refusedReports(scene),
    malformed: await malformedPresentations(scene),
    notLicences: otherThings(scene),
    attested: await attestations(scene),
    rechecked: await recheckVectors(scene),
    keyFiles: await keyFiles(),
  }
}
