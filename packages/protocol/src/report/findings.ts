/**
 * Every finding that a verification can make, as data: its status and the result code of the share service it
 * stands for. Checks return codes; what a code means is said here and nowhere else, in words in
 * finding-sentences.ts.
 */

/** How grave a finding is; `unknown` is "could not be checked", `skipped` is "had nothing to check". */
export type FindingStatus = 'pass' | 'warn' | 'fail' | 'unknown' | 'skipped'

/** The checks in their order. */
export const CHECK_NAMES = [
  'wellFormed',
  'signature',
  'disclosures',
  'inclusion',
  'anchor',
  'issuerKey',
  'issuerAuthority',
  'faceIssuer',
  'status',
  'validity',
  'faceRules',
  'recognition',
  'demand',
  'comparison',
  'holderBinding',
] as const

/** Name of a check. */
export type CheckName = (typeof CHECK_NAMES)[number]

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
type LocalCheckName = 'wellFormed' | 'disclosures' | 'inclusion' | 'holderBinding'
const LOCAL_CHECKS: readonly CheckName[] = [
  'wellFormed',
  'disclosures',
  'inclusion',
  'holderBinding',
] satisfies LocalCheckName[]
type Silence = 'ledger-unreachable' | 'ledger-stale' | 'ledger-ahead'
const SILENCES: readonly Silence[] = ['ledger-unreachable', 'ledger-stale', 'ledger-ahead']

/** What was presented cannot be read, or no ledger answers: of every check that this can keep from being made. */
type UnmadeCode =
  | `${Exclude<CheckName, 'wellFormed'>}/nothing-to-check`
  | `${Exclude<CheckName, LocalCheckName>}/${Silence}`

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

