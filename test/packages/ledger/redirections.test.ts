/** Whoever runs a node chooses nothing of what is asked of others: no redirection of it is followed, by whatever asks it. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRpcLedgerView, type Network } from '@hefu/ledger'
import { connectProofReader } from '@hefu/ledger/audit'
import { connectNodes } from '@hefu/ledger/replica'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { connectAccount, connectReader } from '#internal/ledger/write/account'

const HASH = `0x${'07'.repeat(32)}` as const
const BLOCK = { number: 7, hash: HASH, parentHash: HASH, time: 1 }
const QUERY = {
  issuer: '11430000000000201H',
  keyId: HASH,
  statusIndex: 0,
  licenceType: '11100000000013338W011',
  receivingRegion: '440000',
}

describe('A redirection of a node', function () {
  this.timeout(20_000)
  const servers: Server[] = []
  let network: Network
  let redirected = 0
  let reached = 0

  before(async () => {
    const inside = await listen(() => {
      reached += 1
      return null
    })
    const rpcUrl = await listen(() => {
      redirected += 1
      return inside
    })
    network = { rpcUrl, chainId: 1, ledger: `0x${'77'.repeat(20)}`, deploymentBlock: 0 }
  })
  after(() => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  })

  /** @param to where whoever asks is sent; `null`: nowhere */
  async function listen(to: () => string | null): Promise<string> {
    const server = createServer((_, response) => {
      const location = to()
      if (location === null) response.end('{"jsonrpc":"2.0","id":0,"result":"0x1"}')
      else response.writeHead(307, { location }).end()
    })
    servers.push(server)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  const ASKING: Readonly<Record<string, () => Promise<unknown>>> = {
    'a verification': () => createRpcLedgerView(network).lookup(QUERY),
    'a replica': () => connectNodes(network, { clock: () => 0 }).newest(),
    'an audit': () => connectProofReader(network).header(BLOCK, () => null),
    'an account that reads': () => connectReader(network).getBlockNumber({ cacheTime: 0 }),
    'an account that sends': () =>
      connectAccount(network, HASH).writer.sendRawTransaction({ serializedTransaction: '0x02' }),
  }
  for (const [who, ask] of Object.entries(ASKING)) {
    it(`is not followed by ${who}, to whom it is no answer`, async () => {
      const before = redirected
      const error = await ask().then(
        () => expect.fail('nothing was thrown'),
        (thrown: unknown) => thrown,
      )
      expect(error).to.be.instanceOf(Error)
      expect(redirected).to.be.above(before)
      expect(reached).to.equal(0)
    })
  }
})
