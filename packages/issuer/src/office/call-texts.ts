/** What each call does, in words; `{name}` is an argument by the name that the contract gives it. */
import type { Bilingual } from '@hefu/protocol'

type Texts = Readonly<Record<string, Bilingual>>

const REGIONS: Texts = {
  admitRegion: {
    zh: '接纳 {region} 加入联盟，登记名称“{zh}”（英文“{en}”，联系方式“{contact}”），管理账户 {admin}',
    en: 'admit {region} to the alliance under the name “{zh}” (in English “{en}”, contact “{contact}”), with the admin {admin}',
  },
  accreditRegion: {
    zh: '在 {parent} 之内登记地区 {region}，登记名称“{zh}”（英文“{en}”，联系方式“{contact}”），管理账户 {admin}',
    en: 'accredit the region {region} inside {parent} under the name “{zh}” (in English “{en}”, contact “{contact}”), with the admin {admin}',
  },
  renameRegion: {
    zh: '将 {region} 的登记名称改为“{zh}”（英文“{en}”，联系方式“{contact}”）',
    en: 'rename {region} to “{zh}” (in English “{en}”, contact “{contact}”)',
  },
  suspendRegion: {
    zh: '暂停 {region} 的互认资格：其中各机构不能存证，也不能登记',
    en: 'suspend {region}: nobody in it anchors or acts',
  },
  resumeRegion: { zh: '恢复 {region} 的互认资格', en: 'resume {region}' },
  closeRegion: {
    zh: '停止 {region} 在本互认链存证，证照状态登记照常',
    en: 'close {region} for anchors; acts go on',
  },
  reopenRegion: { zh: '恢复 {region} 在本互认链存证', en: 'reopen {region} for anchors' },
  moveRegion: { zh: '将 {region} 划归 {to}', en: 'move {region} into {to}' },
  nominateRegionAdmin: {
    zh: '提名账户 {candidate} 管理 {region}（须由该账户接受后生效）',
    en: 'nominate the account {candidate} as admin of {region} (it changes once that account accepts)',
  },
  acceptRegionAdmin: { zh: '接受提名，管理 {region}', en: 'accept the office of admin of {region}' },
  resignRegion: {
    zh: '辞去 {region} 的管理职务：有人接任之前，该地区没有管理员',
    en: 'lay down the office of admin of {region}: it has none until somebody accepts',
  },
  returnRegion: {
    zh: '将 {region} 的管理职务交还前任管理账户 {former}，即时生效',
    en: 'return the office of admin of {region} to {former}, who held it before, at once',
  },
  retireRegion: {
    zh: '撤销地区 {region}，由 {successor} 承继',
    en: 'retire {region}, succeeded by {successor}',
  },
  reinstateRegion: { zh: '恢复已撤销的地区 {region}', en: 'reinstate {region}, which was retired' },
  acceptRegionSuccession: {
    zh: '同意由 {successor} 承继 {region}',
    en: 'agree that {successor} succeeds {region}',
  },
  pauseRegion: { zh: '应急暂停 {region}，72 小时', en: 'pause {region} for 72 hours, as an emergency' },
  extendPause: {
    zh: '理事会表决暂停 {region} 期间，延长其应急暂停',
    en: 'extend the pause of {region} while the council votes on its suspension',
  },
  endPause: { zh: '结束对 {region} 的应急暂停', en: 'end the pause of {region}' },
}

