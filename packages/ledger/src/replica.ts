/** @hefu/ledger/replica: the whole ledger, told by its events. Apart: who asks a node at each question loads none of it. */

export { reachedBy } from './chain/quorum.ts'
export type {
  BlockHeader,
  BlockLog,
  BlockPlace,
  LogRange,
  NodeReader,
  ReadBlock,
} from './replica/blocks/node-reader.ts'
export { COMPACT_LAYOUT, CompactFacts, type LoggedRows } from './replica/compact/compact-facts.ts'
export { decodeEvent, type EventLog } from './replica/events/decode-event.ts'
export type { EventBlock, LedgerEvent } from './replica/events/ledger-event.ts'
export { changesOf } from './replica/facts/changes-of.ts'
export { FactLayer, NO_FACTS } from './replica/facts/fact-layer.ts'
export {
  type Change,
  type Facts,
  type KeyedName,
  type Tables,
  UnknownFactError,
} from './replica/facts/facts.ts'
export { type AgreedReader, connectNodes, type NodesOptions } from './replica/nodes/connect-nodes.ts'
export type { NodeFault, NodeState, NodesAgreement } from './replica/nodes/node-state.ts'
export { encodeCursor, parseCursor } from './replica/queries/cursor.ts'
export { CursorUndoneError } from './replica/queries/cursor-undone.ts'
export { createLedgerQueries, type LedgerQueries } from './replica/queries/ledger-queries.ts'
export type { VoteState, WaitState } from './replica/queries/listed-items.ts'
export { MOST_ITEMS, type Page, type PageRequest } from './replica/queries/page.ts'
export { createReplicaSource } from './replica/queries/replica-source.ts'
export type { RulePageRequest } from './replica/queries/rule-queries.ts'
export { type Advance, Replica, type ReplicaPosition } from './replica/replica.ts'
export { type ReplicaStopCode, ReplicaStoppedError, ReplicaUnsavedError } from './replica/replica-error.ts'
export type { ReplicaStore, SavedSoFar, SharedSaves } from './replica/replica-store.ts'
