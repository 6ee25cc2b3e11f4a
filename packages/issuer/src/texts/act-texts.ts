/** The legal acts, Chinese first. */
import type { StatusAct } from '@hefu/protocol'

export const ACT_TEXTS: Readonly<Record<StatusAct, string>> = {
  suspend: '暂扣 · suspend',
  reinstate: '发还 · reinstate',
  revoke: '吊销 · revoke',
  restrict: '受限使用 · restrict',
  lift: '解除限制 · lift a restriction',
  annul: '撤销（自始无效） · annul: void from the start',
  withdraw: '撤回 · withdraw',
  deregister: '注销 · deregister',
  supersede: '换证、补证、变更、延续 · supersede',
  'transfer-out': '转出 · transfer out',
  'cancel-transfer-out': '取消转出 · cancel a transfer out',
  defer: '暂缓生效 · defer',
  activate: '激活 · activate',
}
