/** Why the ledger could not be asked, for who runs the command: the sheet tells the clerk only that it could not. */
import {
  type Bilingual,
  fillIn,
  type LedgerUnavailableCode,
  type LedgerUnavailableError,
} from '@hefu/protocol'

/** What to look at. `{reason}` is the error's own, which holds nothing of a licence. */
const SENTENCES: Readonly<Record<LedgerUnavailableCode, Bilingual>> = {
  unreachable: {
    zh: '互认链节点没有给出可用的应答：请核对连接配置文件中的 rpcUrl（地址、端口，须是节点接口而不是网页）、网络和代理；合约在另一条链上的，须在 nodes 中写明该链的节点（{reason}）',
    en: 'Ask the ledger: no node gave an answer that can be used; check rpcUrl in the network file (address and port, of a node and not of a web page), the network and its proxy, and, for a ledger on another chain, its node in nodes ({reason})',
  },
  'wrong-chain': {
    zh: '节点所属的链不是连接配置文件中的链：请核对 chainId 和 rpcUrl（{reason}）',
    en: 'Ask the ledger: the node is of another chain than the network file says; check chainId and rpcUrl ({reason})',
  },
  'no-contract': {
    zh: '连接配置文件中的合约地址上没有合约：请核对 ledger（或 registry）、chainId 和 rpcUrl，并确认节点已同步（{reason}）',
    en: 'Ask the ledger: no contract stands at its address; check ledger (or registry), chainId and rpcUrl in the network file, and that the node has caught up ({reason})',
  },
  refused: {
    zh: '连接配置文件中的合约地址上是另一合约，或另一版本的合约：请核对 ledger（或 registry）（{reason}）',
    en: 'Ask the ledger: another contract stands at its address, or another version of it; check ledger (or registry) in the network file ({reason})',
  },
  inconsistent: {
    zh: '节点的应答不能采信（互相矛盾，或不是互认链合约的应答）：请核对 ledger（或 registry）、rpcUrl 和 otherRpcUrls；核对无误而仍如此的，请更换节点（{reason}）',
    en: 'Ask the ledger: the answer cannot be believed, for it contradicts itself or another node’s, or is none of the ledger’s contract; check ledger (or registry), rpcUrl and otherRpcUrls in the network file, and if these are right ask another node ({reason})',
  },
  'block-unavailable': {
    zh: '节点没有所查区块的数据：请稍后重试；仍如此的，请改用保存全部历史的节点（{reason}）',
    en: 'Ask the ledger: the node has not the block that is asked about; try again, and then ask a node that keeps all history ({reason})',
  },
  'history-too-long': {
    zh: '该证照的状态变更记录过多，无法逐条核对：请去掉 --as-of 后再核验，或向颁发机构核实（{reason}）',
    en: 'Ask the ledger: more was entered on the licence than is followed; verify it without --as-of, or ask its issuer ({reason})',
  },
  'answer-too-large': {
    zh: '节点的应答过大，未予读取：请核对连接配置文件中的 rpcUrl（须是节点接口而不是网页），或更换节点（{reason}）',
    en: 'Ask the ledger: the answer is too large to be read; check that rpcUrl in the network file is of a node and not of a web page, or ask another node ({reason})',
  },
}

/** As the output for programs has it. */
export interface UnavailableCause {
  readonly code: LedgerUnavailableCode
  readonly says: Bilingual
}

/** The cause, and what to look at. */
export function causeOf({ code, message }: LedgerUnavailableError): UnavailableCause {
  return { code, says: fillIn(SENTENCES[code], { reason: message }) }
}