const AGENCIES: Texts = {
  accreditAgency: {
    zh: '登记机构 {agency}，隶属 {region}，登记名称“{zh}”（英文“{en}”，联系方式“{contact}”），操作账户 {operator}',
    en: 'accredit the agency {agency} in {region} under the name “{zh}” (in English “{en}”, contact “{contact}”), with the operator {operator}',
  },
  renameAgency: {
    zh: '将机构 {agency} 的登记名称改为“{zh}”（英文“{en}”，联系方式“{contact}”）',
    en: 'rename the agency {agency} to “{zh}” (in English “{en}”, contact “{contact}”)',
  },
  suspendAgency: { zh: '暂停机构 {agency} 的上链资格', en: 'suspend the agency {agency}' },
  resumeAgency: { zh: '恢复机构 {agency} 的上链资格', en: 'resume the agency {agency}' },
  returnAgency: {
    zh: '将机构 {agency} 的操作职务交还前任操作账户 {former}，即时生效',
    en: 'return the office of operator of {agency} to {former}, who held it before, at once',
  },
  moveAgency: { zh: '将机构 {agency} 划归 {to}', en: 'move the agency {agency} to {to}' },
  nominateOperator: {
    zh: '提名账户 {candidate} 为机构 {agency} 的操作账户（须由该账户接受后生效）',
    en: 'nominate the account {candidate} as operator of {agency} (it changes once that account accepts)',
  },
  acceptOperator: {
    zh: '接受提名，任机构 {agency} 的操作账户',
    en: 'accept the office of operator of {agency}',
  },
  retireAgency: {
    zh: '撤销机构 {agency}，其证照由 {successor} 承继',
    en: 'retire the agency {agency}, its licences succeeded to by {successor}',
  },
  reinstateAgency: {
    zh: '恢复已撤销的机构 {agency}',
    en: 'reinstate the agency {agency}, which was retired',
  },
  acceptAgencySuccession: {
    zh: '同意由 {successor} 承继机构 {agency} 的证照',
    en: 'agree that {successor} succeeds to the licences of {agency}',
  },
  pauseAgency: { zh: '应急暂停机构 {agency}', en: 'pause the agency {agency}, as an emergency' },
  unpauseAgency: {
    zh: '结束对机构 {agency} 的应急暂停（改为暂停，由其地区决定何时恢复）',
    en: 'end the pause of {agency}, which stays suspended until its region resumes it',
  },
}

const KEYS: Texts = {
  registerKey: {
    zh: '为机构 {agency} 登记签名密钥 {kid}（{algorithm}），{validFrom} 起至 {validUntil}',
    en: 'register the signing key {kid} ({algorithm}) of {agency}, from {validFrom} until {validUntil}',
  },
  endKey: {
    zh: '机构 {agency} 的签名密钥 {kid} 用至 {validUntil}',
    en: 'end the signing key {kid} of {agency} at {validUntil}',
  },
  reportKeyCompromised: {
    zh: '报告机构 {agency} 的签名密钥 {kid} 自 {compromisedFrom} 起泄露：此后存证的证照均不可信',
    en: 'report the signing key {kid} of {agency} compromised from {compromisedFrom} on: nothing anchored since is trusted',
  },
  narrowKeyCompromise: {
    zh: '将机构 {agency} 的签名密钥 {kid} 的泄露时间推后至 {compromisedFrom}（“不限期”即撤回报告）',
    en: 'narrow the compromise of the key {kid} of {agency} to {compromisedFrom} (“no end”: the report is withdrawn)',
  },
}

const LICENCES: Texts = {
  act: {
    zh: '办理“{act}”：机构 {issuer} 的证照（状态索引 {indices}），自 {effectiveAt} 起，决定书文号 {number}',
    en: 'enter “{act}” on the licences {indices} of {issuer}, from {effectiveAt}, by the decision {number}',
  },
  actLate: {
    zh: '逾期登记“{act}”：机构 {issuer} 的证照（状态索引 {indices}），自 {effectiveAt} 起，决定书文号 {number}',
    en: 'enter “{act}” late on the licences {indices} of {issuer}, from {effectiveAt}, by the decision {number}',
  },
  correct: {
    zh: '更正机构 {issuer} 的证照（状态索引 {indices}）为“{status}”，自 {effectiveAt} 起，决定书文号 {number}',
    en: 'correct the licences {indices} of {issuer} to “{status}”, from {effectiveAt}, by the decision {number}',
  },
  dissolveSuccession: {
    zh: '解除接替：机构 {successorIssuer} 的证照（状态索引 {successorIndex}）不再接替机构 {originIssuer} 的原证照（状态索引 {originIndex}），决定书文号 {number}',
    en: 'dissolve a succession: the licence {successorIndex} of {successorIssuer} takes the place of {originIndex} of {originIssuer} no more, by the decision {number}',
  },
  withdrawProposal: { zh: '撤回提出的事项 {call}', en: 'take back the proposal {call}' },
}

