/** What is said around the answer of a verification; the sentences of findings and verdicts are the protocol's. */
export const RESULT_TEXTS = {
  nothingFound: {
    zh: '凭该标识或指引未查到证照：未存放在可查的服务，或当前账号无权查取；这不表示证照有问题',
    en: 'No licence was found by this name: it is deposited nowhere that is asked, or not for this account; this says nothing about the licence',
  },
  notLookedFor: {
    zh: '核验服务连接不上，本页不能凭标识或指引查找证照；这不表示证照有问题',
    en: 'The service cannot be reached, and this page finds no licence by its name; this says nothing about the licence',
  },
  next: { zh: '下一步', en: 'What to do next' },
  ask: { zh: '核实请联系', en: 'Whom to ask' },
  issuer: { zh: '颁发机构（链上登记）', en: 'Issuer (as registered)' },
  issuerCode: { zh: '机构代码', en: 'Code' },
  regionPath: { zh: '所在地区', en: 'Region' },
  contact: { zh: '联系方式', en: 'Contact' },
  noIssuer: { zh: '链上没有该颁发机构的登记信息', en: 'The ledger has nothing of the issuer' },
  print: { zh: '打印核验单', en: 'Print the sheet' },
  checks: { zh: '核验项目', en: 'Checks' },
  passed: { zh: '{count} 项通过', en: '{count} passed' },
  idle: { zh: '{count} 项未要求', en: '{count} not asked for' },
  statuses: {
    pass: { zh: '通过', en: 'passed' },
    warn: { zh: '需复核', en: 'to be looked at' },
    fail: { zh: '不通过', en: 'failed' },
    unknown: { zh: '未能核验', en: 'could not be checked' },
    skipped: { zh: '未进行', en: 'not made' },
  },
  licence: { zh: '证照', en: 'Licence' },
  face: { zh: '照面信息', en: 'Face' },
  faceOnLicence: { zh: '证照记载', en: 'On the licence' },
  faceField: { zh: '项目', en: 'Field' },
  faceCompared: { zh: '与申请人填报比对', en: 'Beside what the applicant stated' },
  noFaceFound: {
    zh: '凭标识或指引查找的证照，填写事项编码后再次核验，显示该事项所需的照面信息（已脱敏）',
    en: 'Of a licence that was found the fields are shown that the service item demands: name the item, and verify again',
  },
  noFaceRefused: {
    zh: '未获认可的证照不显示照面信息；填报内容的比对见核验项目',
    en: 'The face of a licence that is not recognised is not shown; what comparing came to stands with the checks',
  },
  noFaceShown: { zh: '持证人未出示照面信息', en: 'The holder showed no field' },
  holder: { zh: '持证主体（已脱敏）', en: 'Holder (masked)' },
  same: { zh: '一致', en: 'the same' },
  different: { zh: '不一致', en: 'different' },
  hiddenDifference: { zh: '不一致处在脱敏部分', en: 'they differ where they are masked' },
  missing: { zh: '证照未出示', en: 'not shown' },
  beyond: { zh: '事项不需要，未比对', en: 'not demanded, not compared' },
  stated: { zh: '申请人填报 {value}', en: 'stated {value}' },
  changedSince: {
    zh: '填报内容在核验之后有改动，结论不含改动：请再次核验',
    en: 'What was stated has changed since: verify again to have it counted',
  },
  masked: { zh: '已脱敏', en: 'masked' },
  showPlain: { zh: '显示明文', en: 'Show plain values' },
  hidePlain: { zh: '隐藏明文', en: 'Hide them' },
  plainAsks: {
    zh: '将显示这些项目的明文，并记录查看人、办件、事由和项目：',
    en: 'These fields are shown in plain; who looked, for which case, for what and at which fields is recorded:',
  },
  plainShown: {
    zh: '明文显示中，{seconds} 秒后恢复脱敏；本次查看已记录',
    en: 'Plain values are shown for {seconds} s more; this was recorded',
  },
  plainAsking: { zh: '正在读取明文…', en: 'Asking for the plain values…' },
  plainFactor: {
    zh: '查看明文须用第二因素登录：请在弹出的窗口完成，完成后自动继续',
    en: 'Plain values need a second factor: sign in in the window, and this goes on by itself',
  },
  plainWindow: { zh: '打开登录窗口', en: 'Open the window' },
  plainWithheld: { zh: '不予显示：{fields}', en: 'Withheld: {fields}' },
  plainNone: {
    zh: '没有可显示的明文：事项未登记所需的信息，或证照未出示',
    en: 'There is nothing to show: the item has nothing registered that it demands, or it was not shown',
  },
  plainOther: {
    zh: '服务给出的明文与所出示的证照不一致，未予显示：请再次核验',
    en: 'The service told other values than the licence that was presented: not shown, verify again',
  },
  plainConfirm: { zh: '确认显示', en: 'Show them' },
  history: { zh: '状态变更记录', en: 'Legal acts' },
  historyNone: { zh: '没有暂扣、吊销、撤销等记录', en: 'No act is entered' },
  historyReading: { zh: '正在读取…', en: 'Reading…' },
  historyMissing: {
    zh: '暂时读不到记录，结论不受影响',
    en: 'The acts cannot be read right now; the verdict stands',
  },
  historyUnproven: {
    zh: '电子签名未核验通过，不能确认是哪份证照，不列记录',
    en: 'The signature was not verified: whose acts these would be is not known',
  },
  historyMore: { zh: '记录过多，只列最早的 {count} 条', en: 'Only the first {count} are listed' },
  anchored: {
    zh: '首次上链存证（不是颁发日期）',
    en: 'First anchored on the ledger (not the day of issue)',
  },
  noticesStand: { zh: '核验时标注：{value}', en: 'noted when checked: {value}' },
  originNoticesStand: {
    zh: '核验时原证照标注：{value}',
    en: 'noted on the licence before it when checked: {value}',
  },
  noticesWhere: {
    zh: '决定文号和日期请向颁发机构核实',
    en: 'ask the issuer for number and day of the decision',
  },
  decision: { zh: '决定文号 {value}', en: 'decision {value}' },
  basis: { zh: '依据 {value}', en: 'by {value}' },
  basisWithCode: { zh: '{words}（{code}）', en: '{words} ({code})' },
  endsOn: { zh: '至 {value}', en: 'until {value}' },
  restrictedHow: {
    zh: '限制的内容链上不登记，请向颁发机构核实',
    en: 'what it restricts is not entered on the ledger: ask the issuer',
  },
  corrected: { zh: '已更正，不再作为依据', en: 'corrected: it counts no longer' },
  correctedTo: { zh: '更正为“{value}”', en: 'corrected to “{value}”' },
  inherited: { zh: '承接原证照状态“{value}”', en: 'as the licence before it: “{value}”' },
  dataAsOf: { zh: '数据截至', en: 'Data as of' },
  dataNone: { zh: '未取得可用的链上数据', en: 'No data of the ledger that could be used' },
  age: { zh: '核验时已过 {age}', en: '{age} old when checked' },
  seconds: { zh: '{count} 秒', en: '{count} s' },
  minutes: { zh: '{count} 分钟', en: '{count} min' },
  hours: { zh: '{count} 小时', en: '{count} h' },
  stale: { zh: '链上数据不够新，请稍后再次核验', en: 'This data is not new enough: verify again later' },
  oldAnswer: {
    zh: '结论作出已过 {age}，请再次核验后再据此办理',
    en: 'This was found {age} ago: verify again before you rely on it',
  },
  technical: { zh: '技术信息', en: 'Technical details' },
  report: { zh: '报告', en: 'Report' },
  attestation: { zh: '报告的电子签名', en: 'Signature of the report' },
  nodesAsked: { zh: '询问的节点', en: 'Nodes asked' },
  blockHash: { zh: '区块哈希', en: 'Block hash' },
  defects: { zh: '格式问题', en: 'Defects' },
  copy: { zh: '复制', en: 'Copy' },
  copied: { zh: '已复制', en: 'Copied' },
  notCopied: { zh: '浏览器未允许复制，请选中后复制', en: 'The browser did not let it be copied: select it' },
  about: { zh: '核验信息', en: 'Request and provenance' },
} as const

