/** Why the ledger refuses, and what to do; `{name}` is a value of the refusal, by its name in contracts/interfaces. */
import type { RefusalCode } from '@hefu/ledger'
import type { Bilingual } from '@hefu/protocol'
import { OFFICE_REFUSAL_TEXTS } from './office-refusal-texts.ts'

/** By the names of the contracts' errors: one that is renamed there does not compile here. */
type RefusalTexts = Readonly<Partial<Record<RefusalCode, Bilingual>>>

/** Who may act for the agency, and when. */
const STANDING = {
  AgencyNotActive: {
    zh: '机构 {agency} 未在互认链登记，或已被暂停上链资格；请联系本地区管理员',
    en: 'the agency {agency} must be accredited and active, and is not: ask the region’s admin',
  },
  RegionNotActive: {
    zh: '地区 {region} 尚未加入互认，或已被暂停互认；请联系该地区管理员（应急暂停的，由应急保管者结束）',
    en: 'the region {region} must be active, and is not admitted, suspended or paused: ask its admin (an emergency pause is ended by the emergency keeper)',
  },
  RegionClosed: {
    zh: '地区 {region} 已停止在本互认链存证，证照状态登记照常；新证照请在后继互认链办理',
    en: 'the region {region} is closed for anchors while acts go on: anchor on the ledger that follows this one',
  },
  CallerNotOperator: {
    zh: '账户 {caller} 不是 {agency} 登记的操作账户；请核对工作目录，或请本地区管理员登记',
    en: 'the account {caller} is not the operator of {agency}: check the folder, or have the region’s admin nominate it',
  },
  CallerNotNominated: {
    zh: '账户 {caller} 未获他人提名；请上级（或本地区管理员）先行提名',
    en: 'the account {caller} was nominated by nobody else: the admin above, or of the region, nominates it first',
  },
  NominationExpired: {
    zh: '提名于 {nominatedAt} 作出，已超过三十日而失效；请提名人（本地区管理员或其上级）重新提名',
    en: 'the nomination of {nominatedAt} is older than thirty days and has lapsed: whoever made it, the admin or the superior, makes it anew',
  },
  NominationOvertaken: {
    zh: '{nominatedAt} 提名之后，地区 {region} 有变动，提名已失效；请重新提名',
    en: 'after the nomination of {nominatedAt} the region {region} changed: have it made anew',
  },
  AgencyAlreadyRetired: {
    zh: '机构 {agency} 已撤销或合并，不能再由其办理；请联系承继机构或本地区管理员',
    en: 'the agency {agency} is retired: ask its successor or the region’s admin',
  },
  AccountIsAdmin: {
    zh: '账户 {account} 是地区管理员，不能同时作为机构操作账户；请使用另一账户',
    en: 'the account {account} is the admin of a region and can be no operator: use another',
  },
} satisfies RefusalTexts

/** Anchoring, and giving up what was signed. */
const ANCHORING = {
  AnchorAlreadyExists: {
    zh: '批次 {root} 此前已上链存证；请运行 hefu-issuer resume 核对',
    en: 'the batch {root} is anchored already: run hefu-issuer resume',
  },
  AnchorIndexNotNext: {
    zh: '批次应从索引 {expected} 开始，实为 {firstIndex}：台账可能被回退，或有批次尚未存证；请停止签发并核对台账',
    en: 'the batch must begin at index {expected}, not {firstIndex}: the journal was set back, or an earlier batch is missing; stop issuing',
  },
  AnchorIndicesTooFast: {
    zh: '机构 {issuer} 用去索引过快：至 {next} 已超过目前可用的 {limit}；可用索引随时间增加，请稍后再试，并查明为何用去如此之多',
    en: 'the agency {issuer} uses up indices too fast: {next} is beyond {limit}, which grows with time; try again later, and find out why so many were used up',
  },
  AnchorListEmpty: {
    zh: '没有可存证的批次；请先签发证照',
    en: 'there is no batch to anchor: issue licences first',
  },
  AnchorRootZero: {
    zh: '批次根值为零，台账数据有误；请停止签发并联系运维',
    en: 'the root of a batch is zero, so the journal is damaged: stop issuing and ask for help',
  },
  AnchorSizeInvalid: {
    zh: '每批应为 1 至 16777216 份证照，实为 {size} 份；请用 --batch-size 减小批次',
    en: 'a batch has 1 to 16,777,216 licences, not {size}: name a smaller --batch-size',
  },
} satisfies RefusalTexts

