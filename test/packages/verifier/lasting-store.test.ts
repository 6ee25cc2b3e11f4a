/** A store that was lost with its connection is opened anew, and written to only where it stands as it was left. */
import { type BlockHeader, CompactFacts, type ReplicaStore } from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { closeAll } from '#internal/verifier/replica/closing'
import { type HeldStore, openLastingStore } from '#internal/verifier/replica/lasting-store'

function headerOf(number: number): BlockHeader {
  const hash: Hex = `0x${String(number).padStart(64, '0')}`
  return { number, hash, parentHash: hash, time: number }
}

const FACTS = new CompactFacts()

/** A database that can be away, and of which an answer can be lost. */
class Server {
  position: BlockHeader | null = null
  isAway = false
  losesAnswer = false
  opened = 0
  held = 0

  async open(): Promise<HeldStore> {
    if (this.isAway) throw new Error('the server is away')
    this.opened += 1
    this.held += 1
    let isLost = false
    const store: ReplicaStore = {
      position: async () => this.position,
      restore: async () => undefined,
      save: async (_, block) => {
        isLost ||= this.isAway
        if (isLost) throw new Error('the connection was lost')
        this.position = block
        if (this.losesAnswer) throw new Error('the answer was lost')
      },
    }
    return {
      store,
      close: async () => {
        this.held -= 1
      },
    }
  }
}

const failureOf = (work: Promise<void>): Promise<Error | null> =>
  work.then(
    () => null,
    (error: Error) => error,
  )

describe('A lasting store', () => {
  it('saves again once its server is back, and holds one connection all the while', async () => {
    const server = new Server()
    const { store, close } = await openLastingStore(() => server.open())
    await store.save([], headerOf(1), FACTS)
    server.isAway = true
    for (const number of [2, 3])
      expect(await failureOf(store.save([], headerOf(number), FACTS))).to.be.an('error')
    server.isAway = false
    await store.save([], headerOf(3), FACTS)
    expect(server.position).to.deep.equal(headerOf(3))
    expect([server.opened, server.held]).to.deep.equal([2, 1])
    await close()
    expect(server.held).to.equal(0)
  })

  it('goes on behind each of its own saves that nobody heard of', async () => {
    const server = new Server()
    const { store } = await openLastingStore(() => server.open())
    server.losesAnswer = true
    expect(await failureOf(store.save([], headerOf(1), FACTS))).to.be.an('error')
    server.losesAnswer = false
    server.isAway = true
    expect(await failureOf(store.save([], headerOf(2), FACTS))).to.be.an('error')
    server.isAway = false
    await store.save([], headerOf(2), FACTS)
    expect(server.position).to.deep.equal(headerOf(2))
  })

  it('leaves alone what another process went on with meanwhile, or took away', async () => {
    for (const meanwhile of [headerOf(7), null]) {
      const server = new Server()
      const { store } = await openLastingStore(() => server.open())
      await store.save([], headerOf(1), FACTS)
      server.isAway = true
      await failureOf(store.save([], headerOf(2), FACTS))
      server.isAway = false
      server.position = meanwhile
      expect(await failureOf(store.save([], headerOf(2), FACTS))).to.have.property(
        'code',
        'replica-continued',
      )
      expect(server.position).to.equal(meanwhile)
      expect(server.held).to.equal(0)
    }
  })
})

describe('Closing', () => {
  it('ends everything in its order, also behind an end that fails, and says so', async () => {
    const ended: string[] = []
    const end = (name: string) => async (): Promise<void> => {
      ended.push(name)
      if (name !== 'folder') throw new Error(name)
    }
    const fault = await failureOf(closeAll(['folder', 'database', 'store'].map(end)))
    expect(ended).to.deep.equal(['store', 'database', 'folder'])
    expect(fault).to.have.property('message', 'store')
  })
})
