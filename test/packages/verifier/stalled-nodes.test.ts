/** A replica whose nodes do not answer: its log names them, and it closes all the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Network } from '@hefu/ledger'
import { createLogger } from '@hefu/service'
import { openReplica } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { placeEmptyDatabase } from '../../fixtures/empty-database.ts'

/** Of the log's lines. */
const WARN = 40
/** Where nobody listens. */
const DEAD = 'http://127.0.0.1:9'

describe('A replica whose nodes do not answer', function () {
  this.timeout(30_000)
  const servers: Server[] = []
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-stalled-'))
  })
  after(() => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
    rmSync(folder, { recursive: true, force: true })
  })

  async function placeAt(name: string): Promise<string> {
    await placeEmptyDatabase(join(folder, name, 'replica'))
    return join(folder, name)
  }

  function networkOf(rpcUrl: string, ...otherRpcUrls: readonly string[]): Network {
    return { rpcUrl, otherRpcUrls, chainId: 1, ledger: `0x${'77'.repeat(20)}`, deploymentBlock: 0 }
  }

  it('names each in its log by host and port alone, once', async () => {
    const lines: string[] = []
    let isTold = (): void => undefined
    const told = new Promise<void>((resolve) => {
      isTold = resolve
    })
    const logger = createLogger((line) => {
      lines.push(line)
      if (lines.filter((one) => one.includes('silent or set aside')).length === 2) isTold()
    })
    const network = networkOf(`${DEAD}/open-sesame`, 'http://user:secret@127.0.0.1:10')
    const replica = await openReplica(await placeAt('dead'), network, logger, { intervalMs: 10 })
    await told
    await replica.close()
    const named = lines.filter((line) => line.includes('silent or set aside')).map((line) => JSON.parse(line))
    expect(named.map(({ level, node, state, fault }) => [level, node, state, fault])).to.deep.equal([
      [WARN, '127.0.0.1:9', 'silent', undefined],
      [WARN, '127.0.0.1:10', 'silent', undefined],
    ])
    expect(lines.join('')).to.not.match(/open-sesame|secret/)
  })

  it('closes without waiting for what they were asked', async () => {
    let asked = (): void => undefined
    const stalled = new Promise<void>((resolve) => {
      asked = resolve
    })
    const stall = async (): Promise<string> => {
      const server = createServer(() => asked())
      servers.push(server)
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    }
    const network = networkOf(await stall(), await stall(), await stall())
    const logger = createLogger(() => undefined)
    const replica = await openReplica(await placeAt('stalled'), network, logger)
    await stalled
    const begun = performance.now()
    await replica.close()
    // A node has ten seconds for an answer.
    expect(performance.now() - begun).to.be.below(8_000)
  })
})
