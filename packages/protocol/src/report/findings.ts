/**
 * Every finding that a verification can make, as data: its status and the result code of the share service it
 * stands for. Checks return codes; what a code means is said here and nowhere else, in words in
 * finding-sentences.ts.
 */

/** How grave a finding is; `unknown` is "could not be checked", `skipped` is "had nothing to check". */
export type FindingStatus = 'pass' | 'warn' | 'fail' | 'unknown' | 'skipped'

/** Name of a check. */
export type CheckName =
  | 'wellFormed'
  | 'signature'
  | 'disclosures'
  | 'inclusion'
  | 'anchor'
  | 'issuerKey'
  | 'issuerAuthority'
  | 'faceIssuer'
  | 'status'
  | 'validity'
  | 'faceRules'
  | 'recognition'
  | 'demand'
  | 'comparison'
  | 'holderBinding'
  | 'rendition'

/**
 * `verifyCertInfo.result` of GB/T 36906 as commonly implemented, 0–5, and 9 for "does not match", which the
 * standard has no code for.
 */
export type ResultCode = 0 | 1 | 2 | 3 | 4 | 5 | 9

/** What a finding code stands for. */
export interface FindingMeaning {
  /** The check that makes it: what stands before the stroke of its code. */
  readonly check: CheckName
  readonly status: FindingStatus
  readonly resultCode: ResultCode
}

type Outcome = Omit<FindingMeaning, 'check'>

const PASS: Outcome = { status: 'pass', resultCode: 0 }
const UNKNOWN: Outcome = { status: 'unknown', resultCode: 4 }
const SKIPPED: Outcome = { status: 'skipped', resultCode: 4 }
// Never 0: a caller who reads the result code alone must not take a matter for a person as settled.
const warn = (resultCode: Exclude<ResultCode, 0>): Outcome => ({ status: 'warn', resultCode })
const fail = (resultCode: Exclude<ResultCode, 0>): Outcome => ({ status: 'fail', resultCode })

/** Checks that are made whether or not a ledger answers. */
type LocalCheckName = 'wellFormed' | 'disclosures' | 'inclusion' | 'holderBinding' | 'rendition'
const LOCAL_CHECKS: readonly CheckName[] = [
  'wellFormed',
  'disclosures',
  'inclusion',
  'holderBinding',
  'rendition',
] satisfies LocalCheckName[]
type Silence = 'ledger-unreachable' | 'ledger-stale' | 'ledger-ahead'
const SILENCES: readonly Silence[] = ['ledger-unreachable', 'ledger-stale', 'ledger-ahead']

/** What was presented cannot be read, or no ledger answers: of every check that this can keep from being made. */
type UnmadeCode =
  | `${Exclude<CheckName, 'wellFormed'>}/nothing-to-check`
  | `${Exclude<CheckName, LocalCheckName>}/${Silence}`

/**
 * Whether a check is made of the ledger's facts, and not of what was presented alone.
 *
 * @example
 * ```ts
 * readsLedger('status') // true
 * readsLedger('disclosures') // false
 * ```
 */
export function readsLedger(check: CheckName): boolean {
  return !LOCAL_CHECKS.includes(check)
}

/** Whether a code says that the check was not made, since no ledger answered in time. */
export function isSilence(code: FindingCode): boolean {
  return SILENCES.some((silence) => code.endsWith(`/${silence}`))
}

/** `<check>/<what was found>`: a closed union, listed again in spec/checks-and-verdicts.md. */
export type FindingCode = MadeCode | UnmadeCode

