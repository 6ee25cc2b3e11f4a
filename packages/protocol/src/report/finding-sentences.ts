/** What every finding says to a person. Apart from the codes: who only decides need not load the words. */
import type { Bilingual } from '../language/bilingual.ts'
import type { FindingCode } from './findings.ts'

const UNREACHABLE: Bilingual = {
  zh: '互认链暂时无法连接，未核验',
  en: 'The ledger could not be reached: not checked',
}
const STALE: Bilingual = {
  zh: '链上数据未及时同步，未核验',
  en: 'The ledger’s data is too old: not checked',
}
const AHEAD: Bilingual = {
  zh: '链上时间晚于本系统时钟，未核验，请校准时钟后重试',
  en: 'The ledger’s time is ahead of this system’s clock: not checked, set the clock right',
}
const NOTHING: Bilingual = {
  zh: '未读取到证照内容，未核验',
  en: 'No licence could be read: not checked',
}
const NO_RECEIPT: Bilingual = {
  zh: '未附存证回执，无法核验',
  en: 'No receipt was presented: cannot be checked',
}

const SENTENCES: Readonly<Record<FindingCode, Bilingual>> = {
  'wellFormed/read': { zh: '格式正确', en: 'Well formed' },
  'wellFormed/malformed': {
    zh: '证照文件不完整或格式有误',
    en: 'The licence is incomplete or not in its required form',
  },
  'wellFormed/not-original': {
    zh: '证照文件经其他软件另存或改排，不是原始文件',
    en: 'The licence’s file was written anew by other software and is not the original',
  },
  'wellFormed/other-version': {
    zh: '证照格式的版本高于或不同于本系统支持的版本',
    en: 'The licence is in a version of its format that this system does not know',
  },
  'wellFormed/not-a-licence': {
    zh: '未识别到电子证照',
    en: 'No licence was recognised in what was presented',
  },
  'wellFormed/licence-id-check': {
    zh: '电子证照标识校验位有误',
    en: 'The licence identifier’s check character is wrong',
  },

  'signature/verified': { zh: '颁发机构电子签名有效', en: 'The issuer’s signature verifies' },
  'signature/mismatch': {
    zh: '电子签名验证未通过，证照内容可能被篡改',
    en: 'The issuer’s signature does not verify: the content may have been tampered with',
  },
  'signature/no-key': {
    zh: '链上未登记该签名密钥，无法验证签名',
    en: 'The ledger has no such key of the issuer to verify with',
  },
  'signature/unusable-key': {
    zh: '链上登记的签名密钥无法使用，未能验证签名',
    en: 'The key registered on the ledger cannot be used: not checked',
  },
  'signature/nothing-to-check': NOTHING,
  'signature/ledger-unreachable': UNREACHABLE,
  'signature/ledger-stale': STALE,
  'signature/ledger-ahead': AHEAD,

  'disclosures/match': {
    zh: '所出示的照面信息与颁发机构签发内容一致',
    en: 'Every field shown was signed by the issuer',
  },
  'disclosures/none': { zh: '持证人未出示照面信息', en: 'The holder showed no field of the licence’s face' },
  'disclosures/not-signed': {
    zh: '照面信息与颁发机构签发内容不一致，可能被篡改',
    en: 'A field shown is not the one that was signed: it may have been tampered with',
  },
  'disclosures/repeated': {
    zh: '照面信息有重复项，证照文件异常',
    en: 'A field or its digest appears twice: the file is not as it should be',
  },
  'disclosures/nothing-to-check': NOTHING,

  'inclusion/included': {
    zh: '存证回执有效，该证照在存证批次内',
    en: 'The receipt proves the licence’s place in its batch',
  },
  'inclusion/root-mismatch': { zh: '存证回执与本证照不匹配', en: 'The receipt does not fit the licence' },
  'inclusion/other-issuer': { zh: '存证回执由其他颁发机构出具', en: 'The receipt is another issuer’s' },
  'inclusion/no-receipt': NO_RECEIPT,
  'inclusion/nothing-to-check': NOTHING,

  'anchor/found': { zh: '颁发机构已将该证照上链存证', en: 'The batch is anchored by the issuer' },
  'anchor/not-found': { zh: '链上查无该证照的存证记录', en: 'The ledger has no such anchor' },
  'anchor/after-as-of': { zh: '上链存证时间晚于核验时点', en: 'Anchored only after the time asked about' },
  'anchor/size-mismatch': {
    zh: '存证回执所载批次与链上记录不一致',
    en: 'The receipt’s batch size is not the ledger’s',
  },
  'anchor/foreign-ledger': { zh: '存证回执不属于本互认链', en: 'The receipt is of another ledger' },
  'anchor/ledger-not-open': {
    zh: '存证时该互认链不在开放期内，存证不予采信',
    en: 'Anchored while its ledger was not open for anchors: the anchor does not count',
  },
  'anchor/before-signing': {
    zh: '上链存证时间早于证照签发时间，前后矛盾',
    en: 'Anchored before it was signed, which cannot be',
  },
  'anchor/no-receipt': NO_RECEIPT,
  'anchor/nothing-to-check': NOTHING,
  'anchor/ledger-unreachable': UNREACHABLE,
  'anchor/ledger-stale': STALE,
  'anchor/ledger-ahead': AHEAD,

  'issuerKey/trusted': {
    zh: '签名密钥在上链存证时有效',
    en: 'The signing key was in force when the batch was anchored',
  },
  'issuerKey/compromised-later': {
    zh: '签名密钥泄露发生在上链存证之后，不影响本证照效力',
    en: 'The signing key was compromised only after the anchor: this licence is not affected',
  },
  'issuerKey/not-registered': {
    zh: '签名密钥未在链上登记',
    en: 'The issuer has not registered the signing key',
  },
  'issuerKey/algorithm-mismatch': {
    zh: '签名算法与登记信息不一致',
    en: 'The algorithm is not the one registered for the key',
  },
  'issuerKey/not-yet-valid': {
    zh: '上链存证时签名密钥尚未启用',
    en: 'The signing key was not yet in force at the anchor',
  },
  'issuerKey/no-longer-valid': {
    zh: '上链存证时签名密钥已停用',
    en: 'The signing key had ended before the anchor',
  },
  'issuerKey/compromised': {
    zh: '上链存证时签名密钥已泄露，签名不可信',
    en: 'The signing key was already compromised at the anchor: the signature proves nothing',
  },
  'issuerKey/issuance-time-unknown': {
    zh: '无法确认存证时间，不能判断签名密钥当时是否有效',
    en: 'Without an anchor, whether the key was in force cannot be told',
  },
  'issuerKey/nothing-to-check': NOTHING,
  'issuerKey/ledger-unreachable': UNREACHABLE,
  'issuerKey/ledger-stale': STALE,
  'issuerKey/ledger-ahead': AHEAD,

  'issuerAuthority/accredited': {
    zh: '颁发机构已登记，具有此类证照的颁发权限',
    en: 'The issuer is registered by its region and responsible for this licence type',
  },
  'issuerAuthority/retired-since': {
    zh: '颁发机构现已撤销或合并，此前颁发的证照继续有效',
    en: 'The issuer was retired later: earlier licences stand',
  },
  'issuerAuthority/suspended': {
    zh: '颁发机构已被暂停上链资格',
    en: 'The issuer may anchor nothing at present',
  },
  'issuerAuthority/region-suspended': {
    zh: '颁发机构所在地区已暂停互认',
    en: 'Recognition of the issuer’s region is suspended at present',
  },
  'issuerAuthority/not-accredited': {
    zh: '颁发机构未在互认链登记',
    en: 'The issuer is not registered on the ledger',
  },
  'issuerAuthority/not-responsible': {
    zh: '颁发时该机构不具有此类证照的颁发权限（未列入责任清单）',
    en: 'The issuer was not responsible for this licence type when it issued',
  },
  'issuerAuthority/type-retired': {
    zh: '该类证照在颁发前已停用',
    en: 'The licence type had been retired before it was issued',
  },
  'issuerAuthority/nothing-to-check': NOTHING,
  'issuerAuthority/ledger-unreachable': UNREACHABLE,
  'issuerAuthority/ledger-stale': STALE,
  'issuerAuthority/ledger-ahead': AHEAD,

  'faceIssuer/fits': {
    zh: '照面所载颁发机构、日期、有效期和证照名称与签发、上链的内容一致',
    en: 'Issuer, days, period and name on the face fit what was signed and anchored',
  },
  'faceIssuer/not-shown': {
    zh: '持证人未出示颁发机构、颁发日期和有效期，未核验',
    en: 'Neither issuer, date of issue nor period was shown: not checked',
  },
  'faceIssuer/other-code': {
    zh: '照面所载颁发机构代码与签名机构不一致',
    en: 'The face has the code of another agency than the one that signed',
  },
  'faceIssuer/other-region': {
    zh: '照面所载或链上登记的颁发机构名称属于其他省份',
    en: 'The face or the ledger names the issuer after another province than its own',
  },
  'faceIssuer/other-name': {
    zh: '照面所载颁发机构与链上登记的名称不一致',
    en: 'The face names another issuer than the one registered',
  },
  'faceIssuer/no-registered-name': {
    zh: '链上未登记该机构名称，无法核对照面所载颁发机构',
    en: 'The ledger has no name of the issuer to compare the face with',
  },
  'faceIssuer/ambiguous-name': {
    zh: '链上登记的机构名称含空格、不可见字符或异形字符，可能与其他机构混同，请人工复核，并向其上级核实',
    en: 'The registered name holds spaces, invisible or variant characters and may pass for another’s: ask its superior, a person decides',
  },
  'faceIssuer/other-type': {
    zh: '照面所载证照名称是另一类证照',
    en: 'The face has the name of another licence type than the one signed',
  },
  'faceIssuer/other-period': {
    zh: '照面所载有效期与签发的有效期不一致',
    en: 'The face has another period of validity than the one signed',
  },
  'faceIssuer/dated-ahead': {
    zh: '照面所载颁发日期晚于上链存证日期',
    en: 'The face is dated after the day of its anchor',
  },
  'faceIssuer/unreadable-date': {
    zh: '照面所载颁发日期或有效期无法识别，未能核对',
    en: 'The date of issue or the period on the face names no day: it could not be compared',
  },
  'faceIssuer/nothing-to-check': NOTHING,
  'faceIssuer/ledger-unreachable': UNREACHABLE,
  'faceIssuer/ledger-stale': STALE,
  'faceIssuer/ledger-ahead': AHEAD,

  'status/valid': {
    zh: '证照状态正常（无暂扣、吊销、撤销、撤回、注销记录）',
    en: 'The licence stands: not suspended, revoked, annulled, withdrawn or deregistered',
  },
  'status/restricted': {
    zh: '证照限定使用范围',
    en: 'Its use is restricted, a person decides',
  },
  'status/inactive': { zh: '证照尚未激活', en: 'The licence is not active yet' },
  'status/suspended': { zh: '证照已被暂扣', en: 'The licence is suspended' },
  'status/restricted-suspended': {
    zh: '证照限定使用范围，且已被暂扣',
    en: 'The licence is restricted in use, and suspended',
  },
  'status/revoked': { zh: '证照已被吊销', en: 'The licence is revoked' },
  'status/annulled': { zh: '证照已被撤销，自始无效', en: 'The licence is annulled: void from the start' },
  'status/withdrawn': { zh: '证照已被撤回', en: 'The licence is withdrawn' },
  'status/deregistered': { zh: '证照已注销', en: 'The licence is deregistered' },
  'status/revoked-deregistered': {
    zh: '证照已被吊销，并已办理注销',
    en: 'The licence is revoked and deregistered',
  },
  'status/annulled-deregistered': {
    zh: '证照已被撤销（自始无效），并已办理注销',
    en: 'The licence is annulled and deregistered: void from the start',
  },
  'status/withdrawn-deregistered': {
    zh: '证照已被撤回，并已办理注销',
    en: 'The licence is withdrawn and deregistered',
  },
  'status/superseded': { zh: '证照已换发新证', en: 'The licence is superseded by a new one' },
  'status/succession-dissolved': {
    zh: '证照的接替登记已解除，证照状态待更正',
    en: 'What was said to have taken the licence’s place did not: its status is still to be corrected',
  },
  'status/transferred-out': {
    zh: '证照已办理转出，尚未转入',
    en: 'The licence is transferred out, and not yet taken in elsewhere',
  },
  'status/transferred': {
    zh: '证照已转入其他机构',
    en: 'The licence was transferred: another took its place',
  },
  'status/noted': {
    zh: '证照或其原证照有标注',
    en: 'Notices stand beside the licence or one before it',
  },
  'status/term-over': {
    zh: '暂扣或限制使用的期限已满，尚无解除记录',
    en: 'The term of its suspension or restriction is over, its lifting is not entered',
  },
  'status/origin-open': {
    zh: '原证照的转出、转入手续尚未办结',
    en: 'The transfer from the earlier issuer is not complete',
  },
  'status/origin-annulled': {
    zh: '本证照所承接的原证照已被撤销，自始无效',
    en: 'The licence whose place it took is annulled, void from the start',
  },
  'status/index-mismatch': {
    zh: '证照的状态序号与其在存证批次中的位置不符',
    en: 'The licence’s status index is not that of its place in the batch',
  },
  'status/foreign-list': {
    zh: '该证照的状态未在本互认链登记',
    en: 'The licence’s status is not kept on this ledger',
  },
  'status/nothing-to-check': NOTHING,
  'status/ledger-unreachable': UNREACHABLE,
  'status/ledger-stale': STALE,
  'status/ledger-ahead': AHEAD,

  'validity/in-force': { zh: '在有效期内', en: 'Within its period of validity' },
  'validity/not-yet': { zh: '未到有效期起始日期', en: 'Not yet in force' },
  'validity/expired': { zh: '已超过有效期', en: 'Expired' },
  'validity/nothing-to-check': NOTHING,
  'validity/ledger-unreachable': UNREACHABLE,
  'validity/ledger-stale': STALE,
  'validity/ledger-ahead': AHEAD,

  'faceRules/nothing-noted': {
    zh: '照面上没有该证照类型要求人工关注的事项',
    en: 'Nothing on the face calls for a person by the rules of its type',
  },
  'faceRules/overdue': {
    zh: '照面所载应办日期（如应复审日期）已过，请持证人提供已办理的证明，人工复核',
    en: 'A day by which the holder had to act (such as a review) is over: ask for proof that it was done',
  },
  'faceRules/burdened': {
    zh: '照面记载有查封、抵押等情况，请人工判断是否影响所办事项',
    en: 'The face says that it is seized, mortgaged or the like: a person decides whether it matters',
  },
  'faceRules/remarked': {
    zh: '照面附记有系统不能判断的内容（可能涉及抵押、查封、异议等），请人工阅读',
    en: 'The face has remarks that no program can judge (they may be of a mortgage, a seizure, an objection): a person reads them',
  },
  'faceRules/dated-ahead': {
    zh: '照面所载日期晚于核验时点，请人工复核，并向颁发机构核实',
    en: 'A day on the face that should have been is yet to come: ask the issuing authority',
  },
  'faceRules/unreadable': {
    zh: '照面所载日期或“是、否”无法识别，相关事项未能核对，请人工复核',
    en: 'A day, or a yes or no, on the face cannot be read: what it says could not be checked, a person decides',
  },
  'faceRules/not-shown': {
    zh: '持证人未完整出示照面，须核对的事项（如应复审日期、是否查封）未能核对，请要求出示后再核验',
    en: 'Part of the face is kept back, and with it what has to be checked (such as a review or a seizure): ask the holder to show it',
  },
  'faceRules/unknown-type': {
    zh: '本系统没有该证照类型的规则，照面所载事项未能核对，请人工查看',
    en: 'This verifier has no rules for the licence type: what the face says is for a person to read',
  },
  'faceRules/nothing-to-check': NOTHING,
  'faceRules/ledger-unreachable': UNREACHABLE,
  'faceRules/ledger-stale': STALE,
  'faceRules/ledger-ahead': AHEAD,
  'recognition/same-province': {
    zh: '本地区颁发，无需跨省互认',
    en: 'Issued in the receiving province itself',
  },
  'recognition/baseline': { zh: '此类证照已列入全国互认清单', en: 'Recognised nationwide by the baseline' },
  'recognition/agreement': {
    zh: '此类证照已列入两地互认协议',
    en: 'Recognised by an agreement of both provinces',
  },
  'recognition/no-policy': {
    zh: '两地尚未就此类证照作出互认约定',
    en: 'No rule says whether this type is recognised here',
  },
  'recognition/negative-list': {
    zh: '本地区已将此类证照列入负面清单，不予互认',
    en: 'The receiving province refuses this type by its negative list',
  },
  'recognition/receiving-not-member': {
    zh: '受理地区未加入互认联盟，不适用互认规则',
    en: 'The receiving province is not in the alliance: no rule of recognition applies, a person decides',
  },
  'recognition/issuing-not-member': {
    zh: '颁发地区未加入或已退出互认联盟',
    en: 'The issuing province is not in the alliance, or has left it',
  },
  'recognition/type-retired': {
    zh: '该证照类型已停用，不再互认',
    en: 'The licence type was retired and is recognised no more',
  },
  'recognition/unknown-type': {
    zh: '该类证照未列入证照目录',
    en: 'The licence type is not in the catalogue',
  },
  'recognition/unknown-issuer': {
    zh: '颁发机构未登记，无法适用互认规则',
    en: 'The issuer is not registered: no rule of recognition applies',
  },
  'recognition/nothing-to-check': NOTHING,
  'recognition/ledger-unreachable': UNREACHABLE,
  'recognition/ledger-stale': STALE,
  'recognition/ledger-ahead': AHEAD,

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
    zh: '持证人未出示该事项所需的全部照面信息',
    en: 'Fields that the service item demands were not shown',
  },
  'demand/nothing-to-check': NOTHING,
  'demand/ledger-unreachable': UNREACHABLE,
  'demand/ledger-stale': STALE,
  'demand/ledger-ahead': AHEAD,

  'comparison/not-requested': { zh: '未填报比对信息', en: 'No values were submitted to compare' },
  'comparison/same': {
    zh: '申请人填报信息与照面信息一致',
    en: 'The submitted values are those on the licence',
  },
  'comparison/different': {
    zh: '申请人填报信息与照面信息不一致',
    en: 'Submitted values differ from the licence',
  },
  'comparison/not-disclosed': {
    zh: '持证人未出示需要比对的照面信息',
    en: 'The holder did not show the fields to compare',
  },
  'comparison/unknown-field': {
    zh: '填报的比对项不是该类证照的照面信息，未能比对',
    en: 'A field that was submitted is none of the licence type’s: it could not be compared',
  },
  'comparison/not-demanded': {
    zh: '填报信息均超出该事项所需，未作比对',
    en: 'All values submitted are beyond the demand: not compared',
  },
  'comparison/other-description': {
    zh: '本系统所用的证照类型说明与链上登记的不一致，照面的脱敏、比对和事项核对可能有误，请人工复核',
    en: 'This system’s description of the licence type is not the one on the ledger: masks, comparison and rules of the face may be wrong, a person decides',
  },
  'comparison/nothing-to-check': NOTHING,
  'comparison/ledger-unreachable': UNREACHABLE,
  'comparison/ledger-stale': STALE,
  'comparison/ledger-ahead': AHEAD,

  'holderBinding/not-demanded': {
    zh: '未要求持证人当场验证',
    en: 'No proof of the holder’s key was asked for',
  },
  'holderBinding/bound': {
    zh: '持证人已当场验证（密钥应答有效）',
    en: 'The holder’s key answered this verifier',
  },
  'holderBinding/signed': {
    zh: '由持证人签名出示，未作当场验证',
    en: 'Signed by the holder’s key; no answer to a challenge was asked for',
  },
  'holderBinding/copy-in-force': {
    zh: '加注件由持证人签名，在使用期限内',
    en: 'An annotated copy signed by the holder’s key, within its term',
  },
  'holderBinding/missing': {
    zh: '要求持证人当场验证，但出示内容未经持证人签名',
    en: 'An answer of the holder’s key was asked for, and none was presented',
  },
  'holderBinding/no-holder-key': {
    zh: '证照未绑定持证人密钥',
    en: 'The licence is bound to no holder’s key',
  },
  'holderBinding/unexpected': {
    zh: '证照未绑定持证人密钥，但附有持证人签名，出示内容异常',
    en: 'A key signed the presentation, but the licence is bound to none',
  },
  'holderBinding/unusable-key': {
    zh: '证照所载持证人密钥无法使用，未能验证签名',
    en: 'The holder’s key in the licence cannot be used: not checked',
  },
  'holderBinding/algorithm-mismatch': {
    zh: '持证人签名的算法与密钥不一致',
    en: 'The algorithm is not that of the holder’s key',
  },
  'holderBinding/signature-mismatch': {
    zh: '持证人签名验证未通过',
    en: 'The signature does not fit the holder’s key',
  },
  'holderBinding/other-disclosures': {
    zh: '持证人签名与出示内容不一致，内容可能被增删',
    en: 'The holder signed other content: fields may have been added or removed',
  },
  'holderBinding/other-audience': {
    zh: '该出示内容不是提供给本单位的',
    en: 'It was presented to another verifier',
  },
  'holderBinding/other-nonce': {
    zh: '不是针对本次核验出示的，可能为重复使用',
    en: 'Not an answer to this challenge: it may have been presented before',
  },
  'holderBinding/stale': {
    zh: '出示的时间与核验时间不符（已超时，或一方时钟不准）',
    en: 'Signed at a time outside the allowed window (too long ago, or a clock is wrong)',
  },
  'holderBinding/copy-expired': {
    zh: '加注件已超过使用期限，不影响证照本身的效力',
    en: 'The annotated copy has ended; the licence itself may stand',
  },
  'holderBinding/nothing-to-check': NOTHING,

  'rendition/bound': {
    zh: '提供的版式文件摘要与颁发机构绑定的一致；摘要是否出自所见文件，由打开文件的一方负责',
    en: 'The digest given of the file around it is that of a file that the issuer bound; whoever opened the file vouches for its being of that file',
  },
  'rendition/differs': {
    zh: '所附版式文件与颁发机构绑定的文件不一致（另存或转换后也会如此），不能以版面为准',
    en: 'The file around it is not byte for byte the one that the issuer bound, as none is that was saved anew or converted: how it looks proves nothing',
  },
  'rendition/not-bound': {
    zh: '颁发机构未绑定版式文件，版面未经核对',
    en: 'The issuer bound no file to it: how the file around it looks was not checked',
  },
  'rendition/nothing-to-check': NOTHING,
}

/**
 * The sentence of a finding.
 *
 * @example
 * ```ts
 * sentenceOf('signature/mismatch').zh // '电子签名验证未通过，证照内容可能被篡改'
 * ```
 */
export function sentenceOf(code: FindingCode): Bilingual {
  return SENTENCES[code]
}
