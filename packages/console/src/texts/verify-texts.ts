/** What the page on which licences are verified says, up to the answer. */
export const VERIFY_TEXTS = {
  box: { zh: '扫码、粘贴或拖入电子证照', en: 'Scan, paste or drop a licence' },
  boxHint: {
    zh: '扫码枪、粘贴内容、证照标识；按 Enter 核验。二维码只含证照指引的，与证照标识一样须先填办件编号和用证事由',
    en: 'Scanner gun, pasted text, identifier; Enter verifies. A QR code that only refers to a licence needs case number and use first, as an identifier does',
  },
  verify: { zh: '核验', en: 'Verify' },
  chooseFile: { zh: '选择文件', en: 'Choose a file' },
  camera: { zh: '摄像头扫码', en: 'Scan by camera' },
  toBox: { zh: '回到输入框；核验中则取消', en: 'Go to the box; cancel what is being verified' },
  dropHere: { zh: '松开鼠标，核验此文件', en: 'Let go to verify this file' },
  emptyTitle: { zh: '请出示电子证照', en: 'Ready for a licence' },
  severalFiles: {
    zh: '一次只核验一个文件；多个文件请使用批量核验',
    en: 'One file at a time here; for several there is the batch page',
  },
  toBatch: { zh: '前往批量核验', en: 'Go to the batch page' },
  tooLong: {
    zh: '内容过长，不是一份电子证照：请核对所粘贴的内容，或直接拖入证照文件',
    en: 'Too long for a licence: look at what was pasted, or drop the licence file itself',
  },
  readingFile: { zh: '正在读取文件…', en: 'Reading the file…' },
  asking: { zh: '正在核验…', en: 'Verifying…' },
  askingHere: { zh: '正在由本页直接查链核验…', en: 'This page is asking the ledger itself…' },
  replaced: {
    zh: '前一份尚未得出结论即被这一份取代，如仍需核验请重新扫码',
    en: 'The one before had no answer yet and gave way to this one: scan it again if it is still needed',
  },
  cancel: { zh: '取消（Esc）', en: 'Cancel (Esc)' },
  cancelled: { zh: '已取消，未得出结论', en: 'Cancelled, without an answer' },
  waiting: {
    zh: '{seconds} 秒后自动再次核验',
    en: 'Asking again in {seconds} s',
  },
  askNow: { zh: '立即重试', en: 'Ask now' },
  again: { zh: '再次核验', en: 'Verify again' },
  noVerdict: { zh: '未得出核验结论', en: 'There is no verdict' },
  lacking: {
    zh: '核验前请补充：',
    en: 'Before this can be verified:',
  },
  goOn: { zh: '继续核验', en: 'Go on' },
  given: { zh: '收到：{kind}', en: 'Given: {kind}' },
  away: {
    zh: '连接不上核验服务，由本页直接查链核验；结论不加签，恢复后请重新由服务核验',
    en: 'The service cannot be reached: this page asks the ledger itself; its answers are unsigned, verify again once the service is back',
  },
  back: { zh: '核验服务已恢复', en: 'The service is back' },
  againByService: { zh: '重新由服务核验', en: 'Verify again by the service' },
  byService: { zh: '由核验服务核验，已加签', en: 'Verified by the service, signed' },
  byPage: {
    zh: '未加签 · 本页直接查链，询问的节点：{nodes}',
    en: 'Unsigned · this page asked the ledger itself, of these nodes: {nodes}',
  },
  whatWasGiven: { zh: '收到的内容', en: 'What was given' },
} as const

/** What the box takes. */
export const EMPTY_WAYS = [
  {
    zh: '用扫码枪对准二维码（光标在哪里都可以），或使用摄像头',
    en: 'Point a scanner gun at the QR code, wherever the cursor is; or use the camera',
  },
  {
    zh: '拖入或选择一个文件：电子证照文件、PDF、OFD、PNG、JPEG',
    en: 'Drop or choose one file: a licence file, a PDF, an OFD, a PNG or a JPEG',
  },
  { zh: '粘贴电子证照或二维码的内容', en: 'Paste a licence, or what its QR code holds' },
  {
    zh: '输入电子证照标识，或扫只含证照指引的二维码（均须先填办件编号和用证事由）',
    en: 'Type a licence identifier, or scan a QR code that only refers to one, once case number and use are filled in',
  },
] as const

/** What was given, by its kind and never by its values. */
export const GIVEN_LABELS = {
  licence: { zh: '电子证照', en: 'a licence' },
  'qr-whole': { zh: '二维码（含完整证照）', en: 'a QR code with the whole licence' },
  reference: { zh: '二维码（证照指引）', en: 'a QR code that refers to a licence' },
  identifier: { zh: '电子证照标识', en: 'a licence identifier' },
  pdf: { zh: 'PDF 文件', en: 'a PDF' },
  ofd: { zh: 'OFD 文件', en: 'an OFD' },
  png: { zh: 'PNG 图片', en: 'a PNG' },
  jpeg: { zh: 'JPEG 图片', en: 'a JPEG' },
  other: { zh: '无法识别的内容', en: 'something that is not recognised' },
} as const

