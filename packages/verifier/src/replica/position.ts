/** Up to which block a replica is saved. */
import { randomUUID } from 'node:crypto'
import type { BlockHeader } from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'
import type { Kysely } from 'kysely'
import { ReplicaDamagedError } from './replica-damaged.ts'
import { positionSeal, type SavedPosition } from './row-digests.ts'
import type { ReplicaSchema } from './schema.ts'

/**
 * `null`: nothing is saved.
 *
 * @throws {ReplicaDamagedError}
 */
export async function readPosition(db: Kysely<ReplicaSchema>): Promise<SavedPosition | null> {
  const [kept, ...others] = await db.selectFrom('position').selectAll().limit(2).execute()
  if (kept === undefined) return null
  const block: BlockHeader = {
    number: Number(kept.number),
    hash: kept.hash as Hex,
    parentHash: kept.parent_hash as Hex,
    time: Number(kept.block_time),
  }
  const position = { block, pages: kept.pages, beginning: kept.beginning }
  if (others.length > 0 || positionSeal(position) !== kept.seal) throw new ReplicaDamagedError('position')
  return position
}

/** In the place of the one before, whose beginning it goes on with; without one it is a new beginning. */
export async function writePosition(
  db: Kysely<ReplicaSchema>,
  {
    block,
    pages,
    beginning = randomUUID(),
  }: Omit<SavedPosition, 'beginning'> & { beginning?: string | undefined },
): Promise<SavedPosition> {
  const { number, hash, parentHash, time } = block
  await db.deleteFrom('position').execute()
  await db
    .insertInto('position')
    .values({
      number,
      hash,
      parent_hash: parentHash,
      block_time: time,
      pages,
      beginning,
      seal: positionSeal({ block, pages, beginning }),
    })
    .execute()
  return { block, pages, beginning }
}
