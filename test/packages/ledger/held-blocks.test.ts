/** A header is held by its hash, by the rule of its engine; and what was told in its block by the header. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { decodeRlp, encodeRlp, recoverAddress, sha256, Wallet } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { hashHeader, parseBlock } from '#internal/ledger/replica/nodes/block-header'
import { type HeldBlock, parseReceipts, readHeldLogs } from '#internal/ledger/replica/nodes/block-receipts'
import { NodeProvider } from '../../../scripts/deploy/node-provider.ts'
import { type RunningChain, rpc, startChain } from '../../../scripts/sandbox/chain.ts'
import { freePort } from '../../../scripts/sandbox/founded-sandbox.ts'
import { flipDigit } from '../../fixtures/fault-proxy.ts'
import { BESU_BLOCK, BESU_GENESIS, BESU_SECOND_ROUND, SEALED_HASH } from './fixtures/qbft-blocks.ts'

/** The first account of anvil. */
const ACCOUNT = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const ELSEWHERE = `0x${'77'.repeat(20)}`
/** `LOG2` of 32 zero bytes with the topics 1 and 2, as the code that makes a contract. */
const TELLING_CODE = '0x6002600160206000a200'

type Header = Record<string, unknown>

const byQbft = (header: Header) => hashHeader(header, 'qbft')
const byEthereum = (header: Header) => hashHeader(header, 'ethereum')

/** The first block of Ethereum's main chain. */
const MAIN_GENESIS = {
  parentHash: `0x${'00'.repeat(32)}`,
  sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  miner: `0x${'00'.repeat(20)}`,
  stateRoot: '0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544',
  transactionsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  receiptsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  logsBloom: `0x${'00'.repeat(256)}`,
  difficulty: '0x400000000',
  number: '0x0',
  gasLimit: '0x1388',
  gasUsed: '0x0',
  timestamp: '0x0',
  extraData: '0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa',
  mixHash: `0x${'00'.repeat(32)}`,
  nonce: '0x0000000000000042',
}

describe('The hash of a header', () => {
  it('is of all that it has, on a chain of Ethereum’s rule', () => {
    expect(hashHeader(MAIN_GENESIS, 'ethereum')).to.equal(
      '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
    )
  })

  it('is of all but seals and round, on a chain of QBFT: as Besu answers it', () => {
    expect(hashHeader(BESU_BLOCK, 'qbft')).to.equal(BESU_BLOCK.hash)
    expect(hashHeader(BESU_GENESIS, 'qbft')).to.equal(BESU_GENESIS.hash)
    expect(hashHeader(BESU_BLOCK, 'ethereum')).to.not.equal(BESU_BLOCK.hash)
  })

  it('is the same in whichever round and with whichever seals a block of QBFT was made', () => {
    const [vanity, validators, vote, round, seals] = decodeRlp(BESU_SECOND_ROUND.extraData) as [
      string,
      string[],
      string,
      string,
      string[],
    ]
    const withExtra = (items: unknown[]): Header => ({
      ...BESU_SECOND_ROUND,
      extraData: encodeRlp(items as never),
    })
    const sealed = withExtra([vanity, validators, vote, round, []])
    expect(hashHeader(sealed, 'ethereum')).to.equal(SEALED_HASH)
    for (const seal of seals) {
      const [r, s, v] = [seal.slice(0, 66), `0x${seal.slice(66, 130)}`, seal.slice(130)]
      expect(validators).to.include(recoverAddress(SEALED_HASH, { r, s, v: 27 + Number(v) }).toLowerCase())
    }
    const unsealed = withExtra([vanity, validators, vote, '0x', []])
    for (const header of [BESU_SECOND_ROUND, sealed, unsealed])
      expect(hashHeader(header, 'qbft')).to.equal(hashHeader(unsealed, 'ethereum'))
    const otherValidators = withExtra([vanity, validators.slice(1), vote, round, seals])
    expect(hashHeader(otherValidators, 'qbft')).to.not.equal(hashHeader(unsealed, 'ethereum'))
  })

  it('is none where the extra data of QBFT is no list of five', () => {
    for (const extraData of ['0x', '0xc0', '0x80', '0xffff', encodeRlp([['0x01']]), MAIN_GENESIS.extraData]) {
      expect(() => hashHeader({ ...BESU_BLOCK, extraData }, 'qbft'), extraData).to.throw(/extra data/)
    }
  })

  it('is another for every member that is another, or is not there', () => {
    for (const [name, value] of Object.entries(BESU_BLOCK)) {
      if (['hash', 'size', 'totalDifficulty', 'extraData'].includes(name)) continue
      for (const told of [flipDigit(value), null, undefined]) {
        const header = { ...BESU_BLOCK, [name]: told }
        expect(() => parseBlock(header, byQbft), `${name} ${told}`).to.throw()
      }
    }
    expect(parseBlock(BESU_BLOCK, byQbft)).to.deep.include({ number: 58_866, hash: BESU_BLOCK.hash })
  })
})

