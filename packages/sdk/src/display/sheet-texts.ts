/** The words of the verdict sheet that are its own; sentences of findings and verdicts come from the protocol. */
import type { Bilingual, CheckName, FindingStatus, LogHolder, Verdict } from '@hefu/protocol'

export const SHEET_TEXTS = {
  title: { zh: '电子证照跨省核验单', en: 'Licence verification sheet' },
  verdictWithReason: { zh: '{verdict}：{reason}', en: '{verdict}: {reason}' },
  atTime: { zh: '{at}时点', en: 'as of {at}' },
  resultCode: { zh: '核验结果代码', en: 'Result code' },
  licence: { zh: '证照', en: 'Licence' },
  licenceUnproven: {
    zh: '证照（文件自述，签名未核验通过）',
    en: 'Licence (as the file says: its signature was not verified)',
  },
  licenceType: { zh: '证照类型', en: 'Type' },
  licenceId: { zh: '电子证照标识', en: 'Identifier' },
  holder: { zh: '持证主体（已脱敏）', en: 'Holder (masked)' },
  issuer: { zh: '颁发机构代码', en: 'Issuer' },
  registeredName: { zh: '链上登记名称', en: 'Registered name' },
  askToday: { zh: '核实请联系', en: 'Whom to ask' },
  validity: { zh: '有效期', en: 'Valid' },
  period: { zh: '{from}至{until}', en: '{from} to {until}' },
  longTerm: { zh: '长期', en: 'no end' },
  face: { zh: '照面信息（已脱敏）', en: 'Face (masked)' },
  annotatedCopy: { zh: '加注件', en: 'Annotated copy' },
  cause: { zh: '用证事由', en: 'Use' },
  maker: { zh: '加注件制作者', en: 'Made by' },
  audience: { zh: '提供给', en: 'Made for' },
  madeAt: { zh: '制作时间', en: 'Made at' },
  copyEnds: { zh: '使用期限至', en: 'Ends' },
  differences: { zh: '不一致项（已脱敏）', en: 'Differences (masked)' },
  difference: {
    zh: '申请人填报 {submitted}；证照记载 {shown}',
    en: 'submitted {submitted}; on the licence {shown}',
  },
  differenceHidden: {
    zh: '申请人填报 {submitted}；证照记载 {shown}；被遮盖的部分不一致',
    en: 'submitted {submitted}; on the licence {shown}; they differ where they are masked',
  },
  checks: { zh: '核验项目', en: 'Checks' },
  withoutSignature: {
    zh: '电子签名未核验通过，这些项目不作为依据',
    en: 'The signature was not verified: these checks speak for nothing',
  },
  defects: { zh: '格式问题', en: 'Defects' },
  request: { zh: '核验信息', en: 'Request' },
  receivingRegion: { zh: '受理地区', en: 'Receiving region' },
  serviceItem: { zh: '事项', en: 'Service item' },
  caseNo: { zh: '办件编号', en: 'Case' },
  judgedAt: { zh: '核验时点', en: 'Judged at' },
  sheetNumber: { zh: '核验单编号', en: 'Sheet' },
  recheckCode: { zh: '复核码', en: 'Code' },
  recheckPage: { zh: '复核网址', en: 'Look it up at' },
  dataAsOf: { zh: '数据截至', en: 'Data as of' },
  block: { zh: '区块高度', en: 'Block' },
  dataAge: { zh: '数据时效', en: 'Data age' },
  age: { zh: '核验时已过 {age} 秒', en: '{age} s' },
  ageWithLimit: { zh: '核验时已过 {age} 秒，限 {limit} 秒', en: '{age} s, limit {limit} s' },
  nodes: { zh: '节点核对', en: 'Nodes' },
  nodesAgree: { zh: '{agreeing} 个节点一致，至少须 {needed} 个', en: '{agreeing} agree, {needed} needed' },
  behind: { zh: '比最新区块少 {value} 个区块', en: '{value} blocks behind the newest' },
  noData: { zh: '未取得可用的链上数据', en: 'no data of the ledger that could be used' },
  checkedAt: { zh: '核验时间', en: 'Checked at' },
  checkedBy: { zh: '核验人', en: 'Checked by' },
  reportDigest: { zh: '报告校验值', en: 'Report digest' },
  signed: { zh: '报告签名', en: 'Report signed' },
  signedByVerifier: { zh: '已由核验服务电子签名', en: 'by the verifier' },
  signedByNoOne: { zh: '本机核验，未加签', en: 'no, verified here' },
} as const

