/** Why an office is refused, and what to do; `{name}` is a value of the refusal, by its name in the contracts. */
import type { RefusalCode } from '@hefu/ledger'
import type { Bilingual } from '@hefu/protocol'

type RefusalTexts = Readonly<Partial<Record<RefusalCode, Bilingual>>>

const MEMBERS = {
  AccountActsForOthers: {
    zh: '账户 {account} 是互认链或其权限管理合约本身，他人可借其名义调用；请使用单位自己的账户',
    en: 'the account {account} is the ledger or its access manager, in whose name others call: use an account of the office’s own',
  },
  AccountIsOperator: {
    zh: '账户 {account} 是机构的操作账户，不能同时管理地区；请使用另一账户',
    en: 'the account {account} is the operator of an agency and can be no admin: use another',
  },
  CallerNotRegionAdmin: {
    zh: '账户 {caller} 不是地区 {region} 的管理账户；请核对 --home',
    en: 'the account {caller} is not the admin of {region}: check --home',
  },
  OfficeNotLeft: {
    zh: '没有可以交还职务的前任账户，或其离职已逾六十日；请提名新的账户',
    en: 'nobody is known to whom the office could return, or it was left more than sixty days ago: nominate an account instead',
  },
  NominationStands: {
    zh: '地区 {region} 的上级（账户 {nominatedBy}）已提名人选，管理员不能另行提名；请与上级核对',
    en: 'the superior of {region} ({nominatedBy}) has nominated somebody, whom its admin cannot replace: ask it',
  },
  AgencyIsPaused: {
    zh: '机构 {agency} 正处于应急暂停，暂停结束之前不能撤销',
    en: 'the agency {agency} is paused as an emergency, and is not retired before that has ended',
  },
  RulebookSilent: {
    zh: '规则手册 {rulebook} 不能回答核验所需的查询；请核对地址后再提交',
    en: 'the rulebook {rulebook} does not answer what every lookup asks of it: check the address',
  },
  OfficeHolderZero: {
    zh: '职务不能无人担任；请填写账户地址',
    en: 'an office cannot be nobody’s: name an account',
  },
  RegionUnknown: {
    zh: '地区 {region} 未曾登记；请核对代码',
    en: 'the region {region} was never admitted: check its code',
  },
  RegionAlreadyAdmitted: {
    zh: '地区 {region} 此前已登记；用 show 查看',
    en: 'the region {region} was admitted before: show tells how it stands',
  },
  RegionCodeInvalid: {
    zh: '{region} 不是省级行政区划代码；省以下地区由其上级用 accredit-region 登记',
    en: '{region} is no code of a province: a region below is accredited by the one above it',
  },
  RegionNotPartOf: {
    zh: '按行政区划代码，{region} 不在 {parent} 之内；请核对',
    en: 'by its code {region} is not inside {parent}: check both',
  },
  RegionNotSuspended: {
    zh: '地区 {region} 并未暂停，无需恢复',
    en: 'the region {region} is not suspended: there is nothing to resume',
  },
  RegionNotClosed: {
    zh: '地区 {region} 并未停止存证，无需恢复',
    en: 'the region {region} is not closed: there is nothing to reopen',
  },
  RegionNotMoved: {
    zh: '地区 {region} 已在 {parent} 之内，无需划转',
    en: 'the region {region} lies in {parent} already',
  },
  RegionFull: {
    zh: '地区 {region} 之内的机构和地区已达 65535 个的上限；请先划转或撤销',
    en: 'as many agencies and regions as may be, 65,535, lie in {region}: move or retire one first',
  },
  RegionNotEmpty: {
    zh: '地区 {region} 之内还有 {members} 个机构或地区未撤销；请先划转或撤销',
    en: '{members} agencies or regions in {region} are not retired: move or retire them first',
  },
  RegionNotRetirable: {
    zh: '地区 {region} 当前不是有效状态，或承继者就是自身，不能撤销',
    en: 'the region {region} is not active, or would succeed itself',
  },
  RegionNotRetired: { zh: '地区 {region} 并未撤销', en: 'the region {region} is not retired' },
  RegionNotPaused: { zh: '地区 {region} 并未应急暂停', en: 'the region {region} is not paused' },
  RegionPausedLately: {
    zh: '地区 {region} 曾于 {pausedAt} 应急暂停，三十天内不能再次暂停；请提交理事会表决',
    en: 'the region {region} was paused at {pausedAt}, and not again within thirty days: put it to the council',
  },
  RegionVoteNotRunning: {
    zh: '理事会没有正在表决暂停 {region} 的提案；请核对提案编号',
    en: 'the council does not vote on the suspension of {region} now: check the number of the vote',
  },
  AgencyUnknown: {
    zh: '机构 {agency} 未曾登记；请核对代码',
    en: 'the agency {agency} was never accredited: check its code',
  },
  AgencyAlreadyAccredited: {
    zh: '机构 {agency} 此前已登记；用 show 查看',
    en: 'the agency {agency} was accredited before: show tells how it stands',
  },
  AgencyUsccInvalid: {
    zh: '{agency} 不是有效的统一社会信用代码',
    en: '{agency} is no unified social credit code',
  },
  AgencyNotMoved: {
    zh: '机构 {agency} 已隶属 {region}，无需划转',
    en: 'the agency {agency} is in {region} already',
  },
  AgencyNotPausable: {
    zh: '机构 {agency} 未登记、已撤销或已应急暂停',
    en: 'the agency {agency} is unknown, retired or paused already',
  },
  AgencyNotPaused: { zh: '机构 {agency} 并未应急暂停', en: 'the agency {agency} is not paused' },
  AgencyNotRetired: { zh: '机构 {agency} 并未撤销', en: 'the agency {agency} is not retired' },
  AgencyNotSuspended: {
    zh: '机构 {agency} 并未暂停，无需恢复',
    en: 'the agency {agency} is not suspended: there is nothing to resume',
  },
  AgencySuccessorInvalid: {
    zh: '机构 {agency} 不能由 {successor} 承继；请核对',
    en: '{successor} cannot succeed {agency}: check both',
  },
  SuccessionNotAccepted: {
    zh: '承继者三十日内尚未同意，或其管理者此后有变；请承继者先运行 accept-succession',
    en: 'the successor has not agreed within the last thirty days, or its holder changed since: it runs accept-succession first',
  },
  NameInUse: {
    zh: '名称已由 {holder} 使用；请换用可以区分的名称',
    en: 'the name is in use by {holder}: choose one that can be told apart',
  },
  NameInvalid: {
    zh: '名称不能登记：缺少名称、某一行过长，或含有互认链不接受的字符',
    en: 'the name is missing, a line of it is too long, or it has a character that the ledger does not take',
  },
} satisfies RefusalTexts

