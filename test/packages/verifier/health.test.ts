/** Readiness of a service that follows a registry: what it says of it, and of every ledger that it names. */
import {
  type LedgerBlock,
  type LedgerDirectory,
  LedgerUnavailableError,
  type LedgerView,
  type TrustedLedger,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { createSample, LEDGER, NOW, type Sample } from './sample.ts'
import { type Answer, post, send, startTestService } from './service.ts'

const SILENT = { chainId: 7, address: `0x${'07'.repeat(20)}` } as const
const REGISTRY_BLOCK: LedgerBlock = { number: 9, hash: `0x${'09'.repeat(32)}`, time: NOW - 20 }

const silentView: LedgerView = {
  ledger: SILENT,
  lookup: async () => {
    throw new LedgerUnavailableError('unreachable', 'connect to the ledger')
  },
}

function registered(
  view: LedgerView,
  closedAt: number | null = null,
  block: LedgerBlock = REGISTRY_BLOCK,
): TrustedLedger {
  return { view, registration: { block, openedAt: 1, closedAt } }
}

const directoryOf = (...ledgers: readonly TrustedLedger[]): LedgerDirectory => ({ list: async () => ledgers })

describe('readiness of a service that follows a registry', () => {
  let sample: Sample

  before(async () => {
    sample = await createSample()
  })

  async function ready(directory: LedgerDirectory): Promise<Answer> {
    const service = await startTestService(directory)
    try {
      expect((await send(`${service.url}/health/live`)).status).to.equal(200)
      return await send(`${service.url}/health/ready`)
    } finally {
      await service.close()
    }
  }

  it('names the registry’s block and every ledger with its term', async () => {
    const { status, json } = await ready(directoryOf(registered(sample.view)))
    expect(status).to.equal(200)
    expect(json.status).to.equal('ready')
    expect(json.registry).to.deep.equal(REGISTRY_BLOCK)
    expect(json.ledgers).to.have.length(1)
    expect(json.ledgers[0]).to.deep.include({ ...LEDGER, openedAt: 1, closedAt: null, state: 'ready' })
    expect(json.ledgers[0].block.time).to.be.a('number')
  })

  it('does not wait for a ledger that is closed, and says that it is silent', async () => {
    const { status, json } = await ready(directoryOf(registered(silentView, NOW), registered(sample.view)))
    expect(status).to.equal(200)
    expect(json.ledgers.map(({ state }: { state: string }) => state)).to.deep.equal([
      'ledger-unreachable',
      'ready',
    ])
  })

  it('goes on with blocks that are a minute ahead of the clock, as clocks are never quite right', async () => {
    const ahead = { ...REGISTRY_BLOCK, time: NOW + 60 }
    const view: LedgerView = {
      ...sample.view,
      lookup: async (query) => ({ ...(await sample.view.lookup(query)), block: ahead }),
    }
    expect((await ready(directoryOf(registered(view, null, ahead)))).status).to.equal(200)
  })

  it('goes on while no ledger is open, as long as the closed ones answer', async () => {
    expect((await ready(directoryOf(registered(sample.view, NOW)))).status).to.equal(200)
  })

  for (const [is, code, make] of [
    [
      'an open ledger is silent',
      'ledger-unreachable',
      () => [registered(sample.view), registered(silentView)],
    ],
    [
      'a ledger that closes in a second is silent',
      'ledger-unreachable',
      () => [registered(sample.view), registered(silentView, NOW + 1)],
    ],
    [
      'no ledger is open, and a closed one is silent',
      'ledger-unreachable',
      () => [registered(sample.view, NOW), registered(silentView, NOW)],
    ],
    [
      'an open ledger is stale',
      'ledger-stale',
      () => [
        registered({
          ...sample.view,
          lookup: async (query) => ({
            ...(await sample.view.lookup(query)),
            block: { ...REGISTRY_BLOCK, time: NOW - 301 },
          }),
        }),
      ],
    ],
    [
      'an open ledger is ahead of the clock',
      'ledger-ahead',
      () => [
        registered({
          ...sample.view,
          lookup: async (query) => ({
            ...(await sample.view.lookup(query)),
            block: { ...REGISTRY_BLOCK, time: NOW + 61 },
          }),
        }),
      ],
    ],
    [
      'the registry is ahead of the clock',
      'registry-ahead',
      () => [registered(sample.view, null, { ...REGISTRY_BLOCK, time: NOW + 61 })],
    ],
    [
      'an open ledger contradicts itself',
      'ledger-unreachable',
      () => [
        registered({
          ...sample.view,
          lookup: async (query) => ({ ...(await sample.view.lookup(query)), statusEndsAt: NOW }),
        }),
      ],
    ],
    [
      'the registry is stale',
      'registry-stale',
      () => [registered(sample.view, null, { ...REGISTRY_BLOCK, time: NOW - 301 })],
    ],
    ['the registry names no ledger', 'registry-unreachable', () => []],
  ] as const) {
    it(`is not there while ${is}: 503 ${code}`, async () => {
      const { status, json } = await ready(directoryOf(...make()))
      expect([status, json.code]).to.deep.equal([503, code])
      expect(json.says.zh).to.not.equal('')
      if (code === 'registry-stale')
        expect(json.freshness).to.deep.equal({ age: 301, maxAge: 300, lag: null })
    })
  }

  it('is told of in the log when it changes, once', async () => {
    const silent = async (): Promise<never> => {
      throw new LedgerUnavailableError('unreachable', 'connect to the registry')
    }
    let list: LedgerDirectory['list'] = silent
    const service = await startTestService({ list: (query) => list(query) })
    try {
      const ask = () => send(`${service.url}/health/ready`)
      for (let times = 0; times < 2; times += 1) await ask()
      list = directoryOf(registered(sample.view)).list
      await ask()
      const lines = service
        .log()
        .split('\n')
        .filter((line) => line.includes('the ledger is'))
        .map((line) => JSON.parse(line))
      expect(lines.map(({ msg, code }) => [msg, code])).to.deep.equal([
        ['the ledger is not ready', 'registry-unreachable'],
        ['the ledger is ready', undefined],
      ])
    } finally {
      await service.close()
    }
  })

  it('is not there while the registry cannot be asked, and a verification is undetermined', async () => {
    const list = async (): Promise<never> => {
      throw new LedgerUnavailableError('unreachable', 'connect to the registry')
    }
    const service = await startTestService({ list })
    try {
      const { status, json } = await send(`${service.url}/health/ready`)
      expect([status, json.code]).to.deep.equal([503, 'registry-unreachable'])
      const answer = await post(service.url, { presented: sample.bundle, receivingRegion: '440000' })
      expect([answer.status, answer.json.report.verdict]).to.deep.equal([200, 'undetermined'])
    } finally {
      await service.close()
    }
  })
})
