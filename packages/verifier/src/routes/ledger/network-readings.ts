/** The ledger as a whole, and the nodes that it is read from. */
import type { NodesAgreement } from '@hefu/ledger/replica'
import { z } from 'zod'
import { reportNodesNow } from '../../ledger/nodes-word.ts'
import { type LedgerReading, oneReading, presentReading } from './ledger-reading.ts'
import { address, unixSeconds } from './ledger-schemas.ts'

type NodeState = NodesAgreement['nodes'][number]
type NodeFault = NonNullable<NodeState['fault']>

/** All of a type's, which the compiler counts. */
function namesOf<Name extends string>(counted: Readonly<Record<Name, 0>>): readonly Name[] {
  return Object.keys(counted) as Name[]
}

const nodeState = z
  .strictObject({
    node: z.string().meta({ description: '主机与端口 · host and port' }),
    state: z.enum(namesOf<NodeState['state']>({ agrees: 0, ahead: 0, behind: 0, silent: 0, 'set-aside': 0 })),
    newest: z.int().min(0).nullable(),
    since: unixSeconds,
    fault: z
      .enum(
        namesOf<NodeFault>({ frozen: 0, 'other-chain': 0, 'wrong-header': 0, 'wrong-logs': 0, malformed: 0 }),
      )
      .nullable(),
  })
  .meta({ id: 'NodeState' })

export const NETWORK_READINGS: readonly LedgerReading[] = [
  oneReading(
    {
      path: '/v1/ledger',
      operationId: 'getLedger',
      says: { zh: '互认链及其历次规则合约', en: 'The ledger, and its rulebooks one after the other' },
      parameters: {},
      item: z
        .strictObject({
          chainId: z.int().min(0),
          address,
          rulebooks: z.array(z.strictObject({ rulebook: address, since: unixSeconds })),
        })
        .meta({ id: 'LedgerRecord' }),
    },
    ({ queries }) => {
      const { chainId, address: ledger } = queries.ledger
      return { chainId, address: ledger, rulebooks: queries.rulebooks() }
    },
  ),
  presentReading(
    {
      path: '/v1/ledger/nodes',
      operationId: 'getNodes',
      says: { zh: '所跟随的节点的状况', en: 'How the nodes are that the replica follows' },
      parameters: {},
      item: z
        .strictObject({
          needed: z.int().min(1),
          agreeing: z.int().min(0),
          newest: z.int().min(0).nullable(),
          logsHeldBy: z.enum(['header', 'agreement', 'one-node']),
          nodes: z.array(nodeState),
        })
        .meta({ id: 'NodesRecord' }),
    },
    ({ agreement }) => ({ ...reportNodesNow(agreement), nodes: agreement.nodes }),
  ),
]
