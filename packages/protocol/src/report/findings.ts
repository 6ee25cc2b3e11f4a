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
  'recognition',
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
  | 'issuerAuthority/not-responsible'
  | 'issuerAuthority/type-retired'
  | 'issuerAuthority/nothing-to-check'
  | 'issuerAuthority/ledger-unreachable'
  | 'issuerAuthority/ledger-stale'
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
  | 'status/origin-open'
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
  | 'recognition/same-province'
  | 'recognition/baseline'
  | 'recognition/agreement'
  | 'recognition/no-policy'
  | 'recognition/negative-list'
  | 'recognition/unknown-type'
  | 'recognition/unknown-issuer'
  | 'recognition/nothing-to-check'
  | 'recognition/ledger-unreachable'
  | 'recognition/ledger-stale'
  | 'comparison/not-requested'
  | 'comparison/same'
  | 'comparison/different'
  | 'comparison/not-disclosed'
  | 'comparison/nothing-to-check'
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

  'issuerAuthority/accredited': pass(
    '颁发机构经所在地区认可，且负责颁发此类证照',
    'The issuer is accredited by its region and responsible for this licence type',
  ),
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
  'issuerAuthority/not-responsible': fail(
    9,
    '颁发机构当时无权颁发此类证照（责任清单无此项）',
    'The issuer was not responsible for this licence type when it issued',
  ),
  'issuerAuthority/type-retired': fail(
    9,
    '颁发时该证照类型已废止',
    'The licence type had been retired before it was issued',
  ),
  'issuerAuthority/nothing-to-check': NOTHING,
  'issuerAuthority/ledger-unreachable': UNREACHABLE,
  'issuerAuthority/ledger-stale': STALE,

  'status/valid': pass('证照未被暂扣、吊销', 'Neither suspended nor revoked'),
  'status/restricted': warn(4, '证照为受限使用，请人工复核用途', 'Its use is restricted: a person decides'),
  'status/inactive': fail(1, '证照尚未激活', 'The licence is not active yet'),
  'status/suspended': fail(2, '证照已被暂扣', 'The licence is suspended'),
  'status/restricted-suspended': fail(
    2,
    '证照为受限使用，且已被暂扣',
    'The licence is restricted in use, and suspended',
  ),
  'status/revoked': fail(3, '证照已被吊销', 'The licence is revoked'),
  'status/annulled': fail(3, '证照已被撤销，自始无效', 'The licence is annulled: void from the start'),
  'status/withdrawn': fail(3, '证照已被撤回', 'The licence is withdrawn'),
  'status/deregistered': fail(3, '证照已注销', 'The licence is deregistered'),
  'status/revoked-deregistered': fail(3, '证照已被吊销并注销', 'The licence is revoked and deregistered'),
  'status/annulled-deregistered': fail(
    3,
    '证照已被撤销并注销，自始无效',
    'The licence is annulled and deregistered: void from the start',
  ),
  'status/withdrawn-deregistered': fail(3, '证照已被撤回并注销', 'The licence is withdrawn and deregistered'),
  'status/superseded': fail(
    3,
    '证照已换发，请出示新证照',
    'The licence is superseded: the new one is to be shown',
  ),
  'status/transferred-out': fail(
    3,
    '证照已转出，尚未在他处转入',
    'The licence is transferred out, and not yet taken in elsewhere',
  ),
  'status/transferred': fail(
    3,
    '证照已转至其他机构，请出示转入后的证照',
    'The licence was transferred: the one that took its place is to be shown',
  ),
  'status/origin-open': fail(
    1,
    '原证照尚未办结转出转入，请申请人先办理转出',
    'The transfer from the earlier issuer is not complete: the holder is to complete it first',
  ),
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

  'recognition/same-province': pass('本省颁发的证照', 'Issued in the receiving province itself'),
  'recognition/baseline': pass('全国互认清单包含此类证照', 'Recognised nationwide by the baseline'),
  'recognition/agreement': pass('两地互认协议包含此类证照', 'Recognised by an agreement of both provinces'),
  'recognition/no-policy': warn(
    4,
    '两地尚无此类证照的互认规则，请人工复核',
    'No rule says whether this type is recognised here: a person decides',
  ),
  'recognition/negative-list': fail(
    4,
    '受理地区已将此类证照列入负面清单，不予互认',
    'The receiving province refuses this type by its negative list',
  ),
  'recognition/unknown-type': fail(4, '证照目录中没有该证照类型', 'The licence type is not in the catalogue'),
  'recognition/unknown-issuer': fail(
    4,
    '账本上没有颁发机构，无法适用互认规则',
    'The issuer is not on the ledger: no rule of recognition applies',
  ),
  'recognition/nothing-to-check': NOTHING,
  'recognition/ledger-unreachable': UNREACHABLE,
  'recognition/ledger-stale': STALE,

  'comparison/not-requested': skipped('未提交比对信息', 'No values were submitted to compare'),
  'comparison/same': pass('提交信息与照面信息一致', 'The submitted values are those on the licence'),
  'comparison/different': warn(9, '提交信息与照面信息不一致', 'Submitted values differ from the licence'),
  'comparison/not-disclosed': warn(4, '证照未出示所需比对的照面信息', 'Fields to compare were not shown'),
  'comparison/nothing-to-check': NOTHING,

  'holderBinding/not-demanded': skipped('未要求持证人密钥应答', 'No proof of the holder’s key was asked for'),
  'holderBinding/bound': pass('持证人密钥已应答本次核验', 'The holder’s key answered this verifier'),
  'holderBinding/signed': pass(
    '由持证人密钥签名出示；未要求当场应答',
    'Signed by the holder’s key; no answer to a challenge was asked for',
  ),
  'holderBinding/copy-in-force': pass(
    '加注件由持证人密钥签名，尚在期限内',
    'An annotated copy signed by the holder’s key, within its term',
  ),
  'holderBinding/missing': fail(
    4,
    '要求持证人密钥应答，但出示内容未经其签名',
    'An answer of the holder’s key was asked for, and none was presented',
  ),
  'holderBinding/no-holder-key': warn(
    4,
    '证照未绑定持证人密钥，请当面核对身份',
    'The licence is bound to no holder’s key: check the person’s identity',
  ),
  'holderBinding/unexpected': fail(
    9,
    '证照未绑定持证人密钥，却附有密钥签名',
    'A key signed the presentation, but the licence is bound to none',
  ),
  'holderBinding/unusable-key': unknown(
    '证照所载的持证人密钥无法使用，未能验签',
    'The holder’s key in the licence cannot be used: not checked',
  ),
  'holderBinding/algorithm-mismatch': fail(
    9,
    '出示签名的算法与持证人密钥不符',
    'The algorithm is not that of the holder’s key',
  ),
  'holderBinding/signature-mismatch': fail(
    9,
    '出示签名与持证人密钥不符',
    'The signature does not fit the holder’s key',
  ),
  'holderBinding/other-disclosures': fail(
    9,
    '出示签名所指的不是这份内容，可能被增删',
    'The holder signed other content: fields may have been added or removed',
  ),
  'holderBinding/other-audience': fail(9, '出示对象不是本用证单位', 'It was presented to another verifier'),
  'holderBinding/other-nonce': fail(
    9,
    '不是对本次核验的应答，可能是旧的出示',
    'Not an answer to this challenge: it may have been presented before',
  ),
  'holderBinding/stale': fail(
    9,
    '出示签名的时间不在允许范围内',
    'Signed at a time outside the allowed window',
  ),
  'holderBinding/copy-expired': fail(
    4,
    '加注件已过期限，请重新出示；证照本身不因此失效',
    'The annotated copy has ended: ask for a new one; the licence itself may stand',
  ),
  'holderBinding/nothing-to-check': NOTHING,
}

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
  const check = code.slice(0, code.indexOf('/')) as CheckName
  return { check, code, status: MEANINGS[code].status, facts }
}
