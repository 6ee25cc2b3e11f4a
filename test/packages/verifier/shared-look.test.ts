/** Anybody may ask whether the service is ready: the store is written to once a second, however often they do. */
import { expect } from 'chai'
import { sql } from 'kysely'
import { describe, it } from 'mocha'
import { shareLook } from '#internal/verifier/routes/shared-look'
import { createSample } from './sample.ts'
import { send, startTestService } from './service.ts'
import { openMemoryStore } from './test-store.ts'

describe('a look that all share', () => {
  it('is done once for who asks while it is under way or within the time, and anew behind that', async () => {
    let now = 0
    let looks = 0
    let { promise, resolve, reject } = Promise.withResolvers<void>()
    const look = shareLook(
      () => {
        looks += 1
        return promise
      },
      1_000,
      () => now,
    )
    const first = look()
    now += 5_000
    const second = look()
    resolve()
    await Promise.all([first, second])
    expect(looks, 'one that takes long is waited for by all').to.equal(1)
    ;({ promise, resolve, reject } = Promise.withResolvers<void>())
    const failing = look()
    reject(new Error('away'))
    expect(await failing.catch((error: Error) => error.message)).to.equal('away')
    now += 999
    expect(await look().catch((error: Error) => error.message), 'a failure is shared too').to.equal('away')
    expect(looks).to.equal(2)
    now += 1
    promise = Promise.resolve()
    await look()
    expect(looks).to.equal(3)
  })

  it('is all that a hundred questions for readiness write', async () => {
    const store = await openMemoryStore()
    const service = await startTestService((await createSample()).view, { store })
    try {
      const key = () => store.db.selectFrom('verifier_key').select(sql<string>`xmin`.as('written')).execute()
      const before = await key()
      const begun = performance.now()
      const seen = new Set<string>([JSON.stringify(before)])
      for (let i = 0; i < 100; i += 1) {
        expect((await send(`${service.url}/health/ready`)).status).to.equal(200)
        seen.add(JSON.stringify(await key()))
      }
      const seconds = (performance.now() - begun) / 1_000
      expect(seen.size - 1).to.be.within(1, Math.ceil(seconds) + 1)
    } finally {
      await service.close()
      await store.close()
    }
  })
})
