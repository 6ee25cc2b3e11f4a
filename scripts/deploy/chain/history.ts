/** What of the past the node can tell and prove. */
import { keccak256 } from 'ethers'
import { type ChainCheck, no, unknown, yes } from './check.ts'
import { parseQuantity, type Rpc, readBlock, toQuantity, unlessRefused } from './json-rpc.ts'

const ANY_ADDRESS = `0x${'00'.repeat(20)}`
const ANY_SLOT = `0x${'00'.repeat(32)}`
/** Nodes that prune keep hundreds of states: with fewer blocks than that, none of them shows. */
const TELLING_BLOCKS = 1024

export const FINALIZED: ChainCheck = {
  name: 'finalized',
  isRequired: false,
  run: async ({ rpc }) => {
    const block = await unlessRefused(readBlock(rpc, 'finalized'))
    if (block === undefined) {
      return no(
        '节点不认识 finalized 标签；部署时请以 --finality 给出固定的确认块数',
        'the node does not know the tag finalized; give a number of blocks by --finality when deploying',
      )
    }
    const finalized = block.number
    const latest = parseQuantity(await rpc('eth_blockNumber', []))
    if (finalized > latest) {
      return no(
        `节点说已最终确定到区块 ${finalized}，而最新区块只是 ${latest}`,
        `the node says that block ${finalized} is final, but the latest is ${latest}`,
      )
    }
    return yes(
      `可读取最终确定的区块，落后 ${latest - finalized} 块`,
      `the finalized block can be read, ${latest - finalized} blocks behind`,
    )
  },
}

/** The first node of a proof hashes to the state root of its block. */
export const STATE_PROOF: ChainCheck = {
  name: 'state-proof',
  isRequired: false,
  run: async ({ rpc }) => {
    const { number, stateRoot } = await readBlock(rpc, 'latest')
    const params = [ANY_ADDRESS, [ANY_SLOT], toQuantity(number)]
    const proof = (await unlessRefused(rpc('eth_getProof', params))) as
      | { accountProof?: unknown }
      | null
      | undefined
    if (proof === undefined) {
      return no(
        '节点不提供 eth_getProof，不能证明存储的内容；需要状态证明的，请换用提供它的节点',
        'the node has no eth_getProof, so what is stored cannot be proven; take one that has it where proofs of the state are wanted',
      )
    }
    const nodes: unknown = proof?.accountProof
    const [root] = Array.isArray(nodes) ? nodes : []
    if (typeof root === 'string' && /^0x([0-9a-f]{2})+$/i.test(root) && keccak256(root) === stateRoot) {
      return yes('可证明存储的内容（eth_getProof）', 'what is stored can be proven (eth_getProof)')
    }
    if (number === 0) {
      return unknown(
        '链尚无新区块，创世块的状态证明无从核对；请待链产生一个区块后再查（anvil：cast rpc evm_mine，或先发一笔交易）',
        'the chain has made no block, and what its first one proves cannot be held against it; check again when it has made one (anvil: cast rpc evm_mine, or send a transaction)',
      )
    }
    return no(
      'eth_getProof 的证明与区块的状态根不符：存储的内容不能据此证明；请换用状态证明无误的节点',
      'the proof of eth_getProof does not fit the state root of its block, so what is stored cannot be proven by it: take a node that proves its state',
    )
  },
}

export const ARCHIVE: ChainCheck = {
  name: 'archive',
  isRequired: false,
  run: async ({ rpc }) => {
    const latest = parseQuantity(await rpc('eth_blockNumber', []))
    const oldest = await oldestState(rpc, latest)
    if (oldest > 0) {
      return no(
        `只保留最近 ${latest - oldest + 1} 块的状态：更早的事实不能查询、证明，移交也须在此之前完成`,
        `only the states of the last ${latest - oldest + 1} blocks are kept: older facts cannot be read or proven, and the hand-over must come before`,
      )
    }
    if (latest < TELLING_BLOCKS) {
      return unknown(
        `链只有 ${latest} 块，看不出节点会保留多少状态`,
        `the chain has only ${latest} blocks: how many states the node will keep cannot be told`,
      )
    }
    return yes(`保留全部 ${latest} 块的状态`, `the states of all ${latest} blocks are kept`)
  },
}

/**
 * The first block whose state the node still has.
 *
 * @throws what the node answers when it does not even have the latest
 */
async function oldestState(rpc: Rpc, latest: number): Promise<number> {
  await rpc('eth_getBalance', [ANY_ADDRESS, toQuantity(latest)])
  let [without, oldest] = [-1, latest]
  while (oldest - without > 1) {
    const middle = without + Math.floor((oldest - without) / 2)
    const balance = await unlessRefused(rpc('eth_getBalance', [ANY_ADDRESS, toQuantity(middle)]))
    // A pruned state is an error with most nodes, null with some.
    if (balance === undefined || balance === null) without = middle
    else oldest = middle
  }
  return oldest
}
