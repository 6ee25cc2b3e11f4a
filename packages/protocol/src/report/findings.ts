/**
 * Every finding that a verification can make, as data: its status, the result code of the share service it
 * stands for, and its sentences. Checks return codes; what a code means is said here and nowhere else.
 */

import type { Bilingual } from '../bytes/bilingual.ts'

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
  'status',
  'validity',
  'comparison',
] as const

export type CheckName = (typeof CHECK_NAMES)[number]

/**
 * `verifyCertInfo.result` of GB/T 36906 as commonly implemented, 0–5, and 9 for "does not match", which the
 * standard has no code for.
 */
export type ResultCode = 0 | 1 | 2 | 3 | 4 | 5 | 9

export interface FindingMeaning {
  readonly status: FindingStatus
  readonly resultCode: ResultCode
  readonly says: Bilingual
}

const pass = (zh: string, en: string): FindingMeaning => ({ status: 'pass', resultCode: 0, says: { zh, en } })
// Never 0: a caller who reads the result code alone must not take a matter for a person as settled.
const warn = (resultCode: ResultCode, zh: string, en: string): FindingMeaning => ({
  status: 'warn',
  resultCode,
  says: { zh, en },
})
const unknown = (zh: string, en: string): FindingMeaning => ({
  status: 'unknown',
  resultCode: 4,
  says: { zh, en },
})
const skipped = (zh: string, en: string): FindingMeaning => ({
  status: 'skipped',
  resultCode: 4,
  says: { zh, en },
})
const fail = (resultCode: ResultCode, zh: string, en: string): FindingMeaning => ({
  status: 'fail',
  resultCode,
  says: { zh, en },
})

const UNREACHABLE = unknown('账本暂时无法访问，本项未能核验', 'The ledger could not be reached: not checked')
const STALE = unknown('账本数据过旧，本项未能核验', 'The ledger’s data is too old: not checked')
const NOTHING = skipped('出示内容无法读取，本项未核验', 'What was presented could not be read: not checked')
const NO_RECEIPT = unknown('未附存证回执，本项无法核验', 'No receipt was presented: cannot be checked')

/** `<check>/<what was found>`: a closed union, listed again in spec/checks-and-verdicts.md. */
export type FindingCode =
  | 'wellFormed/read'
  | 'wellFormed/malformed'
  | 'wellFormed/licence-id-check'
  | 'signature/verified'
  | 'signature/mismatch'
  | 'signature/no-key'
  | 'signature/unusable-key'
  | 'signature/nothing-to-check'
  | 'signature/ledger-unreachable'
  | 'signature/ledger-stale'
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
  | 'anchor/no-receipt'
  | 'anchor/nothing-to-check'
  | 'anchor/ledger-unreachable'
  | 'anchor/ledger-stale'
  | 'issuerKey/trusted'
  | 'issuerKey/compromised-later'
  | 'issuerKey/not-registered'
  | 'issuerKey/other-agency'
  | 'issuerKey/algorithm-mismatch'
  | 'issuerKey/not-yet-valid'
  | 'issuerKey/no-longer-valid'
  | 'issuerKey/compromised'
  | 'issuerKey/issuance-time-unknown'
  | 'issuerKey/nothing-to-check'
  | 'issuerKey/ledger-unreachable'
  | 'issuerKey/ledger-stale'
  | 'issuerAuthority/accredited'
  | 'issuerAuthority/retired-since'
  | 'issuerAuthority/suspended'
  | 'issuerAuthority/region-suspended'
  | 'issuerAuthority/not-accredited'
  | 'issuerAuthority/nothing-to-check'
  | 'issuerAuthority/ledger-unreachable'
  | 'issuerAuthority/ledger-stale'
  | 'status/valid'
  | 'status/suspended'
  | 'status/revoked'
  | 'status/foreign-list'
  | 'status/nothing-to-check'
  | 'status/ledger-unreachable'
  | 'status/ledger-stale'
  | 'validity/in-force'
  | 'validity/not-yet'
  | 'validity/expired'
  | 'validity/nothing-to-check'
  | 'validity/ledger-unreachable'
  | 'validity/ledger-stale'
  | 'comparison/not-requested'
  | 'comparison/same'
  | 'comparison/different'
  | 'comparison/not-disclosed'
  | 'comparison/nothing-to-check'