type MadeCode =
  | 'wellFormed/read'
  | 'wellFormed/malformed'
  | 'wellFormed/not-original'
  | 'wellFormed/other-version'
  | 'wellFormed/not-a-licence'
  | 'wellFormed/licence-id-check'
  | 'signature/verified'
  | 'signature/mismatch'
  | 'signature/no-key'
  | 'signature/unusable-key'
  | 'disclosures/match'
  | 'disclosures/none'
  | 'disclosures/not-signed'
  | 'disclosures/repeated'
  | 'inclusion/included'
  | 'inclusion/root-mismatch'
  | 'inclusion/other-issuer'
  | 'inclusion/no-receipt'
  | 'anchor/found'
  | 'anchor/not-found'
  | 'anchor/after-as-of'
  | 'anchor/size-mismatch'
  | 'anchor/foreign-ledger'
  | 'anchor/ledger-not-open'
  | 'anchor/before-signing'
  | 'anchor/no-receipt'
  | 'issuerKey/trusted'
  | 'issuerKey/compromised-later'
  | 'issuerKey/not-registered'
  | 'issuerKey/algorithm-mismatch'
  | 'issuerKey/not-yet-valid'
  | 'issuerKey/no-longer-valid'
  | 'issuerKey/compromised'
  | 'issuerKey/issuance-time-unknown'
  | 'issuerAuthority/accredited'
  | 'issuerAuthority/retired-since'
  | 'issuerAuthority/suspended'
  | 'issuerAuthority/region-suspended'
  | 'issuerAuthority/not-accredited'
  | 'issuerAuthority/not-responsible'
  | 'issuerAuthority/type-retired'
  | 'faceIssuer/fits'
  | 'faceIssuer/not-shown'
  | 'faceIssuer/other-code'
  | 'faceIssuer/other-region'
  | 'faceIssuer/other-name'
  | 'faceIssuer/no-registered-name'
  | 'faceIssuer/ambiguous-name'
  | 'faceIssuer/other-type'
  | 'faceIssuer/other-period'
  | 'faceIssuer/dated-ahead'
  | 'faceIssuer/unreadable-date'
  | 'status/valid'
  | 'status/restricted'
  | 'status/inactive'
  | 'status/suspended'
  | 'status/restricted-suspended'
  | 'status/revoked'
  | 'status/annulled'
  | 'status/withdrawn'
  | 'status/deregistered'
  | 'status/revoked-deregistered'
  | 'status/annulled-deregistered'
  | 'status/withdrawn-deregistered'
  | 'status/superseded'
  | 'status/succession-dissolved'
  | 'status/transferred-out'
  | 'status/transferred'
  | 'status/noted'
  | 'status/term-over'
  | 'status/origin-open'
  | 'status/origin-annulled'
  | 'status/index-mismatch'
  | 'status/foreign-list'
  | 'validity/in-force'
  | 'validity/not-yet'
  | 'validity/expired'
  | 'faceRules/nothing-noted'
  | 'faceRules/overdue'
  | 'faceRules/burdened'
  | 'faceRules/remarked'
  | 'faceRules/dated-ahead'
  | 'faceRules/unreadable'
  | 'faceRules/not-shown'
  | 'faceRules/unknown-type'
  | 'recognition/same-province'
  | 'recognition/baseline'
  | 'recognition/agreement'
  | 'recognition/no-policy'
  | 'recognition/negative-list'
  | 'recognition/receiving-not-member'
  | 'recognition/issuing-not-member'
  | 'recognition/type-retired'
  | 'recognition/unknown-type'
  | 'recognition/unknown-issuer'
  | 'demand/not-asked'
  | 'demand/no-demand'
  | 'demand/met'
  | 'demand/over-asked'
  | 'demand/missing'
  | 'comparison/not-requested'
  | 'comparison/same'
  | 'comparison/different'
  | 'comparison/not-disclosed'
  | 'comparison/unknown-field'
  | 'comparison/not-demanded'
  | 'comparison/other-description'
  | 'holderBinding/not-demanded'
  | 'holderBinding/bound'
  | 'holderBinding/signed'
  | 'holderBinding/copy-in-force'
  | 'holderBinding/missing'
  | 'holderBinding/no-holder-key'
  | 'holderBinding/unexpected'
  | 'holderBinding/unusable-key'
  | 'holderBinding/algorithm-mismatch'
  | 'holderBinding/signature-mismatch'
  | 'holderBinding/other-disclosures'
  | 'holderBinding/other-audience'
  | 'holderBinding/other-nonce'
  | 'holderBinding/stale'
  | 'holderBinding/copy-expired'
  | 'rendition/bound'
  | 'rendition/differs'
  | 'rendition/not-bound'

