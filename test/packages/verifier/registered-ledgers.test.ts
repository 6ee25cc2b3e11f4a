/** Several ledgers of a registry, each read by its replica: which one an answer is of, and that none is taken for another. */
import { FactLayer } from '@hefu/ledger/replica'
import {
  type LedgerDirectory,
  type LedgerIdentity,
  LedgerUnavailableError,
  statusListUri,
} from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, beforeEach, describe, it } from 'mocha'
import { type LedgerReading, listRegistered } from '#internal/verifier/ledger/listed-ledgers'
import { agency, blockAt, createReadLedger } from './read-ledger.ts'
import { createSample, ISSUER, LEDGER, NOW } from './sample.ts'
import { type Answer, send, startTestService, type TestService } from './service.ts'

/** On the same chain; and of the same address on another, for which no node is configured. */
const SECOND: LedgerIdentity = { ...LEDGER, address: `0x${'cd'.repeat(20)}` }
const ELSEWHERE: LedgerIdentity = { ...SECOND, chainId: 9 }
const OPENED = 1_000
const CLOSED = NOW - 500

describe('Ledgers of a registry', () => {
  const first = createReadLedger(LEDGER)
  const second = createReadLedger(SECOND)
  /** Of the registry's block; without it the registry does not answer. */
  let registered: { readonly closedAt: readonly (number | null)[] } | null
  let service: TestService

  const directory: LedgerDirectory = {
    list: async () => {
      if (registered === null) throw new LedgerUnavailableError('unreachable', 'told so by the test')
      const { closedAt } = registered
      return [LEDGER, SECOND, ELSEWHERE].map((ledger, at) => ({
        view: { ledger, lookup: () => Promise.reject(new Error('ask what is only listed')) },
        registration: {
          block: blockAt(7),
          openedAt: OPENED + (at === 2 ? -1 : at),
          closedAt: closedAt[at] ?? null,
        },
      }))
    },
  }

  before(async () => {
    const { view } = await createSample()
    const readings = new Map<string, LedgerReading>([
      [LEDGER.address, { state: 'following', reader: first.reader }],
      [SECOND.address, { state: 'waiting', reader: second.reader }],
    ])
    second.state.facts = new FactLayer()
    second.state.facts.put(agency(ISSUER, 430000, '湖南省住房和城乡建设厅'))
    service = await startTestService(view, {
      listed: listRegistered(directory, ({ chainId, address }) =>
        chainId === LEDGER.chainId ? (readings.get(address) ?? null) : null,
      ),
    })
  })
  beforeEach(() => {
    registered = { closedAt: [CLOSED] }
  })
  after(() => service.close())

  const ask = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    send(`${service.url}${path}`, { headers })
  const read = (path: string, headers?: Record<string, string>): Promise<Answer> =>
    ask(`/v1/ledger${path}`, headers)
  const nameOf = ({ chainId, address }: LedgerIdentity): string => `${chainId}/${address}`
  const expectRefused = async (path: string, status: number, code: string): Promise<void> => {
    const answer = await ask(path)
    expect([answer.status, answer.json.code], path).to.deep.equal([status, code])
  }

  it('are read of the one that is open, or of the one that is named, and each answer says of which', async () => {
    for (const [query, of, agencies] of [
      ['', SECOND, 1],
      [`?ledger=${SECOND.address}`, SECOND, 1],
      [`?ledger=${LEDGER.address}`, LEDGER, 2],
      [`?ledger=${nameOf(LEDGER)}`, LEDGER, 2],
    ] as const) {
      const { json } = await read(`/agencies${query}`)
      expect([json.ledger, json.items.length], query).to.deep.equal([of, agencies])
    }
    registered = { closedAt: [null, CLOSED, CLOSED] }
    expect((await read('/agencies')).json.ledger, 'the only one that is open').to.deep.equal(LEDGER)
    registered = { closedAt: [CLOSED, CLOSED, CLOSED] }
    expect((await read('/agencies')).json.ledger, 'none is: the newest').to.deep.equal(SECOND)
    expect((await read('/regions/110000')).json.ledger, 'also of what is not on it').to.deep.equal(SECOND)
  })

  it('are all named, since and until when anchors on them count, and how each is followed', async () => {
    const { json } = await read('')
    expect(json.item).to.deep.include({ ...SECOND, registry: blockAt(7) })
    expect(json.item.ledgers).to.deep.equal([
      { ...LEDGER, openedAt: OPENED, closedAt: CLOSED, state: 'following', block: blockAt(5) },
      { ...SECOND, openedAt: OPENED + 1, closedAt: null, state: 'waiting', block: blockAt(5) },
      { ...ELSEWHERE, openedAt: OPENED - 1, closedAt: null, state: null, block: null },
    ])
    first.state.fault = 'inconsistent'
    try {
      expect((await read('')).json.item.ledgers[0].block).to.equal(null)
      await expectRefused(`/v1/ledger?ledger=${LEDGER.address}`, 503, 'ledger-unreachable')
    } finally {
      first.state.fault = null
    }
  })

  it('refuse one that the registry does not name, and say of one without a replica that it cannot be read', async () => {
    const unknown = `0x${'12'.repeat(20)}`
    for (const path of [
      '/v1/ledger',
      '/v1/ledger/regions',
      `/v1/issuer-keys/${ISSUER}`,
      `/v1/status-lists/${ISSUER}`,
    ]) {
      for (const named of [
        unknown,
        `${LEDGER.chainId}/${unknown}`,
        `${LEDGER.chainId + 1}/${LEDGER.address}`,
      ])
        await expectRefused(`${path}?ledger=${named}`, 404, 'ledger-not-listed')
      for (const malformed of [
        '',
        'first',
        LEDGER.address.toUpperCase(),
        `${LEDGER.address}0`,
        `/${LEDGER.address}`,
      ])
        await expectRefused(`${path}?ledger=${malformed}`, 422, 'bad-parameters')
      await expectRefused(`${path}?ledger=${nameOf(ELSEWHERE)}`, 503, 'ledger-unreachable')
    }
  })

  it('are not told of while the registry does not say which there are', async () => {
    registered = null
    for (const path of [
      '/v1/ledger',
      `/v1/ledger/regions?ledger=${LEDGER.address}`,
      `/v1/issuer-keys/${ISSUER}`,
    ])
      await expectRefused(path, 503, 'registry-unreachable')
  })

  it('have cursors of their own, also where another becomes the one that is open between two pages', async () => {
    const of = (ledger: LedgerIdentity): string => `?limit=1&ledger=${ledger.address}`
    const { next } = (await read(`/regions${of(LEDGER)}`)).json
    expect((await read(`/regions${of(LEDGER)}&after=${next}`)).json.items[0].region).to.equal('430100')
    await expectRefused(`/v1/ledger/regions${of(SECOND)}&after=${next}`, 422, 'bad-cursor')
    await expectRefused(`/v1/ledger/regions?limit=1&after=${next}`, 422, 'bad-cursor')
    registered = { closedAt: [null, CLOSED, CLOSED] }
    const unnamed = (await read('/regions?limit=1')).json.next
    registered = { closedAt: [CLOSED] }
    await expectRefused(`/v1/ledger/regions?limit=1&after=${unnamed}`, 422, 'bad-cursor')
    expect((await read(`/regions${of(LEDGER)}&after=${unnamed}`)).status, 'named').to.equal(200)
  })

  it('have tags of their own, though their blocks are the same and the address is, too', async () => {
    const tag = (await read('/agencies')).headers.get('etag') ?? ''
    expect((await read('/agencies', { 'If-None-Match': tag })).status).to.equal(304)
    registered = { closedAt: [null, CLOSED, CLOSED] }
    const other = await read('/agencies', { 'If-None-Match': tag })
    expect([other.status, other.json.ledger]).to.deep.equal([200, LEDGER])
  })

  it('give keys and statuses each of its own, and keys of one that is closed for no longer than it was open', async () => {
    const { keys } = (await ask(`/v1/issuer-keys/${ISSUER}?ledger=${LEDGER.address}`)).json
    expect(keys.map(({ exp }: { exp?: number }) => exp)).to.deep.equal([CLOSED])
    expect((await ask(`/v1/issuer-keys/${ISSUER}`)).json.keys).to.deep.equal([])
    registered = { closedAt: [null, CLOSED, CLOSED] }
    expect((await ask(`/v1/issuer-keys/${ISSUER}`)).json.keys[0]).to.not.have.property('exp')
    for (const ledger of [LEDGER, SECOND, LEDGER]) {
      const { statusList } = (await ask(`/v1/status-lists/${ISSUER}?ledger=${ledger.address}`)).json
      const { sub } = JSON.parse(Buffer.from(statusList.split('.')[1], 'base64url').toString())
      expect(sub).to.equal(statusListUri(ledger, ISSUER))
    }
  })
})
