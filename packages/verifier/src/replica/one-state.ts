/** A replica's tables, read as of one moment however long that takes. */
import type { Kysely } from 'kysely'
import type { ReplicaSchema } from './schema.ts'

/** Reads and changes nothing; what is saved meanwhile is not seen. */
export async function asOneState<Answer>(
  db: Kysely<ReplicaSchema>,
  read: (db: Kysely<ReplicaSchema>) => Promise<Answer>,
): Promise<Answer> {
  return await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
}
