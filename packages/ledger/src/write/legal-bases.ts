/** On which provision a decision rests when it names none: each act has its own, for what is on the ledger stays there. */
import type { StatusAct } from '@hefu/protocol'

/** Whatever is entered by a decision. */
export type Deed = StatusAct | 'transfer-in' | 'notice' | 'notice-lifted' | 'correction' | 'dissolution'

/**
 * Codes of provisions: the initials of the law in pinyin, its article, and its item or paragraph. XZCFF 行政处罚法,
 * XZXKF 行政许可法, ZWSJGXTL 政务数据共享条例 (国令809). `null`: the law knows several, or none of its own, so that whoever
 * decides names it.
 */
export const LEGAL_BASES: Readonly<Record<Deed, string | null>> = {
  // 暂扣、吊销许可证件 are penalties, and an end of one is decided by who imposed it.
  suspend: 'XZCFF-9-3',
  reinstate: 'XZCFF-9-3',
  revoke: 'XZCFF-9-3',
  // 限制开展生产经营活动、限制从业.
  restrict: 'XZCFF-9-4',
  lift: 'XZCFF-9-4',
  annul: 'XZXKF-69',
  withdraw: 'XZXKF-8',
  deregister: 'XZXKF-70',
  // 变更 by art. 49, 延续 by art. 50: which of them it was, the act does not say.
  supersede: 'XZXKF-49/50',
  'transfer-out': null,
  'cancel-transfer-out': null,
  'transfer-in': null,
  defer: null,
  activate: null,
  // 查封, 抵押 and 异议 rest on a law each.
  notice: null,
  'notice-lifted': null,
  // The duty to check and correct what is shared; what quashed the decision is named by its number.
  correction: 'ZWSJGXTL',
  dissolution: 'ZWSJGXTL',
}
