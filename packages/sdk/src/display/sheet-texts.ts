/** The words of the verdict sheet that are its own; sentences of findings and verdicts come from the protocol. */
import type { Bilingual, CheckName, FindingStatus, Verdict } from '@hefu/protocol'

export const SHEET_TEXTS = {
  title: { zh: '电子证照跨省核验单', en: 'Licence verification sheet' },
  resultCode: { zh: '结果代码', en: 'Result code' },
  licence: { zh: '证照', en: 'Licence' },
  licenceType: { zh: '证照类型', en: 'Type' },
  licenceId: { zh: '证照标识', en: 'Identifier' },
  issuer: { zh: '颁发机构代码', en: 'Issuer' },
  registeredName: { zh: '链上登记名称', en: 'Registered name' },
  askToday: { zh: '核实请联系', en: 'Whom to ask' },
  councilNamed: { zh: '理事会指定的机关', en: 'whom the council named' },
  validity: { zh: '有效期', en: 'Valid' },
  longTerm: { zh: '长期', en: 'no end' },
  face: { zh: '照面信息（已遮蔽）', en: 'Face (masked)' },
  annotatedCopy: { zh: '加注件', en: 'Annotated copy' },
  cause: { zh: '用证事由', en: 'Use' },
  maker: { zh: '制作方', en: 'Made by' },
  madeAt: { zh: '制作时间', en: 'Made at' },
  copyEnds: { zh: '期限至', en: 'Ends' },
  differences: { zh: '比对差异（已遮蔽）', en: 'Differences (masked)' },
  submitted: { zh: '提交', en: 'submitted' },
  onLicence: { zh: '照面', en: 'on the licence' },
  agreement: { zh: '协议编号', en: 'agreement' },
  anchoredAt: { zh: '存证时间', en: 'anchored' },
  ledgerOpened: { zh: '账本开放', en: 'ledger open from' },
  ledgerClosed: { zh: '账本关闭', en: 'closed from' },
  termEnded: { zh: '期满日', en: 'term ended' },
  notice: { zh: '标注', en: 'notice' },
  onOrigin: { zh: '原证照', en: 'on the licence before it' },
  destination: { zh: '转入机构', en: 'to' },
  corrected: { zh: '更正', en: 'corrected' },
  notShown: { zh: '未出示', en: 'not shown' },
  beyondDemand: { zh: '超出所需', en: 'beyond the demand' },
  newerIndex: { zh: '新证照状态序号', en: 'status index of the newer licence' },
  checks: { zh: '核验项目', en: 'Checks' },
  defects: { zh: '格式问题', en: 'Defects' },
  expected: { zh: '应为', en: 'expected' },
  found: { zh: '实为', en: 'found' },
  request: { zh: '核验请求', en: 'Request' },
  receivingRegion: { zh: '受理地区', en: 'Receiving region' },
  serviceItem: { zh: '事项', en: 'Service item' },
  caseNo: { zh: '办件编号', en: 'Case' },
  judgedAt: { zh: '判断时点', en: 'Judged at' },
  dataAsOf: { zh: '数据截至', en: 'Data as of' },
  block: { zh: '区块', en: 'block' },
  noData: { zh: '未取得账本数据', en: 'no data of the ledger' },
  checkedAt: { zh: '核验时间', en: 'Checked at' },
  reportDigest: { zh: '报告摘要', en: 'Report digest' },
  signed: { zh: '报告签名', en: 'Report signed' },
  signedByVerifier: { zh: '核验服务已签名', en: 'by the verifier' },
  signedByNoOne: { zh: '本机核验，未签名', en: 'no, verified here' },
} as const

/** In what right an act was entered, where that is not the issuer's own. */
export const ENTERED_BY: Readonly<Partial<Record<string, Bilingual>>> = {
  superior: { zh: '由上级机关登记', en: 'entered by the superior' },
  successor: { zh: '由承继机构登记', en: 'entered by the successor' },
  custodian: { zh: '由所在地区代管机关登记', en: 'entered by the custodian' },
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
  signature: { zh: '签名', en: 'Signature' },
  disclosures: { zh: '照面', en: 'Face' },
  inclusion: { zh: '存证回执', en: 'Receipt' },
  anchor: { zh: '上链存证', en: 'Anchor' },
  issuerKey: { zh: '颁发密钥', en: 'Issuer key' },
  issuerAuthority: { zh: '颁发资格', en: 'Issuer authority' },
  faceRules: { zh: '照面事项', en: 'Rules of the face' },
  faceIssuer: { zh: '照面颁发信息', en: 'Issue on the face' },
  status: { zh: '证照状态', en: 'Legal status' },
  validity: { zh: '有效期', en: 'Validity' },
  recognition: { zh: '跨区互认', en: 'Recognition' },
  demand: { zh: '事项所需信息', en: 'Demand' },
  comparison: { zh: '智能比对', en: 'Comparison' },
  holderBinding: { zh: '持证人出示', en: 'Holder' },
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