/** Legal acts, in the words of who enters them. */
export const ACT_LABELS = {
  suspend: { zh: '暂扣', en: 'suspended' },
  reinstate: { zh: '解除暂扣（发还）', en: 'reinstated' },
  revoke: { zh: '吊销', en: 'revoked' },
  restrict: { zh: '限制使用', en: 'restricted' },
  lift: { zh: '解除限制使用', en: 'restriction lifted' },
  annul: { zh: '撤销（自始无效）', en: 'annulled (void from the start)' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
  deregister: { zh: '注销', en: 'deregistered' },
  supersede: { zh: '换发新证', en: 'superseded' },
  'transfer-out': { zh: '转出', en: 'transferred out' },
  'cancel-transfer-out': { zh: '取消转出', en: 'transfer out cancelled' },
  defer: { zh: '暂缓生效', en: 'deferred' },
  activate: { zh: '激活', en: 'activated' },
  'transfer-in': { zh: '已转入他处', en: 'taken over elsewhere' },
  dissolve: { zh: '解除接替', en: 'succession dissolved' },
  correct: { zh: '更正', en: 'correction' },
  inherit: { zh: '承接', en: 'inherited' },
} as const

export const STATUS_LABELS = {
  valid: { zh: '正常', en: 'valid' },
  suspended: { zh: '暂扣', en: 'suspended' },
  revoked: { zh: '吊销', en: 'revoked' },
  restricted: { zh: '限制使用', en: 'restricted' },
  'restricted-suspended': { zh: '限制使用并暂扣', en: 'restricted and suspended' },
  inactive: { zh: '未激活', en: 'inactive' },
  annulled: { zh: '撤销', en: 'annulled' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  deregistered: { zh: '注销', en: 'deregistered' },
  'revoked-deregistered': { zh: '吊销并注销', en: 'revoked and deregistered' },
  'annulled-deregistered': { zh: '撤销并注销', en: 'annulled and deregistered' },
  'withdrawn-deregistered': { zh: '撤回并注销', en: 'withdrawn and deregistered' },
  superseded: { zh: '已换发', en: 'superseded' },
  'transferred-out': { zh: '已转出', en: 'transferred out' },
  transferred: { zh: '已转移', en: 'transferred' },
} as const

/** The provisions that acts rest on, by the codes that the ledger has of them. */
export const LEGAL_BASIS_LABELS = {
  'XZCFF-9-3': { zh: '行政处罚法第九条第三项', en: 'Administrative Penalty Law, art. 9 (3)' },
  'XZCFF-9-4': { zh: '行政处罚法第九条第四项', en: 'Administrative Penalty Law, art. 9 (4)' },
  'XZXKF-8': { zh: '行政许可法第八条', en: 'Administrative Licensing Law, art. 8' },
  'XZXKF-49/50': {
    zh: '行政许可法第四十九条或第五十条',
    en: 'Administrative Licensing Law, art. 49 or 50',
  },
  'XZXKF-69': { zh: '行政许可法第六十九条', en: 'Administrative Licensing Law, art. 69' },
  'XZXKF-70': { zh: '行政许可法第七十条', en: 'Administrative Licensing Law, art. 70' },
  ZWSJGXTL: { zh: '政务数据共享条例', en: 'Regulation on Sharing Government Data' },
} as const

/** Who entered an act. */
export const CAPACITY_LABELS = {
  operator: { zh: '由颁发机构登记', en: 'entered by the issuer' },
  successor: { zh: '由承继机构登记', en: 'entered by the successor' },
  custodian: { zh: '由所在地区代管机关登记', en: 'entered by the custodian' },
  superior: { zh: '由上级机关登记', en: 'entered by the superior' },
} as const

/** Why there is no verdict, and what to do. None of it says anything of a licence. */
export const FAILURE_TEXTS = {
  content: { zh: '内容', en: 'its content' },
  submitted: { zh: '申请人填报', en: 'what the applicant stated' },
  wait: {
    says: { zh: '核验服务繁忙', en: 'The service is busy' },
    todo: {
      zh: '无需操作，稍后自动再次核验；不代表证照有问题',
      en: 'It is asked again by itself; this says nothing about the licence',
    },
  },
  session: {
    says: { zh: '需要重新登录', en: 'Please sign in again' },
    todo: { zh: '登录后自动继续核验', en: 'The verification goes on by itself once you have' },
  },
  refused: {
    todo: {
      zh: '请按提示更正后再次核验；仍不能核验的，请联系系统管理员',
      en: 'Put it right and verify again; if that fails, ask the administrator',
    },
  },
  untrusted: {
    todo: {
      zh: '请再次核验；仍出现此提示的，请停止使用并联系系统管理员',
      en: 'Verify again; if this is shown again, stop and ask the administrator',
    },
  },
  unread: {
    todo: { zh: '请核对后重新扫码或选择文件', en: 'Look at what was given, and scan or choose again' },
  },
  request: {
    says: { zh: '核验请求有误：{where}', en: 'The request cannot be answered: {where}' },
    todo: { zh: '请更正后再次核验', en: 'Put it right, and verify again' },
  },
  nothing: {
    says: {
      zh: '核验服务和互认链节点均无法连接；这不表示证照有问题',
      en: 'Neither the service nor a node of the ledger can be reached; this says nothing about the licence',
    },
    todo: {
      zh: '请检查网络后重试，或按线下方式受理',
      en: 'Look at the network and try again, or go by the paper',
    },
  },
  page: {
    says: {
      zh: '本页出现内部错误，未得出结论；这不表示证照有问题',
      en: 'This page failed, and there is no verdict; this says nothing about the licence',
    },
    todo: {
      zh: '请刷新页面后重试；仍出现的，请联系系统管理员',
      en: 'Load the page anew and try again; if it fails again, ask the administrator',
    },
  },
} as const