const KEYS = {
  KeyAlreadyRegistered: {
    zh: '机构 {agency} 的这个签名密钥此前已登记',
    en: 'this signing key of {agency} was registered before',
  },
  KeyUnknown: {
    zh: '机构 {agency} 没有登记过密钥 {kid}；请核对 kid',
    en: 'the agency {agency} never registered the key {kid}: check the kid',
  },
  KeyCoordinatesInvalid: {
    zh: '公钥数据不完整；请机构重新提供 registration.json',
    en: 'the public key is not whole: ask the agency for its registration.json again',
  },
  KeyIntervalEmpty: {
    zh: '密钥有效期为空：{validFrom} 起，{validUntil} 止；请核对日期',
    en: 'the key would be valid at no time, from {validFrom} until {validUntil}: check the days',
  },
  KeyValidUntilInPast: {
    zh: '截止时间 {validUntil} 早于互认链当前时间 {blockTime}；请用 --at now',
    en: 'the end {validUntil} lies before the ledger’s time {blockTime}: say --at now',
  },
  KeyValidUntilNotEarlier: {
    zh: '密钥的截止时间只能提前：现为 {current}，所填为 {requested}',
    en: 'the end of a key may only be brought forward: it is {current}, and {requested} was given',
  },
  KeyCompromisedFromInFuture: {
    zh: '泄露时间 {compromisedFrom} 晚于互认链当前时间 {blockTime}',
    en: 'a compromise from {compromisedFrom} lies ahead of the ledger’s time {blockTime}',
  },
  KeyCompromisedFromNotEarlier: {
    zh: '一把钥匙只能将泄露时间提前：现为 {current}，所填为 {requested}；推后须用 narrow-compromise',
    en: 'by one key the time of compromise only moves earlier than {current}, and {requested} was given: narrow-compromise takes two',
  },
  KeyCompromisedFromNotLater: {
    zh: '泄露时间只能推后：现为 {current}，所填为 {requested}；提前请用 report-compromise',
    en: 'a report is narrowed to later than {current}, and {requested} was given: report-compromise moves it earlier',
  },
} satisfies RefusalTexts

