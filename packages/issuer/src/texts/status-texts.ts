/** The legal statuses, as a correction and a refusal name them. */
import type { Bilingual, LegalStatus } from '@hefu/protocol'

export const STATUS_TEXTS: Readonly<Record<LegalStatus, Bilingual>> = {
  valid: { zh: '有效', en: 'valid' },
  suspended: { zh: '暂扣', en: 'suspended' },
  revoked: { zh: '已吊销', en: 'revoked' },
  restricted: { zh: '限制使用', en: 'restricted' },
  'restricted-suspended': { zh: '限制使用且暂扣', en: 'restricted and suspended' },
  inactive: { zh: '未激活', en: 'inactive' },
  annulled: { zh: '已撤销', en: 'annulled' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  deregistered: { zh: '已注销', en: 'deregistered' },
  'revoked-deregistered': { zh: '已吊销并注销', en: 'revoked and deregistered' },
  'annulled-deregistered': { zh: '已撤销并注销', en: 'annulled and deregistered' },
  'withdrawn-deregistered': { zh: '已撤回并注销', en: 'withdrawn and deregistered' },
  superseded: { zh: '已换发', en: 'superseded' },
  'transferred-out': { zh: '已转出，尚未转入', en: 'transferred out' },
  transferred: { zh: '已转至其他机构', en: 'transferred' },
}