/** Its names, by check. */
type OutcomesOf<Check extends CheckName> = Readonly<
  Record<
    MadeCode extends infer Code ? (Code extends `${Check}/${infer Name}` ? Name : never) : never,
    Outcome
  >
>

const OUTCOMES: { readonly [Check in CheckName]: OutcomesOf<Check> } = {
  wellFormed: {
    read: PASS,
    malformed: UNKNOWN,
    'not-original': UNKNOWN,
    'other-version': UNKNOWN,
    'not-a-licence': UNKNOWN,
    'licence-id-check': warn(9),
  },
  signature: {
    verified: PASS,
    mismatch: fail(9),
    'no-key': SKIPPED,
    'unusable-key': UNKNOWN,
  },
  disclosures: {
    match: PASS,
    none: warn(4),
    'not-signed': fail(9),
    repeated: fail(9),
  },
  inclusion: {
    included: PASS,
    'root-mismatch': fail(9),
    'other-issuer': fail(9),
    'no-receipt': UNKNOWN,
  },
  anchor: {
    found: PASS,
    'not-found': fail(5),
    'after-as-of': fail(5),
    'size-mismatch': fail(9),
    'foreign-ledger': fail(9),
    'ledger-not-open': fail(9),
    'before-signing': fail(9),
    'no-receipt': UNKNOWN,
  },
  issuerKey: {
    trusted: PASS,
    'compromised-later': PASS,
    'not-registered': fail(9),
    'algorithm-mismatch': fail(9),
    'not-yet-valid': fail(9),
    'no-longer-valid': fail(9),
    compromised: fail(9),
    'issuance-time-unknown': UNKNOWN,
  },
  issuerAuthority: {
    accredited: PASS,
    'retired-since': PASS,
    suspended: warn(4),
    'region-suspended': warn(4),
    'not-accredited': fail(9),
    'not-responsible': fail(9),
    'type-retired': fail(9),
  },
  faceIssuer: {
    fits: PASS,
    'not-shown': SKIPPED,
    'other-code': warn(9),
    'other-region': warn(9),
    'other-name': warn(9),
    'no-registered-name': warn(4),
    'ambiguous-name': warn(9),
    'other-type': warn(9),
    'other-period': warn(9),
    'dated-ahead': warn(9),
    'unreadable-date': warn(4),
  },
  status: {
    valid: PASS,
    restricted: warn(4),
    inactive: fail(1),
    suspended: fail(2),
    'restricted-suspended': fail(2),
    revoked: fail(3),
    annulled: fail(3),
    withdrawn: fail(3),
    deregistered: fail(3),
    'revoked-deregistered': fail(3),
    'annulled-deregistered': fail(3),
    'withdrawn-deregistered': fail(3),
    superseded: fail(3),
    'succession-dissolved': fail(3),
    'transferred-out': fail(3),
    transferred: fail(3),
    noted: warn(4),
    'term-over': warn(4),
    'origin-open': fail(1),
    'origin-annulled': fail(3),
    'index-mismatch': fail(9),
    'foreign-list': fail(9),
  },
  validity: {
    'in-force': PASS,
    'not-yet': fail(1),
    expired: fail(3),
  },
  faceRules: {
    'nothing-noted': PASS,
    overdue: warn(4),
    burdened: warn(4),
    remarked: warn(4),
    'dated-ahead': warn(9),
    unreadable: warn(4),
    'not-shown': warn(4),
    'unknown-type': warn(4),
  },
  recognition: {
    'same-province': PASS,
    baseline: PASS,
    agreement: PASS,
    'no-policy': warn(4),
    'negative-list': fail(4),
    'receiving-not-member': warn(4),
    'issuing-not-member': warn(4),
    'type-retired': warn(4),
    'unknown-type': fail(4),
    'unknown-issuer': fail(4),
  },
  demand: {
    'not-asked': SKIPPED,
    'no-demand': SKIPPED,
    met: PASS,
    'over-asked': PASS,
    missing: warn(4),
  },
  comparison: {
    'not-requested': SKIPPED,
    same: PASS,
    different: warn(9),
    'not-disclosed': warn(4),
    'unknown-field': warn(4),
    'not-demanded': SKIPPED,
    'other-description': warn(4),
  },
  holderBinding: {
    'not-demanded': SKIPPED,
    bound: PASS,
    signed: PASS,
    'copy-in-force': PASS,
    missing: fail(4),
    'no-holder-key': warn(4),
    unexpected: fail(9),
    'unusable-key': UNKNOWN,
    'algorithm-mismatch': fail(9),
    'signature-mismatch': fail(9),
    'other-disclosures': fail(9),
    'other-audience': fail(9),
    'other-nonce': fail(9),
    stale: fail(9),
    'copy-expired': fail(4),
  },
  rendition: {
    bound: PASS,
    differs: warn(9),
    'not-bound': SKIPPED,
  },
}