const RULES = {
  LicenceTypeAlreadyRegistered: {
    zh: '证照类型 {licenceType} 已在目录中；修订请用 amend-type',
    en: 'the licence type {licenceType} is in the catalogue already: amend-type amends it',
  },
  LicenceTypeCodeInvalid: {
    zh: '证照类型代码 {licenceType} 无效：应为 18 位统一社会信用代码加三位数字或大写字母',
    en: 'the code {licenceType} is no unified social credit code with three digits or capital letters after it',
  },
  LicenceTypeNotActive: {
    zh: '证照类型 {licenceType} 不在目录中，或已停用；请目录保管者先登记',
    en: 'the licence type {licenceType} is unknown or retired: the catalogue keeper registers it first',
  },
  LicenceTypeRulesIncomplete: {
    zh: '证照类型 {licenceType} 的规则不完整',
    en: 'the rules of the licence type {licenceType} are not whole',
  },
  ServiceItemAlreadyRegistered: {
    zh: '事项 {item} 已在目录中；修订请用 amend-item',
    en: 'the service item {item} is in the catalogue already: amend-item amends it',
  },
  ServiceItemNotActive: {
    zh: '事项 {item} 不在目录中，或已停用',
    en: 'the service item {item} is unknown or retired',
  },
  ServiceItemCodeMissing: { zh: '缺少事项编码', en: 'the service item has no code' },
  ServiceItemDemandInvalid: {
    zh: '事项 {item} 对 {licenceType} 的要求有误：类型重复，或字段为空、过长',
    en: 'the service item {item} demands {licenceType} twice, or fields that are missing or too many',
  },
  ServiceItemDemandsEmpty: {
    zh: '事项 {item} 没有要求任何证照；请用 --demand 填写',
    en: 'the service item {item} demands no licence: name one by --demand',
  },
  TermEmpty: {
    zh: '期限为空：{from} 起，{until} 止；请核对日期',
    en: 'the term would hold at no time, from {from} until {until}: check the days',
  },
  TermOverlaps: {
    zh: '期限自 {from} 起，与此前登记的期限（至 {earlierUntil}）重叠；请先终止此前的，或改在其后开始',
    en: 'the term from {from} overlaps with one that ends at {earlierUntil}: end that one, or begin after it',
  },
  TermEndUnlawful: {
    zh: '不能这样终止：现有期限止于 {currentUntil}，所填为 {requested}；期限只能提前',
    en: 'there is no term to end so: it ends at {currentUntil}, and {requested} was given; an end is only brought forward',
  },
  DelegationToProvince: {
    zh: '{region} 是省，目录中的类型无需委托',
    en: 'the province {region} needs no delegation',
  },
  DelegationExceeded: {
    zh: '地区 {region} 在 {from} 至 {until} 期间没有类型 {licenceType} 的委托；请其上级先行委托（delegate）',
    en: 'the region {region} does not have {licenceType} from {from} until {until}: the one above it delegates it first',
  },
  RecognitionNotProvince: {
    zh: '{region} 不是省；互认协议和负面清单只在省与省之间',
    en: '{region} is no province: agreements and negative lists are between provinces',
  },
  NegativeOwnProvince: {
    zh: '{region} 不能拒绝自己的证照',
    en: 'the province {region} cannot refuse its own licences',
  },
  NegativeApprovalInvalid: {
    zh: '批准文号应为 6 至 96 字节、含数字且不含空格；请核对',
    en: 'the reference of the approval has 6 to 96 bytes, a digit, and no space: check it',
  },
  NegativeApprovalDigestZero: { zh: '缺少批准文件', en: 'the approval names no document' },
  AgreementIncomplete: {
    zh: '互认协议没有写明对方或证照类型',
    en: 'the agreement names no partner or no type',
  },
  AgreementMemberRepeated: { zh: '省份 {region} 重复', en: 'the province {region} is named twice' },
  AgreementTypeRepeated: { zh: '证照类型 {licenceType} 重复', en: 'the type {licenceType} is named twice' },
  AgreementTooLarge: {
    zh: '互认协议过大：{partners} 方、{licenceTypes} 种类型；至多 40 方、16 种，两者之积至多 320',
    en: 'the agreement is too large, with {partners} partners and {licenceTypes} types: at most 40, 16, and 320 of both multiplied',
  },
  AgreementNoticeTooLong: {
    zh: '退出通知期过长：{noticeSeconds}；至多 366 天',
    en: 'the period of notice is too long: {noticeSeconds}, and 366 days at most',
  },
  AgreementClosed: {
    zh: '第 {agreement} 号互认协议自 {openUntil} 起不再接受加入：提出已满 180 天，或已有一方通知退出；请另行提出',
    en: 'nobody joins the agreement {agreement} since {openUntil}: 180 days from its proposal are over, or a member gave notice; propose another',
  },
  AgreementNotInvited: {
    zh: '{region} 不在第 {agreement} 号协议的各方之内，或已加入',
    en: '{region} is not invited to the agreement {agreement}, or has joined before',
  },
  AgreementNotMember: {
    zh: '{region} 没有加入第 {agreement} 号协议，或已通知退出',
    en: '{region} is no member of the agreement {agreement}, or has given notice',
  },
  AgreementNotBuried: {
    zh: '第 {agreement} 号协议仍在生效，无需续用',
    en: 'the agreement {agreement} counts already: there is nothing to renew',
  },
  AgreementNotStanding: {
    zh: '第 {agreement} 号协议现在不约束 {region} 与 {partner} 之间的类型 {licenceType}',
    en: 'the agreement {agreement} does not bind {region} and {partner} for {licenceType} now',
  },
  RulebookForeign: {
    zh: '{rulebook} 不是本互认链的规则手册；请核对地址',
    en: 'there is no rulebook of this ledger at {rulebook}: check the address',
  },
} satisfies RefusalTexts

