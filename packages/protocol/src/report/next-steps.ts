/** What a clerk does next, by the finding that decides; `{whom}` is who answers for the licence today. */
import type { Bilingual } from '../language/bilingual.ts'
import type { FindingCode } from './findings.ts'
import type { Verdict } from './verdict.ts'

const step = (zh: string, en: string): Bilingual => ({ zh, en })

/** Where no finding decides. */
export const STEPS_OF_VERDICTS: Readonly<Record<Verdict, Bilingual>> = {
  accepted: step('可免于提交纸质证照，请继续受理', 'No paper needed: go on with the case'),
  refer: step('请人工复核；必要时联系{whom}核实', 'Have a person look; ask {whom} if need be'),
  rejected: step(
    '不得据此受理；申请人有异议的，请向{whom}核实',
    'Do not rely on it; if disputed, ask {whom}',
  ),
  undetermined: step(
    '系统暂时无法核验，不代表证照有问题；请稍后重试，或按线下方式受理',
    'It cannot be checked now, which says nothing against the licence: try again later, or go by the paper',
  ),
}

/** Of what was accepted, as of a time that was asked about; `{at}` is that time. */
export const STEP_OF_THE_PAST: Bilingual = step(
  '以上是{at}时点的情形，不代表现在有效；用于受理的，请不指定时点再核验一次',
  'This is how it stood at {at}, which says nothing of today: to go on with a case, verify without a time',
)

/** Of what was accepted, though nobody's name is shown. */
export const STEP_WITHOUT_HOLDER: Bilingual = step(
  '照面未出示持证主体名称，不能确认证照是谁的；请申请人补充出示后再受理',
  'The face does not say whose licence it is: have the applicant show that, too, before you go on',
)

/** Of what was accepted, and is an annotated copy: a person holds its use against the case. */
export const STEP_OF_COPY: Bilingual = step(
  '加注件只用于其载明的事由：请核对用证事由与本次办理一致后继续受理',
  'An annotated copy is good for the use that it names: go on once that is this case’s',
)

/** Of what was accepted, in a file whose look nobody vouches for. */
export const STEP_OF_UNBOUND_RENDITION: Bilingual = step(
  '可免于提交纸质证照，请以本单所列照面信息为准继续受理，不以文件版面为准',
  'No paper needed: go on with the case by the face as it is told here, and not by the look of the file',
)

const NOT_TO_RELY_ON = STEPS_OF_VERDICTS.rejected
const LATER = STEPS_OF_VERDICTS.undetermined
const SET_CLOCK = step(
  '请由系统管理员校准核验系统的时钟后重新核验，不代表证照有问题；仍不能核验的，按线下方式受理',
  'Have the clock of the verifying system set and verify again, which says nothing against the licence; if that fails, go by the paper',
)
const ANOTHER_RECEIPT = step(
  '请申请人重新下载带存证回执的证照后出示',
  'Have the applicant download the licence with its receipt and show that',
)
const ANOTHER_DOWNLOAD = step(
  '请申请人重新下载证照后出示；仍不一致的，请向{whom}核实',
  'Have the applicant download the licence anew and show it; if it still does not fit, ask {whom}',
)
const ISSUE_ANEW = step(
  '不得据此受理；请申请人联系{whom}重新颁发',
  'Do not rely on it: the applicant is to have it issued anew by {whom}',
)
const OTHER_ISSUER = step(
  '不得据此受理；请申请人说明证照来源，并向其所称的颁发机构核实',
  'Do not rely on it: ask the applicant where it is from, and the issuer that it claims',
)
const ASK_REGISTERED = step(
  '请向{whom}核实（以链上登记的为准，不以照面所载为准）',
  'Ask {whom}, as the ledger has it and not as the face does',
)
const ASK_ABOVE = step(
  '请人工复核，并向该机构的上级机关核实；不要只凭该机构自己登记的联系方式',
  'Have a person look, and ask the superior of that agency: not by the contact alone that it registered itself',
)
const BY_OWN_RULES = step(
  '请按本地区规定决定是否采信，或收取纸质材料',
  'Decide by the rules of your region, or go by the paper',
)
const SHOW_FIELDS = step('请申请人补充出示所缺的照面信息', 'Have the applicant show the missing fields too')
const HOLDER_AGAIN = step(
  '请持证人本人重新出示；仍不通过的，不得据此受理',
  'Have the holder show it again; if it fails again, do not rely on it',
)
const FOR_THIS_CASE = step(
  '请申请人重新出示，并选择提供给本单位、用于本次办理',
  'Have the applicant show it again, to this office and for this case',
)

