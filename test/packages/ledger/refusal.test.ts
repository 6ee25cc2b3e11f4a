/** What a node says of a call, told from each other: a refusal, a foreign reason, a passing failure, an empty account. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectSendingOperator, LedgerRefusedError, type SendingOperator } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { AbiCoder, Wallet } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'
import { createMemoryOutbox } from './fixtures/memory-outbox.ts'

const LEDGER = readArtifact(LEDGER_INTERFACE).abi
const ISSUER = '11430000006122244L'
const CALL = { kind: 'pass-over', issuer: ISSUER, firstIndex: 0, size: 1 } as const

/** What the node answers: a JSON-RPC error, or a status of HTTP. */
type Answer = { readonly code: number; readonly message: string; readonly data?: string } | number

describe('what a node says of a call', () => {
  let server: Server
  let operator: SendingOperator
  let answer: Answer
  let asked = 0

  before(async () => {
    server = createServer(async (incoming, outgoing) => {
      let text = ''
      for await (const chunk of incoming) text += String(chunk)
      asked++
      if (typeof answer === 'number') outgoing.writeHead(answer).end('<html></html>')
      else {
        const { id } = JSON.parse(text) as { id: number }
        outgoing.setHeader('content-type', 'application/json')
        outgoing.end(JSON.stringify({ jsonrpc: '2.0', id, error: answer }))
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const rpcUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const network = { rpcUrl, chainId: 1, ledger: `0x${'11'.repeat(20)}`, deploymentBlock: 0 } as const
    const privateKey = Wallet.createRandom().privateKey as `0x${string}`
    const times = { timeoutMs: 3_000, pollingMs: 10 }
    operator = connectSendingOperator({ network, privateKey, outbox: createMemoryOutbox(), times })
  })
  after(() => server.close())

  async function errorOf(said: Answer, work: () => Promise<unknown>): Promise<unknown> {
    answer = said
    asked = 0
    return work().then(
      () => 'done',
      (error: unknown) => error,
    )
  }
  const rehearsed = (said: Answer) => errorOf(said, () => operator.rehearse(CALL))
  const reverted = (data: string): Answer => ({ code: 3, message: 'execution reverted', data })

  it('is the ledger’s own refusal, with its values', async () => {
    const bytes = `0x${Buffer.from(ISSUER).toString('hex')}`
    const error = await rehearsed(reverted(LEDGER.encodeErrorResult('AgencyNotActive', [bytes])))
    expect(error).to.be.instanceOf(LedgerRefusedError).with.property('code', 'AgencyNotActive')
  })

  it('is a foreign reason, quoted and cut, whatever it says', async () => {
    const foreign = `"; rm -rf / #\u202e${'x'.repeat(5_000)}`
    const data = `0x08c379a0${AbiCoder.defaultAbiCoder().encode(['string'], [foreign]).slice(2)}`
    const error = (await rehearsed(reverted(data))) as LedgerRefusedError
    expect(error).to.be.instanceOf(LedgerRefusedError).with.property('code', 'unknown error')
    expect(String(error.args[0]))
      .to.match(/^"\\"; rm/)
      .and.have.length.lessThan(200)
    const unknown = (await rehearsed(reverted('0xdeadbeef'))) as LedgerRefusedError
    expect([unknown.code, unknown.args[0]]).to.deep.equal(['unknown error', '"0xdeadbeef"'])
  })

  it('is an account that cannot pay, in the words of any engine', async () => {
    for (const message of [
      'insufficient funds for gas * price + value: address 0x1 have 0 want 1',
      'Insufficient funds for gas * price + value',
      'Upfront cost exceeds account balance',
      'gas required exceeds allowance (0)',
    ]) {
      const error = await rehearsed({ code: -32_000, message })
      expect(error, message).to.be.instanceOf(LedgerRefusedError).with.property('code', 'AccountUnfunded')
    }
  })

  it('is no refusal when a node is behind or a gateway fails: it is asked again until the time is over', async () => {
    const behind = ['header not found', 'Block at number "58" could not be found.']
    for (const said of [...behind.map((message) => ({ code: -32_603, message })), 502, 504]) {
      const label = JSON.stringify(said)
      expect(await rehearsed(said), label).to.be.instanceOf(LedgerUnavailableError)
      const once = asked
      const error = await errorOf(said, () => operator.send(label, CALL))
      expect(error, label).to.be.instanceOf(LedgerUnavailableError)
      expect(asked, label).to.be.greaterThan(once)
    }
  })
})
