/** What `hefu-region` and `hefu-council` say; `{name}` is filled in. */
export const OFFICE_TEXTS = {
  about: { zh: '即将办理：{words}', en: 'About to: {words}' },
  account: { zh: '办理账户：{account}', en: 'By the account: {account}' },
  atOnce: { zh: '办理方式：立即上链，即时生效', en: 'How: sent at once, in force at once' },
  ready: {
    zh: '办理方式：公告期已满，现予办理',
    en: 'How: its announcement is over, so it is carried out now',
  },
  announce: {
    zh: '办理方式：先行公告，{delay}后再运行同一命令方可办理；其间应急保管者可以叫停',
    en: 'How: announced first; the same command carries it out {delay} later, and the emergency keeper may stop it meanwhile',
  },
  vote: {
    zh: '办理方式：提交理事会表决；表决通过并排期后方可执行',
    en: 'How: put to the council’s vote, to be carried out once it is won and queued',
  },
  twoKeys: {
    zh: '办理方式：须两把钥匙。本账户提出后尚不生效',
    en: 'How: by two keys. This account proposes, and nothing changes yet',
  },
  maybeTwoKeys: {
    zh: '办理方式：该机构代码不属于本地区，须两把钥匙；由联盟理事会指定的另一确认人确认',
    en: 'How: its code is of no region in this one, so it takes two keys; another account that the council named confirms',
  },
  ask: { zh: '确认办理？输入 yes', en: 'Go on? Type yes' },
  done: { zh: '已办理：{words}（区块 {blockNumber}）', en: 'Done: {words} (block {blockNumber})' },
  announced: {
    zh: '已公告，尚未办理：{words}（区块 {blockNumber}）；{delay}后再运行同一命令，须在其后一周之内，逾期须重新公告',
    en: 'Announced, and nothing has changed yet: {words} (block {blockNumber}); run the same command again in {delay}, and within a week from then, or it is to be announced anew',
  },
  putToVote: {
    zh: '已提交表决，第 {number} 号提案：{words}（区块 {blockNumber}）；{begins} 起表决：hefu-council vote {number} for|against|abstain',
    en: 'Put to the vote as number {number}: {words} (block {blockNumber}); from {begins} on: hefu-council vote {number} for|against|abstain',
  },
  proposed: {
    zh: '已提出，尚未生效：{words}（区块 {blockNumber}）',
    en: 'Proposed, and nothing has changed yet: {words} (block {blockNumber})',
  },
  confirmedByAnother: {
    zh: '须由联盟理事会指定的另一账户，或两地区共同上级的管理账户确认；不限任职时间',
    en: 'To be confirmed by another account that the council named, or by the admin of a region that both lie in, however long in office',
  },
  confirmBy: {
    zh: '确认办法：确认人运行 hefu-region proposals 查看，再运行 hefu-region confirm 编号',
    en: 'To confirm: hefu-region proposals lists it to who confirms, and hefu-region confirm NUMBER does',
  },
  created: {
    zh: '账户已建立：{home}，地址 {address}；请妥善保管文件夹与口令',
    en: 'The account is made: {home}, its address is {address}; keep the folder and its passphrase',
  },
  noProposals: { zh: '没有等待第二把钥匙的事项', en: 'Nothing waits for a second key' },
  proposal: {
    zh: '第 {number} 号：{words}；提出人 {proposer}，{proposedAt} 提出，{standsUntil} 前须确认',
    en: 'Number {number}: {words}; by {proposer} at {proposedAt}, to be confirmed before {standsUntil}',
  },
  proposalUnread: {
    zh: '本版本不认识的调用 {callData}',
    en: 'a call that this version does not know, {callData}',
  },
  confirming: { zh: '确认第 {number} 号事项：{words}', en: 'confirm number {number}: {words}' },
  withdrawing: { zh: '撤回第 {number} 号事项：{words}', en: 'take back number {number}: {words}' },
  noVotes: { zh: '理事会没有提案', en: 'Nothing was ever put to the council’s vote' },
  voteLine: {
    zh: '第 {number} 号：{state}；赞成 {inFavour}，反对 {against}，弃权 {abstaining}（至少 {quorum} 席参加表决，且赞成多于反对，方为通过）；{when}',
    en: 'Number {number}: {state}; for {inFavour}, against {against}, abstaining {abstaining} (won when {quorum} seats or more take part and more are for than against); {when}',
  },
  written: { zh: '提案人写道：{text}', en: 'its proposer wrote {text}' },
  voteFrom: { zh: '{begins} 至 {ends} 表决', en: 'voted on from {begins} to {ends}' },
  executableFrom: { zh: '{at} 起可以执行', en: 'can be carried out from {at} on' },
  voting: {
    zh: '对第 {number} 号提案投“{support}”：{words}',
    en: 'vote “{support}” on number {number}: {words}',
  },
  queueing: {
    zh: '第 {number} 号提案已通过，现予排期：{words}',
    en: 'queue number {number}, which was won: {words}',
  },
  withdrawingVote: {
    zh: '撤回本账户提交的第 {number} 号提案，此后不能以同样的理由再次提交：{words}',
    en: 'take back number {number}, which this account put and cannot put again with the same reason: {words}',
  },
  executing: { zh: '执行第 {number} 号提案：{words}', en: 'carry out number {number}: {words}' },
  noAnnouncements: { zh: '没有等待办理的公告', en: 'Nothing that was announced waits' },
  announcement: {
    zh: '第 {number} 号公告：{words}；公告人 {caller}，{readyAt} 起可以办理',
    en: 'Announcement {number}: {words}; by {caller}, can be carried out from {readyAt} on',
  },
  cancelling: { zh: '叫停第 {number} 号公告：{words}', en: 'stop announcement {number}: {words}' },
  seat: { zh: '{region}：席位由 {account} 就任', en: '{region}: {account} sits for it' },
  deadSeat: {
    zh: '{region}：席位上是 {account}，已失去资格，不能表决；请现任管理账户运行 take-seat',
    en: '{region}: {account} sits for it and is entitled no more, so its voice does not count: the admin of today runs take-seat',
  },
  noSeats: { zh: '理事会没有任何席位就任', en: 'No seat of the council is taken' },
  region: {
    zh: '{code}：{standing}；上级 {parent}；管理账户 {admin}（{since}）；下辖 {members}；联系方式 {contact}',
    en: '{code}: {standing}; inside {parent}; admin {admin} ({since}); {members} members; contact {contact}',
  },
  agency: {
    zh: '{code}：{standing}；隶属 {region}；操作账户 {operator}（{since}）；已用状态索引 {indexCount}；联系方式 {contact}',
    en: '{code}: {standing}; in {region}; operator {operator} ({since}); {indexCount} status indices used; contact {contact}',
  },
  nominee: {
    zh: '待接受的提名：{account}（{nominatedAt} 提名，{standsUntil} 前须接受）',
    en: 'nominated, and has not accepted: {account} (at {nominatedAt}, to be accepted before {standsUntil})',
  },
  nomineeLapsed: {
    zh: '提名已过期：{account}（{nominatedAt} 提名，{standsUntil} 起不能再接受）；须重新提名',
    en: 'a nomination that lapsed: {account} (at {nominatedAt}, not to be accepted since {standsUntil}); nominate it anew',
  },
  since: { zh: '{since} 起任职', en: 'since {since}' },
  vacant: { zh: '无人任职', en: 'nobody holds the office' },
  former: {
    zh: '前任：{account}（{returnsUntil} 前可以交还）',
    en: 'held before by {account}, to whom it can be returned before {returnsUntil}',
  },
  agencyKey: {
    zh: '签名密钥 {kid}（{algorithm}）：{validFrom} 起至 {validUntil}；{compromise}',
    en: 'signing key {kid} ({algorithm}): from {validFrom} until {validUntil}; {compromise}',
  },
  notCompromised: { zh: '未报告泄露', en: 'never reported compromised' },
  compromised: {
    zh: '已报告自 {since} 起泄露：此后存证的证照不可信',
    en: 'reported compromised from {since} on: nothing anchored since is trusted',
  },
  noKeys: { zh: '没有登记过签名密钥', en: 'no signing key was ever registered' },
  responsibility: {
    zh: '职责：签发“{licenceType}”，{from} 起至 {until}',
    en: 'responsible for “{licenceType}”, from {from} until {until}',
  },
  successor: { zh: '承继：{successor}', en: 'succeeded by {successor}' },
  noSuccessor: { zh: '承继：无（由所在地区办理）', en: 'succeeded by none: its region acts for it' },
  agreement: { zh: '第 {number} 号互认协议：{terms}', en: 'agreement {number}: {terms}' },
  agreementTerms: {
    zh: '各方 {members}；证照类型 {licenceTypes}；{from} 起至 {until}；退出须提前 {notice}',
    en: 'of {members}, on {licenceTypes}, from {from} until {until}, to be left at {notice} notice',
  },
  notJoined: { zh: '{region}（尚未加入）', en: '{region} (has not joined)' },
  noAgreement: { zh: '没有这个编号的协议', en: 'there is no agreement of this number' },
  proposer: { zh: '提案人：{account}', en: 'put by {account}' },
  voices: { zh: '已表决：{voices}', en: 'voices: {voices}' },
  voice: { zh: '{account} {support}', en: '{account} {support}' },
  voiceUncounted: {
    zh: '{account} {support}（表决开始时没有席位，不计票）',
    en: '{account} {support} (not counted: no seat when the vote began)',
  },
  voteCounted: {
    zh: '本次计 {weight} 票；现赞成 {inFavour}，反对 {against}，弃权 {abstaining}；{standing}',
    en: 'Counted for {weight}; now for {inFavour}, against {against}, abstaining {abstaining}; {standing}',
  },
  quorumMissing: {
    zh: '至少须 {quorum} 席参加表决，还差 {missing} 席',
    en: '{quorum} seats must take part, {missing} more are needed',
  },
  quorumReached: {
    zh: '至少须 {quorum} 席参加表决，已经达到；赞成多于反对方为通过',
    en: '{quorum} seats must take part, and do; it is won when more are for than against',
  },
  notForThePast: {
    zh: '上链之时（所填 {day} 届时已过，不溯及既往）',
    en: 'the time of its block ({day} is past by then, and nothing is entered for the past)',
  },
  enteredTerm: { zh: '链上所记：{from} 起至 {until}', en: 'On the ledger: from {from} until {until}' },
  enteredEnd: { zh: '链上所记：至 {until} 止', en: 'On the ledger: until {until}' },
  inOtherRulebook: {
    zh: '在并非现行的规则手册 {rulebook} 中：{words}',
    en: 'in the rulebook {rulebook}, which is not in force: {words}',
  },
  rulebookForeignCode: {
    zh: '拟改用的手册与现行手册的合约代码不同，以上均为其自称；请先审查其代码',
    en: 'The code of the rulebook to come is not that of the one in force, and the above is what it says of itself: have its code reviewed first',
  },
  rulebookHeld: {
    zh: '现行规则手册 {rulebook}：{holds}',
    en: 'The rulebook in force, {rulebook}: {holds}',
  },
  rulebookNext: {
    zh: '拟改用的规则手册 {rulebook}：{holds}',
    en: 'The rulebook to come, {rulebook}: {holds}',
  },
  rulebookHolds: {
    zh: '证照类型 {licenceTypes}，事项 {serviceItems}，全国互认清单 {baseline}，签发职责 {responsibilities}，委托 {delegations}，负面清单 {negatives}，互认协议 {agreements}',
    en: '{licenceTypes} licence types, {serviceItems} service items, {baseline} on the baseline, {responsibilities} responsibilities, {delegations} delegations, {negatives} negative entries, {agreements} agreements',
  },
  rulebookLacking: {
    zh: '拟改用的手册缺少现行手册中的{what}：{missing}',
    en: 'The rulebook to come lacks of the one in force the {what}: {missing}',
  },
  rulebookFewer: {
    zh: '拟改用的手册中{what}只有 {count} 项，现行手册有 {held} 项',
    en: 'The rulebook to come has {count} {what}, the one in force {held}',
  },
  rulebookUnassigned: {
    zh: '拟改用的手册中，下列函数没有交给现行手册中持有它的职责，改用后其保管者不能办理：{functions}',
    en: 'In the rulebook to come these functions are not of the role that has them in the one in force, and its keeper could not call them: {functions}',
  },
  noResponsibilities: {
    zh: '没有签发职责（现行规则手册）',
    en: 'responsible for no licence type (by the rulebook in force)',
  },
  pausedUntil: { zh: '应急暂停至 {until}', en: 'paused until {until}' },
  ledgerUnavailable: {
    zh: '互认链暂时无法连接，没有发送任何内容，或发送结果未知；恢复后请先用 show、proposals 或 votes 查看（{reason}）',
    en: 'The ledger cannot be reached; nothing was sent, or what became of it is not known: look by show, proposals or votes once it can ({reason})',
  },
} as const

