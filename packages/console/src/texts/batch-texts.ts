/** What the page of batches says. */

/** Why nothing could be asked of a file, a row of a list, or an answer. None of them says anything against a licence. */
export const BATCH_FAULTS = {
  'long-item': {
    zh: '内容过长，不是一份电子证照，未提交核验；请核对所选文件',
    en: 'Too long for a licence, and was not sent: look whether it is the right file',
  },
  'no-identifier': {
    zh: '该行的证照标识列不是证照标识或证照二维码内容，未提交核验',
    en: 'The cell of this row is neither an identifier nor what the QR code of a licence says, and was not sent',
  },
  'list-not-text': {
    zh: '清单无法读取：请另存为 UTF-8 或 GB18030 编码的 CSV 文件',
    en: 'The list cannot be read: save it as CSV in UTF-8 or GB18030',
  },
  'list-broken': {
    zh: '清单第 {line} 行附近的引号不成对或该行过长：请改正后重新导出',
    en: 'Near line {line} of the list a quotation mark is open, or the line is too long: mend it and export it again',
  },
  'list-empty': {
    zh: '清单中没有任何一行',
    en: 'There is no row in the list',
  },
  'other-time': {
    zh: '核验报告不是本次提交之后作出的，请勿使用；这不表示证照有问题',
    en: 'The report was not made for what was sent now: do not rely on it; this says nothing about the licence',
  },
  'other-item': {
    zh: '核验报告答复的不是这一份，请勿使用；这不表示证照有问题',
    en: 'The report answers another item: do not rely on it; this says nothing about the licence',
  },
} as const

/** Why what was given is not begun with. */
export const GIVEN_FAULTS = {
  'nothing-given': {
    zh: '其中没有可核验的文件',
    en: 'There is no file to verify in it',
  },
  'too-many-files': {
    zh: '一次至多 100,000 份，请分批选择',
    en: 'At most 100,000 at once: give them in several batches',
  },
  'too-many-bytes': {
    zh: '文件合计超过 1 GiB，请分批选择',
    en: 'The files have more than 1 GiB together: give them in several batches',
  },
} as const

