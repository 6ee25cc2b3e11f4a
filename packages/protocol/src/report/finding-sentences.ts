/** What every finding says to a person. Apart from the codes: who only decides need not load the words. */
import type { Bilingual } from '../bytes/bilingual.ts'
import type { FindingCode } from './findings.ts'

const UNREACHABLE: Bilingual = {
  zh: '账本暂时无法访问，本项未能核验',
  en: 'The ledger could not be reached: not checked',
}
const STALE: Bilingual = {
  zh: '账本数据过旧，本项未能核验',
  en: 'The ledger’s data is too old: not checked',
}
const NOTHING: Bilingual = {
  zh: '出示内容无法读取，本项未核验',
  en: 'What was presented could not be read: not checked',
}
const NO_RECEIPT: Bilingual = {
  zh: '未附存证回执，本项无法核验',
  en: 'No receipt was presented: cannot be checked',
}

const SENTENCES: Readonly<Record<FindingCode, Bilingual>> = {
  'wellFormed/read': { zh: '格式正确', en: 'Well formed' },
  'wellFormed/malformed': {
    zh: '格式不符合规范，内容可能被改动',
    en: 'Not in the required form: it may have been altered',
  },
  'wellFormed/licence-id-check': {
    zh: '电子证照标识的校验位不符',
    en: 'The licence identifier’s check character is wrong',
  },

  'signature/verified': { zh: '颁发机构的签名有效', en: 'The issuer’s signature verifies' },
  'signature/mismatch': {
    zh: '签名与内容不符，内容可能被改动',
    en: 'The signature does not fit: the content may have been altered',
  },
  'signature/no-key': {
    zh: '颁发机构未在链上登记该签名密钥，无法验证签名',
    en: 'The ledger has no such key of the issuer to verify with',
  },
  'signature/unusable-key': {
    zh: '账本登记的密钥无法使用，未能验签',
    en: 'The key registered on the ledger cannot be used: not checked',
  },
  'signature/nothing-to-check': NOTHING,
  'signature/ledger-unreachable': UNREACHABLE,
  'signature/ledger-stale': STALE,

  'disclosures/match': {
    zh: '所出示的照面信息均由颁发机构签署',
    en: 'Every field shown was signed by the issuer',
  },
  'disclosures/none': { zh: '未出示任何照面信息', en: 'No field of the licence’s face was shown' },
  'disclosures/not-signed': {
    zh: '照面信息与签署内容不符',
    en: 'A field shown is not the one that was signed',
  },
  'disclosures/repeated': { zh: '同一照面信息重复出现', en: 'A field or its digest appears twice' },
  'disclosures/nothing-to-check': NOTHING,

  'inclusion/included': {
    zh: '回执证明该证照在存证批次中',
    en: 'The receipt proves the licence’s place in its batch',
  },
  'inclusion/root-mismatch': { zh: '回执与证照不符', en: 'The receipt does not fit the licence' },
  'inclusion/other-issuer': { zh: '回执属于其他颁发机构', en: 'The receipt is another issuer’s' },
  'inclusion/no-receipt': NO_RECEIPT,
  'inclusion/nothing-to-check': NOTHING,

  'anchor/found': { zh: '批次已由颁发机构上链存证', en: 'The batch is anchored by the issuer' },
  'anchor/not-found': { zh: '账本上查无此存证', en: 'The ledger has no such anchor' },
  'anchor/after-as-of': { zh: '核验时点之后才上链存证', en: 'Anchored only after the time asked about' },
  'anchor/size-mismatch': {
    zh: '回执的批次大小与账本不符',
    en: 'The receipt’s batch size is not the ledger’s',
  },
  'anchor/foreign-ledger': { zh: '回执来自其他账本', en: 'The receipt is of another ledger' },
  'anchor/ledger-not-open': {
    zh: '存证时该账本不在开放期内，存证不予采信，请申请人联系颁发机构重新颁发',
    en: 'Anchored while its ledger was not open for anchors: the holder is to ask the issuer for one on the ledger in use',
  },
  'anchor/no-receipt': NO_RECEIPT,
  'anchor/nothing-to-check': NOTHING,
  'anchor/ledger-unreachable': UNREACHABLE,
  'anchor/ledger-stale': STALE,

  'issuerKey/trusted': {
    zh: '签发密钥在存证时有效',
    en: 'The signing key was in force when the batch was anchored',
  },
  'issuerKey/compromised-later': {
    zh: '签发密钥在存证之后才失密，不影响本证照',
    en: 'The signing key was compromised only after the anchor: this licence is not affected',
  },
  'issuerKey/not-registered': {
    zh: '颁发机构未在链上登记该签名密钥',
    en: 'The issuer has not registered the signing key',
  },
  'issuerKey/algorithm-mismatch': {
    zh: '签名算法与登记不符',
    en: 'The algorithm is not the one registered for the key',
  },
  'issuerKey/not-yet-valid': {
    zh: '存证时签发密钥尚未生效',
    en: 'The signing key was not yet in force at the anchor',
  },
  'issuerKey/no-longer-valid': {
    zh: '存证时签发密钥已停用',
    en: 'The signing key had ended before the anchor',
  },
  'issuerKey/compromised': {
    zh: '存证时签发密钥已失密',
    en: 'The signing key was already compromised at the anchor',
  },
  'issuerKey/issuance-time-unknown': {
    zh: '存证时间未知，无法判断密钥当时是否有效',
    en: 'Without an anchor, whether the key was in force cannot be told',
  },
  'issuerKey/nothing-to-check': NOTHING,
  'issuerKey/ledger-unreachable': UNREACHABLE,
  'issuerKey/ledger-stale': STALE,

  'issuerAuthority/accredited': {
    zh: '颁发机构经所在地区认可，且负责颁发此类证照',
    en: 'The issuer is accredited by its region and responsible for this licence type',
  },
  'issuerAuthority/retired-since': {
    zh: '颁发机构后已撤并，此前颁发的证照不受影响',
    en: 'The issuer was retired later: earlier licences stand',
  },
  'issuerAuthority/suspended': {
    zh: '颁发机构目前被暂停，请人工复核',
    en: 'The issuer is suspended at present: a person decides',
  },
  'issuerAuthority/region-suspended': {
    zh: '颁发机构所在地区目前被暂停，请人工复核',
    en: 'The issuer’s region is suspended at present: a person decides',
  },
  'issuerAuthority/not-accredited': { zh: '颁发机构未经认可', en: 'The issuer is not accredited' },
  'issuerAuthority/not-responsible': {
    zh: '颁发机构当时无权颁发此类证照（责任清单无此项）',
    en: 'The issuer was not responsible for this licence type when it issued',
  },
  'issuerAuthority/type-retired': {
    zh: '颁发时该证照类型已废止',
    en: 'The licence type had been retired before it was issued',
  },
  'issuerAuthority/nothing-to-check': NOTHING,
  'issuerAuthority/ledger-unreachable': UNREACHABLE,
  'issuerAuthority/ledger-stale': STALE,

  'faceIssuer/fits': {
    zh: '照面所载颁发机构、颁发日期与签名机构、上链时间一致',
    en: 'Issuer and date of issue on the face fit what was signed and anchored',
  },
  'faceIssuer/not-shown': {
    zh: '持证人未出示颁发机构和颁发日期，本项未核验',
    en: 'Neither issuer nor date of issue was shown: not checked',
  },
  'faceIssuer/other-code': {
    zh: '照面所载颁发机构代码与签名机构不一致，请人工复核，并向链上登记的机构核实',
    en: 'The face has the code of another agency than the one that signed: ask the registered one, a person decides',
  },
  'faceIssuer/other-region': {
    zh: '照面所载或链上登记的颁发机构名称属于其他省份，请人工复核，并向签名机构的上级核实',
    en: 'The face or the ledger names the issuer after another province than its own: ask its superior, a person decides',
  },
  'faceIssuer/other-name': {
    zh: '照面所载颁发机构与链上登记的名称不一致，请核对，并向链上登记的机构核实',
    en: 'The face names another issuer than the one registered: compare, and ask the registered one',
  },
  'faceIssuer/no-registered-name': {
    zh: '链上未登记该机构名称，无法核对照面所载颁发机构，请人工复核',
    en: 'The ledger has no name of the issuer to compare the face with: a person decides',
  },
  'faceIssuer/ambiguous-name': {
    zh: '链上登记的机构名称含空格、不可见字符或异形字符，可能与其他机构混同，请人工复核，并向其上级核实',
    en: 'The registered name holds spaces, invisible or variant characters and may pass for another’s: ask its superior, a person decides',
  },
  'faceIssuer/dated-ahead': {
    zh: '照面所载颁发日期晚于上链存证日期，请人工复核，并向颁发机构核实',
    en: 'The face is dated after the day of its anchor: ask the issuer, a person decides',
  },
  'faceIssuer/nothing-to-check': NOTHING,
  'faceIssuer/ledger-unreachable': UNREACHABLE,
  'faceIssuer/ledger-stale': STALE,

  'status/valid': { zh: '证照未被暂扣、吊销', en: 'Neither suspended nor revoked' },
  'status/restricted': {
    zh: '证照为受限使用，请人工复核用途',
    en: 'Its use is restricted: a person decides',
  },
  'status/inactive': { zh: '证照尚未激活', en: 'The licence is not active yet' },
  'status/suspended': { zh: '证照已被暂扣', en: 'The licence is suspended' },
  'status/restricted-suspended': {
    zh: '证照为受限使用，且已被暂扣',
    en: 'The licence is restricted in use, and suspended',
  },
  'status/revoked': { zh: '证照已被吊销', en: 'The licence is revoked' },
  'status/annulled': { zh: '证照已被撤销，自始无效', en: 'The licence is annulled: void from the start' },
  'status/withdrawn': { zh: '证照已被撤回', en: 'The licence is withdrawn' },
  'status/deregistered': { zh: '证照已注销', en: 'The licence is deregistered' },
  'status/revoked-deregistered': { zh: '证照已被吊销并注销', en: 'The licence is revoked and deregistered' },
  'status/annulled-deregistered': {
    zh: '证照已被撤销并注销，自始无效',
    en: 'The licence is annulled and deregistered: void from the start',
  },
  'status/withdrawn-deregistered': {
    zh: '证照已被撤回并注销',
    en: 'The licence is withdrawn and deregistered',
  },
  'status/superseded': {
    zh: '证照已换发，请出示新证照',
    en: 'The licence is superseded: the new one is to be shown',
  },
  'status/transferred-out': {
    zh: '证照已转出，尚未在他处转入',
    en: 'The licence is transferred out, and not yet taken in elsewhere',
  },
  'status/transferred': {
    zh: '证照已转至其他机构，请出示转入后的证照',
    en: 'The licence was transferred: the one that took its place is to be shown',
  },
  'status/noted': {
    zh: '证照或其原证照有标注（如查封、抵押、异议），请人工复核，并向颁发机构核实',
    en: 'Notices stand beside the licence or one before it (such as seizure, mortgage, objection): ask the issuer, a person decides',
  },
  'status/term-over': {
    zh: '暂扣或限制使用的期限已满，尚无解除记录，请人工复核，并向颁发机构核实',
    en: 'The term of its suspension or restriction is over, its lifting is not entered: ask the issuer, a person decides',
  },
  'status/origin-open': {
    zh: '原证照尚未办结转出转入，请申请人先办理转出',
    en: 'The transfer from the earlier issuer is not complete: the holder is to complete it first',
  },
  'status/origin-annulled': {
    zh: '本证照所承接的原证照已被撤销，自始无效，请申请人联系颁发机构',
    en: 'The licence whose place it took is annulled, void from the start: the holder is to ask the issuer',
  },
  'status/index-mismatch': {
    zh: '证照的状态序号与其在存证批次中的位置不符，请向颁发机构核实',
    en: 'The licence’s status index is not that of its place in the batch: ask the issuer',
  },
  'status/foreign-list': {
    zh: '证照的状态不在本账本',
    en: 'The licence’s status is not kept on this ledger',
  },
  'status/nothing-to-check': NOTHING,
  'status/ledger-unreachable': UNREACHABLE,
  'status/ledger-stale': STALE,

  'validity/in-force': { zh: '在有效期内', en: 'Within its period of validity' },
  'validity/not-yet': { zh: '尚未生效', en: 'Not yet in force' },
  'validity/expired': { zh: '已过有效期', en: 'Expired' },
  'validity/nothing-to-check': NOTHING,
  'validity/ledger-unreachable': UNREACHABLE,
  'validity/ledger-stale': STALE,

  'recognition/same-province': { zh: '本省颁发的证照', en: 'Issued in the receiving province itself' },
  'recognition/baseline': { zh: '全国互认清单包含此类证照', en: 'Recognised nationwide by the baseline' },
  'recognition/agreement': {
    zh: '两地互认协议包含此类证照',
    en: 'Recognised by an agreement of both provinces',
  },
  'recognition/no-policy': {
    zh: '两地尚无此类证照的互认规则，请人工复核',
    en: 'No rule says whether this type is recognised here: a person decides',
  },
  'recognition/negative-list': {
    zh: '受理地区已将此类证照列入负面清单，不予互认',
    en: 'The receiving province refuses this type by its negative list',
  },
  'recognition/receiving-not-member': {
    zh: '受理地区未加入互认联盟，不适用互认规则，请人工复核',
    en: 'The receiving province is not in the alliance: no rule of recognition applies, a person decides',
  },
  'recognition/issuing-not-member': {
    zh: '颁发地区未加入或已退出互认联盟，请人工复核',
    en: 'The issuing province is not in the alliance, or has left it: a person decides',
  },
  'recognition/type-retired': {
    zh: '该证照类型已停用，不再互认，请人工复核',
    en: 'The licence type was retired and is recognised no more: a person decides',
  },
  'recognition/unknown-type': {
    zh: '证照目录中没有该证照类型',
    en: 'The licence type is not in the catalogue',
  },
  'recognition/unknown-issuer': {
    zh: '账本上没有颁发机构，无法适用互认规则',
    en: 'The issuer is not on the ledger: no rule of recognition applies',
  },
  'recognition/nothing-to-check': NOTHING,
  'recognition/ledger-unreachable': UNREACHABLE,
  'recognition/ledger-stale': STALE,

  'demand/not-asked': {
    zh: '未指明办理事项，未核对事项所需信息',
    en: 'No service item was named: what it demands was not checked',
  },
  'demand/no-demand': {
    zh: '链上未登记该事项所需的照面信息，请仅收取办理所必需的信息',
    en: 'No demand of the service item is registered: ask for no more than the case needs',
  },
  'demand/met': {
    zh: '已出示该事项所需的照面信息',
    en: 'Every field that the service item demands was shown',
  },
  'demand/over-asked': {
    zh: '已出示该事项所需的照面信息；超出所需的填报信息未作比对，请勿收取',
    en: 'Every field demanded was shown; what was asked beyond the demand was not compared, and is not to be asked for',
  },
  'demand/missing': {
    zh: '未出示该事项所需的全部照面信息，请申请人补充出示',
    en: 'Fields that the service item demands were not shown: the holder is to show them too',
  },
  'demand/nothing-to-check': NOTHING,
  'demand/ledger-unreachable': UNREACHABLE,
  'demand/ledger-stale': STALE,

  'comparison/not-requested': { zh: '未提交比对信息', en: 'No values were submitted to compare' },
  'comparison/same': { zh: '提交信息与照面信息一致', en: 'The submitted values are those on the licence' },
  'comparison/different': { zh: '提交信息与照面信息不一致', en: 'Submitted values differ from the licence' },
  'comparison/not-disclosed': { zh: '证照未出示所需比对的照面信息', en: 'Fields to compare were not shown' },
  'comparison/not-demanded': {
    zh: '填报信息均超出该事项所需，未作比对',
    en: 'All values submitted are beyond the demand: not compared',
  },
  'comparison/nothing-to-check': NOTHING,
  'comparison/ledger-unreachable': UNREACHABLE,
  'comparison/ledger-stale': STALE,

  'holderBinding/not-demanded': {
    zh: '未要求持证人密钥应答',
    en: 'No proof of the holder’s key was asked for',
  },
  'holderBinding/bound': { zh: '持证人密钥已应答本次核验', en: 'The holder’s key answered this verifier' },
  'holderBinding/signed': {
    zh: '由持证人密钥签名出示；未要求当场应答',
    en: 'Signed by the holder’s key; no answer to a challenge was asked for',
  },
  'holderBinding/copy-in-force': {
    zh: '加注件由持证人密钥签名，尚在期限内',
    en: 'An annotated copy signed by the holder’s key, within its term',
  },
  'holderBinding/missing': {
    zh: '要求持证人密钥应答，但出示内容未经其签名',
    en: 'An answer of the holder’s key was asked for, and none was presented',
  },
  'holderBinding/no-holder-key': {
    zh: '证照未绑定持证人密钥，请当面核对身份',
    en: 'The licence is bound to no holder’s key: check the person’s identity',
  },
  'holderBinding/unexpected': {
    zh: '证照未绑定持证人密钥，却附有密钥签名',
    en: 'A key signed the presentation, but the licence is bound to none',
  },
  'holderBinding/unusable-key': {
    zh: '证照所载的持证人密钥无法使用，未能验签',
    en: 'The holder’s key in the licence cannot be used: not checked',
  },
  'holderBinding/algorithm-mismatch': {
    zh: '出示签名的算法与持证人密钥不符',
    en: 'The algorithm is not that of the holder’s key',
  },
  'holderBinding/signature-mismatch': {
    zh: '出示签名与持证人密钥不符',
    en: 'The signature does not fit the holder’s key',
  },
  'holderBinding/other-disclosures': {
    zh: '出示签名所指的不是这份内容，可能被增删',
    en: 'The holder signed other content: fields may have been added or removed',
  },
  'holderBinding/other-audience': {
    zh: '出示对象不是本用证单位',
    en: 'It was presented to another verifier',
  },
  'holderBinding/other-nonce': {
    zh: '不是对本次核验的应答，可能是旧的出示',
    en: 'Not an answer to this challenge: it may have been presented before',
  },
  'holderBinding/stale': {
    zh: '出示签名的时间不在允许范围内',
    en: 'Signed at a time outside the allowed window',
  },
  'holderBinding/copy-expired': {
    zh: '加注件已过期限，请重新出示；证照本身不因此失效',
    en: 'The annotated copy has ended: ask for a new one; the licence itself may stand',
  },
  'holderBinding/nothing-to-check': NOTHING,
}

/**
 * The sentence of a finding.
 *
 * @example
 * ```ts
 * sentenceOf('signature/mismatch').zh // '签名与内容不符，内容可能被改动'
 * ```
 */
export function sentenceOf(code: FindingCode): Bilingual {
  return SENTENCES[code]
}
