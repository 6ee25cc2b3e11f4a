/** By whose word a replica is kept: who goes on with it may say no more of it than they did. */
import type { NodesAgreement } from '@hefu/ledger/replica'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import { beginAnew, type ReplicaSchema } from './schema.ts'

/** How many nodes had to tell the same, and what held their logs. */
export type Holding = Pick<NodesAgreement, 'needed' | 'logsHeldBy'>

/** The least there is: one node was believed in whatever it said. */
export const ONE_NODE: Holding = { needed: 1, logsHeldBy: 'one-node' }

/** From the weakest on. */
const HELD: readonly Holding['logsHeldBy'][] = ['one-node', 'agreement', 'header']

/** Whether one holds less than another, in either of the two. */
function isWeaker(one: Holding, other: Holding): boolean {
  return one.needed < other.needed || HELD.indexOf(one.logsHeldBy) < HELD.indexOf(other.logsHeldBy)
}

/** Begins the replica anew where it was kept by a weaker word than this one, and keeps it by this one from then on. */
export async function keepBy(trx: Kysely<ReplicaSchema>, holding: Holding): Promise<void> {
  const kept = await readHolding(trx)
  if (kept === null || isWeaker(kept, holding)) await beginAnew(trx as Kysely<unknown>)
  await trx.updateTable('subject').set({ needed: holding.needed, logs_held_by: holding.logsHeldBy }).execute()
}

/**
 * Who does not keep it goes by it, and by no weaker word than its own.
 *
 * @throws {VerifierStartError} `replica-weaker`
 */
export async function assertHeldBy(db: Kysely<ReplicaSchema>, holding: Holding): Promise<void> {
  const kept = (await readHolding(db)) ?? ONE_NODE
  if (isWeaker(kept, holding))
    throw new VerifierStartError('replica-weaker', `${describe(kept)} < ${describe(holding)}`)
}

/** `null`: it is not said. */
async function readHolding(db: Kysely<ReplicaSchema>): Promise<Holding | null> {
  const kept = await db.selectFrom('subject').select(['needed', 'logs_held_by']).executeTakeFirst()
  const logsHeldBy = HELD.find((held) => held === kept?.logs_held_by)
  return kept === undefined || logsHeldBy === undefined ? null : { needed: Number(kept.needed), logsHeldBy }
}

function describe({ needed, logsHeldBy }: Holding): string {
  return `${needed} ${logsHeldBy}`
}
