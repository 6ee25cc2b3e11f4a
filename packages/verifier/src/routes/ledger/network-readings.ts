/** The ledger as a whole, and the nodes that it is read from. */
import type { NodesAgreement } from '@hefu/ledger/replica'
import { type LedgerBlock, LedgerUnavailableError } from '@hefu/protocol'
import { z } from 'zod'
import type { FollowingState, ListedLedger } from '../../ledger/listed-ledgers.ts'
import { reportNodesNow } from '../../ledger/nodes-word.ts'
import { type LedgerReading, presentReading } from './ledger-reading.ts'
import { address, digest, ledgerIdentity, unixSeconds } from './ledger-schemas.ts'

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

const plainBlock = z
  .strictObject({ number: z.int().min(0), hash: digest, time: unixSeconds })
  .meta({ id: 'PlainBlock' })

const listedLedger = z
  .strictObject({
    ...ledgerIdentity.shape,
    openedAt: unixSeconds.nullable(),
    closedAt: unixSeconds.nullable(),
    state: z
      .enum(namesOf<FollowingState>({ following: 0, waiting: 0, unsaved: 0, stopped: 0 }))
      .nullable()
      .meta({
        description:
          '跟随情况；null：其所在链没有配置节点 · how it is followed; null: no node is configured for its chain',
      }),
    block: plainBlock.nullable().meta({ description: '已读到的区块 · the block that was read' }),
  })
  .meta({
    id: 'ListedLedger',
    description:
      '存证自 openedAt 起、至 closedAt 前有效；均为 null：本服务只认这一互认链，或仍开放 · anchors count from openedAt and before closedAt; null: it is pinned, or open',
  })

function describeListed({ ledger, registration, reading }: ListedLedger): z.infer<typeof listedLedger> {
  return {
    chainId: ledger.chainId,
    address: ledger.address,
    openedAt: registration?.openedAt ?? null,
    closedAt: registration?.closedAt ?? null,
    state: reading?.state ?? null,
    block: reading && blockOf(reading),
  }
}

/** `null`: none was read yet, or it has stopped. */
function blockOf({ reader }: NonNullable<ListedLedger['reading']>): LedgerBlock | null {
  try {
    return reader === null ? null : plain(reader.queries().block)
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}

function plain({ number, hash, time }: LedgerBlock): LedgerBlock {
  return { number, hash, time }
}

export const NETWORK_READINGS: readonly LedgerReading[] = [
  presentReading(
    {
      path: '/v1/ledger',
      operationId: 'getLedger',
      says: {
        zh: '互认链及其历次规则合约；名录所列的全部互认链',
        en: 'The ledger, and its rulebooks one after the other; all ledgers that the registry names',
      },
      parameters: {},
      item: z
        .strictObject({
          chainId: z.int().min(0),
          address,
          rulebooks: z.array(z.strictObject({ rulebook: address, since: unixSeconds })),
          registry: plainBlock.nullable().meta({
            description: '名录所依据的区块；null：不按名录 · the registry’s block; null: none is followed',
          }),
          ledgers: z.array(listedLedger),
        })
        .meta({ id: 'LedgerRecord' }),
    },
    ({ queries, registration, all }) => {
      const { chainId, address: ledger } = queries.ledger
      return {
        chainId,
        address: ledger,
        rulebooks: queries.rulebooks(),
        registry: registration && plain(registration.block),
        ledgers: all.map(describeListed),
      }
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
