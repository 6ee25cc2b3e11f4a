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

/** `<check>/<what was found>`: a closed union, listed again in spec/checks-and-verdicts.md. */
export type FindingCode =
  | 'wellFormed/read'
  | 'wellFormed/malformed'
  | 'wellFormed/not-a-licence'
  | 'wellFormed/licence-id-check'
  | 'signature/verified'
  | 'signature/mismatch'
  | 'signature/no-key'
  | 'signature/unusable-key'
  | 'signature/nothing-to-check'
  | 'signature/ledger-unreachable'
  | 'signature/ledger-stale'
  | 'signature/ledger-ahead'
  | 'disclosures/match'
  | 'disclosures/none'
  | 'disclosures/not-signed'
  | 'disclosures/repeated'
  | 'disclosures/nothing-to-check'
  | 'inclusion/included'
  | 'inclusion/root-mismatch'
  | 'inclusion/other-issuer'
  | 'inclusion/no-receipt'
  | 'inclusion/nothing-to-check'
  | 'anchor/found'
  | 'anchor/not-found'
  | 'anchor/after-as-of'
  | 'anchor/size-mismatch'
  | 'anchor/foreign-ledger'
  | 'anchor/ledger-not-open'
  | 'anchor/before-signing'
  | 'anchor/no-receipt'
  | 'anchor/nothing-to-check'
  | 'anchor/ledger-unreachable'
  | 'anchor/ledger-stale'
  | 'anchor/ledger-ahead'
  | 'issuerKey/trusted'
  | 'issuerKey/compromised-later'
  | 'issuerKey/not-registered'
  | 'issuerKey/algorithm-mismatch'
  | 'issuerKey/not-yet-valid'
  | 'issuerKey/no-longer-valid'
  | 'issuerKey/compromised'
  | 'issuerKey/issuance-time-unknown'
  | 'issuerKey/nothing-to-check'
  | 'issuerKey/ledger-unreachable'
  | 'issuerKey/ledger-stale'
  | 'issuerKey/ledger-ahead'
  | 'issuerAuthority/accredited'
  | 'issuerAuthority/retired-since'
  | 'issuerAuthority/suspended'
  | 'issuerAuthority/region-suspended'
  | 'issuerAuthority/not-accredited'
  | 'issuerAuthority/not-responsible'
  | 'issuerAuthority/type-retired'
  | 'issuerAuthority/nothing-to-check'
  | 'issuerAuthority/ledger-unreachable'
  | 'issuerAuthority/ledger-stale'
  | 'issuerAuthority/ledger-ahead'
  | 'faceIssuer/fits'
  | 'faceIssuer/not-shown'
  | 'faceIssuer/other-code'
  | 'faceIssuer/other-region'
  | 'faceIssuer/other-name'
  | 'faceIssuer/no-registered-name'
  | 'faceIssuer/ambiguous-name'
  | 'faceIssuer/dated-ahead'
  | 'faceIssuer/unreadable-date'
  | 'faceIssuer/nothing-to-check'
  | 'faceIssuer/ledger-unreachable'
  | 'faceIssuer/ledger-stale'
  | 'faceIssuer/ledger-ahead'
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
  | 'status/transferred-out'
  | 'status/transferred'
  | 'status/noted'
  | 'status/term-over'
  | 'status/origin-open'
  | 'status/origin-annulled'
  | 'status/index-mismatch'
  | 'status/foreign-list'
  | 'status/nothing-to-check'
  | 'status/ledger-unreachable'
  | 'status/ledger-stale'
  | 'status/ledger-ahead'
  | 'validity/in-force'
  | 'validity/not-yet'
  | 'validity/expired'
  | 'validity/nothing-to-check'
  | 'validity/ledger-unreachable'
  | 'validity/ledger-stale'
  | 'validity/ledger-ahead'
  | 'faceRules/nothing-noted'
  | 'faceRules/overdue'
  | 'faceRules/burdened'
  | 'faceRules/dated-ahead'
  | 'faceRules/unreadable'
  | 'faceRules/not-shown'
  | 'faceRules/unknown-type'
  | 'faceRules/nothing-to-check'
  | 'faceRules/ledger-unreachable'
  | 'faceRules/ledger-stale'
  | 'faceRules/ledger-ahead'
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
  | 'recognition/nothing-to-check'
  | 'recognition/ledger-unreachable'
  | 'recognition/ledger-stale'
  | 'recognition/ledger-ahead'
  | 'demand/not-asked'
  | 'demand/no-demand'
  | 'demand/met'
  | 'demand/over-asked'
  | 'demand/missing'
  | 'demand/nothing-to-check'
  | 'demand/ledger-unreachable'
  | 'demand/ledger-stale'
  | 'demand/ledger-ahead'
  | 'comparison/not-requested'
  | 'comparison/same'
  | 'comparison/different'
  | 'comparison/not-disclosed'
  | 'comparison/not-demanded'
  | 'comparison/other-description'
  | 'comparison/nothing-to-check'
  | 'comparison/ledger-unreachable'
  | 'comparison/ledger-stale'
  | 'comparison/ledger-ahead'
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
  | 'holderBinding/nothing-to-check'