const RULES: Texts = {
  assignResponsibility: {
    zh: '由机构 {agency} 签发“{licenceType}”，{from} 起至 {until}',
    en: 'make {agency} responsible for “{licenceType}”, from {from} until {until}',
  },
  endResponsibility: {
    zh: '机构 {agency} 签发“{licenceType}”至 {until} 止',
    en: 'end the responsibility of {agency} for “{licenceType}” at {until}',
  },
  delegateType: {
    zh: '将“{licenceType}”的职责分配委托给 {region}，{from} 起至 {until}',
    en: 'delegate “{licenceType}” to {region}, from {from} until {until}',
  },
  endTypeDelegation: {
    zh: '将“{licenceType}”委托给 {region}，至 {until} 止',
    en: 'end the delegation of “{licenceType}” to {region} at {until}',
  },
  setBaseline: {
    zh: '将“{licenceType}”列入全国互认清单，{from} 起至 {until}',
    en: 'put “{licenceType}” on the national baseline, from {from} until {until}',
  },
  endBaseline: {
    zh: '“{licenceType}”列入全国互认清单至 {until} 止',
    en: 'take “{licenceType}” off the national baseline at {until}',
  },
  enterNegative: {
    zh: '{receiving} 列入负面清单：不认可 {issuing} 的“{licenceType}”（事项 {item}），{from} 起至 {until}，批准文号 {number}',
    en: 'enter on the negative list of {receiving}: “{licenceType}” of {issuing} (service item {item}), from {from} until {until}, approved by {number}',
  },
  endNegative: {
    zh: '{receiving} 的负面清单条目（{issuing} 的“{licenceType}”，事项 {item}）至 {until} 止',
    en: 'end the entry on the negative list of {receiving} (“{licenceType}” of {issuing}, service item {item}) at {until}',
  },
  proposeAgreement: {
    zh: '{proposer} 提议与 {partners} 订立互认协议：{licenceTypes}，{from} 起至 {until}，退出须提前 {noticeSeconds}',
    en: '{proposer} proposes to {partners} an agreement on {licenceTypes}, from {from} until {until}, to be left at {noticeSeconds} notice',
  },
  joinAgreement: {
    zh: '{region} 加入第 {agreement} 号互认协议：{terms}',
    en: '{region} joins the agreement {agreement}: {terms}',
  },
  leaveAgreement: {
    zh: '{region} 通知退出第 {agreement} 号互认协议，通知期满即退出：{terms}',
    en: '{region} gives notice of the agreement {agreement}, and has left it when the notice is over: {terms}',
  },
  renewAgreement: {
    zh: '{region} 续用与 {partner} 的第 {agreement} 号互认协议（“{licenceType}”）：{terms}',
    en: '{region} renews the agreement {agreement} with {partner} for “{licenceType}”: {terms}',
  },
}

const CATALOGUE_RULES: Bilingual = {
  zh: '持证人 {holderClass}，有效 {validityMonths} 个月（0 为不限），每 {reviewMonths} 个月复审（0 为无），格式摘要 {schemaDigest}',
  en: 'holders {holderClass}, valid for {validityMonths} months (0: no end), reviewed every {reviewMonths} (0: never), schema {schemaDigest}',
}

