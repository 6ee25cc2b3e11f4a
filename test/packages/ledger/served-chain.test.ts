/** Which chain a node serves is asked before anything is believed, and not again for every question. */

import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { connectNode } from '#internal/ledger/chain/node-client'
import { type ChainCheck, createChainCheck } from '#internal/ledger/chain/served-chain'
import { REGISTRY_CHAIN, type RegistryNode, startRegistryNode } from './registry-node.ts'

const BLOCK = { number: 1, hash: `0x${'b1'.repeat(32)}`, time: 1_768_000_000 }

describe('the chain that a node serves', () => {
  let node: RegistryNode
  let client: ReturnType<typeof connectNode>

  beforeEach(async () => {
    node = await startRegistryNode({ chainId: REGISTRY_CHAIN, block: BLOCK, entries: [], older: {} })
    client = connectNode(node.rpcUrl, {})
  })
  afterEach(() => node.close())

  const check = (keepMs?: number): ChainCheck => createChainCheck(REGISTRY_CHAIN, 'ledger', keepMs)

  async function codeOf(checked: Promise<void>): Promise<string> {
    try {
      await checked
      return 'served'
    } catch (error) {
      return error instanceof LedgerUnavailableError ? error.code : String(error)
    }
  }

  it('is asked once for many questions', async () => {
    const assertChain = check()
    for (let i = 0; i < 5; i++) await assertChain(client)
    expect(node.asked).to.deep.equal(['eth_chainId'])
  })

  it('is asked again once the answer is too old, and another one is refused', async () => {
    const assertChain = check(0)
    expect(await codeOf(assertChain(client))).to.equal('served')
    node.state.chainId = 1
    expect(await codeOf(assertChain(client))).to.equal('wrong-chain')
  })

  it('is asked again after a wrong answer, which nobody keeps', async () => {
    node.state.chainId = 1
    const assertChain = check()
    expect(await codeOf(assertChain(client))).to.equal('wrong-chain')
    node.state.chainId = REGISTRY_CHAIN
    expect(await codeOf(assertChain(client))).to.equal('served')
  })
})
