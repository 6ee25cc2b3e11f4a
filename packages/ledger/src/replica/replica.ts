/** Follows a ledger: what is final once and for all, and the newest blocks apart, which may yet be others. */
import { gatherFacts, type LedgerBlock, LedgerUnavailableError, type LedgerView } from '@hefu/protocol'
import { identityOf, type Network, takeNetwork } from '../network/network.ts'
import { readBlockLogs, readLogsOf } from './blocks/block-logs.ts'
import { readBlock, readBlocks, twoChains } from './blocks/chain-blocks.ts'
import type { BlockHeader, NodeReader } from './blocks/node-reader.ts'
import { type BlockRange, PAGE, Pages } from './blocks/pages.ts'
import { CompactFacts } from './compact/compact-facts.ts'
import { FactLayer } from './facts/fact-layer.ts'
import { type Change, THE_ONE } from './facts/facts.ts'
import { createLedgerQueries, type LedgerQueries } from './queries/ledger-queries.ts'
import { createReplicaSource } from './queries/replica-source.ts'
import { ReplicaStoppedError, ReplicaUnsavedError } from './replica-error.ts'
import { NO_STORE, type ReplicaStore, type SharedSaves } from './replica-store.ts'
import { changesIn, type ToldBy } from './told-changes.ts'

/** Blocks that are held apart at most, beyond those that the network file's finality holds apart. */
const MOST_UNSETTLED = 10_000

/** Changes that were saved by others and are taken up by themselves, held besides meanwhile; of more, all is read anew. */
const MOST_TAKEN_UP = 100_000

/** A block that may yet be another, and what it changed. */
interface TailBlock {
  readonly header: BlockHeader
  readonly changes: readonly Change[]
}

/** Where a replica stands. */
export interface ReplicaPosition {
  readonly newest: LedgerBlock
  /** Number of the newest block that stays. */
  readonly finalNumber: number
}

/** What one step of following did. */
export interface Advance {
  /** Blocks that were the chain's and are no more. */
  readonly undone: number
  readonly newest: LedgerBlock
}

export class Replica {
  readonly #network: Network
  readonly #reader: NodeReader
  readonly #told: ToldBy
  readonly #store: ReplicaStore
  readonly #pages = new Pages()
  #final = new CompactFacts()
  #finalBlock: BlockHeader | null = null
  /** The last of what is final and was read while no ledger was found, and what is to be saved with the first that has one. */
  #bare: TailBlock | null = null
  #tail: TailBlock[] = []
  #head = new FactLayer(this.#final)
  /** What is final has a part of what should be in it whole. */
  #isTorn = false
  #advancing: Promise<Advance> | null = null

  private constructor(network: Network, reader: NodeReader, store: ReplicaStore) {
    this.#network = network
    this.#reader = reader
    this.#told = { network, reader }
    this.#store = store
  }

  /**
   * A replica that stands where its store left it; without a store it begins at the ledger's deployment.
   *
   * @throws {MalformedError} for a network that no network file could say
   */
  static async open(network: Network, reader: NodeReader, store: ReplicaStore = NO_STORE): Promise<Replica> {
    const replica = new Replica(takeNetwork(network), reader, store)
    await replica.#restoreAll()
    return replica
  }

