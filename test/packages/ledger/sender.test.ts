/** Calls of one account are mined exactly once, whatever is stopped, lost, dear or refused; on a real chain process. */
import { setTimeout as pause } from 'node:timers/promises'
import { type EncodedCall, LedgerRefusedError, type LegalAct, type Outbox } from '@hefu/ledger'
import type { Hex } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { connectAccount } from '#internal/ledger/write/account'
import { encodeOperatorCall } from '#internal/ledger/write/operator-call'
import {
  createSender,
  reopenLost,
  type Sender,
  type SenderOptions,
  settleMined,
} from '#internal/ledger/write/sender'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { startRpcProxy } from '../../fixtures/rpc-proxy.ts'
import { type AnchoredSandbox, createAnchoredSandbox, decided } from './fixtures/anchored-sandbox.ts'
import { createMemoryOutbox } from './fixtures/memory-outbox.ts'

const LEDGER = readArtifact(LEDGER_INTERFACE).abi

class Stopped extends Error {}

interface Suspension {
  /** Of the licence that it suspends. */
  readonly index: number
  readonly call: EncodedCall
}

describe('a sender', function () {
  this.timeout(120_000)
  let sandbox: AnchoredSandbox
  let nextIndex = 0

  before(async () => {
    sandbox = await createAnchoredSandbox()
  })
  after(() => sandbox?.stop())

  const ask = <T>(method: string, params: readonly unknown[] = []): Promise<T> =>
    rpc(sandbox.chain.rpcUrl, method, params) as Promise<T>

  /** A call that does its work once: the second time the ledger refuses it. */
  function suspension(index = nextIndex++, decision = '湘建罚〔2026〕1号'): Suspension {
    return { index, call: callOf('suspend', index, decision) }
  }

  function callOf(act: LegalAct['act'], index: number, decision: string): EncodedCall {
    const { agency, network } = sandbox
    const entered = { ...decided(decision), act, indices: [index] }
    return encodeOperatorCall(network.ledger, { kind: 'act', issuer: agency, act: entered })
  }

  function senderOver(outbox: Outbox, options: Partial<SenderOptions> = {}, rpcUrl?: string): Sender {
    const { network, operatorAccount } = sandbox
    const account = connectAccount(
      { ...network, rpcUrl: rpcUrl ?? network.rpcUrl },
      operatorAccount.privateKey,
    )
    return createSender({ account, outbox, finality: 0, pollingMs: 20, ...options })
  }

  const isSuspended = async (index: number): Promise<boolean> => (await statusOf(index)) === 1n

  const statusOf = async (index: number): Promise<bigint> => {
    const { agency } = sandbox
    const bytes: Hex = `0x${Buffer.from(agency).toString('hex')}`
    const data = LEDGER.encodeFunctionData('statusOf', [bytes, index])
    return BigInt(await ask<string>('eth_call', [{ to: sandbox.network.ledger, data }, 'latest']))
  }

  const nonceNow = async (): Promise<number> =>
    Number(await ask<string>('eth_getTransactionCount', [sandbox.operatorAccount.address, 'latest']))

  it('has a call mined, and answers the same name from what it wrote down', async () => {
    const outbox = createMemoryOutbox()
    const { index, call } = suspension()
    const sender = senderOver(outbox)
    const settled = await sender.send('one', call)
    expect(await isSuspended(index)).to.equal(true)
    const nonce = await nonceNow()
    expect(await sender.send('one', call)).to.deep.equal(settled)
    expect(await senderOver(outbox).send('one', call), 'after a new start').to.deep.equal(settled)
    expect(await nonceNow()).to.equal(nonce)
  })

  it('says what the contract refuses before anything is written down', async () => {
    const outbox = createMemoryOutbox()
    const { call } = suspension()
    await senderOver(outbox).send('first', call)
    const refused = await senderOver(outbox)
      .send('again', call)
      .catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(LedgerRefusedError)
    expect((refused as LedgerRefusedError).code).to.equal('StatusTransitionUnlawful')
    expect([...outbox.dispatches.keys()]).to.deep.equal(['first'])
  })

  /** The node answers before it mines. */
  async function mined(raw: Hex | undefined): Promise<void> {
    const hash = await ask<Hex>('eth_sendRawTransaction', [raw])
    while ((await ask('eth_getTransactionReceipt', [hash])) === null) await pause(10)
  }

  for (const stop of ['before it is sent', 'after it is sent'] as const) {
    it(`goes on with what was written down and stopped ${stop}`, async () => {
      const kept = createMemoryOutbox()
      const { index, call } = suspension()
      const save: Outbox['save'] = async (dispatch) => {
        await kept.save(dispatch)
        if (stop === 'after it is sent') await mined(dispatch.attempts.at(-1)?.raw)
        throw new Stopped()
      }
      const stopped = await senderOver({ ...kept, save })
        .send('x', call)
        .catch((error: unknown) => error)
      expect(stopped).to.be.instanceOf(Stopped)
      const nonce = (await nonceNow()) + (stop === 'before it is sent' ? 1 : 0)
      await senderOver(kept).resume()
      expect(await isSuspended(index)).to.equal(true)
      expect(await nonceNow(), 'one transaction').to.equal(nonce)
      expect((await kept.findSettlement('x'))?.reverted).to.equal(false)
    })
  }

  it('loses and doubles nothing where two send for one account', async () => {
    const outboxes = [createMemoryOutbox(), createMemoryOutbox()]
    const before = await nonceNow()
    const work = outboxes.map(async (outbox) => {
      const sender = senderOver(outbox)
      const calls = Array.from({ length: 12 }, () => suspension())
      await Promise.all(calls.map(({ index, call }) => sender.send(String(index), call)))
      return calls.map(({ index }) => index)
    })
    for (const index of (await Promise.all(work)).flat())
      expect(await isSuspended(index), `${index}`).to.equal(true)
    expect(await nonceNow(), 'as many transactions as calls').to.equal(before + 24)
    for (const outbox of outboxes) expect(await outbox.open()).to.deep.equal([])
  })

  it('signs again for a higher fee within its bound, and finds whichever was mined', async () => {
    await ask('evm_setAutomine', [false])
    await ask('evm_setIntervalMining', [0])
    const outbox = createMemoryOutbox()
    const { index, call } = suspension()
    try {
      const sent = senderOver(outbox, { bumpAfterMs: 60, mostFeeFactor: 2 }).send('dear', call)
      await pause(1_500)
      const attempts = outbox.dispatches.get('dear')?.attempts ?? []
      expect(attempts).to.have.length.within(3, 5)
      expect(new Set(attempts.map(({ transactionHash }) => transactionHash)).size).to.equal(attempts.length)
      await ask('evm_mine')
      expect((await sent).transactionHash).to.be.oneOf(attempts.map(({ transactionHash }) => transactionHash))
      expect(await isSuspended(index)).to.equal(true)
    } finally {
      await ask('evm_setAutomine', [true])
    }
  })

  it('waits for the depth that is configured', async () => {
    const outbox = createMemoryOutbox()
    const { call } = suspension()
    const sent = senderOver(outbox, { finality: 2 }).send('deep', call)
    await pause(300)
    expect(await outbox.findSettlement('deep')).to.equal(null)
    await ask('anvil_mine', ['0x2'])
    const { blockNumber } = await sent
    expect(Number(await ask<string>('eth_blockNumber'))).to.be.at.least(blockNumber + 2)
  })

  it('sends again what a chain that lost blocks has no more, each once and in order', async () => {
    const outbox = createMemoryOutbox()
    const kept = suspension()
    await senderOver(outbox).send('kept', kept.call)
    const snapshot = await ask<string>('evm_snapshot')
    const lost = [suspension(), suspension(), suspension()]
    for (const [i, { call }] of lost.entries()) await senderOver(outbox).send(`lost ${i}`, call)
    await ask('evm_revert', [snapshot])
    await ask('anvil_mine', ['0x5'])
    for (const { index } of lost) expect(await isSuspended(index)).to.equal(false)
    const nonce = await nonceNow()
    await senderOver(outbox).resume()
    for (const { index } of [kept, ...lost]) expect(await isSuspended(index)).to.equal(true)
    expect(await nonceNow()).to.equal(nonce + 3)
    await senderOver(outbox).resume()
    expect(await nonceNow(), 'nothing is left to do').to.equal(nonce + 3)
  })

  it('sends what is before it again as well, where the chain loses blocks while it waits', async () => {
    const outbox = createMemoryOutbox()
    const snapshot = await ask<string>('evm_snapshot')
    const [before, waiting] = [suspension(), suspension()]
    await senderOver(outbox).send('before', before.call)
    const sent = senderOver(outbox, { finality: 3 }).send('waiting', waiting.call)
    while (!(await isSuspended(waiting.index))) await pause(10)
    await ask('evm_revert', [snapshot])
    await ask('anvil_mine', ['0x1'])
    while (!(await isSuspended(waiting.index))) await pause(10)
    await ask('anvil_mine', ['0x3'])
    await sent
    expect(await isSuspended(before.index)).to.equal(true)
  })

  for (const [does, act, code] of [
    ['builds on', 'reinstate', 0n],
    ['would bar', 'revoke', 2n],
  ] as const) {
    it(`sends what the chain has lost, unnoticed, before a call that ${does} it`, async () => {
      const outbox = createMemoryOutbox()
      const sender = senderOver(outbox)
      await sender.send('kept', suspension().call)
      const snapshot = await ask<string>('evm_snapshot')
      const lost = suspension()
      await sender.send('lost', lost.call)
      await ask('evm_revert', [snapshot])
      await ask('anvil_mine', ['0x2'])
      await sender.send('later', callOf(act, lost.index, '湘建罚〔2026〕3号'))
      expect(await statusOf(lost.index)).to.equal(code)
      expect(outbox.dispatches.get('later')?.nonce).to.equal((outbox.dispatches.get('lost')?.nonce ?? 0) + 1)
      expect(await outbox.open()).to.deep.equal([])
    })
  }

  it('has a nonce used by nothing where nobody has what had it, and what comes behind it is mined', async () => {
    const [outbox, gone] = [createMemoryOutbox(), createMemoryOutbox()]
    const snapshot = await ask('evm_snapshot')
    const before = await nonceNow()
    const [lost, kept] = [suspension(), suspension()]
    await senderOver(gone).send('of a journal that is gone', lost.call)
    await senderOver(outbox).send('kept', kept.call)
    await ask('evm_revert', [snapshot])
    expect(await nonceNow()).to.equal(before)
    await senderOver(outbox, { bumpAfterMs: 100 }).resume()
    expect(await isSuspended(kept.index)).to.equal(true)
    expect(await isSuspended(lost.index), 'nobody knows of it').to.equal(false)
    expect(await nonceNow()).to.equal(before + 2)
  })

  it('sends others where what was lost is refused, and tells the refusal to who sends that call alone', async () => {
    const outbox = createMemoryOutbox()
    const snapshot = await ask<string>('evm_snapshot')
    const [lost, next] = [suspension(), suspension()]
    await senderOver(outbox).send('lost', lost.call)
    await ask('evm_revert', [snapshot])
    await ask('anvil_mine', ['0x2'])
    // With the nonce of what was lost, and in its way.
    await senderOver(createMemoryOutbox()).send('foreign', callOf('revoke', lost.index, '湘建罚〔2026〕4号'))
    await ask('anvil_mine', ['0x1'])
    await reopenLost(connectAccount(sandbox.network, sandbox.operatorAccount.privateKey), outbox)
    const settled = await senderOver(outbox).send('next', next.call)
    expect(settled.reverted).to.equal(false)
    expect(await isSuspended(next.index)).to.equal(true)
    const refused = await senderOver(outbox)
      .send('lost', lost.call)
      .catch((error: unknown) => error)
    expect(refused).to.include({ code: 'StatusTransitionUnlawful' })
  })

  it('notes what was sent by a process that was stopped, once it is mined for good, and sends nothing', async () => {
    const outbox = createMemoryOutbox()
    const stopping = { ...outbox, settle: async () => Promise.reject(new Stopped()) }
    await senderOver(stopping)
      .send('sent', suspension().call)
      .catch(() => undefined)
    const nonce = await nonceNow()
    const account = connectAccount(sandbox.network, sandbox.operatorAccount.privateKey)
    await settleMined(account, outbox, 10_000)
    expect(await outbox.findSettlement('sent'), 'not for good yet').to.equal(null)
    await settleMined(account, outbox, 0)
    expect(await outbox.findSettlement('sent')).to.include({ reverted: false })
    expect(await nonceNow()).to.equal(nonce)
  })

  it('says so when the contract refuses in the chain what it took when it was tried', async () => {
    const outbox = createMemoryOutbox()
    const { index, call } = suspension()
    const save: Outbox['save'] = async (dispatch) => {
      // Another of the same account is mined between the signing of this one and its sending.
      await senderOver(createMemoryOutbox()).send('early', suspension(index, '湘建罚〔2026〕2号').call)
      await outbox.save(dispatch)
    }
    const refused = await senderOver({ ...outbox, save })
      .send('late', call)
      .catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(LedgerRefusedError)
    expect((refused as LedgerRefusedError).code).to.equal('StatusTransitionUnlawful')
    expect(await outbox.open(), 'nothing of it can be mined any more').to.deep.equal([])
  })

  it('does not take an answer that was lost for a transaction that was', async () => {
    let lost = 0
    const proxy = await startRpcProxy(sandbox.network.rpcUrl, (method, _params, result) => {
      if (method !== 'eth_sendRawTransaction' || lost++ > 0) return result
      throw new Error('the line was cut')
    })
    try {
      const outbox = createMemoryOutbox()
      const { index, call } = suspension()
      const nonce = await nonceNow()
      const sender = senderOver(outbox, {}, proxy.rpcUrl)
      await sender.send('cut', call).catch(() => undefined)
      await sender.resume()
      expect(await isSuspended(index)).to.equal(true)
      expect(await nonceNow()).to.equal(nonce + 1)
    } finally {
      await proxy.close()
    }
  })
})
