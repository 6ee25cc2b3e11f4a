/** What is told of nodes that are no longer as they were: once for each change of kind, and not at each turn of it. */
import type { NodeState } from '@hefu/ledger/replica'

/** The same kind is told of one node once in so long (milliseconds). */
const ONCE_IN_MS = 60_000

/** By place in the network file. */
interface ToldNode {
  kind: string
  /** When each kind was told last, by the machine's monotonic clock. */
  readonly at: Map<string, number>
}

/** Whether a node answers as others do, or lags or leads by blocks as one does of several. */
export function isWell({ state }: NodeState): boolean {
  return state !== 'silent' && state !== 'set-aside'
}

/**
 * Takes the states of all nodes of a network, in its order, as often as is wanted.
 *
 * @param tell is given a node that is of another kind than it was told to be: well at first
 */
export function createToldNodes(
  tell: (node: NodeState) => void,
  onceInMs: number = ONCE_IN_MS,
): (nodes: readonly NodeState[]) => void {
  const told: ToldNode[] = []
  return (nodes) => {
    const now = performance.now()
    for (const [place, node] of nodes.entries()) {
      told[place] ??= { kind: 'well', at: new Map() }
      const { kind, at } = told[place]
      const found = isWell(node) ? 'well' : `${node.state} ${node.fault}`
      // One that comes and goes is told again when its time has come, if it is so still.
      if (found === kind || now - (at.get(found) ?? Number.NEGATIVE_INFINITY) < onceInMs) continue
      told[place].kind = found
      at.set(found, now)
      tell(node)
    }
  }
}