/** What a rulebook holds, each kind by the name of its count. */
export const RULEBOOK_TEXTS = {
  licenceTypes: { zh: '证照类型', en: 'licence types' },
  serviceItems: { zh: '事项', en: 'service items' },
  baseline: { zh: '全国互认清单', en: 'types on the baseline' },
  responsibilities: { zh: '签发职责', en: 'responsibilities' },
  delegations: { zh: '委托', en: 'delegations' },
  negatives: { zh: '负面清单条目', en: 'negative entries' },
  agreements: { zh: '互认协议', en: 'agreements' },
} as const

export const STANDING_TEXTS = {
  none: { zh: '未登记', en: 'not on the ledger' },
  active: { zh: '有效', en: 'active' },
  suspended: { zh: '已暂停', en: 'suspended' },
  retired: { zh: '已撤销', en: 'retired' },
  closed: { zh: '已停止存证', en: 'closed for anchors' },
  'closed-suspended': { zh: '已停止存证并暂停', en: 'closed for anchors and suspended' },
  paused: { zh: '应急暂停', en: 'paused' },
} as const

export const VOTE_STATE_TEXTS = {
  pending: { zh: '尚未开始表决', en: 'not voted on yet' },
  active: { zh: '正在表决', en: 'being voted on' },
  canceled: { zh: '已撤回', en: 'withdrawn' },
  defeated: { zh: '未通过', en: 'lost' },
  succeeded: { zh: '已通过，待排期', en: 'won, to be queued' },
  queued: { zh: '已排期', en: 'queued' },
  expired: { zh: '已过期', en: 'expired' },
  executed: { zh: '已执行', en: 'carried out' },
} as const

export const SUPPORT_TEXTS = {
  against: { zh: '反对', en: 'against' },
  for: { zh: '赞成', en: 'for' },
  abstain: { zh: '弃权', en: 'abstain' },
} as const