  /**
   * One step to the node's newest block. Steps never overlap: who asks meanwhile gets the one under way.
   *
   * @param signal ends the step between two readings, where its next begins: the first may read a chain of years
   * @throws the signal's reason
   * @throws {LedgerUnavailableError} when the node cannot be asked, answers from two chains, or lets so many blocks pass
   *   without one that stays that no more are read: ask again later; `no-contract` as long as no ledger is found
   * @throws {ReplicaUnsavedError} when its store fails: it has read on, and saves later
   * @throws {ReplicaStoppedError} when what was final is not the chain's any more, or an event is none that is known
   */
  advance(signal?: AbortSignal): Promise<Advance> {
    this.#advancing ??= this.#step(signal).finally(() => {
      this.#advancing = null
    })
    return this.#advancing
  }

  /** `null` before the first step. */
  get position(): ReplicaPosition | null {
    const newest = this.#newest
    return newest && { newest: toLedgerBlock(newest), finalNumber: this.#finalRead?.number ?? -1 }
  }

  /** Answers from the newest block, without asking anybody. */
  view(): LedgerView {
    const ledger = identityOf(this.#network)
    return {
      ledger,
      lookup: async (query) => {
        const newest = this.#newest
        if (newest === null)
          throw new LedgerUnavailableError('unreachable', 'ask the replica: it has not read the ledger yet')
        this.#assertLedger(newest)
        if (query.block !== undefined && query.block.hash !== newest.hash)
          throw new LedgerUnavailableError(
            'block-unavailable',
            `ask the replica at block ${query.block.number}: it keeps the newest, ${newest.number}`,
          )
        return gatherFacts(createReplicaSource(this.#head, { ledger, block: toLedgerBlock(newest) }), query)
      },
    }
  }

  /**
   * Lists as of the newest block; `null` before the first step.
   *
   * @throws {LedgerUnavailableError} `no-contract`
   */
  queries(): LedgerQueries | null {
    const newest = this.#newest
    if (newest === null) return null
    this.#assertLedger(newest)
    return createLedgerQueries(this.#head, {
      ledger: identityOf(this.#network),
      block: toLedgerBlock(newest),
    })
  }

  get #newest(): BlockHeader | null {
    return this.#tail.at(-1)?.header ?? this.#finalRead
  }

  /** Of what is final, the last block that was read, whether it is saved or bare. */
  get #finalRead(): BlockHeader | null {
    return this.#bare?.header ?? this.#finalBlock
  }

  async #step(signal: AbortSignal | undefined): Promise<Advance> {
    if (this.#isTorn) await this.#restoreAll()
    const { isOurs, unsaved } = await this.#takeUpSaved()
    const undone = await this.#undoReplaced()
    if (isOurs) await this.#readAndSave(signal)
    else await this.#readBehindSaved(unsaved, signal)
    const newest = this.#newest ?? (await this.#reader.newest())
    this.#assertLedger(newest)
    return { undone, newest: toLedgerBlock(newest) }
  }

  /**
   * A ledger names its rulebook when it is deployed. Where none was told of, what was read is the chain of another
   * ledger, or begins too late: that nothing is known there says nothing about any licence.
   */
  #assertLedger({ number }: BlockHeader): void {
    if (this.#head.find('rulebooks', THE_ONE) !== null) return
    const { ledger, deploymentBlock } = this.#network
    throw new LedgerUnavailableError(
      'no-contract',
      `follow the ledger: from block ${deploymentBlock} to ${number}, ${ledger} told of no rulebook: its address, its deploymentBlock or the chain is another`,
    )
  }

  /** What another process has saved is final here, too. A store that fails keeps nobody from the newest blocks. */
  async #takeUpSaved(): Promise<{ readonly isOurs: boolean; readonly unsaved: ReplicaUnsavedError | null }> {
    const { shared } = this.#store
    if (shared === undefined) return { isOurs: true, unsaved: null }
    try {
      const { isOurs, block } = await this.#askStore(() => shared.look())
      const isTakenUp = block?.hash === this.#finalBlock?.hash || (await this.#takeUp(shared, block))
      return { isOurs: isOurs && isTakenUp, unsaved: null }
    } catch (error) {
      if (error instanceof ReplicaUnsavedError) return { isOurs: false, unsaved: error }
      throw error
    }
  }

  /** What the store throws, and nothing else, is a fault of the store. */
  async #askStore<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask()
    } catch (cause) {
      throw new ReplicaUnsavedError(this.#finalNext - 1, { cause })
    }
  }

  /**
   * From what is held apart, where that is the same chain; else as it was saved, all at once. `false`: not yet, for the
   * nodes behind this replica do not have it, and what is answered names their agreement.
   */
  async #takeUp(shared: SharedSaves, saved: BlockHeader | null): Promise<boolean> {
    const upTo = this.#tail.findIndex(({ header }) => header.hash === saved?.hash)
    if (upTo < 0) return await this.#takeUpSavedAnew(shared, saved)
    this.#putFinal(this.#tail.slice(0, upTo + 1).flatMap(({ changes }) => changes))
    this.#goFrom(saved, this.#tail.slice(upTo + 1))
    return true
  }

  async #takeUpSavedAnew(shared: SharedSaves, saved: BlockHeader | null): Promise<boolean> {
    const final = this.#finalBlock
    const changes = final && (await this.#askStore(() => shared.readBetween(final, saved, MOST_TAKEN_UP)))
    if (changes === null) return await this.#restoreSaved(shared)
    if (!(await this.#isWithNodes(saved))) return false
    this.#putFinal(changes)
    this.#goFrom(saved, [])
    return true
  }

  /** Beside what is answered from meanwhile. */
  async #restoreSaved(shared: SharedSaves): Promise<boolean> {
    const facts = new CompactFacts()
    const restored = await this.#askStore(() => shared.restore(facts))
    if (!(await this.#isWithNodes(restored))) return false
    this.#final = facts
    this.#goFrom(restored, [])
    return true
  }

  #goFrom(final: BlockHeader | null, tail: TailBlock[]): void {
    this.#finalBlock = final
    this.#bare = null
    this.#tail = tail
    this.#rebuildHead()
  }

  /** One that they have otherwise is taken up, and ends the replica: what was final is not their chain's. */
  async #isWithNodes(block: BlockHeader | null): Promise<boolean> {
    return block === null || (await this.#reader.block(block.number)) !== null
  }

  /** While another process saves, only what it has not saved yet is read here. */
  async #readBehindSaved(
    unsaved: ReplicaUnsavedError | null,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const target = await this.#reader.newest()
    const bound = this.#mostTail()
    if (target.number <= bound) await this.#readTail(target.number, signal)
    if (unsaved !== null) throw unsaved
    if (target.number > bound) throw nothingSaved(this.#finalNext, bound)
  }

  async #readAndSave(signal: AbortSignal | undefined): Promise<void> {
    const [target, finalNumber] = await Promise.all([this.#reader.newest(), this.#reader.finalNumber()])
    // After a long silence what became final meanwhile is read in pages, and not block by block. Otherwise a store that
    // fails keeps nobody from the newest blocks.
    const isLate = finalNumber - (this.#newest?.number ?? 0) > PAGE
    if (isLate || target.number > this.#mostTail()) await this.#settle(finalNumber)
    const unsaved = await unsavedOf(this.#readFinal(Math.min(finalNumber, target.number), signal))
    const bound = this.#mostTail()
    await this.#readTail(Math.min(target.number, bound), signal)
    if (unsaved !== null) throw unsaved
    await this.#settle(finalNumber)
    if (target.number > this.#mostTail()) throw nothingFinal(this.#finalNext, bound)
  }

  /** The first block that is not final yet. */
  get #finalNext(): number {
    return (this.#finalRead?.number ?? this.#network.deploymentBlock - 1) + 1
  }

  /** The newest block that the tail may come to: where finality stands still, or the store fails, memory has an end. */
  #mostTail(): number {
    const { finality } = this.#network
    return this.#finalNext - 1 + MOST_UNSETTLED + (typeof finality === 'number' ? finality : 0)
  }

  /** Blocks of the tail that are not the chain's any more are as if they had never been: all at once, once all are known. */
  async #undoReplaced(): Promise<number> {
    let kept = this.#tail.length
    for (let last = this.#tail[kept - 1]; last !== undefined; last = this.#tail[kept - 1]) {
      if ((await this.#reader.block(last.header.number))?.hash === last.header.hash) break
      kept -= 1
    }
    const undone = this.#tail.length - kept
    if (kept === 0) {
      await this.#dropBareReplaced()
      await this.#assertFinalStands()
    }
    if (undone > 0) {
      this.#tail = this.#tail.slice(0, kept)
      this.#rebuildHead()
    }
    return undone
  }

  /** There was nothing in it that anybody was answered. */
  async #dropBareReplaced(): Promise<void> {
    if (this.#bare === null) return
    const { number, hash } = this.#bare.header
    if ((await this.#reader.block(number))?.hash === hash) return
    this.#final = new CompactFacts()
    this.#goFrom(this.#finalBlock, [])
  }

  async #assertFinalStands(): Promise<void> {
    const final = this.#finalBlock
    if (final === null) return
    const found = await this.#reader.block(final.number)
    if (found?.hash === final.hash) {
      // As the nodes tell it: answers are as fresh as its time says, whatever a store says that it was.
      this.#finalBlock = found
      return
    }
    await this.#assertSameChain()
    if (found === null)
      throw new LedgerUnavailableError(
        'inconsistent',
        `follow the ledger: the node is behind block ${final.number}, which was final`,
      )
    throw new ReplicaStoppedError(
      'reorganised-too-deep',
      `follow the ledger: block ${final.number} was final as ${final.hash}, and the node has ${found.hash}`,
    )
  }

  /** A chain that was begun anew has the same number, and perhaps the same contract at the same address. */
  async #assertSameChain(): Promise<void> {
    const kept = this.#final.find('deployment', THE_ONE)
    const { deploymentBlock } = this.#network
    const found = await this.#reader.block(deploymentBlock)
    if (kept === null || found === null || found.hash === kept) return
    throw new ReplicaStoppedError(
      'chain-replaced',
      `follow the ledger: it was deployed in block ${deploymentBlock}, ${kept}, and the node has ${found.hash}: another chain`,
    )
  }

  /** In pages, each taken whole or not at all; only while there is no tail: it settles by itself. */
  async #readFinal(to: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#tail.length > 0) return
    await this.#pages.through({ from: this.#finalNext, to }, async (page) => {
      signal?.throwIfAborted()
      await this.#readPage(page)
    })
  }

  async #readPage(range: BlockRange): Promise<void> {
    const blocks = await readBlocks(this.#reader, range, this.#finalRead)
    const changes = await changesIn(this.#told, blocks, this.#final, (addresses) =>
      readBlockLogs(this.#reader, addresses, blocks),
    )
    const last = blocks.at(-1)
    if (last === undefined) return
    await this.#assertStands(last)
    await this.#keep(changes, last)
  }

  /** Block by block, each behind the one before it. */
  async #readTail(to: number, signal: AbortSignal | undefined): Promise<void> {
    let parent = this.#newest
    for (let number = (parent?.number ?? this.#network.deploymentBlock - 1) + 1; number <= to; number++) {
      signal?.throwIfAborted()
      const [header] = await readBlocks(this.#reader, { from: number, to: number }, parent)
      if (header === undefined) return
      const changes = await changesIn(this.#told, [header], this.#head, (addresses) =>
        readLogsOf(this.#reader, addresses, header),
      )
      for (const change of changes) this.#head.put(change)
      this.#tail.push({ header, changes })
      parent = header
    }
  }

  /** What is final moves below. */
  async #settle(finalNumber: number): Promise<void> {
    const settled = this.#tail.filter(({ header }) => header.number <= finalNumber)
    const last = settled.at(-1)
    if (last === undefined) return
    await this.#assertStands(last.header)
    await this.#keep(
      settled.flatMap(({ changes }) => changes),
      last.header,
    )
    this.#tail = this.#tail.slice(settled.length)
    this.#rebuildHead()
  }

  /** Nothing is saved before the ledger is found: a chain of another would be, and be the only one that is believed. */
  async #keep(changes: readonly Change[], block: BlockHeader): Promise<void> {
    const unsaved = [...(this.#bare?.changes ?? []), ...changes]
    const isLedger = this.#final.find('rulebooks', THE_ONE) !== null || changes.some(namesRulebook)
    if (isLedger) await this.#save(unsaved, block)
    this.#putFinal(changes)
    if (isLedger) this.#finalBlock = block
    this.#bare = isLedger ? null : { header: block, changes: unsaved }
  }

  /** All of them: half a page is no state of the ledger, and nothing is answered from it. */
  #putFinal(changes: readonly Change[]): void {
    try {
      for (const change of changes) this.#final.put(change)
    } catch (fault) {
      this.#isTorn = true
      this.#final = new CompactFacts()
      this.#goFrom(null, [])
      throw fault
    }
  }

  /** As it was saved. */
  async #restoreAll(): Promise<void> {
    const facts = new CompactFacts()
    await this.#store.restore(facts)
    const block = await this.#store.position()
    this.#final = facts
    this.#isTorn = false
    this.#goFrom(block, [])
  }

  async #save(changes: readonly Change[], block: BlockHeader): Promise<void> {
    try {
      await this.#store.save(changes, block, this.#final)
    } catch (cause) {
      throw new ReplicaUnsavedError(block.number, { cause })
    }
  }

  #rebuildHead(): void {
    this.#head = new FactLayer(this.#final)
    for (const { changes } of this.#tail) for (const change of changes) this.#head.put(change)
  }

  async #assertStands({ number, hash }: BlockHeader): Promise<void> {
    if ((await readBlock(this.#reader, number)).hash !== hash) throw twoChains(number)
  }
}

function namesRulebook(change: Change): boolean {
  return 'table' in change && change.table === 'rulebooks'
}

/** What kept the work from being saved; other faults are thrown. */
async function unsavedOf(work: Promise<void>): Promise<ReplicaUnsavedError | null> {
  try {
    await work
    return null
  } catch (error) {
    if (error instanceof ReplicaUnsavedError) return error
    throw error
  }
}

function nothingFinal(number: number, bound: number): LedgerUnavailableError {
  const message = `follow the ledger: block ${number} is not final yet, and none behind block ${bound} is read before it is`
  return new LedgerUnavailableError('inconsistent', message)
}

function nothingSaved(number: number, bound: number): LedgerUnavailableError {
  const message = `follow the ledger: block ${number} is not saved yet by the process that saves, and none behind block ${bound} is read before it is`
  return new LedgerUnavailableError('inconsistent', message)
}

function toLedgerBlock({ number, hash, time }: BlockHeader): LedgerBlock {
  return { number, hash, time }
}
