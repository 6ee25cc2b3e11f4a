/** The legal acts, Chinese first. */
import type { Bilingual, StatusAct } from '@hefu/protocol'

export const ACT_TEXTS: Readonly<Record<StatusAct, Bilingual>> = {
  suspend: { zh: '暂扣', en: 'suspend' },
  reinstate: { zh: '解除暂扣（发还）', en: 'reinstate' },
  revoke: { zh: '吊销', en: 'revoke' },
  restrict: { zh: '限制使用', en: 'restrict' },
  lift: { zh: '解除限制使用', en: 'lift a restriction' },
  annul: { zh: '撤销（自始无效）', en: 'annul: void from the start' },
  withdraw: { zh: '撤回', en: 'withdraw' },
  deregister: { zh: '注销', en: 'deregister' },
  supersede: { zh: '换证、补证、变更、延续', en: 'supersede' },
  'transfer-out': { zh: '转出', en: 'transfer out' },
  'cancel-transfer-out': { zh: '取消转出', en: 'cancel a transfer out' },
  defer: { zh: '暂缓生效', en: 'defer' },
  activate: { zh: '激活', en: 'activate' },
}
