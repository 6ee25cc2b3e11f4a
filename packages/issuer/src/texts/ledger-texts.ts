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
  TransferSuccessorNotValid: {
    zh: '转入的证照当前不是有效状态',
    en: 'the licence that is to take its place is not in force',
  },
  TransferWithinIssuer: {
    zh: '同一机构内换证请用 supersede',
    en: 'both licences are this agency’s: use supersede',
  },
  StatusEffectiveTooEarly: {
    zh: '生效日期早于账本时间 31 天以上',
    en: 'the act would take effect more than 31 days before the ledger’s time',
  },
  StatusEffectiveInFuture: {
    zh: '生效时间晚于账本时间',
    en: 'the act would take effect after the ledger’s time',
  },
}