const OUTCOMES: Readonly<Record<MadeCode, Outcome>> = {
  'wellFormed/read': PASS,
  'wellFormed/malformed': UNKNOWN,
  'wellFormed/not-original': UNKNOWN,
  'wellFormed/other-version': UNKNOWN,
  'wellFormed/not-a-licence': UNKNOWN,
  'wellFormed/licence-id-check': warn(9),

  'signature/verified': PASS,
  'signature/mismatch': fail(9),
  'signature/no-key': SKIPPED,
  'signature/unusable-key': UNKNOWN,

  'disclosures/match': PASS,
  'disclosures/none': warn(4),
  'disclosures/not-signed': fail(9),
  'disclosures/repeated': fail(9),

  'inclusion/included': PASS,
  'inclusion/root-mismatch': fail(9),
  'inclusion/other-issuer': fail(9),
  'inclusion/no-receipt': UNKNOWN,

  'anchor/found': PASS,
  'anchor/not-found': fail(5),
  'anchor/after-as-of': fail(5),
  'anchor/size-mismatch': fail(9),
  'anchor/foreign-ledger': fail(9),
  'anchor/ledger-not-open': fail(9),
  'anchor/before-signing': fail(9),
  'anchor/no-receipt': UNKNOWN,

  'issuerKey/trusted': PASS,
  'issuerKey/compromised-later': PASS,
  'issuerKey/not-registered': fail(9),
  'issuerKey/algorithm-mismatch': fail(9),
  'issuerKey/not-yet-valid': fail(9),
  'issuerKey/no-longer-valid': fail(9),
  'issuerKey/compromised': fail(9),
  'issuerKey/issuance-time-unknown': UNKNOWN,

  'issuerAuthority/accredited': PASS,
  'issuerAuthority/retired-since': PASS,
  'issuerAuthority/suspended': warn(4),
  'issuerAuthority/region-suspended': warn(4),
  'issuerAuthority/not-accredited': fail(9),
  'issuerAuthority/not-responsible': fail(9),
  'issuerAuthority/type-retired': fail(9),

  'faceIssuer/fits': PASS,
  'faceIssuer/not-shown': SKIPPED,
  'faceIssuer/other-code': warn(9),
  'faceIssuer/other-region': warn(9),
  'faceIssuer/other-name': warn(9),
  'faceIssuer/no-registered-name': warn(4),
  'faceIssuer/ambiguous-name': warn(9),
  'faceIssuer/other-type': warn(9),
  'faceIssuer/other-period': warn(9),
  'faceIssuer/dated-ahead': warn(9),
  'faceIssuer/unreadable-date': warn(4),

  'status/valid': PASS,
  'status/restricted': warn(4),
  'status/inactive': fail(1),
  'status/suspended': fail(2),
  'status/restricted-suspended': fail(2),
  'status/revoked': fail(3),
  'status/annulled': fail(3),
  'status/withdrawn': fail(3),
  'status/deregistered': fail(3),
  'status/revoked-deregistered': fail(3),
  'status/annulled-deregistered': fail(3),
  'status/withdrawn-deregistered': fail(3),
  'status/superseded': fail(3),
  'status/succession-dissolved': fail(3),
  'status/transferred-out': fail(3),
  'status/transferred': fail(3),
  'status/noted': warn(4),
  'status/term-over': warn(4),
  'status/origin-open': fail(1),
  'status/origin-annulled': fail(3),
  'status/index-mismatch': fail(9),
  'status/foreign-list': fail(9),

  'validity/in-force': PASS,
  'validity/not-yet': fail(1),
  'validity/expired': fail(3),

  'faceRules/nothing-noted': PASS,
  'faceRules/overdue': warn(4),
  'faceRules/burdened': warn(4),
  'faceRules/remarked': warn(4),
  'faceRules/dated-ahead': warn(9),
  'faceRules/unreadable': warn(4),
  'faceRules/not-shown': warn(4),
  'faceRules/unknown-type': warn(4),

  'recognition/same-province': PASS,
  'recognition/baseline': PASS,
  'recognition/agreement': PASS,
  'recognition/no-policy': warn(4),
  'recognition/negative-list': fail(4),
  'recognition/receiving-not-member': warn(4),
  'recognition/issuing-not-member': warn(4),
  'recognition/type-retired': warn(4),
  'recognition/unknown-type': fail(4),
  'recognition/unknown-issuer': fail(4),

  'demand/not-asked': SKIPPED,
  'demand/no-demand': SKIPPED,
  'demand/met': PASS,
  'demand/over-asked': PASS,
  'demand/missing': warn(4),

  'comparison/not-requested': SKIPPED,
  'comparison/same': PASS,
  'comparison/different': warn(9),
  'comparison/not-disclosed': warn(4),
  'comparison/unknown-field': warn(4),
  'comparison/not-demanded': SKIPPED,
  'comparison/other-description': warn(4),

  'holderBinding/not-demanded': SKIPPED,
  'holderBinding/bound': PASS,
  'holderBinding/signed': PASS,
  'holderBinding/copy-in-force': PASS,
  'holderBinding/missing': fail(4),
  'holderBinding/no-holder-key': warn(4),
  'holderBinding/unexpected': fail(9),
  'holderBinding/unusable-key': UNKNOWN,
  'holderBinding/algorithm-mismatch': fail(9),
  'holderBinding/signature-mismatch': fail(9),
  'holderBinding/other-disclosures': fail(9),
  'holderBinding/other-audience': fail(9),
  'holderBinding/other-nonce': fail(9),
  'holderBinding/stale': fail(9),
  'holderBinding/copy-expired': fail(4),
}

function unmadeOutcomes(check: CheckName): readonly (readonly [code: string, Outcome])[] {
  if (check === 'wellFormed') return []
  const silences = LOCAL_CHECKS.includes(check) ? [] : SILENCES
  return [
    [`${check}/nothing-to-check`, SKIPPED],
    ...silences.map((silence) => [`${check}/${silence}`, UNKNOWN] as const),
  ]
}

function meaningsOf(check: CheckName): readonly (readonly [code: string, FindingMeaning])[] {
  const made = Object.entries(OUTCOMES).filter(([code]) => code.startsWith(`${check}/`))
  return [...made, ...unmadeOutcomes(check)].map(([code, outcome]) => [code, { check, ...outcome }])
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
