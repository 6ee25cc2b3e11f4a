/** Which instructions and sizes the chain's EVM allows. */
import { dataLength } from 'ethers'
import { readArtifact } from '../artifact.ts'
import { PLANS } from '../deployment-plan.ts'
import { type ChainCheck, type Judgement, no, unknown, yes } from './check.ts'
import { type Rpc, readBlock, unlessRefused } from './json-rpc.ts'
import { creationOfSize, EXPECTED_WORD, PROGRAMS, runProgram } from './program.ts'

/**
 * What one transaction may have (EIP-7825): the last to join the largest agreement needs up to 14.6 million. A ledger
 * takes about six million to deploy.
 */
const MIN_GAS_LIMIT = 16_777_216

export const PUSH0: ChainCheck = {
  name: 'push0',
  isRequired: true,
  run: ({ rpc }) => judgeInstruction(rpc, 'PUSH0', 'Shanghai', PROGRAMS.push0),
}

export const MCOPY: ChainCheck = {
  name: 'mcopy',
  isRequired: true,
  run: ({ rpc }) => judgeInstruction(rpc, 'MCOPY', 'Cancun', PROGRAMS.mcopy),
}

/** A refusal says something only when the node runs the same program without the instruction. */
async function judgeInstruction(rpc: Rpc, name: string, fork: string, program: string): Promise<Judgement> {
  const control = await runProgram(rpc, PROGRAMS.control)
  if (control !== EXPECTED_WORD) {
    return unknown(
      `节点不能试运行程序，无从判断 ${name}`,
      `the node does not run programs on trial, so ${name} cannot be told`,
    )
  }
  const word = await unlessRefused(runProgram(rpc, program))
  if (word === EXPECTED_WORD) return yes(`EVM 有 ${name} 指令`, `the EVM knows ${name}`)
  return no(
    `EVM 没有 ${name} 指令；请把链升级到 ${fork} 或更新的版本`,
    `the EVM does not know ${name}; upgrade the chain to ${fork} or later`,
  )
}

export const BLOCK_GAS: ChainCheck = {
  name: 'block-gas',
  isRequired: true,
  run: async ({ rpc }) => {
    const { gasLimit } = await readBlock(rpc, 'latest')
    if (gasLimit < MIN_GAS_LIMIT) {
      return no(
        `区块燃料上限 ${gasLimit}，低于所需的 ${MIN_GAS_LIMIT}；请链的运维方调高区块燃料上限（genesis 或链参数中的 gasLimit）`,
        `the gas limit of a block is ${gasLimit}, below the ${MIN_GAS_LIMIT} needed; have who runs the chain raise it (gasLimit of its genesis or settings)`,
      )
    }
    return yes(`区块燃料上限 ${gasLimit}`, `the gas limit of a block is ${gasLimit}`)
  },
}

/** Bytes; what no chain refuses for its size. */
const SMALL_CREATION = 64

/** Whether the node creates a contract of so many bytes on trial. */
async function creates(rpc: Rpc, code: number, init: number): Promise<boolean> {
  const created = await unlessRefused(rpc('eth_call', [{ data: creationOfSize(code, init) }, 'latest']))
  return created === `0x${'00'.repeat(code)}`
}

/** A refusal says something only when the node creates a small contract. */
export const CODE_SIZE: ChainCheck = {
  name: 'code-size',
  isRequired: true,
  run: async ({ rpc }) => {
    const artifacts = PLANS.map(({ artifact }) => readArtifact(artifact))
    const code = Math.max(...artifacts.map(({ deployedBytecode }) => dataLength(deployedBytecode)))
    const init = Math.max(...artifacts.map(({ bytecode }) => dataLength(bytecode)))
    await runProgram(rpc, PROGRAMS.control)
    if (!(await creates(rpc, 1, SMALL_CREATION))) {
      return unknown(
        '节点不能试建合约，无从判断可部署多大的合约',
        'the node does not create contracts on trial, so their size cannot be told',
      )
    }
    if (await creates(rpc, code, init)) {
      return yes(`可部署 ${code} 字节的合约`, `a contract of ${code} bytes can be deployed`)
    }
    return no(
      `不能部署 ${code} 字节的合约（创建数据 ${init} 字节）；请链的运维方将合约大小上限调到以太坊的 24576 字节（EIP-170），创建数据上限调到 49152 字节（EIP-3860）`,
      `a contract of ${code} bytes, created by ${init} bytes, cannot be deployed; have who runs the chain raise the limits to Ethereum’s, 24,576 bytes of code (EIP-170) and 49,152 of creation (EIP-3860)`,
    )
  },
}
