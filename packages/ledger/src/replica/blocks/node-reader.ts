/** What following a ledger asks of nodes. */
import type { Hex } from '@hefu/protocol'
import type { EventLog } from '../events/decode-event.ts'
import type { BlockRange } from './pages.ts'

export interface BlockHeader {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  /** Unix seconds. */
  readonly time: number
}

/** A block as it is told. */
export interface ReadBlock extends BlockHeader {
  /** Whose logs it may hold; `null`: it is not said. */
  readonly logsBloom: Hex | null
  /** Root of the tree of its receipts. Absent: nothing holds what is told of its header. */
  readonly receiptsRoot?: Hex
}

/** A log, and the block that it stands in. */
export interface BlockLog extends EventLog {
  readonly blockNumber: number
  readonly blockHash: Hex
  /** Its place among all logs of the block. */
  readonly logIndex: number
}

/** One block, by its hash: a node that has another of this number does not know it. */
export interface BlockPlace {
  readonly blockHash: Hex
  readonly number: number
}

/** Where logs are looked for: all of one block, or of blocks that stay. */
export type LogRange = BlockPlace | BlockRange

/** The chain as a node, or several that agree, tell of it. Every function throws {@link LedgerUnavailableError}. */
export interface NodeReader {
  newest(): Promise<BlockHeader>
  /** `null`: the chain is not so long. */
  block(number: number): Promise<ReadBlock | null>
  /** Number of the newest block that stays; below zero: none yet. */
  finalNumber(): Promise<number>
  /**
   * In the order of the chain, whatever order the node answers in.
   *
   * @throws {LedgerUnavailableError} `answer-too-large`: a shorter range may be answered
   */
  logs(addresses: readonly Hex[], range: LogRange): Promise<readonly BlockLog[]>
  /**
   * All logs of these addresses in a block, as its header holds them: nobody can add, drop or alter one of them. Absent
   * where it is not known how headers are hashed, so that none holds anything.
   */
  heldLogs?(addresses: readonly Hex[], block: ReadBlock): Promise<readonly BlockLog[]>
}
