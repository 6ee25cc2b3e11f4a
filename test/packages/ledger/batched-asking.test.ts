/** Many questions to a node in one request: as many as it takes, each answered as if it had been asked alone. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'
import { type Ask, createBatchedAsking } from '#internal/ledger/replica/nodes/batched-asking'
import { connectLine } from '#internal/ledger/replica/nodes/node-line'

interface Question {
  readonly id: number
  readonly method: string
  readonly params: readonly number[]
}

interface Said {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** What is said to a request of one question or several; `null`: the connection is lost. */
type Says = (asked: readonly Question[], isBatch: boolean) => Said | null

/** What a true node answers: the double of what it is asked about. */
const answer = ({ id, params: [number = 0] }: Question) => ({ jsonrpc: '2.0', id, result: 2 * number })
const truly: Says = (asked, isBatch) => ({ body: isBatch ? asked.map(answer) : asked.map(answer)[0] })

describe('Questions that are asked of a node together', () => {
  let close = (): void => undefined
  afterEach(() => close())

  /** How many questions each request had. */
  let requests: number[]

  async function connect(says: Says): Promise<Ask> {
    requests = []
    const server = createServer(async (incoming, outgoing) => {
      let text = ''
      for await (const chunk of incoming) text += String(chunk)
      const body: Question | Question[] = JSON.parse(text)
      const asked = Array.isArray(body) ? body : [body]
      requests.push(asked.length)
      const said = says(asked, Array.isArray(body))
      if (said === null) outgoing.destroy()
      else {
        outgoing.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers })
        outgoing.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body))
      }
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    const { port } = server.address() as AddressInfo
    return createBatchedAsking(connectLine(`http://127.0.0.1:${port}`, { timeoutMs: 2_000 }))
  }

  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number)
  const askAll = (ask: Ask, count: number): Promise<unknown[]> =>
    Promise.all(numbers(count).map((number) => ask('double', [number])))
  const doubled = (count: number): readonly number[] => numbers(count).map((number) => 2 * number)

  it('go in requests of a hundred', async () => {
    const ask = await connect(truly)
    expect(await askAll(ask, 250)).to.deep.equal(doubled(250))
    expect(requests.toSorted((one, other) => other - one)).to.deep.equal([100, 100, 50])
  })

  it('are no batch where there is one alone', async () => {
    const isBatch: boolean[] = []
    const ask = await connect((asked, batch) => {
      isBatch.push(batch)
      return truly(asked, batch)
    })
    expect(await ask('double', [7])).to.equal(14)
    expect(isBatch).to.deep.equal([false])
  })

  it('have their own answers in whatever order these come', async () => {
    const ask = await connect((asked) => ({ body: asked.map(answer).toReversed() }))
    expect(await askAll(ask, 20)).to.deep.equal(doubled(20))
  })

  const LIMIT = 12
  const REFUSALS: readonly (readonly [string, Said])[] = [
    [
      'an error in their place',
      { body: { jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'batch too large' } } },
    ],
    ['a list of one error', { body: [{ jsonrpc: '2.0', id: null, error: { code: -32_600, message: '' } }] }],
    ['a status of HTTP', { status: 413, body: '' }],
    ['nothing that is JSON', { body: '[{"id"' }],
    ['more than is read', { body: `"${'x'.repeat(3 * 1024 * 1024)}"` }],
    ['too few', { body: [answer({ id: 0, method: '', params: [0] })] }],
  ]
  for (const [is, said] of REFUSALS)
    it(`are asked in halves where a node answers ${is} to many, and in such as it takes from then on`, async () => {
      const ask = await connect((asked, isBatch) => (asked.length > LIMIT ? said : truly(asked, isBatch)))
      expect(await askAll(ask, 100)).to.deep.equal(doubled(100))
      const before = requests.length
      expect(await askAll(ask, 24)).to.deep.equal(doubled(24))
      const refused = requests.slice(before).filter((length) => length > LIMIT)
      expect(refused.length).to.be.at.most(1)
    })

  it('are asked one by one where a node takes no batch', async () => {
    const ask = await connect((asked, isBatch) =>
      isBatch ? { status: 400, body: '' } : truly(asked, isBatch),
    )
    expect(await askAll(ask, 8)).to.deep.equal(doubled(8))
    expect(requests.filter((length) => length === 1)).to.have.length(8)
  })

  it('fail each by itself, with the node’s own error', async () => {
    const ask = await connect((asked) => ({
      body: asked.map((question) =>
        question.params[0] === 3
          ? { jsonrpc: '2.0', id: question.id, error: { code: -32_000, message: 'header not found' } }
          : answer(question),
      ),
    }))
    const settled = await Promise.allSettled(numbers(5).map((number) => ask('double', [number])))
    expect(settled.map(({ status }) => status === 'fulfilled')).to.deep.equal([true, true, true, false, true])
    const { reason } = settled[3] as PromiseRejectedResult
    expect(reason).to.include({ code: -32_000, said: 'header not found' })
  })

  for (const [is, says] of [
    ['loses every connection', () => null],
    [
      'is away behind its balancer',
      () => ({ status: 503, headers: { 'content-type': 'text/html' }, body: '<html></html>' }),
    ],
  ] as const satisfies readonly (readonly [string, Says])[])
    it(`fail together where a node ${is}, which is not asked for each of them`, async () => {
      const ask = await connect(says)
      const settled = await Promise.allSettled(numbers(100).map((number) => ask('double', [number])))
      expect(settled.every(({ status }) => status === 'rejected')).to.equal(true)
      expect(requests.length).to.be.at.most(2)
    })

  it('are answered where the first connection was lost', async () => {
    let lost = 0
    const ask = await connect((asked, isBatch) => (lost++ === 0 ? null : truly(asked, isBatch)))
    expect(await askAll(ask, 10)).to.deep.equal(doubled(10))
  })

  it('are not kept waiting by a node that names a time to come again', async () => {
    let asked = 0
    const ask = await connect((questions, isBatch) =>
      asked++ === 0
        ? { status: 429, headers: { 'Retry-After': '31536000' }, body: '' }
        : truly(questions, isBatch),
    )
    const begun = performance.now()
    expect(await ask('double', [4])).to.equal(8)
    expect(performance.now() - begun).to.be.lessThan(5_000)
  })
})