const MEANINGS: Readonly<Record<FindingCode, FindingMeaning>> = {
  'wellFormed/read': pass('格式正确', 'Well formed'),
  'wellFormed/malformed': fail(
    9,
    '格式不符合规范，内容可能被改动',
    'Not in the required form: it may have been altered',
  ),
  'wellFormed/licence-id-check': warn(
    9,
    '电子证照标识的校验位不符',
    'The licence identifier’s check character is wrong',
  ),

  'signature/verified': pass('颁发机构的签名有效', 'The issuer’s signature verifies'),
  'signature/mismatch': fail(
    9,
    '签名与内容不符，内容可能被改动',
    'The signature does not fit: the content may have been altered',
  ),
  'signature/no-key': skipped('账本上没有此密钥，无从验签', 'The ledger has no such key to verify with'),
  'signature/unusable-key': unknown(
    '账本登记的密钥无法使用，未能验签',
    'The key registered on the ledger cannot be used: not checked',
  ),
  'signature/nothing-to-check': NOTHING,
  'signature/ledger-unreachable': UNREACHABLE,
  'signature/ledger-stale': STALE,

  'disclosures/match': pass('所出示的照面信息均由颁发机构签署', 'Every field shown was signed by the issuer'),
  'disclosures/none': warn(4, '未出示任何照面信息', 'No field of the licence’s face was shown'),
  'disclosures/not-signed': fail(9, '照面信息与签署内容不符', 'A field shown is not the one that was signed'),
  'disclosures/repeated': fail(9, '同一照面信息重复出现', 'A field or its digest appears twice'),
  'disclosures/nothing-to-check': NOTHING,

  'inclusion/included': pass(
    '回执证明该证照在存证批次中',
    'The receipt proves the licence’s place in its batch',
  ),
  'inclusion/root-mismatch': fail(9, '回执与证照不符', 'The receipt does not fit the licence'),
  'inclusion/other-issuer': fail(9, '回执属于其他颁发机构', 'The receipt is another issuer’s'),
  'inclusion/no-receipt': NO_RECEIPT,
  'inclusion/nothing-to-check': NOTHING,

  'anchor/found': pass('批次已由颁发机构上链存证', 'The batch is anchored by the issuer'),
  'anchor/not-found': fail(5, '账本上查无此存证', 'The ledger has no such anchor'),
  'anchor/after-as-of': fail(5, '核验时点之后才上链存证', 'Anchored only after the time asked about'),
  'anchor/size-mismatch': fail(9, '回执的批次大小与账本不符', 'The receipt’s batch size is not the ledger’s'),
  'anchor/foreign-ledger': fail(9, '回执来自其他账本', 'The receipt is of another ledger'),
  'anchor/no-receipt': NO_RECEIPT,
  'anchor/nothing-to-check': NOTHING,
  'anchor/ledger-unreachable': UNREACHABLE,
  'anchor/ledger-stale': STALE,

  'issuerKey/trusted': pass(
    '签发密钥在存证时有效',
    'The signing key was in force when the batch was anchored',
  ),
  'issuerKey/compromised-later': pass(
    '签发密钥在存证之后才失密，不影响本证照',
    'The signing key was compromised only after the anchor: this licence is not affected',
  ),
  'issuerKey/not-registered': fail(9, '签发密钥未在账本登记', 'The signing key is not registered'),
  'issuerKey/other-agency': fail(9, '签发密钥属于其他机构', 'The signing key is another agency’s'),
  'issuerKey/algorithm-mismatch': fail(
    9,
    '签名算法与登记不符',
    'The algorithm is not the one registered for the key',
  ),
  'issuerKey/not-yet-valid': fail(
    9,
    '存证时签发密钥尚未生效',
    'The signing key was not yet in force at the anchor',
  ),
  'issuerKey/no-longer-valid': fail(9, '存证时签发密钥已停用', 'The signing key had ended before the anchor'),
  'issuerKey/compromised': fail(
    9,
    '存证时签发密钥已失密',
    'The signing key was already compromised at the anchor',
  ),
  'issuerKey/issuance-time-unknown': unknown(
    '存证时间未知，无法判断密钥当时是否有效',
    'Without an anchor, whether the key was in force cannot be told',
  ),
  'issuerKey/nothing-to-check': NOTHING,
  'issuerKey/ledger-unreachable': UNREACHABLE,
  'issuerKey/ledger-stale': STALE,

  'issuerAuthority/accredited': pass('颁发机构经所在地区认可', 'The issuer is accredited by its region'),
  'issuerAuthority/retired-since': pass(
    '颁发机构后已撤并，此前颁发的证照不受影响',
    'The issuer was retired later: earlier licences stand',
  ),
  'issuerAuthority/suspended': warn(
    4,
    '颁发机构目前被暂停，请人工复核',
    'The issuer is suspended at present: a person decides',
  ),
  'issuerAuthority/region-suspended': warn(
    4,
    '颁发机构所在地区目前被暂停，请人工复核',
    'The issuer’s region is suspended at present: a person decides',
  ),
  'issuerAuthority/not-accredited': fail(9, '颁发机构未经认可', 'The issuer is not accredited'),
  'issuerAuthority/nothing-to-check': NOTHING,
  'issuerAuthority/ledger-unreachable': UNREACHABLE,
  'issuerAuthority/ledger-stale': STALE,

  'status/valid': pass('证照未被暂扣、吊销', 'Neither suspended nor revoked'),
  'status/suspended': fail(2, '证照已被暂扣', 'The licence is suspended'),
  'status/revoked': fail(3, '证照已被吊销', 'The licence is revoked'),
  'status/foreign-list': fail(9, '证照的状态不在本账本', 'The licence’s status is not kept on this ledger'),
  'status/nothing-to-check': NOTHING,
  'status/ledger-unreachable': UNREACHABLE,
  'status/ledger-stale': STALE,

  'validity/in-force': pass('在有效期内', 'Within its period of validity'),
  'validity/not-yet': fail(1, '尚未生效', 'Not yet in force'),
  'validity/expired': fail(3, '已过有效期', 'Expired'),
  'validity/nothing-to-check': NOTHING,
  'validity/ledger-unreachable': UNREACHABLE,
  'validity/ledger-stale': STALE,

  'comparison/not-requested': skipped('未提交比对信息', 'No values were submitted to compare'),
  'comparison/same': pass('提交信息与照面信息一致', 'The submitted values are those on the licence'),
  'comparison/different': warn(9, '提交信息与照面信息不一致', 'Submitted values differ from the licence'),
  'comparison/not-disclosed': warn(4, '证照未出示所需比对的照面信息', 'Fields to compare were not shown'),
  'comparison/nothing-to-check': NOTHING,
}

/** What a code means. */
export function meaningOf(code: FindingCode): FindingMeaning {
  return MEANINGS[code]
}

/** Whether a text is a code of this version. */
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

/** The finding of a code; the check and the status follow from it. */
export function finding(code: FindingCode, facts: FindingFacts = {}): Finding {
  const check = code.slice(0, code.indexOf('/')) as CheckName
  return { check, code, status: MEANINGS[code].status, facts }
}