/** For every finding that can decide: those that fail, warn or could not be made. */
export const STEPS_OF_FINDINGS: Readonly<Partial<Record<FindingCode, Bilingual>>> = {
  'wellFormed/malformed': step(
    '请申请人重新出示；仍不能读取的，请其重新下载电子证照',
    'Have the applicant show it again; if it still cannot be read, download it anew',
  ),
  'wellFormed/not-original': step(
    '请申请人提供下载时的原始文件（不要用其他软件打开后另存）',
    'Have the applicant give the file as it was downloaded, not as other software saved it',
  ),
  'wellFormed/other-version': step(
    '请联系本系统管理员升级核验系统；不代表证照有问题，可按线下方式受理',
    'Have this system brought up to date; this says nothing against the licence, which can be taken on paper',
  ),
  'wellFormed/not-a-licence': step(
    '请核对所选文件，或重新扫码',
    'Look whether it is the right file, or scan again',
  ),
  'wellFormed/licence-id-check': step(
    '请与纸质证照核对标识；不一致的，请向{whom}核实',
    'Compare the identifier with the paper; if they differ, ask {whom}',
  ),

  'signature/mismatch': NOT_TO_RELY_ON,
  'signature/unusable-key': step(
    '请向{whom}核实，或按线下方式受理；不代表证照有问题',
    'Ask {whom}, or go by the paper; this says nothing against the licence',
  ),
  'signature/ledger-unreachable': LATER,
  'signature/ledger-stale': LATER,
  'signature/ledger-ahead': SET_CLOCK,

  'disclosures/none': step('请申请人出示照面信息', 'Have the applicant show the fields of the face'),
  'disclosures/not-signed': NOT_TO_RELY_ON,
  'disclosures/repeated': ANOTHER_DOWNLOAD,

  'inclusion/root-mismatch': ANOTHER_DOWNLOAD,
  'inclusion/other-issuer': ANOTHER_DOWNLOAD,
  'inclusion/no-receipt': ANOTHER_RECEIPT,

  'anchor/not-found': step(
    '暂不据此受理；请向{whom}核实是否已上链存证',
    'Do not rely on it yet: ask {whom} whether it was anchored',
  ),
  'anchor/after-as-of': step(
    '请核对核验时点；该时点尚未存证，有疑问的请向{whom}核实',
    'Look whether the time asked about is right: there was no anchor then; in doubt ask {whom}',
  ),
  'anchor/size-mismatch': ANOTHER_DOWNLOAD,
  'anchor/foreign-ledger': step(
    '请申请人出示本互认链登记的证照，或按线下方式受理',
    'Have the applicant show a licence of this ledger, or go by the paper',
  ),
  'anchor/ledger-not-open': ISSUE_ANEW,
  'anchor/before-signing': step(
    '不得据此受理；请向{whom}核实签发时间和存证时间',
    'Do not rely on it: ask {whom} when it was signed and when it was anchored',
  ),
  'anchor/no-receipt': ANOTHER_RECEIPT,
  'anchor/ledger-unreachable': LATER,
  'anchor/ledger-stale': LATER,
  'anchor/ledger-ahead': SET_CLOCK,

  'issuerKey/not-registered': step(
    '不得据此受理；请向{whom}核实签名密钥',
    'Do not rely on it: ask {whom} about its signing key',
  ),
  'issuerKey/algorithm-mismatch': ISSUE_ANEW,
  'issuerKey/not-yet-valid': ISSUE_ANEW,
  'issuerKey/no-longer-valid': ISSUE_ANEW,
  'issuerKey/compromised': ISSUE_ANEW,
  'issuerKey/issuance-time-unknown': ANOTHER_RECEIPT,
  'issuerKey/ledger-unreachable': LATER,
  'issuerKey/ledger-stale': LATER,
  'issuerKey/ledger-ahead': SET_CLOCK,

  'issuerAuthority/suspended': step(
    '请向{whom}核实该证照后决定',
    'Ask {whom} about this licence, then decide',
  ),
  'issuerAuthority/region-suspended': step(
    '请向{whom}核实该证照，并按本地区规定决定',
    'Ask {whom} about this licence, and decide by the rules of your region',
  ),
  'issuerAuthority/not-accredited': OTHER_ISSUER,
  'issuerAuthority/not-responsible': step(
    '不得据此受理；请向{whom}核实颁发权限',
    'Do not rely on it: ask {whom} by what right it issued it',
  ),
  'issuerAuthority/type-retired': step(
    '请申请人出示现行证照；有异议的，请向{whom}核实',
    'Have the applicant show a licence of the present kind; if disputed, ask {whom}',
  ),
  'issuerAuthority/ledger-unreachable': LATER,
  'issuerAuthority/ledger-stale': LATER,
  'issuerAuthority/ledger-ahead': SET_CLOCK,

  'faceIssuer/other-code': ASK_REGISTERED,
  'faceIssuer/other-region': ASK_REGISTERED,
  'faceIssuer/other-name': ASK_REGISTERED,
  'faceIssuer/ambiguous-name': ASK_ABOVE,
  'faceIssuer/no-registered-name': step(
    '请人工核对颁发机构名称；有疑问的，请向{whom}核实',
    'Compare the issuer’s name by other means; in doubt ask {whom}',
  ),
  'faceRules/overdue': step(
    '请申请人提供已按期办理（如复审）的证明；不明确的，请向{whom}核实',
    'The applicant is to show that it was done in time (such as the review); if it is not clear, ask {whom}',
  ),
  'faceRules/burdened': step(
    '请判断查封、抵押等对本次办理的影响；不明确的，请向{whom}核实',
    'Judge what the seizure, mortgage or the like means for this case; if it is not clear, ask {whom}',
  ),
  'faceRules/remarked': step(
    '请查看证照原文的附记，判断对本次办理的影响；不明确的，请向{whom}核实',
    'Read the remarks on the licence itself, and judge what they mean for this case; if it is not clear, ask {whom}',
  ),
  'faceRules/dated-ahead': step('请向{whom}核实照面所载日期', 'Ask {whom} about the day on the face'),
  'faceRules/unreadable': step(
    '请向{whom}核实照面所载日期或“是、否”',
    'Ask {whom} about the day, or the yes or no, on the face',
  ),
  'faceRules/not-shown': step(
    '请申请人出示所列字段后重新核验；照面没有或不能出示的，请向{whom}核实',
    'The applicant is to show the fields named, then verify again; where the face has none or it cannot be shown, ask {whom}',
  ),
  'faceRules/unknown-type': step(
    '请人工查看照面有无查封、抵押、应复审日期等须注意的事项后再受理',
    'Have a person read the face for what matters (a seizure, a mortgage, a review that is due) before you go on',
  ),
  'faceRules/ledger-unreachable': LATER,
  'faceRules/ledger-stale': LATER,
  'faceRules/ledger-ahead': SET_CLOCK,
  'comparison/other-description': step(
    '本系统的证照类型说明与互认链登记的不一致，请联系本系统管理员更新；照面信息请人工核对',
    'This system describes the licence type otherwise than the ledger: have it brought up to date, and compare the face yourself',
  ),
  'faceIssuer/other-type': step('请向{whom}核实证照类型', 'Ask {whom} of which type the licence is'),
  'faceIssuer/other-period': step('请向{whom}核实有效期', 'Ask {whom} about the period of validity'),
  'faceIssuer/dated-ahead': step('请向{whom}核实颁发日期', 'Ask {whom} about the date of issue'),
  'faceIssuer/unreadable-date': step(
    '请向{whom}核实颁发日期和有效期',
    'Ask {whom} about the date of issue and the period',
  ),
  'faceIssuer/ledger-unreachable': LATER,
  'faceIssuer/ledger-stale': LATER,
  'faceIssuer/ledger-ahead': SET_CLOCK,

  'status/restricted': step(
    '请核对限制内容与本次用途；不明确的，请向{whom}核实',
    'Compare the restriction with this use; if it is not clear, ask {whom}',
  ),
  'status/inactive': step('请申请人联系{whom}激活证照', 'The applicant is to have it activated by {whom}'),
  'status/suspended': step(
    '暂扣期间不得据此受理；请申请人联系{whom}办理解除暂扣',
    'Not while it is suspended: the applicant is to have the suspension lifted by {whom}',
  ),
  'status/restricted-suspended': step(
    '暂扣期间不得据此受理；请申请人联系{whom}办理解除暂扣',
    'Not while it is suspended: the applicant is to have the suspension lifted by {whom}',
  ),
  'status/revoked': NOT_TO_RELY_ON,
  'status/annulled': NOT_TO_RELY_ON,
  'status/withdrawn': NOT_TO_RELY_ON,
  'status/deregistered': NOT_TO_RELY_ON,
  'status/revoked-deregistered': NOT_TO_RELY_ON,
  'status/annulled-deregistered': NOT_TO_RELY_ON,
  'status/withdrawn-deregistered': NOT_TO_RELY_ON,
  'status/superseded': step('请申请人出示新证照', 'Have the applicant show the new licence'),
  'status/succession-dissolved': step(
    '暂不得据此受理；请申请人联系{whom}办理证照状态更正后再出示',
    'Do not rely on it yet: the applicant is to have its status corrected by {whom}, and to show it again',
  ),
  'status/transferred-out': step(
    '请申请人到转入地办理转入，再出示新证照',
    'The applicant is to have it taken in where it goes, and to show the new licence',
  ),
  'status/transferred': step(
    '请申请人出示转入后的新证照',
    'Have the applicant show the licence that took its place',
  ),
  'status/noted': step(
    '请核对标注内容是否影响本次办理，并向{whom}核实',
    'Look whether what is noted matters for this case, and ask {whom}',
  ),
  'status/term-over': step(
    '请向{whom}核实暂扣或限制使用是否已解除',
    'Ask {whom} whether the suspension or restriction was lifted',
  ),
  'status/origin-open': step(
    '请申请人先到原颁发机构办理转出',
    'The applicant is to complete the transfer with the earlier issuer first',
  ),
  'status/origin-annulled': step(
    '不得据此受理；请申请人联系{whom}处理',
    'Do not rely on it: the applicant is to ask {whom}',
  ),
  'status/index-mismatch': NOT_TO_RELY_ON,
  'status/foreign-list': step(
    '请申请人出示本互认链登记的证照，或按线下方式受理',
    'Have the applicant show a licence of this ledger, or go by the paper',
  ),
  'status/ledger-unreachable': LATER,
  'status/ledger-stale': LATER,
  'status/ledger-ahead': SET_CLOCK,

  'validity/not-yet': step(
    '有效期开始后方可受理；有疑问的，请向{whom}核实',
    'Not before its period of validity begins; in doubt ask {whom}',
  ),
  'validity/expired': step(
    '请申请人办理延续或换证；称已申请延续的，请向{whom}核实',
    'The applicant is to renew it; if a renewal is said to be pending, ask {whom}',
  ),
  'validity/ledger-unreachable': LATER,
  'validity/ledger-stale': LATER,
  'validity/ledger-ahead': SET_CLOCK,

  'recognition/no-policy': BY_OWN_RULES,
  'recognition/negative-list': step(
    '不代表证照不真实；请按规定收取纸质材料',
    'This says nothing against the licence: go by the paper, as your rules have it',
  ),
  'recognition/receiving-not-member': BY_OWN_RULES,
  'recognition/issuing-not-member': BY_OWN_RULES,
  'recognition/type-retired': BY_OWN_RULES,
  'recognition/unknown-type': step(
    '请按规定收取纸质材料，或向{whom}核实证照类型',
    'Go by the paper, or ask {whom} about the licence type',
  ),
  'recognition/unknown-issuer': OTHER_ISSUER,
  'recognition/ledger-unreachable': LATER,
  'recognition/ledger-stale': LATER,
  'recognition/ledger-ahead': SET_CLOCK,

  'demand/missing': SHOW_FIELDS,
  'demand/ledger-unreachable': LATER,
  'demand/ledger-stale': LATER,
  'demand/ledger-ahead': SET_CLOCK,

  'comparison/different': step(
    '请与申请人核对填报信息；仍不一致的，请向{whom}核实',
    'Go through the submitted values with the applicant; if they still differ, ask {whom}',
  ),
  'comparison/not-disclosed': SHOW_FIELDS,
  'comparison/unknown-field': step(
    '请由系统管理员核对本系统填报的比对项名称；本次请以照面人工核对',
    'Have the names of the fields that this system submits mended; this time compare with the face by eye',
  ),
  'comparison/ledger-unreachable': LATER,
  'comparison/ledger-stale': LATER,
  'comparison/ledger-ahead': SET_CLOCK,

  'holderBinding/missing': step(
    '请持证人用本人设备当场验证后出示',
    'Have the holder show it from the device that holds the key',
  ),
  'holderBinding/no-holder-key': step(
    '请查验持证人身份证件',
    'Check the identity document of who presents it',
  ),
  'holderBinding/unexpected': HOLDER_AGAIN,
  'holderBinding/unusable-key': step(
    '请查验持证人身份证件；并请其联系{whom}更新证照',
    'Check the holder’s identity document; the holder is to have the licence renewed by {whom}',
  ),
  'holderBinding/algorithm-mismatch': HOLDER_AGAIN,
  'holderBinding/signature-mismatch': HOLDER_AGAIN,
  'holderBinding/other-disclosures': HOLDER_AGAIN,
  'holderBinding/other-audience': FOR_THIS_CASE,
  'holderBinding/other-nonce': FOR_THIS_CASE,
  'holderBinding/stale': step(
    '请申请人重新出示；仍不通过的，请核对申请人设备与本系统的时钟',
    'Have the applicant show it again; if that fails, see to the clocks of both',
  ),
  'holderBinding/copy-expired': step(
    '请申请人重新制作加注件',
    'Have the applicant make a new annotated copy',
  ),

  'rendition/differs': step(
    '请以本单所列照面信息为准，不以文件版面为准；二者不一致的，请向{whom}核实',
    'Go by the face as it is told here, and not by the look of the file; where the two differ, ask {whom}',
  ),
}

