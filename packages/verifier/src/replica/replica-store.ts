/** A replica in a database: what is final, page by page, and the block up to which it is. */
import type { BlockHeader, Change, ReplicaStore } from '@hefu/ledger/replica'
import type { Hex, LedgerIdentity } from '@hefu/protocol'
import type { Store } from '@hefu/service'
import { type Kysely, sql } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import type { ReplicaSchema } from './schema.ts'

/** Pages whose lengths are asked for at once. */
const PAGES_AT_ONCE = 256
/** Characters of pages that are read at once, or one page: a page of a full ledger has a million and more. */
const CHARACTERS_AT_ONCE = 4 * 1024 * 1024

/**
 * @param known the newest block that this process knows to be saved; `undefined`: what is found
 * @throws {VerifierStartError} `replica-foreign` when it was kept for another ledger
 */
export async function createReplicaStore(
  { db, flush }: Store<ReplicaSchema>,
  ledger: LedgerIdentity,
  known?: BlockHeader | null,
): Promise<ReplicaStore> {
  await assertOwn(db, ledger)
  await flush()
  // What a save wrote of which nobody heard that it had come through is read and saved again, perhaps up to another block.
  let saved = (known === undefined ? await readPosition(db) : known)?.number ?? -1
  return {
    position: () => readPosition(db),
    changes: () => readChanges(db),
    save: async (changes, block) => {
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('page').where('number', '>', saved).execute()
        if (changes.length > 0) {
          const page = { number: block.number, changes: JSON.stringify(changes) }
          await trx.insertInto('page').values(page).execute()
        }
        await trx.deleteFrom('position').execute()
        await trx
          .insertInto('position')
          .values({
            number: block.number,
            hash: block.hash,
            parent_hash: block.parentHash,
            block_time: block.time,
          })
          .execute()
      })
      await flush()
      saved = block.number
    },
  }
}

async function assertOwn(db: Kysely<ReplicaSchema>, { chainId, address }: LedgerIdentity): Promise<void> {
  const kept = await db.selectFrom('subject').selectAll().executeTakeFirst()
  if (kept === undefined) {
    await db.insertInto('subject').values({ chain_id: chainId, ledger: address }).execute()
    return
  }
  if (Number(kept.chain_id) === chainId && kept.ledger === address) return
  throw new VerifierStartError('replica-foreign', `${kept.ledger} (${kept.chain_id})`)
}

async function readPosition(db: Kysely<ReplicaSchema>): Promise<BlockHeader | null> {
  const kept = await db.selectFrom('position').selectAll().executeTakeFirst()
  if (kept === undefined) return null
  return {
    number: Number(kept.number),
    hash: kept.hash as Hex,
    parentHash: kept.parent_hash as Hex,
    time: Number(kept.block_time),
  }
}

async function* readChanges(db: Kysely<ReplicaSchema>): AsyncIterable<readonly Change[]> {
  for (let last = -1; ; ) {
    const upTo = await findStretch(db, last)
    if (upTo === null) return
    const pages = await db
      .selectFrom('page')
      .selectAll()
      .where('number', '>', last)
      .where('number', '<=', upTo)
      .orderBy('number')
      .execute()
    for (const { changes } of pages) yield JSON.parse(changes) as Change[]
    last = upTo
  }
}

/** Up to which page behind this one is read at once, so that no more is held than it has to be; `null`: there is none. */
async function findStretch(db: Kysely<ReplicaSchema>, last: number): Promise<number | null> {
  const pages = await db
    .selectFrom('page')
    .select(['number', sql<number>`char_length(changes)`.as('length')])
    .where('number', '>', last)
    .orderBy('number')
    .limit(PAGES_AT_ONCE)
    .execute()
  let upTo: number | null = null
  let characters = 0
  for (const { number, length } of pages) {
    characters += length
    if (upTo !== null && characters > CHARACTERS_AT_ONCE) break
    upTo = Number(number)
  }
  return upTo
}