/** Acts, and the decisions behind them. */
const ACTING = {
  StatusTransitionUnlawful: {
    zh: '证照（状态索引 {index}）当前状态为“{from}”，不能办理“{act}”；请核对决定书，登记有误的用 act correct 更正',
    en: 'the licence {index} is {from}, from which the law knows no “{act}”: check the decision; what was entered wrongly is put right by act correct',
  },
  StatusIndexNotAnchored: {
    zh: '状态索引 {index} 的证照尚未上链存证；请先运行 hefu-issuer resume',
    en: 'no anchor covers the licence {index}: run hefu-issuer resume first',
  },
  StatusEndUnlawful: {
    zh: '截止时间 {endsAt} 应晚于生效时间 {effectiveAt}，且只有暂扣和限制使用可设截止时间，“{act}”不可',
    en: 'an end must lie after the beginning ({effectiveAt}), and {endsAt} was given; only a suspension or a restriction has one, not “{act}”',
  },
  StatusEffectiveTooEarly: {
    zh: '生效时间 {effectiveAt} 早于登记之时（{blockTime}）31 天以上；逾期登记须加 --late，由本机构提出、上级确认',
    en: 'it took effect at {effectiveAt}, more than 31 days before the ledger’s time ({blockTime}): with --late this agency proposes it and the superior confirms',
  },
  StatusNotLate: {
    zh: '生效时间 {effectiveAt} 距登记之时（{blockTime}）未满 31 天，无需上级确认；请去掉 --late 重新登记',
    en: 'it took effect at {effectiveAt}, within 31 days of the ledger’s time ({blockTime}): enter it without --late',
  },
  StatusEffectiveInFuture: {
    zh: '生效时间 {effectiveAt} 晚于互认链当前时间 {blockTime}；请到当日再登记',
    en: 'it would take effect at {effectiveAt}, after the ledger’s time ({blockTime}): enter it on that day or later',
  },
  StatusDecisionNumberLength: {
    zh: '决定书文号应为 1 至 96 字节（UTF-8），实为 {length} 字节；请核对文号',
    en: 'a decision number has 1 to 96 bytes of UTF-8, not {length}: check it',
  },
  StatusLegalBasisMissing: {
    zh: '缺少法律依据代码；请用 --basis 填写',
    en: 'the legal basis is missing: name it by --basis',
  },
  StatusIndicesEmpty: {
    zh: '没有指明证照；请列出电子证照标识',
    en: 'no licence is named: list their identifiers',
  },
  StatusIndicesNotAscending: {
    zh: '证照重复列出（状态索引 {previous}、{next}）；请去掉重复项',
    en: 'a licence is named twice (indexes {previous}, {next}): name each once',
  },
  StatusActOfItsOwn: {
    zh: '“{act}”不能这样登记；请使用它自己的命令',
    en: '“{act}” is not entered this way: it has a command of its own',
  },
} satisfies RefusalTexts

/** Notices beside the status. */
const NOTING = {
  NoticeCodeUnknown: {
    zh: '没有该种标注（{code}）；代码应为 0 至 111',
    en: 'there are no notices of this kind ({code}): codes go from 0 to 111',
  },
  NoticeUnchanged: {
    zh: '证照（状态索引 {index}）的“{code}”{stands}；请核对后去掉该证照',
    en: 'for the licence {index}, {code} {stands}: check it, and leave the licence out',
  },
  NoticeEndUnlawful: {
    zh: '“{code}”不设截止时间（填写了 {endsAt}），解除前一直有效；请去掉截止时间',
    en: '{code} has no end ({endsAt} was given): it stands until it is lifted',
  },
} satisfies RefusalTexts

/** Licences that take the place of others. */
const SUCCEEDING = {
  TransferOriginNotOut: {
    zh: '原证照（{issuer}，状态索引 {index}）当前为“{status}”，不在转出途中；请原颁发机构先办理转出',
    en: 'the earlier licence ({issuer}, index {index}) is {status} and not on its way: its issuer transfers it out first',
  },
  TransferElsewhere: {
    zh: '原证照转往 {destination}，不是 {issuer}；请由该机构转入，或请原颁发机构取消后重新转出',
    en: 'the earlier licence was transferred out to {destination}, not to {issuer}: that one takes it in, or its issuer cancels and transfers anew',
  },
  TransferDestinationUnknown: {
    zh: '转往的机构 {destination} 从未在互认链登记；请核对统一社会信用代码',
    en: 'the destination {destination} was never accredited: check its code',
  },
  OriginChainTooLong: {
    zh: '证照（{issuer}，状态索引 {index}）历经换证、转移的次数已达上限，不能再由其他证照接替；请重新核发',
    en: 'the licence ({issuer}, index {index}) goes back over as many others, re-made or transferred, as may be: grant it anew',
  },
  TransferWithinIssuer: {
    zh: '两份证照同属 {issuer}；同一机构内换证，请使用“换证（act supersede --by）”',
    en: 'both licences are of {issuer}: use act supersede --by',
  },
  SuccessorNotFresh: {
    zh: '接替的证照（状态索引 {index}）当前不是有效状态，或已接替其他证照；请另行签发一份',
    en: 'the licence {index} that is to take the place is not in force, or took another’s: issue one more',
  },
  SupersessionAcrossIssuers: {
    zh: '两份证照分属 {originIssuer} 和 {issuer}；不同机构之间，请先办理转出，再办理转入',
    en: 'the licences are of {originIssuer} and of {issuer}: between agencies, transfer out and then in',
  },
  SuccessionUnknown: {
    zh: '证照（{issuer}，状态索引 {index}）没有接替该份原证照；请核对',
    en: 'the licence ({issuer}, index {index}) took the place of no such one: check both',
  },
} satisfies RefusalTexts

