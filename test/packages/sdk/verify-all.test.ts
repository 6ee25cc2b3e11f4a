/** Many verifications: so many at a time, each its own item, and nothing held that nobody takes. */
import { setTimeout as pause } from 'node:timers/promises'
import {
  type BatchProgress,
  createLocalVerifier,
  createRemoteVerifier,
  MalformedError,
  RemoteVerifierError,
  type Verification,
  type VerificationRequest,
  verifyAll,
} from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { alter, createSample, NOW, type Sample } from '../verifier/sample.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

const clock = () => NOW

describe('verifyAll', () => {
  let sample: Sample
  let service: TestService
  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view)
  })
  after(() => service.close())

  const requestOf = (presented: string): VerificationRequest => ({ presented, receivingRegion: '440000' })

  it('gives an item for each request, by a local and by a remote verifier alike, and an error as an item', async () => {
    const requests = [
      requestOf(sample.bundle),
      requestOf(alter(sample.bundle)),
      { presented: sample.bundle, receivingRegion: '990000' },
      requestOf('身份证'),
    ]
    const { verifierKey } = service
    for (const verifier of [
      createLocalVerifier({ view: sample.view, clock }),
      createRemoteVerifier({ url: service.url, verifierKey, clock }),
    ]) {
      const found = new Map<number, string>()
      for await (const { index, request, verification, error } of verifyAll(verifier, requests)) {
        expect(request).to.equal(requests[index])
        if (verification === null) expect(error).to.be.instanceOf(MalformedError)
        found.set(index, verification?.report.verdict ?? 'error')
      }
      expect([...found].sort(([one], [other]) => one - other).map(([, what]) => what)).to.deep.equal([
        ...['accepted', 'rejected', 'error', 'undetermined'],
      ])
    }
  })

  it('ends nothing where a service is away: each is an item with its own error', async () => {
    const away = createRemoteVerifier({
      url: 'http://127.0.0.1:9',
      verifierKey: service.verifierKey,
      retries: 0,
    })
    const errors: unknown[] = []
    const requests = [requestOf(sample.bundle), requestOf(sample.bundle)]
    for await (const { error } of verifyAll(away, requests)) errors.push(error)
    expect(errors).to.have.lengthOf(2)
    for (const error of errors) expect(error).to.be.instanceOf(RemoteVerifierError)
  })

  /** A verifier that counts, and answers when it is told to. */
  function createCounting(milliseconds: (request: number) => number = () => 1) {
    let [running, most] = [0, 0]
    return {
      most: () => most,
      verify: async (request: number): Promise<Verification> => {
        running += 1
        most = Math.max(most, running)
        await pause(milliseconds(request))
        running -= 1
        return { request } as unknown as Verification
      },
    }
  }

  it('runs so many at a time, and no request more is taken from the source', async () => {
    let taken = 0
    let given = 0
    const source = (function* () {
      for (let i = 0; i < 40; i++) {
        taken += 1
        expect(taken - given).to.be.at.most(5)
        yield i
      }
    })()
    const verifier = createCounting()
    for await (const _ of verifyAll(verifier, source, { concurrency: 4 })) given += 1
    expect(verifier.most()).to.equal(4)
    expect([taken, given]).to.deep.equal([40, 40])
  })

  it('takes nothing while nobody takes the items', async () => {
    let taken = 0
    const source = (function* () {
      for (;;) yield taken++
    })()
    const items = verifyAll(createCounting(), source, { concurrency: 3 })
    await pause(20)
    expect(taken).to.equal(0)
    await items.next()
    await pause(50)
    expect(taken).to.be.at.most(4)
    await items.return?.(undefined)
  })

  it('hands on each as it comes: one that waits holds up no other, nor does a source that waits', async () => {
    const slowFirst = createCounting((request) => (request === 0 ? 100 : 1))
    const order: number[] = []
    for await (const { index } of verifyAll(slowFirst, [0, 1, 2, 3], { concurrency: 2 })) order.push(index)
    expect(order).to.deep.equal([1, 2, 3, 0])
    const source = (async function* () {
      yield 1
      await new Promise(() => {})
    })()
    const items = verifyAll(createCounting(), source)
    expect((await items.next()).value.index).to.equal(0)
    await items.return?.(undefined)
  })

  it('tells how far it is, to the end', async () => {
    const told: BatchProgress[] = []
    const verifier = {
      verify: async (request: number) => {
        if (request === 1) throw new Error('refused')
        return {} as Verification
      },
    }
    const items = verifyAll(verifier, [0, 1, 2], { concurrency: 1, onProgress: (now) => told.push(now) })
    for await (const _ of items);
    expect(told).to.deep.equal([
      { done: 1, failed: 0, running: 0 },
      { done: 2, failed: 1, running: 0 },
      { done: 3, failed: 1, running: 0 },
    ])
  })

  it('ends by its signal with the reason, begins nothing more, and leaves the source', async () => {
    const ending = new AbortController()
    let [taken, left] = [0, false]
    const source = (function* () {
      try {
        for (;;) yield taken++
      } finally {
        left = true
      }
    })()
    const items = verifyAll(createCounting(), source, { concurrency: 2, signal: ending.signal })
    await items.next()
    const takenBefore = taken
    ending.abort(new Error('enough'))
    const thrown = await items.next().catch((error: unknown) => error)
    expect(String(thrown)).to.equal('Error: enough')
    expect([taken, left]).to.deep.equal([takenBefore, true])
    expect((await items.next()).done).to.equal(true)
    const before = verifyAll(createCounting(), [1], { signal: ending.signal })
    expect(await before.next().catch((error: unknown) => String(error))).to.equal('Error: enough')
  })

  it('ends by its signal also while nothing answers', async () => {
    const never = { verify: () => new Promise<Verification>(() => {}) }
    const signal = AbortSignal.timeout(30)
    const thrown = await verifyAll(never, [1], { signal })
      .next()
      .catch((error: unknown) => error)
    expect(thrown).to.equal(signal.reason)
  })

  it('throws what its source throws, once what is under way was handed on; leaving it leaves the source', async () => {
    let left = false
    const source = (function* () {
      try {
        yield 0
        yield 1
        throw new Error('the folder is gone')
      } finally {
        left = true
      }
    })()
    const handed: number[] = []
    const run = async () => {
      for await (const { index } of verifyAll(createCounting(), source)) handed.push(index)
    }
    expect(await run().catch((error: unknown) => String(error))).to.equal('Error: the folder is gone')
    expect([handed.sort(), left]).to.deep.equal([[0, 1], true])
  })

  /** Refuses, as a quota does, as often as it says, and then answers. */
  function createRefusing(refusals: number, retryAfterSeconds: number | null) {
    const asked: number[] = []
    let left = refusals
    return {
      asked,
      verify: async (request: number): Promise<Verification> => {
        asked.push(request)
        await pause(1)
        if (left > 0) {
          left -= 1
          throw new RemoteVerifierError('problem', { retryAfterSeconds })
        }
        return { request } as unknown as Verification
      },
    }
  }

  async function drain(
    verifier: ReturnType<typeof createRefusing>,
    options: Parameters<typeof verifyAll>[2],
    requests = 6,
  ): Promise<readonly string[]> {
    const told: string[] = []
    const all = Array.from({ length: requests }, (_, i) => i)
    for await (const { index, request, error } of verifyAll(verifier, all, options)) {
      expect(index).to.equal(request)
      told.push(`${index} ${error === null ? 'verified' : 'error'}`)
    }
    return told.toSorted()
  }
  const allVerified = (count: number) => Array.from({ length: count }, (_, i) => `${i} verified`)

  it('waits where a service says when to ask again: nothing is begun meanwhile, and no item is an error', async () => {
    const verifier = createRefusing(3, 1)
    const begun = performance.now()
    expect(await drain(verifier, { concurrency: 2 })).to.deep.equal(allVerified(6))
    expect(performance.now() - begun).to.be.at.least(1_990)
    expect(verifier.asked.slice(0, 2)).to.deep.equal([0, 1])
    expect(verifier.asked.slice(2, 4).toSorted()).to.deep.equal([0, 1])
  })

  it('of a real service’s quota loses no item, and without a wait each is told when to ask again', async () => {
    const url = service.url
    let refusals = 2
    const fetchRefused: typeof fetch = async (input, init) => {
      refusals -= 1
      if (refusals < 0) return fetch(input, init)
      const headers = { 'Retry-After': '1' }
      return new Response(JSON.stringify({ code: 'too-many-requests' }), { status: 429, headers })
    }
    const { verifierKey } = service
    const remote = createRemoteVerifier({ url, verifierKey, clock, fetch: fetchRefused })
    const requests = [requestOf(sample.bundle), requestOf(sample.bundle), requestOf(sample.bundle)]
    for await (const { verification } of verifyAll(remote, requests)) expect(verification).to.not.equal(null)
    refusals = 1
    const errors: unknown[] = []
    for await (const { error } of verifyAll(remote, requests, { longestWaitSeconds: 0 }))
      if (error !== null) errors.push(error)
    expect(errors).to.have.lengthOf(1)
    expect(errors[0]).to.include({ code: 'problem', retryAfterSeconds: 1 })
  })

  it('waits neither longer than it may nor for what says nothing of a wait', async () => {
    for (const [seconds, options] of [
      [121, {}],
      [3, { longestWaitSeconds: 2 }],
      [0, { longestWaitSeconds: 0 }],
      [null, {}],
      [Number.NaN, {}],
      [-1, {}],
    ] as const) {
      const told = await drain(createRefusing(1, seconds), { concurrency: 1, ...options })
      expect(told, String(seconds)).to.deep.equal(['0 error', ...allVerified(6).slice(1)])
    }
  })

  it('ends the waiting after ten waits in which nothing was verified, and waits again once something is', async () => {
    const verifier = createRefusing(12, 0)
    const told = await drain(verifier, { concurrency: 1 }, 4)
    expect(told).to.deep.equal(['0 error', '1 error', '2 verified', '3 verified'])
    expect(verifier.asked).to.have.lengthOf(14)
  }).timeout(20_000)

  it('ends by its signal while it waits', async () => {
    const ending = new AbortController()
    const verifier = createRefusing(1, 60)
    const run = drain(verifier, { signal: ending.signal, concurrency: 1 }).catch((error: unknown) => error)
    while (verifier.asked.length === 0) await pause(1)
    await pause(20)
    ending.abort('enough')
    expect(await run).to.equal('enough')
    expect(verifier.asked).to.have.lengthOf(1)
  })

  it('takes no concurrency that is none', () => {
    for (const concurrency of [0, -1, 1.5, Number.NaN, 1_025])
      expect(() => verifyAll(createCounting(), [1], { concurrency }), String(concurrency)).to.throw(
        RangeError,
      )
    expect(() => verifyAll(createCounting(), [1], { concurrency: 1_025 })).to.throw(/from 1 to 1024/)
    expect(() => verifyAll(createCounting(), [1], { concurrency: 1_024 })).to.not.throw()
    for (const longestWaitSeconds of [-1, Number.NaN, 3_601])
      expect(() => verifyAll(createCounting(), [1], { longestWaitSeconds })).to.throw(RangeError)
  })

  it('of fifty thousand takes the memory of those under way', async function () {
    this.timeout(30_000)
    const verifier = { verify: async () => ({}) as Verification }
    const source = (function* () {
      for (let i = 0; i < 50_000; i++) yield { presented: 'x'.repeat(20_000) + i }
    })()
    const { signal } = new AbortController()
    let most = 0
    for await (const { index } of verifyAll(verifier, source, { signal }))
      if (index % 1_000 === 999) most = Math.max(most, process.memoryUsage().heapUsed)
    // All of them together would be a gigabyte.
    expect(most / 2 ** 20).to.be.below(400)
  })
})
