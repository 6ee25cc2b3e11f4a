/** What the journal asks of its entries, and writes of them. */
import type { Kysely, Selectable } from 'kysely'
import { sql } from 'kysely'
import { settlementOf } from './outbox.ts'
import type { EntryCall, EntryRefusal, NewEntry, RecordedEntry } from './records.ts'
import type { EntryTable, JournalSchema, OutboxTable } from './schema.ts'

type Db = Kysely<JournalSchema>

/** The name of an entry in the outbox. */
export function dispatchIdOf({ number }: Pick<RecordedEntry, 'number'>): string {
  return `entry:${number}`
}

/** Writes an entry down behind all others, and returns its number. */
export async function insertEntry(db: Db, entry: NewEntry): Promise<number> {
  const { last } = await db
    .selectFrom('entry')
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  const number = last === null ? 1 : Number(last) + 1
  const { digest, call, licenceIds, enteredAt, effectiveAt } = entry
  const row = {
    number,
    digest,
    call: JSON.stringify(call),
    licences: JSON.stringify(licenceIds),
    entered_at: enteredAt,
    effective_at: effectiveAt,
    refusal: null,
  }
  await db.insertInto('entry').values(row).execute()
  return number
}

/** The newest entry of a digest. */
export async function findEntryByDigest(db: Db, digest: string): Promise<RecordedEntry | null> {
  const row = await entries(db)
    .where('entry.digest', '=', digest)
    .orderBy('entry.number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : entryOf(row)
}

/** The entries that neither stand nor were refused, in their order. */
export async function waitingEntries(db: Db): Promise<readonly RecordedEntry[]> {
  const rows = await entries(db)
    .where('entry.refusal', 'is', null)
    .where('outbox.transaction_hash', 'is', null)
    .orderBy('entry.number')
    .execute()
  return rows.map(entryOf)
}

/** The entries behind this one that stand or wait, in their order. */
export async function entriesBehind(db: Db, number: number): Promise<readonly RecordedEntry[]> {
  const rows = await entries(db)
    .where('entry.number', '>', number)
    .where('entry.refusal', 'is', null)
    .orderBy('entry.number')
    .execute()
  return rows.map(entryOf)
}

export interface EntryCounts {
  readonly standing: number
  readonly waiting: number
  readonly refused: number
}

/** How many entries stand, wait and were refused. */
export async function countEntries(db: Db): Promise<EntryCounts> {
  const row = await entries(db)
    .clearSelect()
    .select([
      sql<number>`count(entry.refusal)`.as('refused'),
      sql<number>`count(outbox.transaction_hash)`.as('standing'),
      sql<number>`count(*)`.as('all'),
    ])
    .executeTakeFirstOrThrow()
  const [refused, standing] = [Number(row.refused), Number(row.standing)]
  return { refused, standing, waiting: Number(row.all) - refused - standing }
}

export async function updateEntry(
  db: Db,
  number: number,
  values: Partial<Pick<EntryTable, 'refusal'>> & { readonly effective_at?: number },
): Promise<void> {
  await db.updateTable('entry').set(values).where('number', '=', number).execute()
}

function entries(db: Db) {
  return db
    .selectFrom('entry')
    .leftJoin('outbox', (join) =>
      join
        .on(sql<boolean>`outbox.id = 'entry:' || entry.number`)
        .on('outbox.transaction_hash', 'is not', null)
        .on('outbox.reverted', '=', false),
    )
    .selectAll('entry')
    .select(['outbox.transaction_hash', 'outbox.block_number', 'outbox.block_hash', 'outbox.reverted'])
}

type SettledColumns = 'transaction_hash' | 'block_number' | 'block_hash' | 'reverted'
type EntryRow = Selectable<EntryTable> & {
  [Name in SettledColumns]: Selectable<OutboxTable>[Name] | null
}

function entryOf(row: EntryRow): RecordedEntry {
  return {
    number: row.number,
    digest: row.digest,
    call: JSON.parse(row.call) as EntryCall,
    licenceIds: JSON.parse(row.licences) as readonly string[],
    enteredAt: Number(row.entered_at),
    effectiveAt: row.effective_at === null ? null : Number(row.effective_at),
    settlement: settlementOf(row),
    refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as EntryRefusal),
  }
}
