/** Who reads the ledger by its replica. */
import type { LedgerQueries, NodesAgreement } from '@hefu/ledger/replica'

export interface LedgerReader {
  /**
   * Lists as of the newest block that was read.
   *
   * @throws {LedgerUnavailableError} `unreachable` before the first, `inconsistent` once the replica has stopped
   */
  readonly queries: () => LedgerQueries
  /** How the nodes are that it follows. */
  readonly agreement: () => NodesAgreement
}