/** The checks in their order: that of the table. */
export const CHECK_NAMES: readonly CheckName[] = Object.keys(OUTCOMES) as CheckName[]

/**
 * The checks that a request asks for, in their order: the last is made where the licence came in a rendition, and of no other.
 *
 * @example
 * ```ts
 * checkNamesOf(report.request).length === CHECK_NAMES.length // false
 * checkNamesOf({ rendition: report.request.presented }).at(-1) // 'rendition'
 * ```
 */
export function checkNamesOf({
  rendition,
}: {
  readonly rendition?: string | undefined
}): readonly CheckName[] {
  return rendition === undefined ? CHECK_NAMES.slice(0, -1) : CHECK_NAMES
}

function unmadeOutcomes(check: CheckName): readonly (readonly [name: string, Outcome])[] {
  if (check === 'wellFormed') return []
  const silences = LOCAL_CHECKS.includes(check) ? [] : SILENCES
  return [['nothing-to-check', SKIPPED], ...silences.map((silence) => [silence, UNKNOWN] as const)]
}

function meaningsOf(check: CheckName): readonly (readonly [code: string, FindingMeaning])[] {
  const outcomes = [...Object.entries<Outcome>(OUTCOMES[check]), ...unmadeOutcomes(check)]
  return outcomes.map(([name, outcome]) => [`${check}/${name}`, { check, ...outcome }])
}

const MEANINGS = Object.fromEntries(CHECK_NAMES.flatMap(meaningsOf)) as Readonly<
  Record<FindingCode, FindingMeaning>
>

/**
 * What a code means.
 *
 * @example
 * ```ts
 * meaningOf('status/suspended').resultCode // 2
 * meaningOf('anchor/ledger-unreachable').status // 'unknown'
 * ```
 */
export function meaningOf(code: FindingCode): FindingMeaning {
  return MEANINGS[code]
}

/**
 * Whether a text is a code of this version.
 *
 * @example
 * ```ts
 * isFindingCode('anchor/not-found') // true
 * isFindingCode('anchor/lost') // false
 * ```
 */
export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(MEANINGS, text)
}

/** All codes, in the order of the checks. */
export const FINDING_CODES: readonly FindingCode[] = Object.keys(MEANINGS) as FindingCode[]

/** Facts that a finding rests on; never personal data. */
export type FindingFacts = Readonly<Record<string, string | number | readonly string[]>>

/** What one check found. */
export interface Finding {
  readonly check: CheckName
  readonly code: FindingCode
  readonly status: FindingStatus
  readonly facts: FindingFacts
}

/**
 * The finding of a code; the check and the status follow from it.
 *
 * @example
 * ```ts
 * finding('status/revoked').status // 'fail'
 * ```
 */
export function finding(code: FindingCode, facts: FindingFacts = {}): Finding {
  const { check, status } = MEANINGS[code]
  return { check, code, status, facts }
}
