/** What the routes that read the ledger answer: each thing once, by which block, and a refusal where there is nothing to go by. */
import { FactLayer } from '@hefu/ledger/replica'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import { createCursorSeal } from '#internal/verifier/routes/ledger/sealed-cursor'
import {
  anchor,
  blockAt,
  CALL_DATA,
  createReadLedger,
  KEY_ID,
  OTHER_AGENCY,
  PROPOSAL_CALL,
  type ReadLedgerState,
  RULEBOOK,
  rootOf,
  TYPE,
} from './read-ledger.ts'
import { BLOCK_TIME, createSample, ISSUER, LEDGER, NOW } from './sample.ts'
import { type Answer, send, startTestService, type TestService } from './service.ts'

describe('The ledger, read by a replica', () => {
  let service: TestService
  let state: ReadLedgerState
  let first: ReadLedgerState
  const services: TestService[] = []

  before(async () => {
    const { listed, state: made } = createReadLedger()
    state = made
    first = { ...made }
    service = await startTestService((await createSample()).view, { listed })
    services.push(service)
  })
  afterEach(() => void Object.assign(state, first))
  after(async () => {
    for (const one of services) await one.close()
  })

  const read = (path: string, headers: Record<string, string> = {}, of = service): Promise<Answer> =>
    send(`${of.url}/v1/ledger${path}`, { headers })

  async function expectProblem(path: string, status: number, code: string, of = service): Promise<Answer> {
    const answer = await read(path, {}, of)
    expect([answer.status, answer.json.code], answer.text).to.deep.equal([status, code])
    expect(answer.headers.get('etag')).to.equal(null)
    expect(answer.headers.get('cache-control')).to.equal('no-store')
    return answer
  }

  // biome-ignore lint/suspicious/noExplicitAny: items of every list
  async function items(path: string): Promise<any[]> {
    const answer = await read(path)
    expect(answer.status, answer.text).to.equal(200)
    return answer.json.items
  }

  /** All items of a list, page by page. */
  async function collect(path: string, limit: number): Promise<readonly Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = []
    for (let after = ''; ; ) {
      const { status, json, text } = await read(`${path}?limit=${limit}${after}`)
      expect(status, text).to.equal(200)
      expect(json.items.length).to.be.at.most(limit)
      all.push(...json.items)
      if (json.next === null) return all
      after = `&after=${json.next}`
    }
  }

  it('names the block that an answer stands on, and how old it is', async () => {
    for (const path of ['', '/nodes', '/regions', '/regions/430000'])
      expect((await read(path)).json.block).to.deep.equal({ ...blockAt(5), age: NOW - BLOCK_TIME })
    state.block = blockAt(6)
    expect((await read('/regions')).json.block.number).to.equal(6)
  })

  it('tells of the ledger, its rulebooks and its nodes', async () => {
    expect((await read('')).json.item).to.deep.equal({
      ...LEDGER,
      rulebooks: [{ rulebook: RULEBOOK, since: 1 }],
      registry: null,
      ledgers: [{ ...LEDGER, openedAt: null, closedAt: null, state: 'following', block: blockAt(5) }],
    })
    expect((await read('/nodes')).json.item).to.deep.equal({
      needed: 1,
      agreeing: 1,
      newest: 5,
      logsHeldBy: 'one-node',
      nodes: [{ node: 'node-1.example:8545', state: 'agrees', newest: 5, since: 1, fault: null }],
    })
  })

  it('tells of members: what lies in a region, and one with its past', async () => {
    const codes = async (query: string) => (await items(`/regions${query}`)).map(({ region }) => region)
    expect(await codes('')).to.deep.equal(['430000', '430100', '430121', '440000'])
    expect(await codes('?within=430000')).to.deep.equal(['430100', '430121'])
    expect((await items('/agencies?within=430100')).map(({ agency }) => agency)).to.deep.equal([OTHER_AGENCY])
    expect((await read(`/agencies/${OTHER_AGENCY}`)).json.item).to.deep.include({
      region: '430121',
      name: '湖南样例自然资源局',
      formerRegions: [{ until: 3, region: '430000' }],
    })
    expect((await items(`/agencies/${ISSUER}/keys`)).map(({ keyId }) => keyId)).to.deep.equal([KEY_ID])
    expect(await items(`/agencies/${OTHER_AGENCY}/keys`)).to.deep.equal([])
    expect((await read(`/agencies/${ISSUER}/keys/${KEY_ID}`)).json.item.algorithm).to.equal('EdDSA')
  })

  it('tells of batches and acts in their order, page by page, each once', async () => {
    for (const limit of [99, 200]) {
      const roots = (await collect(`/agencies/${ISSUER}/anchors`, limit)).map(({ root }) => root)
      expect(roots).to.deep.equal(Array.from({ length: 250 }, (_, n) => rootOf(n)))
    }
    expect((await read(`/agencies/${ISSUER}/anchors`)).json.items).to.have.length(100)
    expect((await read(`/agencies/${ISSUER}/anchors/${rootOf(7)}`)).json.item).to.include({ firstIndex: 7 })
    const acts = await collect(`/agencies/${ISSUER}/acts`, 3)
    expect(acts.map(({ statusIndex }) => statusIndex)).to.deep.equal([0, 1, 0, 1, 0, 1, 0])
    const numbers = (await collect(`/agencies/${ISSUER}/licences/0/acts`, 3)).map(
      (one) => one['decisionNumber'],
    )
    expect(numbers).to.deep.equal(['第0号', '第2号', '第4号', '第6号'])
    expect(await items(`/agencies/${ISSUER}/licences/5/acts`)).to.deep.equal([])
  })

  it('tells of rules as they are, and as they were at a time', async () => {
    expect(await items('/baseline')).to.deep.equal([])
    const before = new Date((BLOCK_TIME - 101) * 1000).toISOString()
    for (const asOf of [BLOCK_TIME - 101, before, before.replace('.000Z', '%2B00:00')])
      expect((await items(`/baseline?asOf=${asOf}`))[0].licenceType).to.equal(TYPE)
    expect((await items('/service-items'))[0]).to.deep.include({ serviceItem: '440100/JS/0017' })
    expect(await items('/responsibilities?agency=1143000000000104MF')).to.deep.equal([])
    expect(await items(`/responsibilities?agency=${ISSUER}`)).to.have.length(1)
    expect(await items('/delegations?region=430000')).to.have.length(1)
    expect(await items('/negative-entries?region=440000')).to.have.length(1)
    expect(await items('/negative-entries?region=430000')).to.deep.equal([])
    expect(await items('/agreements')).to.have.length(1)
    expect((await read('/agreements/1')).json.item.members).to.have.length(1)
    expect((await read(`/licence-types/${TYPE}`)).json.item.version).to.equal(1)
    await expectProblem(`/licence-types/${TYPE}?asOf=0`, 404, 'not-on-ledger')
    const { json } = await expectProblem(`/baseline?asOf=${BLOCK_TIME + 1}`, 422, 'bad-parameters')
    expect(json.errors[0].pointer).to.equal('/asOf')
  })

  it('tells of what waits, what ended before its time and what is over, with the call of one', async () => {
    const proposals = await items('/proposals')
    expect(proposals.map(({ number, state }) => [number, state])).to.deep.equal([
      [1, 'met'],
      [2, 'waiting'],
      [3, 'expired'],
    ])
    expect(proposals[0].ended.at).to.equal(BLOCK_TIME - 60)
    expect(proposals[1]).to.deep.include({
      call: PROPOSAL_CALL,
      functionName: 'retireRegion',
      region: '430121',
      agency: null,
      since: BLOCK_TIME - 50,
      until: BLOCK_TIME - 50 + 30 * 86_400,
      ended: null,
    })
    expect((await collect('/proposals', 1)).map(({ number }) => number)).to.deep.equal([1, 2, 3])
    expect((await items('/proposals?state=waiting')).map(({ number }) => number)).to.deep.equal([2])
    expect(await items('/proposals?state=void')).to.deep.equal([])
    expect((await read('/proposals/2')).json.item.callData).to.equal(CALL_DATA)
    expect((await items('/nominations'))[0]).to.include({ state: 'waiting', agency: ISSUER, region: null })
    expect((await items('/successions?state=waiting'))[0].successor.region).to.equal('430100')
    expect(await items('/successions?state=met')).to.deep.equal([])
    const { next } = (await read('/proposals?limit=1')).json
    await expectProblem(`/proposals?state=waiting&after=${next}`, 422, 'bad-cursor')
    await expectProblem(`/nominations?after=${next}`, 422, 'bad-cursor')
  })

  it('tells of the council’s votes, and each voice of one; without a council of none that there are none', async () => {
    const votes = await items('/votes')
    expect(votes.map(({ number, state }) => [number, state])).to.deep.equal([
      [1, 'active'],
      [2, 'queued'],
    ])
    expect(votes[0]).to.include({ inFavour: 1, against: 1, abstaining: 0, executableAt: null })
    expect((await collect('/votes', 1)).map(({ number }) => number)).to.deep.equal([1, 2])
    expect((await items('/votes?state=queued')).map(({ number }) => number)).to.deep.equal([2])
    const { item } = (await read('/votes/1')).json
    expect(item.calls[0].data).to.equal(CALL_DATA)
    expect(item.voices.map(({ support }: { support: string }) => support)).to.deep.equal([
      'in-favour',
      'against',
    ])
    state.facts = new FactLayer(first.facts)
    state.facts.put({ table: 'council', key: '', fact: null })
    await expectProblem('/votes', 404, 'not-on-ledger')
  })

  it('404 not-on-ledger: says at which block there is none, and is never an empty list', async () => {
    for (const path of [
      '/regions/110000',
      '/regions?within=110000',
      '/agencies?within=110000',
      '/agencies/11430000000000201H',
      '/agencies/11430000000000201H/keys',
      '/agencies/11430000000000201H/anchors',
      '/agencies/11430000000000201H/acts',
      '/agencies/11430000000000201H/licences/0/acts',
      `/agencies/${ISSUER}/keys/${rootOf(1)}`,
      `/agencies/${ISSUER}/anchors/${KEY_ID}`,
      '/agreements/2',
      '/proposals/4',
      '/votes/3',
      '/licence-types/11100000000013338W012',
    ]) {
      const { json } = await expectProblem(path, 404, 'not-on-ledger')
      expect(json.block, path).to.include({ number: 5, age: 60 })
    }
  })

  it('422 bad-parameters: what is none, of another form, there twice, or out of bounds', async () => {
    for (const [path, pointer] of [
      ['/regions/43', '/region'],
      ['/regions/constructor', '/region'],
      ['/regions?limit=0', '/limit'],
      ['/regions?limit=201', '/limit'],
      ['/regions?limit=1e2', '/limit'],
      ['/regions?limit=007', '/limit'],
      ['/regions?limit=', '/limit'],
      ['/regions?limit=5&limit=5', '/limit'],
      ['/regions?page=2', ''],
      ['/regions/430000?region=430000', '/region'],
      ['/regions?__proto__=1', ''],
      ['/agencies/11430000006122244A', '/agency'],
      [`/agencies/${ISSUER}/anchors/0xABC`, '/root'],
      [`/agencies/${ISSUER}/licences/-1/acts`, '/statusIndex'],
      [`/agencies/${ISSUER}/licences/${2 ** 48}/acts`, '/statusIndex'],
      ['/agreements/0', '/number'],
      ['/proposals/0', '/number'],
      [`/proposals/${2 ** 32}`, '/number'],
      ['/proposals?state=confirmed', '/state'],
      ['/votes?state=waiting', '/state'],
      ['/votes/0', '/number'],
      ['/nominations?state=waiting%0A', '/state'],
      ['/baseline?asOf=2025-06-01', '/asOf'],
      ['/baseline?asOf=yesterday', '/asOf'],
      ['?limit=1', ''],
      [`?ledger=${LEDGER.address.slice(0, -1)}`, '/ledger'],
      [`?ledger=${LEDGER.address.toUpperCase().replace('X', 'x')}`, '/ledger'],
      [`?ledger=0/${LEDGER.address}`, '/ledger'],
      [`?ledger=${LEDGER.address}&ledger=${LEDGER.address}`, '/ledger'],
      ['/regions?ledger=', '/ledger'],
    ] as const) {
      const { json } = await expectProblem(path, 422, 'bad-parameters')
      expect(
        json.errors.map((one: { pointer: string }) => one.pointer),
        path,
      ).to.deep.equal([pointer])
    }
  })

  it('422 bad-cursor: one that was altered anywhere, or is of another list, filter or key', async () => {
    const { next } = (await read('/regions?limit=1')).json
    expect((await read(`/regions?limit=2&after=${next}`)).json.items[0].region).to.equal('430100')
    for (let at = 0; at < next.length; at++) {
      const other = next[at] === 'A' ? 'B' : 'A'
      await expectProblem(
        `/regions?after=${next.slice(0, at)}${other}${next.slice(at + 1)}`,
        422,
        'bad-cursor',
      )
    }
    const agencies = (await read('/agencies?limit=1')).json.next
    const within = (await read('/regions?limit=1&within=430000')).json.next
    for (const path of [
      `/agencies?after=${next}`,
      `/regions?after=${agencies}`,
      `/regions?after=${within}`,
      `/regions?within=440000&after=${within}`,
      '/regions?after=',
      `/regions?after=${'A'.repeat(5_000)}.${'A'.repeat(22)}`,
      `/regions?after=${createCursorSeal('another').seal(JSON.stringify(['/v1/ledger/regions', {}, LEDGER.chainId, LEDGER.address]), next.split('.')[0])}`,
    ])
      await expectProblem(path, 422, 'bad-cursor')
  })

  it('goes on across blocks, and says so where what was read is undone', async () => {
    const path = `/agencies/${ISSUER}/anchors?limit=200`
    const { next } = (await read(path)).json
    state.facts = new FactLayer(first.facts)
    state.facts.put(anchor(999))
    state.block = blockAt(6)
    const later = (await read(`${path}&after=${next}`)).json
    expect([later.block.number, later.items.length, later.next]).to.deep.equal([6, 51, null])
    const fewer = new FactLayer()
    for (let n = 0; n < 100; n++) fewer.put(anchor(n))
    for (let n = 0; n < 150; n++) fewer.put(anchor(1_000 + n))
    fewer.put({ table: 'agencies', key: ISSUER, fact: first.facts.find('agencies', ISSUER) })
    state.facts = fewer
    await expectProblem(`/agencies/${ISSUER}/anchors?limit=200&after=${next}`, 409, 'cursor-undone')
  })

  it('409 cursor-undone: another rulebook came into force between two pages', async () => {
    state.facts = new FactLayer(first.facts)
    const other = `0x${'7e'.repeat(20)}` as const
    for (const item of ['a', 'b'])
      state.facts.put({ table: 'demands', key: `${RULEBOOK}/${item}`, fact: [{ since: 1, fact: {} }] })
    const { next } = (await read('/service-items?limit=1')).json
    state.facts.put({
      table: 'rulebooks',
      key: '',
      fact: [
        { since: 1, fact: RULEBOOK },
        { since: 9, fact: other },
      ],
    })
    await expectProblem(`/service-items?after=${next}`, 409, 'cursor-undone')
  })

  it('304: to who has the same address at the same block, and to nobody else', async () => {
    const tag = (await read('/regions')).headers.get('etag') ?? ''
    expect((await read('/regions')).headers.get('cache-control')).to.equal('private, no-cache')
    const again = await read('/regions', { 'If-None-Match': tag })
    expect([again.status, again.text, again.headers.get('etag')]).to.deep.equal([304, '', tag])
    for (const path of ['/agencies', '/regions?limit=1'])
      expect((await read(path, { 'If-None-Match': tag })).status, path).to.equal(200)
    expect((await read('/regions/110000', { 'If-None-Match': tag })).status).to.equal(404)
    state.block = blockAt(5, 77)
    expect((await read('/regions', { 'If-None-Match': tag })).status, 'a block in its place').to.equal(200)
  })

  it('tells how the nodes and the ledgers are at each time anew, whichever block is the newest', async () => {
    for (const path of ['', '/nodes']) {
      const { headers } = await read(path)
      expect([headers.get('etag'), headers.get('cache-control')]).to.deep.equal([null, 'no-store'])
      expect((await read(path, { 'If-None-Match': '*' })).status).to.equal(200)
    }
  })

  it('404 ledger-not-listed: another ledger than the one that is pinned; that one may be named', async () => {
    const { chainId, address } = LEDGER
    const other = `0x${'12'.repeat(20)}`
    for (const path of ['', '/nodes', '/regions', `/agencies/${ISSUER}/anchors`]) {
      for (const named of [address, `${chainId}/${address}`])
        expect((await read(`${path}?ledger=${named}`)).json.ledger, named).to.deep.equal(LEDGER)
      for (const named of [other, `${chainId}/${other}`, `${chainId + 1}/${address}`])
        await expectProblem(`${path}?ledger=${named}`, 404, 'ledger-not-listed')
    }
  })

  it('503 and 404 where there is nothing to list of: never an empty list', async () => {
    const without = await startTestService((await createSample()).view)
    services.push(without)
    const paths = ['', '/nodes', '/regions', '/agreements', `/agencies/${ISSUER}/anchors`]
    for (const path of paths) await expectProblem(path, 404, 'no-replica', without)
    state.fault = 'unreachable'
    for (const path of paths) await expectProblem(path, 503, 'ledger-behind')
    state.fault = 'inconsistent'
    for (const path of paths) await expectProblem(path, 503, 'ledger-unreachable')
  })
})
