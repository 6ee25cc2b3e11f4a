/** What a replica keeps, read by who is not its keeper: nothing of it is changed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptFacts } from '@hefu/ledger/audit'
import { CompactFacts } from '@hefu/ledger/replica'
import type { LedgerIdentity } from '@hefu/protocol'
import { ExplainedError, isPostgresUrl, StorageError } from '@hefu/service'
import { type Kysely, sql } from 'kysely'
import { CommandError } from '../error/command-error.ts'
import { codeOf } from './follow-ledger.ts'
import { asOneState } from './one-state.ts'
import { readPosition } from './position.ts'
import { openPlace, REPLICA_FOLDER, type ReplicaPlace } from './replica-place.ts'
import { assertPages, isOwn, restoreFacts } from './replica-store.ts'
import { type ReplicaSchema, replicaStore } from './schema.ts'

/**
 * The facts of the replica of a ledger, and the block that they are of. A service that has it in PostgreSQL may run
 * meanwhile; a folder has one process.
 *
 * @param where a folder that there is, or the URL of a PostgreSQL database, and the schema in it
 * @throws {StorageError} when it cannot be opened
 * @throws {VerifierStartError} `replica-foreign`, `replica-place`
 * @throws {CommandError} `replica-missing` when nothing is kept there
 * @throws {ReplicaDamagedError} when it is not what was saved
 */
export async function readKeptFacts(
  { place, schema }: ReplicaPlace,
  ledger: LedgerIdentity,
): Promise<KeptFacts> {
  if (!isPostgresUrl(place) && !place.includes('://') && !existsSync(join(place, REPLICA_FOLDER)))
    throw new CommandError('replica-missing', place)
  const { database, close } = await openPlace(place)
  try {
    const db = database.db.withSchema(schema) as unknown as Kysely<ReplicaSchema>
    return await asOneState(db, (state) => readFacts(state, schema, ledger))
  } catch (cause) {
    const code = codeOf(cause)
    // A system or a database says it by its code; its sentence may name what its URL does.
    if (code === undefined || cause instanceof ExplainedError) throw cause
    throw new StorageError('database-unreachable', replicaStore(schema).title, code, { cause })
  } finally {
    await close()
  }
}

async function readFacts(
  db: Kysely<ReplicaSchema>,
  schema: string,
  ledger: LedgerIdentity,
): Promise<KeptFacts> {
  if (!(await isKept(db, schema))) throw new CommandError('replica-missing', '')
  const position = (await isOwn(db, ledger)) ? await readPosition(db) : null
  if (position === null) throw new CommandError('replica-missing', '')
  // As a service does that starts from it: what it would answer from is what is audited.
  const facts = new CompactFacts()
  await restoreFacts(db, facts, position)
  // The feed tells of all pages, also of those beneath the checkpoint.
  await assertPages(db, position)
  return { facts, block: position.block }
}

/** Whether there are tables of a replica at all. */
async function isKept(db: Kysely<ReplicaSchema>, schema: string): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select to_regclass(${`${schema}.position`}) is not null as kept`.execute(db)
  return rows[0]?.kept === true
}
