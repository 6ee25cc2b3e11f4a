/** What `hefu-issuer` says; `{name}` is filled in. */
export const COMMAND_TEXTS = {
  ledgerUnavailable: {
    zh: '账本暂时无法访问，已记录的内容不受影响；恢复后请运行 hefu-issuer resume（{reason}）',
    en: 'The ledger cannot be reached; what is recorded stays: run hefu-issuer resume later ({reason})',
  },
  ledgerRefused: { zh: '账本拒绝：{reason}', en: 'The ledger refused: {reason}' },
  wrongPassphrase: {
    zh: '口令不正确，或密钥文件已损坏',
    en: 'The passphrase is wrong, or the key file is damaged',
  },
  malformed: { zh: '输入有误：{reason}', en: 'Read the input: {reason}' },
  internal: { zh: '未预料的错误：{reason}', en: 'Unexpected error: {reason}' },
  interrupted: {
    zh: '已在安全处停下；运行 hefu-issuer resume 继续，再对同一文件运行 issue 签发其余各行（已签发的会跳过）',
    en: 'Stopped at a safe point; run hefu-issuer resume to go on, then issue the same file again for the other rows (those issued are passed over)',
  },
  created: {
    zh: '签发机构文件夹已建立：{home}；请把 registration.json 交给所在地区管理员登记',
    en: 'The agency’s folder is made: {home}; give registration.json to the region’s admin to register',
  },
  rowRefused: { zh: '第 {line} 行 {field} 未签发：{reason}', en: 'line {line} {field} refused: {reason}' },
  rowWarned: { zh: '第 {line} 行 {field} 提示：{reason}', en: 'line {line} {field} warning: {reason}' },
  moreRows: {
    zh: '（其余各行从略；用 --rejects FILE 取得全部）',
    en: '(further rows are left out here; --rejects FILE has them all)',
  },
  issued: {
    zh: '共 {rows} 行：新签发 {recorded}，此前已签发 {alreadyIssued}，未签发 {refused}',
    en: '{rows} rows: {recorded} issued, {alreadyIssued} issued before, {refused} refused',
  },
  bundles: { zh: '凭证文件在 {folder}', en: 'The bundle files are in {folder}' },
  resumed: { zh: '已全部完成，没有待办批次', en: 'All is done: no batch is left open' },
  acted: {
    zh: '已登记：{act}，{count} 个证照，自 {effective} 起生效（区块 {blockNumber}）',
    en: 'Entered: {act} on {count} licences, in effect from {effective} (block {blockNumber})',
  },
  counts: {
    zh: '已记录 {recorded}，已成批 {batched}，已存证 {anchored}，已完成 {bundled}',
    en: 'recorded {recorded}, batched {batched}, anchored {anchored}, done {bundled}',
  },
  notAnchored: {
    zh: '尚未上链：批次 {root}，{size} 个证照',
    en: 'not anchored yet: batch {root}, {size} licences',
  },
  anchored: {
    zh: '已上链：批次 {root}，{size} 个证照，区块 {blockNumber}',
    en: 'anchored: batch {root}, {size} licences, block {blockNumber}',
  },
} as const