const ALLIANCE = {
  LedgerInvalid: {
    zh: '链 {chainId} 的 {ledger} 不是互认链合约；请核对',
    en: 'there is no ledger at {ledger} of chain {chainId}: check both',
  },
  LedgerUnknown: { zh: '没有第 {number} 号互认链', en: 'no ledger has the number {number}' },
  LedgerNotClosed: { zh: '第 {number} 号互认链并未停止存证', en: 'the ledger {number} is open' },
  LedgerClosedBeforeOpened: {
    zh: '第 {number} 号互认链自 {openedAt} 起有效，不能在 {closedAt} 就停止',
    en: 'the ledger {number} opened at {openedAt} and cannot close at {closedAt}',
  },
  LedgerSuccessorInvalid: {
    zh: '第 {successor} 号不能是第 {number} 号的后继：后继须登记在后',
    en: 'the ledger {successor} was not registered after {number}, so it cannot follow it',
  },
  TimeNotInSeconds: { zh: '时间 {time} 有误', en: 'the time {time} is none in seconds' },
  SeatNotEntitled: {
    zh: '账户 {caller} 不是有效省份 {region} 的管理账户，不能就任；该省须先经接纳',
    en: 'the account {caller} is not the admin of {region}, or that is no active province: it is admitted first',
  },
  SeatAccountTaken: {
    zh: '账户 {account} 已为 {other} 就任；一个账户只有一席',
    en: 'the account {account} sits for {other} already: one account, one seat',
  },
  AccessManagedUnauthorized: {
    zh: '账户 {caller} 没有此项职权；请核对 --home，或提交理事会表决',
    en: 'the account {caller} has not this power: check --home, or put it to the council',
  },
  AccessManagedRequiredDelay: {
    zh: '此事须先公告 {delay}',
    en: 'it is announced first, and waits {delay}',
  },
  AccessManagerNotScheduled: {
    zh: '此事没有公告过；请先公告',
    en: 'it was not announced: announce it first',
  },
  AccessManagerNotReady: {
    zh: '公告期未满；请稍后再办',
    en: 'what was announced waits still: try again later',
  },
  AccessManagerExpired: {
    zh: '公告已过一周，失效了；请重新公告',
    en: 'what was announced more than a week ago is forgotten: announce it anew',
  },
  AccessManagerAlreadyScheduled: { zh: '此事已经公告', en: 'it is announced already' },
  AccessManagerUnauthorizedAccount: {
    zh: '账户 {msgsender} 没有授予或收回职责的权力；请提交理事会表决',
    en: 'the account {msgsender} may give no role and take none: put it to the council',
  },
  AccessManagerUnauthorizedCall: {
    zh: '账户 {caller} 没有此项职权，不能公告',
    en: 'the account {caller} has not this power, so it cannot announce it',
  },
  AccessManagerUnauthorizedCancel: {
    zh: '账户 {msgsender} 不能叫停此公告：只有公告人、应急保管者和理事会可以',
    en: 'the account {msgsender} cannot stop it: who announced it, the emergency keeper and the council can',
  },
  GovernorAlreadyCastVote: { zh: '账户 {voter} 已经投过票', en: 'the account {voter} has voted already' },
  GovernorAlreadyQueuedProposal: { zh: '该提案已经排期', en: 'it is queued already' },
  GovernorInsufficientProposerVotes: {
    zh: '账户 {proposer} 在理事会没有席位，或席位刚刚取得，不能提案；请先 take-seat，刚取得的请稍后再试',
    en: 'the account {proposer} has no seat in the council, or took it this very second: it takes its seat first, or tries again',
  },
  GovernorNonexistentProposal: {
    zh: '没有这个提案；用 votes 查看',
    en: 'there is no such vote: votes lists them',
  },
  GovernorUnexpectedProposalState: {
    zh: '该提案目前不能这样办理（尚未开始、已经结束，或同样的提案已经提出）；用 votes 查看进展，同样的事项再次提案须以 --reason 写明不同的理由',
    en: 'the vote is not at that step (it has not begun, is over, or was put already): votes tells how far it is, and what was put before is put again with another --reason',
  },
  GovernorUnableToCancel: {
    zh: '账户 {account} 不能撤回该提案：只有提案人可以，且须在开始表决之前',
    en: 'the account {account} cannot withdraw it: who put it can, before it is voted on',
  },
  GovernorUnmetDelay: {
    zh: '决定 {neededTimestamp} 起方可执行',
    en: 'what was decided can be carried out from {neededTimestamp} on',
  },
} satisfies RefusalTexts

/** What the contracts' errors mean to who holds an office. */
export const OFFICE_REFUSAL_TEXTS: RefusalTexts = { ...MEMBERS, ...KEYS, ...RULES, ...ALLIANCE }