const OUTCOMES: Readonly<Record<FindingCode, Outcome>> = {
  'wellFormed/read': PASS,
  'wellFormed/malformed': fail(9),
  'wellFormed/not-a-licence': UNKNOWN,
  'wellFormed/licence-id-check': warn(9),

  'signature/verified': PASS,
  'signature/mismatch': fail(9),
  'signature/no-key': SKIPPED,
  'signature/unusable-key': UNKNOWN,
  'signature/nothing-to-check': SKIPPED,
  'signature/ledger-unreachable': UNKNOWN,
  'signature/ledger-stale': UNKNOWN,
  'signature/ledger-ahead': UNKNOWN,

  'disclosures/match': PASS,
  'disclosures/none': warn(4),
  'disclosures/not-signed': fail(9),
  'disclosures/repeated': fail(9),
  'disclosures/nothing-to-check': SKIPPED,

  'inclusion/included': PASS,
  'inclusion/root-mismatch': fail(9),
  'inclusion/other-issuer': fail(9),
  'inclusion/no-receipt': UNKNOWN,
  'inclusion/nothing-to-check': SKIPPED,

  'anchor/found': PASS,
  'anchor/not-found': fail(5),
  'anchor/after-as-of': fail(5),
  'anchor/size-mismatch': fail(9),
  'anchor/foreign-ledger': fail(9),
  'anchor/ledger-not-open': fail(9),
  'anchor/before-signing': fail(9),
  'anchor/no-receipt': UNKNOWN,
  'anchor/nothing-to-check': SKIPPED,
  'anchor/ledger-unreachable': UNKNOWN,
  'anchor/ledger-stale': UNKNOWN,
  'anchor/ledger-ahead': UNKNOWN,

  'issuerKey/trusted': PASS,
  'issuerKey/compromised-later': PASS,
  'issuerKey/not-registered': fail(9),
  'issuerKey/algorithm-mismatch': fail(9),
  'issuerKey/not-yet-valid': fail(9),
  'issuerKey/no-longer-valid': fail(9),
  'issuerKey/compromised': fail(9),
  'issuerKey/issuance-time-unknown': UNKNOWN,
  'issuerKey/nothing-to-check': SKIPPED,
  'issuerKey/ledger-unreachable': UNKNOWN,
  'issuerKey/ledger-stale': UNKNOWN,
  'issuerKey/ledger-ahead': UNKNOWN,

  'issuerAuthority/accredited': PASS,
  'issuerAuthority/retired-since': PASS,
  'issuerAuthority/suspended': warn(4),
  'issuerAuthority/region-suspended': warn(4),
  'issuerAuthority/not-accredited': fail(9),
  'issuerAuthority/not-responsible': fail(9),
  'issuerAuthority/type-retired': fail(9),
  'issuerAuthority/nothing-to-check': SKIPPED,
  'issuerAuthority/ledger-unreachable': UNKNOWN,
  'issuerAuthority/ledger-stale': UNKNOWN,
  'issuerAuthority/ledger-ahead': UNKNOWN,

  'faceIssuer/fits': PASS,
  'faceIssuer/not-shown': SKIPPED,
  'faceIssuer/other-code': warn(9),
  'faceIssuer/other-region': warn(9),
  'faceIssuer/other-name': warn(9),
  'faceIssuer/no-registered-name': warn(4),
  'faceIssuer/ambiguous-name': warn(9),
  'faceIssuer/dated-ahead': warn(9),
  'faceIssuer/unreadable-date': warn(4),
  'faceIssuer/nothing-to-check': SKIPPED,
  'faceIssuer/ledger-unreachable': UNKNOWN,
  'faceIssuer/ledger-stale': UNKNOWN,
  'faceIssuer/ledger-ahead': UNKNOWN,

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
  'status/transferred-out': fail(3),
  'status/transferred': fail(3),
  'status/noted': warn(4),
  'status/term-over': warn(4),
  'status/origin-open': fail(1),
  'status/origin-annulled': fail(3),
  'status/index-mismatch': fail(9),
  'status/foreign-list': fail(9),
  'status/nothing-to-check': SKIPPED,
  'status/ledger-unreachable': UNKNOWN,
  'status/ledger-stale': UNKNOWN,
  'status/ledger-ahead': UNKNOWN,

  'validity/in-force': PASS,
  'validity/not-yet': fail(1),
  'validity/expired': fail(3),
  'validity/nothing-to-check': SKIPPED,
  'validity/ledger-unreachable': UNKNOWN,
  'validity/ledger-stale': UNKNOWN,
  'validity/ledger-ahead': UNKNOWN,

  'faceRules/nothing-noted': PASS,
  'faceRules/overdue': warn(4),
  'faceRules/burdened': warn(4),
  'faceRules/dated-ahead': warn(9),
  'faceRules/unreadable': warn(4),
  'faceRules/not-shown': warn(4),
  'faceRules/unknown-type': SKIPPED,
  'faceRules/nothing-to-check': SKIPPED,
  'faceRules/ledger-unreachable': UNKNOWN,
  'faceRules/ledger-stale': UNKNOWN,
  'faceRules/ledger-ahead': UNKNOWN,

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
  'recognition/nothing-to-check': SKIPPED,
  'recognition/ledger-unreachable': UNKNOWN,
  'recognition/ledger-stale': UNKNOWN,
  'recognition/ledger-ahead': UNKNOWN,

  'demand/not-asked': SKIPPED,
  'demand/no-demand': SKIPPED,
  'demand/met': PASS,
  'demand/over-asked': PASS,
  'demand/missing': warn(4),
  'demand/nothing-to-check': SKIPPED,
  'demand/ledger-unreachable': UNKNOWN,
  'demand/ledger-stale': UNKNOWN,
  'demand/ledger-ahead': UNKNOWN,

  'comparison/not-requested': SKIPPED,
  'comparison/same': PASS,
  'comparison/different': warn(9),
  'comparison/not-disclosed': warn(4),
  'comparison/not-demanded': SKIPPED,
  'comparison/other-description': warn(4),
  'comparison/nothing-to-check': SKIPPED,
  'comparison/ledger-unreachable': UNKNOWN,
  'comparison/ledger-stale': UNKNOWN,
  'comparison/ledger-ahead': UNKNOWN,

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
  'holderBinding/nothing-to-check': SKIPPED,
}

const MEANINGS = Object.fromEntries(
  Object.entries(OUTCOMES).map(([code, outcome]) => [
    code,
    { check: CHECK_NAMES.find((name) => code.startsWith(`${name}/`)), ...outcome },
  ]),
) as Readonly<Record<FindingCode, FindingMeaning>>

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
