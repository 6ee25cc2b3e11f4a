/** Who reads the ledger by its replica. */
import type { LedgerQueries, NodesAgreement } from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'

/**
 * How the nodes are that a replica follows, and how many of them told of a block.
 *
 * @param blockHash absent: the newest that they agree on
 */
export type NodesBehind = (blockHash?: Hex) => NodesAgreement

export interface LedgerReader {
  /**
   * Lists as of the newest block that was read.
   *
   * @throws {LedgerUnavailableError} `unreachable` before the first, `inconsistent` once the replica has stopped
   */
  readonly queries: () => LedgerQueries
  /** How the nodes are that it follows. */
  readonly agreement: NodesBehind
}
