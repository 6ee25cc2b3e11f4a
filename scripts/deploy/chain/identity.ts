/** Which chain it is. */
import { type ChainCheck, no, yes } from './check.ts'
import { parseQuantity } from './json-rpc.ts'
import { PROGRAMS, runProgram } from './program.ts'

export const CHAIN_ID: ChainCheck = {
  name: 'chain-id',
  isRequired: true,
  run: async ({ rpc, chainId: meant }) => {
    const told = parseQuantity(await rpc('eth_chainId', []))
    if (meant !== undefined && told !== meant) {
      return no(`链 ID 是 ${told}，而不是 ${meant}`, `the chain id is ${told}, not ${meant}`)
    }
    if (told === 0)
      return no(
        '链 ID 是 0，交易可在别的链上重放',
        'the chain id is 0: transactions could be replayed elsewhere',
      )
    const run = await runProgram(rpc, PROGRAMS.chainId)
    if (run !== BigInt(told)) {
      return no(
        `节点说链 ID 是 ${told}，合约看到的却是 ${run}`,
        `the node says that the chain id is ${told}, contracts see ${run}`,
      )
    }
    return yes(`链 ID 是 ${told}`, `the chain id is ${told}`)
  },
}
