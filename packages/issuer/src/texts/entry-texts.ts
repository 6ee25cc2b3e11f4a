/** The kinds of entries, Chinese first. */
import type { Deed, OperatorCall } from '@hefu/ledger'
import type { Bilingual, StatusAct } from '@hefu/protocol'
import { ACT_TEXTS } from './act-texts.ts'

type EntryKind = Exclude<OperatorCall['kind'], 'anchors' | 'pass-over'>

export const ENTRY_TEXTS: Readonly<Record<EntryKind, Bilingual>> = {
  act: { zh: '状态变更', en: 'act' },
  'late-act': { zh: '逾期登记的状态变更', en: 'late act' },
  supersession: { zh: '换证、补证、变更、延续', en: 'supersession' },
  'transfer-out': { zh: '转出', en: 'transfer out' },
  'transfer-in': { zh: '转入', en: 'transfer in' },
  notice: { zh: '标注', en: 'notice' },
  'notice-lifted': { zh: '解除标注', en: 'notice lifted' },
  correction: { zh: '更正', en: 'correction' },
  dissolution: { zh: '解除接替', en: 'dissolution of a succession' },
  withdrawal: { zh: '撤回提出的事项', en: 'withdrawal of a proposal' },
}

/** What is decided, Chinese first. */
export function deedText(deed: Deed): Bilingual {
  return isStatusAct(deed) ? ACT_TEXTS[deed] : ENTRY_TEXTS[deed]
}

function isStatusAct(deed: Deed): deed is StatusAct {
  return Object.hasOwn(ACT_TEXTS, deed)
}