/** By what the events behind the data are held. */
export const LOG_HOLDER_TEXTS: Readonly<Record<LogHolder, Bilingual>> = {
  header: { zh: '链上事件已凭区块头核对', en: 'events held against the header' },
  agreement: { zh: '链上事件凭各节点一致', en: 'events by agreement of nodes' },
  'one-node': { zh: '链上事件仅凭一个节点', en: 'events by the word of one node' },
}

/** What findings add to their sentences; `{value}` is filled in. */
export const REMARK_TEXTS = {
  agreement: { zh: '协议编号 {value}', en: 'agreement {value}' },
  approval: { zh: '依据 {value}', en: 'by {value}' },
  anchoredAt: { zh: '存证时间 {value}', en: 'anchored {value}' },
  ledgerOpened: { zh: '互认链开放 {value}', en: 'ledger open from {value}' },
  ledgerClosed: { zh: '互认链关闭 {value}', en: 'closed from {value}' },
  from: { zh: '自{value}起', en: 'from {value}' },
  decidedOn: { zh: '决定生效日 {value}', en: 'decided as of {value}' },
  termEnded: { zh: '期满日 {value}', en: 'term ended {value}' },
  notice: { zh: '标注 {value}', en: 'notice {value}' },
  onOrigin: { zh: '原证照有 {value}', en: 'on the licence before it {value}' },
  destination: { zh: '转入机构 {value}', en: 'to {value}' },
  agency: { zh: '{name}（{code}）', en: '{name} ({code})' },
  corrected: { zh: '已更正', en: 'corrected' },
  notShown: { zh: '未出示：{value}', en: 'not shown: {value}' },
  beyondDemand: { zh: '超出所需：{value}', en: 'beyond the demand: {value}' },
  newerSince: { zh: '新证照自{value}起接替', en: 'the newer licence took its place on {value}' },
  newerIssuer: { zh: '新证照颁发机构 {value}', en: 'agency of the newer licence {value}' },
  dataAsOf: { zh: '数据截至 {value}', en: 'data as of {value}' },
  ageLimit: { zh: '限 {value} 秒', en: 'limit {value} s' },
  newerIndex: { zh: '新证照状态序号 {value}', en: 'status index of the newer licence {value}' },
} as const

/** In what right an act was entered, where that is not the issuer's own. */
export const ENTERED_BY: Readonly<Partial<Record<string, Bilingual>>> = {
  superior: { zh: '由上级机关登记', en: 'entered by the superior' },
  successor: { zh: '由承继机构登记', en: 'entered by the successor' },
  custodian: { zh: '由所在地区代管机关登记', en: 'entered by the custodian' },
}

/** Of two acts that stand the newer one, whose decision is named: the older one has its own. */
export const NEWER_ACT: Readonly<Partial<Record<string, Bilingual>>> = {
  deregister: { zh: '注销依据 {value}', en: 'deregistered by {value}' },
  suspend: { zh: '暂扣依据 {value}', en: 'suspended by {value}' },
  restrict: { zh: '限制依据 {value}', en: 'restricted by {value}' },
}

/** By the code of a notice 标注. */
export const NOTICE_LABELS: readonly Bilingual[] = [
  { zh: '查封', en: 'seizure' },
  { zh: '抵押', en: 'mortgage' },
  { zh: '异议', en: 'objection' },
  { zh: '遗失声明', en: 'declared lost' },
  { zh: '复审未过', en: 'periodic review not passed' },
]

export const CHECK_LABELS: Readonly<Record<CheckName, Bilingual>> = {
  wellFormed: { zh: '格式', en: 'Form' },
  signature: { zh: '电子签名', en: 'Signature' },
  disclosures: { zh: '照面信息', en: 'Face' },
  inclusion: { zh: '存证回执', en: 'Receipt' },
  anchor: { zh: '上链存证', en: 'Anchor' },
  issuerKey: { zh: '签名密钥', en: 'Issuer key' },
  issuerAuthority: { zh: '颁发权限', en: 'Issuer authority' },
  faceRules: { zh: '照面事项', en: 'Rules of the face' },
  faceIssuer: { zh: '照面与签发内容', en: 'Face and what was signed' },
  status: { zh: '证照状态', en: 'Legal status' },
  validity: { zh: '有效期', en: 'Validity' },
  recognition: { zh: '跨区互认', en: 'Recognition' },
  demand: { zh: '事项所需信息', en: 'Demand' },
  comparison: { zh: '信息比对', en: 'Comparison' },
  holderBinding: { zh: '持证人验证', en: 'Holder' },
  rendition: { zh: '版式文件', en: 'Rendition' },
}

export const STATUS_MARKS: Readonly<Record<FindingStatus, string>> = {
  pass: '✔',
  warn: '!',
  fail: '✖',
  unknown: '?',
  skipped: '–',
}

export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  accepted: '✔',
  refer: '!',
  rejected: '✖',
  undetermined: '?',
}
