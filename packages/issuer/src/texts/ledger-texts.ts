/** Why the ledger refuses. */
import type { Bilingual } from '@hefu/protocol'

/** What the ledger's custom errors (contracts/interfaces) mean to an agency. */
export const LEDGER_REFUSAL_TEXTS: Readonly<Record<string, Bilingual>> = {
  AgencyNotActive: {
    zh: '本机构未经认可或已被暂停；请联系所在地区管理员',
    en: 'this agency is not accredited, or suspended; ask the region’s admin',
  },
  RegionNotActive: {
    zh: '本地区未加入或已被暂停',
    en: 'this region is not admitted, or suspended',
  },
  CallerNotOperator: {
    zh: '该账户不是本机构登记的操作账户',
    en: 'this account is not the operator registered for the agency',
  },
  AnchorAlreadyExists: { zh: '该批次已存证', en: 'the batch is anchored already' },
  StatusTransitionUnlawful: {
    zh: '证照当前状态不允许此操作（已吊销，或未暂扣却发还等）',
    en: 'the licence’s status does not allow this act (already revoked, reinstated without suspension, …)',
  },
  TransferOriginNotOut: {
    zh: '原证照未转出，或已有转入的证照',
    en: 'the earlier licence is not transferred out, or another has taken its place',
  },
  SuccessorNotFresh: {
    zh: '接替的证照当前不是有效状态，或已接替其他证照',
    en: 'the licence that is to take its place is not in force, or took the place of another',
  },
  TransferElsewhere: {
    zh: '原证照转往另一机构，本机构不能转入',
    en: 'the earlier licence was transferred to another agency',
  },
  TransferDestinationUnknown: {
    zh: '转往的机构从未在账本上登记',
    en: 'the destination was never accredited on the ledger',
  },
  TransferChainTooLong: {
    zh: '该证照已转移八次，请重新核发',
    en: 'the licence was transferred eight times; grant it anew',
  },
  AnchorIndexNotNext: {
    zh: '批次的起始索引与账本不符：台账可能被回退，或有批次尚未存证；请停止签发并核对',
    en: 'the batch does not begin where the ledger’s last one ended: the journal was set back, or an earlier batch is missing; stop issuing',
  },
  RegionClosed: {
    zh: '本地区已停止存证，证照状态登记照常',
    en: 'the region is closed for anchors; acts go on',
  },
  StatusIndexNotAnchored: { zh: '证照尚未上链存证', en: 'no anchor covers the licence' },
  StatusEndUnlawful: {
    zh: '截止时间应晚于生效时间，且只用于暂扣和受限使用',
    en: 'the end must lie after the beginning, and only a suspension or restriction has one',
  },
  TransferWithinIssuer: {
    zh: '同一机构内换证请用 act supersede --by',
    en: 'both licences are this agency’s: use supersede',
  },
  StatusEffectiveTooEarly: {
    zh: '生效日期早于账本时间 31 天以上：须由本机构提出、上级确认后登记',
    en: 'the act would take effect more than 31 days before the ledger’s time: this agency proposes it, and the superior confirms',
  },
  StatusEffectiveInFuture: {
    zh: '生效时间晚于账本时间',
    en: 'the act would take effect after the ledger’s time',
  },
}