/** What needs two keys. */
const AGREEING = {
  CallerNotSuperior: {
    zh: '此事只能由上级（{region}）的管理账户办理或确认，账户 {caller} 不是；已提出、正待确认的事项见 hefu-region proposals',
    en: 'only the superior ({region}) does or confirms that, and the account {caller} is not its admin; what was proposed and waits is listed by hefu-region proposals',
  },
  ConfirmerIsProposer: {
    zh: '账户 {confirmer} 正是提出人，不能自行确认；请由上级确认',
    en: '{confirmer} proposed it and cannot confirm it: the superior does',
  },
  ConfirmerAppointedByProposer: {
    zh: '确认人 {confirmer} 由提出人 {proposer} 任命，不能确认；请由再上一级确认',
    en: '{confirmer} was appointed by the proposer {proposer} and cannot confirm: another superior does',
  },
  ConfirmerTooNew: {
    zh: '确认人 {confirmer} 自 {heldSince} 起在职，未满七日；请满七日后再确认',
    en: '{confirmer} is in office since {heldSince}, less than seven days: confirm once they are over',
  },
  ProposerTooNew: {
    zh: '提出事项的地区 {region}，其管理员自 {heldSince} 起在职，未满七日；请满七日后再确认',
    en: 'the admin of {region}, for which it was proposed, is in office since {heldSince}, less than seven days: confirm once they are over',
  },
  AgencyMovedLately: {
    zh: '颁发机构 {agency} 或其所在地区于 {movedAt} 才划转，未满七日；请满七日后再确认',
    en: 'the agency {agency}, or a region that it lies in, was moved at {movedAt}, less than seven days ago: confirm once they are over',
  },
  OperatorTooNew: {
    zh: '颁发机构 {agency} 的操作账户自 {heldSince} 起在职，未满七日，且非本地区现任管理员所任命；请满七日后再确认，或由上级提出',
    en: 'the operator of {agency} is in office since {heldSince}, less than seven days, and not by the word of the region’s present admin: confirm once they are over, or the admin above proposes it',
  },
  ProposalNotOfCaller: {
    zh: '账户 {caller} 没有提出过 {call}；请核对提出编号',
    en: '{caller} proposed no call {call}: check its number',
  },
  CorrectionStatusUnlawful: {
    zh: '不能更正为“{status}”：该状态须有接替的证照；请选择其他状态',
    en: 'no correction leads to “{status}” without the licence that took the place: name another status',
  },
  CorrectionAfterSuccessor: {
    zh: '证照（状态索引 {index}）已由 {successorIssuer} 的证照（状态索引 {successorIndex}）接替；请先撤销接替的证照；换证类的接替也可解除',
    en: 'the licence {index} has a successor, {successorIndex} of {successorIssuer}: that one is annulled first; a supersession may be dissolved instead',
  },
  CorrectionAfterOrigin: {
    zh: '证照（状态索引 {index}）所接替的原证照（{originIssuer}，状态索引 {originIndex}）已恢复；两者不能同时有效，请核对',
    en: 'the licence {index} took the place of {originIndex} of {originIssuer}, which has its own again: both cannot be in force',
  },
} satisfies RefusalTexts

/** No error of the contract's own. */
const OTHERWISE = {
  Reverted: {
    zh: '交易已打包但未被接受，证照状态没有任何改变；请核对当前状态后重新登记',
    en: 'the transaction was mined and refused, and nothing has changed: look at the present status and enter it again',
  },
  AccountUnfunded: {
    zh: '操作账户余额不足以支付交易费用；请联系运维为该账户充值，之后运行 hefu-issuer resume',
    en: 'the operator’s account cannot pay for the transaction: have it funded, then run hefu-issuer resume',
  },
  'unknown error': {
    zh: '互认链给出的原因本版本不认识（{said}），可能是合约版本不同；请核对互认链连接配置文件，或联系运维',
    en: 'the ledger gave a reason that this version does not know ({said}): check the network file, or ask for help',
  },
} satisfies RefusalTexts

/** What the contracts' custom errors mean to an agency, and to who holds an office. */
export const LEDGER_REFUSAL_TEXTS: RefusalTexts = {
  ...STANDING,
  ...ANCHORING,
  ...ACTING,
  ...NOTING,
  ...SUCCEEDING,
  ...AGREEING,
  ...OFFICE_REFUSAL_TEXTS,
  ...OTHERWISE,
}
