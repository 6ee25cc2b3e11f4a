/** What `hefu-issuer` says; `{name}` is filled in. */
export const COMMAND_TEXTS = {
  ledgerUnavailable: {
    zh: '互认链暂时无法连接，已登记的证照不受影响；恢复后请运行 hefu-issuer resume（{reason}）',
    en: 'The ledger cannot be reached; what is recorded stays: run hefu-issuer resume later ({reason})',
  },
  entryWaiting: {
    zh: '已记入台账（第 {number} 号），尚未确认上链；请运行 hefu-issuer resume 继续未完成的任务，不必重复登记。原因：{reason}',
    en: 'Written down as entry {number}, and not known to stand on the ledger yet. hefu-issuer resume goes on with it, it need not be entered again. Why: {reason}',
  },
  notYetFinal: {
    zh: '交易 {transactionHash} 已发出，尚未最终确认；请稍后运行 hefu-issuer resume 继续',
    en: 'The transaction {transactionHash} was sent and is not final yet; run hefu-issuer resume later',
  },
  ledgerRefused: { zh: '上链未成功：{reason}', en: 'The ledger refused: {reason}' },
  malformed: { zh: '输入有误：{reason}', en: 'Read the input: {reason}' },
  internal: { zh: '系统内部错误：{reason}', en: 'Unexpected error: {reason}' },
  interrupted: {
    zh: '已安全停止；运行 hefu-issuer resume 继续，再对同一文件运行 issue 签发其余各行（已签发的会跳过）',
    en: 'Stopped at a safe point; run hefu-issuer resume to go on, then issue the same file again for the other rows (those issued are passed over)',
  },
  created: {
    zh: '颁发机构工作目录已建立：{home}；请把 registration.json 交给所在地区管理员登记',
    en: 'The agency’s folder is made: {home}; give registration.json to the region’s admin to register',
  },
  rowRefused: { zh: '第 {line} 行未签发：{reason}', en: 'line {line} refused: {reason}' },
  rowWarned: { zh: '第 {line} 行提示：{reason}', en: 'line {line}, warning: {reason}' },
  moreRows: {
    zh: '（其余略；完整清单请用 --rejects 导出）',
    en: '(further rows are left out here; --rejects FILE has them all)',
  },
  issued: {
    zh: '共 {rows} 行：本次签发 {recorded} 份，此前已签发 {alreadyIssued} 份，未签发 {refused} 行',
    en: '{rows} rows: {recorded} issued, {alreadyIssued} issued before, {refused} refused',
  },
  recordedSoFar: {
    zh: '已读 {rows} 行，未读完或未办完：本次记入台账 {recorded} 份，此前已记入 {alreadyIssued} 份，未签发 {refused} 行；记入的未必已上链，以 hefu-issuer status 所列为准',
    en: '{rows} rows were read, and not all is done: {recorded} recorded in the journal, {alreadyIssued} recorded before, {refused} refused; what is recorded need not be anchored yet, hefu-issuer status says what is',
  },
  allotted: {
    zh: '已为 {count} 行赋码，写入 {file}；如需再次签发，请用该文件',
    en: 'Identifiers were allotted to {count} rows and written to {file}: to issue again, issue that file',
  },
  blankRows: { zh: '另有 {count} 个空行，已略过', en: '{count} blank rows were passed over' },
  bundles: { zh: '电子证照文件已保存在 {folder}', en: 'The bundle files are in {folder}' },
  resumed: {
    zh: '已全部完成，无待处理批次和登记事项',
    en: 'All is done: no batch and no entry is left open',
  },
  leftOpen: {
    zh: '尚有未完成的事项（见下），请稍后再运行 hefu-issuer resume',
    en: 'Something is still open (see below): run hefu-issuer resume again later',
  },
  resumedWithRefusals: {
    zh: '已处理完毕，其中 {refused} 项登记事项未能上链（见上），须另行处理',
    en: 'Nothing is left open, and {refused} entries were refused (see above): they need a decision',
  },
  actedBefore: {
    zh: '此前已上链登记，本次未重复：{act}，{count} 份证照，自 {effective} 起生效（台账第 {number} 号，区块 {blockNumber}）',
    en: 'Entered before, and nothing was sent: {act} on {count} licences, in effect from {effective} (entry {number}, block {blockNumber})',
  },
  actedBeforeOthers: {
    zh: '其后对同一证照又有登记（最近为台账第 {followedBy} 号），上述登记可能已不是现状；如须再次作出，请使用新的决定书文号',
    en: 'other entries on the same licences followed (the newest is entry {followedBy}), so it may be undone; to decide so again, enter a decision of its own number',
  },
  entryStands: {
    zh: '已上链登记：台账第 {number} 号（{entry}），{count} 份证照，区块 {blockNumber}',
    en: 'entered: {number} of the journal ({entry}) on {count} licences, block {blockNumber}',
  },
  entryRefused: {
    zh: '未能上链：台账第 {number} 号（{entry}），{count} 份证照：{reason}',
    en: 'refused: {number} of the journal ({entry}) on {count} licences: {reason}',
  },
  entryWaits: {
    zh: '尚未确认上链：台账第 {number} 号（{entry}），{count} 份证照',
    en: 'not known to stand yet: {number} of the journal ({entry}), {count} licences',
  },
  clockAhead: {
    zh: '本机时钟比互认链快 {seconds} 秒，请校准；证照的签发时间以互认链时间为准',
    en: 'this machine’s clock is {seconds} s ahead of the ledger’s: set it right; licences are signed with the ledger’s time',
  },
  batchLost: {
    zh: '互认链已无批次 {root}（{size} 份证照），可能因区块回退；将重新上链',
    en: 'the chain has the batch {root} ({size} licences) no more, for it lost blocks: it is anchored again',
  },
  entryCounts: {
    zh: '登记事项：已上链 {standing}，待上链 {waiting}，未成功 {refused}',
    en: 'entries: {standing} stand, {waiting} wait, {refused} were refused',
  },
  journalBehind: {
    zh: '注意：台账只记到状态索引 {next}，互认链上本机构已用到 {used}：台账可能丢失、被回退或另行建立，以下不是全部情况；请恢复完整台账，或运行 hefu-issuer recover <电子证照文件夹>',
    en: 'Note: the journal goes up to status index {next}, the ledger has {used} for this agency, so the journal was lost, set back or made anew, and what follows is not all: restore the whole journal, or run hefu-issuer recover <folder of bundle files>',
  },
  statusUnchecked: {
    zh: '互认链暂时无法连接，以下为上次核对时的情况（{reason}）',
    en: 'The ledger cannot be reached: this is how it stood when it was asked last ({reason})',
  },
  acted: {
    zh: '已上链登记：{act}，{count} 份证照，自 {effective} 起生效（区块 {blockNumber}）',
    en: 'Entered: {act} on {count} licences, in effect from {effective} (block {blockNumber})',
  },
  rehearsed: {
    zh: '演练通过，未登记任何事项：互认链现在会接受这 {count} 份证照（分 {calls} 次上链）',
    en: 'Rehearsed, and nothing was entered: the ledger would take these {count} licences now, in {calls} calls',
  },
  noted: {
    zh: '已标注：{notice}，{count} 份证照，自 {effective} 起（区块 {blockNumber}）；证照状态不变',
    en: 'Noted: {notice} on {count} licences, from {effective} (block {blockNumber}); their status is as it was',
  },
  noticeLifted: {
    zh: '已解除标注：{notice}，{count} 份证照，自 {effective} 起（区块 {blockNumber}）；其他标注不变',
    en: 'Lifted: {notice} from {count} licences, from {effective} (block {blockNumber}); other notices stand',
  },
  noticeEntered: { zh: '标注“{notice}”', en: 'the notice “{notice}”' },
  takenIn: {
    zh: '已转入：{licenceId} 接替 {issuer} 的证照（状态索引 {index}），自 {effective} 起（区块 {blockNumber}）',
    en: 'Taken in: {licenceId} stands in the place of the licence {index} of {issuer}, from {effective} (block {blockNumber})',
  },
  recovered: {
    zh: '已从互认链和电子证照文件恢复 {recovered} 份证照；此前登记的状态变更以互认链为准（可用 hefu-issuer acts 查看），尚未上链的登记事项须重新办理',
    en: '{recovered} licences were recovered from the ledger and the bundle files; what was entered is as the ledger has it (hefu-issuer acts lists it), and what had not reached it is to be entered again',
  },
  recoveredNot: {
    zh: '{passedOver} 个文件与本机构在本互认链的存证不符，未予恢复',
    en: '{passedOver} files tell of nothing that this agency anchored on this ledger, and were passed over',
  },
  indexesUnknown: {
    zh: '互认链上还有 {unknown} 个索引没有对应的电子证照文件：其证照仍然有效，索引不会再用；找到文件后可再次运行 recover',
    en: '{unknown} indexes that the ledger has used are known by no file: their licences stand, and their indexes are not used again; run recover again once there are files',
  },
  reprinted: {
    zh: '已重新生成 {printed} 份电子证照文件，保存在 {folder}',
    en: '{printed} bundle files were made again, in {folder}',
  },
  depositing: { zh: '存入', en: 'depositing' },
  deposited: {
    zh: '{files} 份电子证照文件中，已存入 {deposited} 份，未予存入 {refused} 份',
    en: '{deposited} of {files} bundle files are deposited, {refused} are refused',
  },
  depositRefused: { zh: '{licenceId} 未予存入：{code}', en: '{licenceId} is refused: {code}' },
  depositInterrupted: {
    zh: '已中断；再次运行同一命令即可继续，已存入的不会重复',
    en: 'Interrupted: run the same command again, nothing is deposited twice',
  },
  agencyHasIssued: {
    zh: '注意：互认链上本机构已有 {used} 份证照。签发前请先运行 hefu-issuer recover <电子证照文件夹>；新密钥也须登记',
    en: 'Mind: the ledger has {used} licences of this agency already. Run hefu-issuer recover <folder of bundle files> before anything is issued; the new key is to be registered too',
  },
  proposed: {
    zh: '已提出，尚未生效，证照状态没有任何改变：{act}，{count} 份证照，拟自 {effective} 起（区块 {blockNumber}）',
    en: 'Proposed, and nothing has changed yet: {act} on {count} licences, from {effective} (block {blockNumber})',
  },
  actsOn: {
    zh: '{licenceId}（状态索引 {statusIndex}）：互认链上状态变更 {count} 项',
    en: '{licenceId} (status index {statusIndex}): {count} acts on the ledger',
  },
  noticeOn: {
    zh: '标注：{notice}（现仍有效）',
    en: 'notice: {notice} (it stands)',
  },
  actOn: {
    zh: '{act}，自 {effective} 起，决定书文号 {decisionNumber}',
    en: '{act} from {effective}, by the decision {decisionNumber}',
  },
  actUntil: {
    zh: '{act}，自 {effective} 起至 {end}，决定书文号 {decisionNumber}',
    en: '{act} from {effective} until {end}, by the decision {decisionNumber}',
  },
  correction: { zh: '更正为“{status}”', en: 'correction to “{status}”' },
  dissolution: {
    zh: '解除接替（原证照：{issuer}，状态索引 {index}）',
    en: 'dissolution of the succession to the licence {index} of {issuer}',
  },
  dissolvedWithin: {
    zh: '{licenceId} 接替本机构的原证照（状态索引 {index}）；解除确认后，原证照仍为“已被接替”，如应恢复，须再以 act correct 更正',
    en: '{licenceId} took the place of this agency’s licence {index}; once that is dissolved the earlier one is superseded still, and put right by act correct',
  },
  dissolvedAcross: {
    zh: '{licenceId} 接替 {issuer} 的原证照（状态索引 {index}）；须先撤销该证照（annul），解除确认后，原证照恢复为转出途中，仍可转入本机构',
    en: '{licenceId} took the place of the licence {index} of {issuer}; it is annulled first, and once the link is dissolved the earlier one is on its way to this agency again',
  },
  carriedOut: {
    zh: '已确认，现已生效：{act}，{count} 份证照，自 {effective} 起（区块 {blockNumber}）',
    en: 'Confirmed, and it stands now: {act} on {count} licences, from {effective} (block {blockNumber})',
  },
  confirmedByRegion: {
    zh: '须由 {region} {name} 的管理员（账户 {admin}）确认；该账户在职须满七日，且不由提出人任命',
    en: 'To be confirmed by the admin of {region} {name} (account {admin}), seven days in office and not appointed by the proposer',
  },
  confirmedByAlliance: {
    zh: '须由联盟理事会指定的省级以上确认人确认；该账户履职须满七日',
    en: 'To be confirmed by whom the council named above the provinces, seven days in office',
  },
  confirmerUnknown: {
    zh: '须由本地区的上级确认；暂未查到是哪一账户，请联系上级地区管理员',
    en: 'To be confirmed by the superior of the region; which account that is could not be asked',
  },
  proposedBefore: {
    zh: '此前已提出（台账第 {number} 号），仍待确认，本次未重复提出：',
    en: 'Proposed before (entry {number}) and still to be confirmed; nothing was sent again:',
  },
  standsUntil: {
    zh: '须在 {until} 前确认，逾期自动失效，须重新提出',
    en: 'To be confirmed before {until}: forgotten then, and to be proposed anew',
  },
  confirmBy: {
    zh: '确认办法：确认人运行 hefu-region proposals 查看，再运行 hefu-region confirm 编号（互认链合约 {ledger}）',
    en: 'To confirm: hefu-region proposals lists it to who confirms, and hefu-region confirm NUMBER does (ledger {ledger})',
  },
  withdrawn: {
    zh: '已撤回提出的事项 {call}（区块 {blockNumber}），不能再确认；证照状态不变',
    en: 'Taken back: the proposal {call} (block {blockNumber}), which nobody can confirm any more; nothing else has changed',
  },
  withdrawBy: {
    zh: '如需撤回：hefu-issuer withdraw-proposal {call}',
    en: 'To take it back: hefu-issuer withdraw-proposal {call}',
  },
  callData: { zh: '调用数据', en: 'call data' },
  callDigest: { zh: '提出编号（调用数据的 Keccak-256）', en: 'proposal (Keccak-256 of the call data)' },
  counts: {
    zh: '待组批 {recorded}，待上链 {batched}，待生成文件 {anchored}，已完成 {bundled}',
    en: 'recorded {recorded}, batched {batched}, anchored {anchored}, done {bundled}',
  },
  passedOver: {
    zh: '已放弃批次 {root}，{size} 份证照从未生效，其索引不再使用；需要的请换新版本号重新签发',
    en: 'Given up: the batch {root}; its {size} licences never were in force, and their indexes are never used again; issue what is needed with a new version',
  },
  givenUp: { zh: '已放弃 {givenUp}', en: 'given up {givenUp}' },
  notAnchored: {
    zh: '尚未上链：批次 {root}，{size} 份证照',
    en: 'not anchored yet: batch {root}, {size} licences',
  },
  anchored: {
    zh: '已上链：批次 {root}，{size} 份证照，区块 {blockNumber}',
    en: 'anchored: batch {root}, {size} licences, block {blockNumber}',
  },
} as const
