/** The log of all that became final, as a replica's store keeps it: pages of changes, each up to a block. */
import type { Change } from '@hefu/ledger/replica'
import type { Kysely } from 'kysely'
import type { ReplicaSchema } from './schema.ts'

/** What changed up to a block, since the page before it. */
export interface LogPage {
  readonly number: number
  /** In their order. */
  readonly changes: readonly Change[]
}

/** The first page that goes beyond a block; `null`: there is none yet. */
export async function findPageAfter(db: Kysely<ReplicaSchema>, block: number): Promise<LogPage | null> {
  const found = await db
    .selectFrom('page')
    .selectAll()
    .where('number', '>', block)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return found === undefined
    ? null
    : { number: Number(found.number), changes: JSON.parse(found.changes) as Change[] }
}