const CATALOGUE: Texts = {
  registerLicenceType: {
    zh: `将证照类型“{licenceType}”登记入目录：${CATALOGUE_RULES.zh}`,
    en: `register the licence type “{licenceType}”: ${CATALOGUE_RULES.en}`,
  },
  amendLicenceType: {
    zh: `修订证照类型“{licenceType}”：${CATALOGUE_RULES.zh}`,
    en: `amend the licence type “{licenceType}”: ${CATALOGUE_RULES.en}`,
  },
  retireLicenceType: {
    zh: '停用证照类型“{licenceType}”，已签发的不受影响',
    en: 'retire the licence type “{licenceType}”; licences of it stay what they are',
  },
  registerServiceItem: {
    zh: '登记事项 {item}，所需：{demands}',
    en: 'register the service item {item}, which demands {demands}',
  },
  amendServiceItem: {
    zh: '修订事项 {item}，所需改为：{demands}',
    en: 'amend the service item {item}, which then demands {demands}',
  },
  retireServiceItem: { zh: '停用事项 {item}', en: 'retire the service item {item}' },
}

const ALLIANCE: Texts = {
  changeRulebook: { zh: '改用规则手册 {rulebook}', en: 'put the rulebook {rulebook} in force' },
  register: {
    zh: '登记互认链：链 {chainId} 的合约 {ledger}，{openedAt} 起有效',
    en: 'register the ledger {ledger} of chain {chainId}, open from {openedAt}',
  },
  close: {
    zh: '第 {number} 号互认链自 {closedAt} 起停止存证，后继为第 {successor} 号（0 为无）',
    en: 'close the ledger {number} for anchors from {closedAt} on, followed by {successor} (0: none)',
  },
  reopen: { zh: '撤回第 {number} 号互认链的停止存证', en: 'take back the closing of the ledger {number}' },
  grantRole: {
    zh: '授予账户 {account} 职责“{roleId}”，其操作须提前 {executionDelay} 公告（0 为立即）',
    en: 'grant the role “{roleId}” to {account}, whose calls wait {executionDelay} (0: not at all)',
  },
  setTargetFunctionRole: {
    zh: '将合约 {target} 的函数（{selectors}）交给职责“{roleId}”',
    en: 'give the functions {selectors} of the contract {target} to the role “{roleId}”',
  },
  revokeRole: { zh: '收回账户 {account} 的职责“{roleId}”', en: 'take the role “{roleId}” from {account}' },
  take: { zh: '就任 {region} 在理事会的席位', en: 'take the seat of {region} in the council' },
  syncAll: {
    zh: '清理理事会中已失去资格的席位',
    en: 'vacate every seat whose account is entitled to it no more',
  },
}

/** What a call does that names nobody: it takes a nomination back, or leaves no successor; by the name of the function. */
export const NOBODY_TEXTS: Texts = {
  retireRegion: {
    zh: '撤销地区 {region}，没有承继者',
    en: 'retire {region}, which nothing succeeds',
  },
  retireAgency: {
    zh: '撤销机构 {agency}，没有承继机构，其证照由所在地区办理',
    en: 'retire the agency {agency}, which no other succeeds: its region acts on its licences',
  },
  nominateRegionAdmin: {
    zh: '撤回对 {region} 管理账户的提名，即时生效',
    en: 'take back the nomination of an admin of {region}, at once',
  },
  nominateOperator: {
    zh: '撤回对机构 {agency} 操作账户的提名，即时生效',
    en: 'take back the nomination of an operator of {agency}, at once',
  },
}

/** What whoever sends the call compares first, with what came by another way than the file, by the name of the function. */
export const COMPARED_TEXTS: Texts = {
  accreditAgency: {
    zh: '请核对：操作账户 {operator} 须与该机构当面或电话告知的地址逐字相同；不同则不要确认',
    en: 'Compare: the operator {operator} must be, character by character, the address that the agency tells by another way than the file; if it is not, do not go on',
  },
  registerKey: {
    zh: '请核对：密钥编号（kid）{kid} 须与该机构当面或电话告知的编号逐字相同；不同则不要确认',
    en: 'Compare: the kid {kid} must be, character by character, what the agency tells by another way than the file; if it is not, do not go on',
  },
}

/** By the name of the function. */
export const CALL_TEXTS: Texts = {
  ...REGIONS,
  ...AGENCIES,
  ...KEYS,
  ...LICENCES,
  ...RULES,
  ...CATALOGUE,
  ...ALLIANCE,
}