/** Where the ledger names what took the licence's place: `{successor}` the agency, `{since}` the day. */
export const STEPS_TO_SUCCESSORS: Readonly<Partial<Record<FindingCode, Bilingual>>> = {
  'status/superseded': step(
    '请申请人出示{since}起接替本证的新证照（同一颁发机构）；持证人没有新证照的，请其向{whom}领取',
    'Have the applicant show the licence of the same agency that took its place on {since}; who has none gets it from {whom}',
  ),
  'status/transferred': step(
    '请申请人出示{since}转入后由机构{successor}颁发的新证照；持证人没有新证照的，请其向该机构领取',
    'Have the applicant show the licence of the agency {successor} that took its place on {since}; who has none gets it from that agency',
  ),
}

/** For what is no licence, by what it is (the fact `presented`). */
export const STEPS_OF_OTHER_THINGS: Readonly<Record<string, Bilingual>> = {
  nothing: step('没有读到内容，请重新扫码或选择文件', 'Nothing was read: scan again, or choose the file'),
  'qr-whole': step('二维码内容不完整，请重新扫码', 'The QR code was not read completely: scan it again'),
  'qr-distorted': step(
    '扫码所得的字母大小写或符号已改变；请关闭大写锁定（Caps Lock）、切换到英文输入后重新扫码',
    'Letters or signs of the QR code were changed: switch off Caps Lock, set the keyboard to English, and scan again',
  ),
  'qr-reference': step(
    '该二维码只指明证照，不含证照内容，请申请人出示电子证照文件',
    'This QR code only names a licence: have the applicant show the licence itself',
  ),
  'licence-id': step(
    '只有电子证照标识不能核验，请申请人出示电子证照文件或二维码',
    'This is a licence identifier alone: have the applicant show the licence itself or its QR code',
  ),
}