describe('A block of a chain process', function () {
  this.timeout(120_000)
  const folder = mkdtempSync(join(tmpdir(), 'hefu-held-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  async function onChain<T>(hardfork: string, work: (chain: RunningChain) => Promise<T>): Promise<T> {
    const stateFile = join(folder, `${hardfork}.json`)
    const chain = await startChain({ port: await freePort(), stateFile, args: ['--hardfork', hardfork] })
    try {
      return await work(chain)
    } finally {
      await chain.stop()
    }
  }

  for (const hardfork of ['byzantium', 'london', 'paris', 'shanghai', 'cancun', 'prague', 'osaka'])
    it(`has the hash that its header makes, by the fork ${hardfork}`, () =>
      onChain(hardfork, async ({ rpcUrl }) => {
        await rpc(rpcUrl, 'anvil_mine', ['0x1'])
        const answer = (await rpc(rpcUrl, 'eth_getBlockByNumber', ['latest', false])) as Header
        expect(parseBlock(answer, byEthereum).hash).to.equal(answer['hash'])
      }))

  describe('with receipts of every type', () => {
    let block: HeldBlock
    let receipts: Header[]

    before(() =>
      onChain('prague', async ({ rpcUrl }) => {
        await sendEveryType(rpcUrl)
        const answer = await rpc(rpcUrl, 'eth_getBlockByNumber', ['latest', false])
        block = parseBlock(answer, byEthereum) as HeldBlock
        receipts = (await rpc(rpcUrl, 'eth_getBlockReceipts', ['latest'])) as Header[]
      }),
    )

    it('holds them, and what they told in its order', async () => {
      expect(receipts.map(({ type }) => type)).to.deep.equal(['0x0', '0x1', '0x2', '0x3', '0x4'])
      const logs = await readHeldLogs(parseReceipts(receipts), block)
      expect(logs.map(({ logIndex, topics }) => [logIndex, topics.length])).to.deep.equal([
        [0, 2],
        [1, 2],
      ])
    })

    it('holds no other, none less, none more, and in no other order', async () => {
      const [first, second, ...others] = receipts
      for (const told of [
        receipts.slice(1),
        receipts.slice(0, -1),
        [...receipts, first],
        [second, first, ...others],
        [],
      ]) {
        const fault = await readHeldLogs(parseReceipts(told), block).catch((error: unknown) => error)
        expect(fault).to.have.property('fault', 'wrong-logs')
      }
    })

    it('holds none of another bloom than they have', async () => {
      const logsBloom = flipDigit(block.logsBloom) as HeldBlock['logsBloom']
      const fault = await readHeldLogs(parseReceipts(receipts), { ...block, logsBloom }).catch(
        (error: unknown) => error,
      )
      expect(fault).to.have.property('fault', 'wrong-logs')
    })
  })
})

/** A transaction of each type, all in one block; the first and the third tell something. */
async function sendEveryType(rpcUrl: string): Promise<void> {
  const provider = new NodeProvider(rpcUrl, 50)
  const wallet = new Wallet(ACCOUNT, provider)
  await rpc(rpcUrl, 'evm_setAutomine', [false])
  await rpc(rpcUrl, 'evm_setIntervalMining', [0])
  const [gasPrice, chainId] = [20_000_000_000n, 31_337n]
  const fees = { maxFeePerGas: gasPrice, maxPriorityFeePerGas: 1_000_000_000n }
  const common = { chainId, gasLimit: 200_000n }
  const authorization = await wallet.authorize({ address: ELSEWHERE, nonce: 99 })
  const transactions = [
    { type: 0, gasPrice, data: TELLING_CODE },
    { type: 1, gasPrice, to: ELSEWHERE, accessList: [] },
    { type: 2, ...fees, data: TELLING_CODE },
    { type: 3, ...fees, to: ELSEWHERE, maxFeePerBlobGas: gasPrice, blobs: [emptyBlob()] },
    { type: 4, ...fees, to: ELSEWHERE, authorizationList: [authorization] },
  ]
  for (const [nonce, transaction] of transactions.entries()) {
    const signed = await wallet.signTransaction({ ...common, nonce, ...transaction })
    await rpc(rpcUrl, 'eth_sendRawTransaction', [signed])
  }
  await rpc(rpcUrl, 'anvil_mine', ['0x1'])
  provider.destroy()
}

/** Nothing: its commitment and its proof are the point at infinity. */
function emptyBlob() {
  const infinity = `0xc0${'00'.repeat(47)}`
  return {
    data: `0x${'00'.repeat(131_072)}`,
    commitment: infinity,
    proof: infinity,
    versionedHash: `0x01${sha256(infinity).slice(4)}`,
  }
}