export const CASE_TEXTS = {
  title: { zh: '办件', en: 'Case' },
  newCase: { zh: '新办件', en: 'New case' },
  newCaseKey: { zh: '新办件（清空除地区外的内容）', en: 'New case (clears all but the region)' },
  region: { zh: '受理地区代码', en: 'Receiving region' },
  serviceItem: { zh: '事项编码', en: 'Service item' },
  caseNo: { zh: '办件编号', en: 'Case number' },
  useCause: { zh: '用证事由', en: 'Use of the licence' },
  day: { zh: '受理日期', en: 'Accepted on' },
  dayHint: { zh: '不填为现在；填写则核验当日终了时的情形', en: 'Empty: now; a day: as it stood at its end' },
  optional: { zh: '选填', en: 'optional' },
  demands: { zh: '该事项需要：{fields}', en: 'The item demands: {fields}' },
  demandsOfType: { zh: '{type}：{fields}', en: '{type}: {fields}' },
  demandsNothing: { zh: '该事项未登记所需的照面信息', en: 'The item has no demand registered' },
  demandsNoneOfType: {
    zh: '该事项不需要“{type}”的照面信息，没有可显示的明文',
    en: 'The item demands nothing of this type of licence ({type}): there is nothing to show',
  },
  demandedNotShown: {
    zh: '持证人未出示该事项所需的照面信息，没有可显示的明文',
    en: 'The holder showed none of the fields that the item demands: there is nothing to show',
  },
  unknownItemPlain: {
    zh: '链上没有该事项，没有可显示的明文：请核对事项编码',
    en: 'The ledger has no such item, and there is nothing to show: look at its code',
  },
  unknownItem: { zh: '链上没有该事项', en: 'The ledger has no such item' },
  badRegion: { zh: '请填写六位行政区划代码', en: 'A region code of six digits' },
  otherRegion: {
    zh: '只能填写本人所属地区（{region}）及其下级',
    en: 'Your own region ({region}), or one in it',
  },
  badServiceItem: {
    zh: '事项编码为 1 至 32 位字母、数字或符号，不得含公民身份号码',
    en: 'A code of 1 to 32 letters, digits and signs, without a resident number',
  },
  badCaseNo: {
    zh: '办件编号为 1 至 64 个字，不得含不可见字符和公民身份号码',
    en: 'A case number of 1 to 64 characters, none invisible, without a resident number',
  },
  badUseCause: {
    zh: '用证事由为 1 至 200 个字，不得含不可见字符和公民身份号码',
    en: 'A use of 1 to 200 characters, none invisible, without a resident number',
  },
  badDay: { zh: '请填写不晚于今天的日期', en: 'A day that is not after today' },
  needsServiceItem: { zh: '查看明文须填写事项编码', en: 'Plain values need a service item' },
  needsCaseNo: {
    zh: '查找证照、查看明文须填写办件编号',
    en: 'To find a licence or see plain values: a case number',
  },
  needsUseCause: {
    zh: '查找证照、查看明文须填写用证事由',
    en: 'To find a licence or see plain values: a use',
  },
} as const

export const APPLICANT_TEXTS = {
  title: { zh: '申请人填报（选填）', en: 'What the applicant stated (optional)' },
  why: { zh: '填写后与证照记载比对，核验时一并提交', en: 'Compared with the licence when it is verified' },
  type: { zh: '证照类型', en: 'Licence type' },
  tooLong: { zh: '内容过长或有无法比对的字符', en: 'Too long, or with signs that cannot be compared' },
} as const

export const CAMERA_TEXTS = {
  title: { zh: '摄像头扫码', en: 'Scan by camera' },
  aim: { zh: '请将二维码对准画面中央', en: 'Hold the QR code in the middle of the picture' },
  starting: { zh: '正在打开摄像头…', en: 'Opening the camera…' },
  none: {
    zh: '没有找到摄像头：请使用扫码枪，或选择二维码图片',
    en: 'No camera was found: use a scanner gun, or choose an image',
  },
  refused: {
    zh: '浏览器不允许本页使用摄像头：请在地址栏的权限设置中允许后再试',
    en: 'The browser does not let this page use the camera: allow it beside the address, and try again',
  },
  busy: {
    zh: '摄像头正被其他程序使用：请关闭该程序后再试',
    en: 'Another program has the camera: close that, and try again',
  },
  unavailable: {
    zh: '此浏览器或连接方式不支持摄像头（须使用 https）：请使用扫码枪',
    en: 'This browser or connection has no camera (https is needed): use a scanner gun',
  },
  picture: { zh: '摄像头画面', en: 'What the camera sees' },
} as const

export const TRAY_TEXTS = {
  title: { zh: '示例证照', en: 'Sample licences' },
  why: {
    zh: '点击即如同扫码或拖入该证照，看看会得到怎样的结论',
    en: 'Each is given as if scanned or dropped: see what comes of it',
  },
  missing: { zh: '示例证照暂时取不到', en: 'The samples cannot be had right now' },
  kinds: {
    bundle: { zh: '证照文件', en: 'licence file' },
    qr: { zh: '二维码', en: 'QR code' },
    pdf: { zh: 'PDF 文件', en: 'PDF' },
    ofd: { zh: 'OFD 文件', en: 'OFD' },
  },
} as const

export const RECENT_TEXTS = {
  title: { zh: '最近核验', en: 'Last verifications' },
  none: { zh: '暂无。退出登录后清空', en: 'None yet. Forgotten at sign-out' },
  noType: { zh: '未识别出证照', en: 'no licence' },
  noCase: { zh: '无办件编号', en: 'no case' },
  unsigned: { zh: '未加签', en: 'unsigned' },
  reopened: {
    zh: '这是 {at} 的核验结果，不是现在的情形',
    en: 'This is what was found at {at}, and not how it stands now',
  },
} as const
