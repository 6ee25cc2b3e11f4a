/** How the nodes of a ledger are, as who follows it has seen them. */

/** What a node was caught at. */
export type NodeFault =
  /** Its newest block does not move while others' do. */
  | 'frozen'
  /** It tells of other blocks than the nodes that agree. */
  | 'other-chain'
  /** A header whose hash is not what the engine's rule makes of it. */
  | 'wrong-header'
  /** Logs that do not fit the header, by bloom, by receipts root, or by what the others tell. */
  | 'wrong-logs'
  /** An answer that is none: no JSON, nothing of the kind, longer than any true one, or another address to ask. */
  | 'malformed'

export interface NodeState {
  /** Host and port alone: the URL of a node may carry a secret. */
  readonly node: string
  /**
   * `ahead`: tells of a newer block than enough others do, of which nothing is known yet. `silent`: did not answer the
   * last question, or the last one of a kind. `set-aside`: was caught, and is not asked until it is tried again.
   */
  readonly state: 'agrees' | 'ahead' | 'behind' | 'silent' | 'set-aside'
  /** Number of the newest block that it told of; `null`: none yet. */
  readonly newest: number | null
  /** Since when it has been so (Unix seconds). */
  readonly since: number
  /** What it was caught at last; stays until the node has agreed again: at once on the same, by and by on other things. */
  readonly fault: NodeFault | null
}

/** What a block stands on. */
export interface NodesAgreement {
  /** How many must tell the same. */
  readonly needed: number
  /** How many told of the block. */
  readonly agreeing: number
  /** What holds the logs: headers recomputed by the engine's rule, agreement of nodes, or the word of one. */
  readonly logsHeldBy: 'header' | 'agreement' | 'one-node'
  readonly nodes: readonly NodeState[]
}