export const BATCH_TEXTS = {
  title: { zh: '批量核验', en: 'Verify many' },
  what: {
    zh: '一次至多 100,000 份、1 GiB：电子证照文件、PDF、OFD、二维码图片、ZIP 压缩包、证照标识清单（CSV）',
    en: 'At most 100,000, and 1 GiB at once: licence files, PDF, OFD, pictures of QR codes, ZIP archives, lists of identifiers (CSV)',
  },
  caseTitle: { zh: '办件（适用于全部）', en: 'Case (holds for all)' },
  forLists: {
    zh: '核验证照标识清单时，办件编号和用证事由必填',
    en: 'For a list of identifiers, case number and use have to be said',
  },
  givenTitle: { zh: '要核验的文件', en: 'What to verify' },
  drop: { zh: '将文件、文件夹或压缩包拖到这里，或', en: 'Drop files, a folder or an archive here, or' },
  chooseFiles: { zh: '选择文件', en: 'Choose files' },
  chooseFolder: { zh: '选择文件夹', en: 'Choose a folder' },
  listHow: {
    zh: '清单：第一列，或列名为“证照标识”的列；逗号、分号或制表符分隔',
    en: 'Lists: the first column, or that with the header “identifier”; separated by commas, semicolons or tabs',
  },
  readingGiven: { zh: '正在查看所选内容…', en: 'Looking at what was given…' },
  givenCount: { zh: '已选择 {files} 个文件，{size} MB', en: '{files} files, {size} MB' },
  leftAlone: {
    zh: '已略过系统文件、隐藏文件和链接 {count} 个',
    en: '{count} hidden files, system files and links were left alone',
  },
  unreadFolders: {
    zh: '有 {count} 个文件夹无法读取或层级过多，其中的文件未选入',
    en: '{count} folders could not be read, or lie too deep: the files in them were not taken',
  },
  start: { zh: '开始核验', en: 'Begin' },
  clear: { zh: '重新选择', en: 'Choose again' },
  pause: { zh: '暂停', en: 'Pause' },
  goOn: { zh: '继续', en: 'Go on' },
  pauseOrGoOn: { zh: '暂停或继续', en: 'Pause, or go on' },
  cancel: { zh: '取消该批次', en: 'Cancel the batch' },
  cancelAsk: {
    zh: '取消后，核验服务停止核验并删除该批次的留存内容；已出具的报告仍可凭编号查看。确定取消吗？',
    en: 'The service stops, and gives up what it keeps of the batch; reports that were made are found by their numbers. Cancel it?',
  },
  cancelYes: { zh: '确定取消', en: 'Cancel it' },
  cancelNo: { zh: '不取消', en: 'Keep it' },
  another: { zh: '另核验一批', en: 'Another batch' },
  anotherHow: {
    zh: '需要留存的请先导出：另起一批后，本页和核验服务都不再保存这一批的结果，各报告仍可凭编号查看',
    en: 'Export first what you need: then neither this page nor the service keeps the results, and reports are found by their numbers',
  },
  batchesFull: {
    zh: '本单位同时留存的批次数有限：其他批次另起、取消或到期后，本批自动继续',
    en: 'Your office has a few batches at a time: once another one is given up, or expires, this one goes on by itself',
  },
  progress: { zh: '进度', en: 'Progress' },
  progressOf: { zh: '已有结果 {done} 份，共 {all} 份', en: '{done} of {all} done' },
  readingFiles: { zh: '正在打开文件：{opened} / {given}', en: 'Opening files: {opened} of {given}' },
  rate: { zh: '每秒 {rate} 份', en: '{rate} a second' },
  rest: { zh: '约剩 {time}', en: 'about {time} left' },
  minutes: { zh: '{minutes} 分钟', en: '{minutes} min' },
  seconds: { zh: '{seconds} 秒', en: '{seconds} s' },
  expiresAt: {
    zh: '核验服务保存结果至 {at}',
    en: 'The service keeps the results until {at}',
  },
  cut: {
    zh: '超过 100,000 份，其余未读取、未提交：请另行分批核验',
    en: 'There are more than 100,000: the others were neither read nor sent; give them in another batch',
  },
  stageEmpty: { zh: '尚未开始', en: 'Nothing has begun' },
  stageReading: { zh: '正在打开文件并提交', en: 'Opening files and sending them' },
  stageRunning: { zh: '核验服务正在核验', en: 'The service is verifying' },
  stagePaused: {
    zh: '已暂停：不再提交、不再取结果；核验服务对已提交的继续核验',
    en: 'Paused: nothing more is sent or fetched here; the service goes on with what it has',
  },
  stageDone: { zh: '已全部完成', en: 'All is done' },
  stageCancelled: { zh: '已取消', en: 'Cancelled' },
  stageExpired: {
    zh: '该批次已到期或已删除，核验服务不再保存其结果；已取得的结果仍列于下方，各报告可凭编号查看',
    en: 'The batch is over, and the service keeps its results no longer; what came is below, and reports are found by their numbers',
  },
  stageStopped: { zh: '未能继续', en: 'It cannot go on' },
  waitingToRetry: {
    zh: '{problem}。稍后自动重试，已有的结果不受影响',
    en: '{problem}. It is tried again by itself; what came is not affected',
  },
  takenUp: {
    zh: '页面重新加载后已接续该批次。文件名只在内存中，已不再保留：各份以序号区分；尚未提交的文件需重新选择',
    en: 'Taken up again after the page was loaded anew. Names of files were in memory alone and are gone: items are told by their number; files that had not been sent have to be given again',
  },
  nameAgain: {
    zh: '重新选择相同文件，可再显示文件名（不会重复提交）',
    en: 'Give the same files to see their names again (nothing is sent)',
  },
  tableTitle: { zh: '各份结果', en: 'Results' },
  filterOutcome: { zh: '结果', en: 'Result' },
  filterReason: { zh: '原因', en: 'Reason' },
  every: { zh: '全部', en: 'All' },
  everyCount: { zh: '全部（{count}）', en: 'All ({count})' },
  reasonCount: { zh: '{reason}（{count}）', en: '{reason} ({count})' },
  search: { zh: '查找序号、文件名或核验单编号', en: 'Find a row, a name or a number of a sheet' },
  row: { zh: '序号', en: 'Row' },
  name: { zh: '文件', en: 'File' },
  outcome: { zh: '结果', en: 'Result' },
  reason: { zh: '原因', en: 'Reason' },
  sheetNumber: { zh: '核验单编号', en: 'Sheet' },
  licenceId: { zh: '电子证照标识', en: 'Identifier' },
  licenceType: { zh: '证照类型', en: 'Type' },
  issuer: { zh: '颁发机构', en: 'Issuer' },
  issuerCode: { zh: '颁发机构代码', en: 'Issuer code' },
  resultCode: { zh: '核验结果代码', en: 'Result code' },
  reasonCode: { zh: '原因代码', en: 'Reason code' },
  nextStep: { zh: '下一步', en: 'What to do next' },
  unnamed: { zh: '（文件名未知）', en: '(name not known)' },
  look: { zh: '查看', en: 'Look' },
  open: { zh: '查看第 {row} 份', en: 'Look at {row}' },
  noRow: { zh: '没有符合条件的结果', en: 'No row is like that' },
  found: { zh: '共 {count} 份', en: '{count} rows' },
  pages: { zh: '分页', en: 'Pages' },
  pageOf: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
  previous: { zh: '上一页', en: 'Previous' },
  next: { zh: '下一页', en: 'Next' },
  detailTitle: { zh: '第 {row} 份', en: 'Row {row}' },
  opening: { zh: '正在取回结果…', en: 'Fetching the result…' },
  noReport: {
    zh: '这一份没有核验报告',
    en: 'There is no report of this one',
  },
  noResultYet: { zh: '核验服务尚未给出这一份的结果', en: 'The service has no result of this one yet' },
  verdictOnly: {
    zh: '当前账号只能看到核验结论，不能查看报告',
    en: 'Whoever is signed in sees the verdict alone, and no report',
  },
  sheet: { zh: '打印核验单', en: 'Print the sheet' },
  close: { zh: '关闭', en: 'Close' },
  exportTitle: { zh: '导出', en: 'Export' },
  exportTable: { zh: '导出表格（CSV）', en: 'Table (CSV)' },
  exportReports: { zh: '导出报告（NDJSON）', en: 'Reports (NDJSON)' },
  exportHow: {
    zh: '均不含照面信息；表格按当前筛选导出，含文件名',
    en: 'Neither holds values of a face; the table is of the rows that are shown, with names of files',
  },
  exporting: { zh: '正在导出 {done} / {all}', en: 'Exporting {done} of {all}' },
  exportFailed: {
    zh: '导出未完成：{problem}',
    en: 'The export was not finished: {problem}',
  },
  leavingTitle: { zh: '批量核验尚未结束', en: 'A batch is still under way' },
  leavingWhy: {
    zh: '退出登录后，本页不再保留该批次的任何内容。核验服务会继续核验，并将结果保存至到期；也可以现在取消。',
    en: 'Nothing of the batch stays in this page. The service goes on, and keeps the results until they expire; or you cancel it now.',
  },
  cancelFailed: {
    zh: '核验服务未确认取消：{problem}。该批次仍在，可再试一次；到期后自动删除',
    en: 'The service did not confirm it: {problem}. The batch is still there: try again; it ends by itself once it expires',
  },
} as const

/** What a row came to, in a word. */
export const OUTCOME_LABELS = {
  waiting: { zh: '尚无结果', en: 'No result yet' },
  accepted: { zh: '核验通过', en: 'Accepted' },
  refer: { zh: '需人工复核', en: 'For a person' },
  rejected: { zh: '不予认可', en: 'Rejected' },
  undetermined: { zh: '无法核验', en: 'Undetermined' },
  refused: { zh: '未予核验', en: 'Not verified' },
  unread: { zh: '未能读取', en: 'Not read' },
} as const

/** A sign beside the word, so that no colour stands alone. */
export const OUTCOME_MARKS = {
  waiting: '…',
  accepted: '✔',
  refer: '!',
  rejected: '✖',
  undetermined: '?',
  refused: '–',
  unread: '∅',
} as const
