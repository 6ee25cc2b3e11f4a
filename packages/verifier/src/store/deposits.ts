/** Licences that were deposited, to be found by reference or by identifier: sealed, bounded in number, each for its term. */
import type { LicenceReference } from '@hefu/protocol'
import type { Kysely, Transaction } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import {
  type DepositKeys,
  type LicenceHash,
  openDeposit,
  openLicenceHash,
  resealDeposit,
  resealIndex,
  sealDeposit,
} from './deposit-seal.ts'
import type { VerifierStore } from './open-store.ts'
import type { VerifierSchema } from './schema.ts'

/** How many may be kept. */
export interface DepositBounds {
  readonly mostOfClient: number
  /** Of all clients; those that come in the same moment may be kept beyond it. */
  readonly mostInAll: number
}

/** A text about to be kept; it was verified. Times in Unix seconds. */
export interface Deposit {
  readonly text: string
  readonly reference: LicenceReference
  /** A holder's is found by its reference alone. */
  readonly depositor: 'agency' | 'holder'
  readonly client: string
  /** When its issuer signed: of several texts of a licence its identifier finds the newest. */
  readonly signedAt: number
  readonly depositedAt: number
  readonly expiresAt: number
}

export interface Deposits {
  /** When the term of the text ends: the same for whoever deposits it while it is kept. `full`: there are too many. */
  keep(deposit: Deposit): Promise<number | 'full'>
  /** The text that a reference names; `null`: none is kept at `now` (Unix seconds). */
  findByReference(reference: LicenceReference, now: number): Promise<string | null>
  /** The newest text of an agency's licence; `null`: none is kept at `now` (Unix seconds). */
  findByLicenceId(licenceId: string, now: number): Promise<string | null>
}

/**
 * @throws {VerifierStartError} `deposit-key-missing` where something is sealed under a key that is not among these
 */
export async function createDeposits(
  { db, flush }: VerifierStore,
  keys: DepositKeys,
  bounds: DepositBounds,
): Promise<Deposits> {
  const hash = await openLicenceHash(db, keys)
  await assertNoneSealedOtherwise(db, keys)
  const kept = db.selectFrom('deposit').selectAll()
  return {
    keep: async (deposit) => {
      const row = createRow(deposit, hash, keys)
      try {
        const expiresAt = await db.transaction().execute((trx) => keepRow(trx, row, bounds))
        await flush()
        return expiresAt
      } catch (error) {
        if (error instanceof DepositsFullError) return 'full'
        throw error
      }
    },
    findByReference: async ({ digest, licenceId, issuer }, now) => {
      const found = await kept
        .where('digest', '=', digest)
        .where('licence', '=', hash(licenceId))
        .where('issuer', '=', issuer)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return found === undefined ? null : openDeposit(found, keys)
    },
    findByLicenceId: async (licenceId, now) => {
      const found = await kept
        .where('licence', '=', hash(licenceId))
        .where('depositor', '=', 'agency')
        .where('expires_at', '>', now)
        .orderBy('signed_at', 'desc')
        .orderBy('deposited_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      return found === undefined ? null : openDeposit(found, keys)
    },
  }
}

/** Ends the transaction, with all that it did. */
class DepositsFullError extends Error {
  override readonly name = 'DepositsFullError'
}

type Row = ReturnType<typeof createRow>

function createRow(deposit: Deposit, hash: LicenceHash, keys: DepositKeys) {
  const { text, reference, depositor, client } = deposit
  const of = {
    digest: reference.digest,
    issuer: reference.issuer,
    licence: hash(reference.licenceId),
    depositor,
    client,
    signed_at: deposit.signedAt,
    deposited_at: deposit.depositedAt,
    expires_at: deposit.expiresAt,
  }
  return { ...of, ...sealDeposit(text, of, keys) }
}

async function keepRow(
  trx: Transaction<VerifierSchema>,
  row: Row,
  { mostOfClient, mostInAll }: DepositBounds,
): Promise<number> {
  await giveUpFormer(trx, row)
  const entered = await trx
    .insertInto('deposit')
    .values(row)
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .returning('digest')
    .executeTakeFirst()
  if (entered === undefined) return termOf(trx, row)
  if ((await count(trx, row.client, 1)) > mostOfClient) throw new DepositsFullError()
  if ((await countAll(trx)) > mostInAll) throw new DepositsFullError()
  return row.expires_at
}

/** The same text, whose term is over and which was not given up yet. */
async function giveUpFormer(trx: Transaction<VerifierSchema>, row: Row): Promise<void> {
  const former = await trx
    .deleteFrom('deposit')
    .where('digest', '=', row.digest)
    .where('expires_at', '<=', row.deposited_at)
    .returning('client')
    .executeTakeFirst()
  if (former !== undefined) await count(trx, former.client, -1)
}

async function termOf(trx: Transaction<VerifierSchema>, { digest }: Row): Promise<number> {
  const known = trx.selectFrom('deposit').select('expires_at').where('digest', '=', digest)
  return Number((await known.executeTakeFirstOrThrow()).expires_at)
}

/** Whoever else of the client deposits waits until this transaction has ended. */
async function count(trx: Transaction<VerifierSchema>, client: string, more: number): Promise<number> {
  const { held } = await trx
    .insertInto('deposit_count')
    .values({ client, held: more })
    .onConflict((conflict) =>
      conflict.column('client').doUpdateSet((is) => ({ held: is('deposit_count.held', '+', more) })),
    )
    .returning('held')
    .executeTakeFirstOrThrow()
  return Number(held)
}

async function countAll(trx: Transaction<VerifierSchema>): Promise<number> {
  const { held } = await trx
    .selectFrom('deposit_count')
    .select((is) => is.fn.sum<string | number | null>('held').as('held'))
    .executeTakeFirstOrThrow()
  return Number(held)
}

/**
 * Changes nothing.
 *
 * @throws {VerifierStartError} `deposit-key-missing` where a deposit, or the key of the hashes, is sealed under another
 */
export async function assertNoneSealedOtherwise(
  db: Kysely<VerifierSchema>,
  keys: DepositKeys,
): Promise<void> {
  const names = keys.map(({ name }) => name)
  const sealed = (table: 'deposit' | 'deposit_index') =>
    db.selectFrom(table).select('sealed_under').where('sealed_under', 'not in', names).limit(1)
  const other =
    (await sealed('deposit').executeTakeFirst()) ?? (await sealed('deposit_index').executeTakeFirst())
  if (other !== undefined) throw new VerifierStartError('deposit-key-missing', other.sealed_under)
}

/** Deposits in one transaction. */
const RESEALED_AT_ONCE = 500

/**
 * Seals every deposit's key under the first of the keys, a bounded number in one transaction, while the service may
 * go on; whoever ends it before its end goes on by calling it again. Returns how many there were.
 *
 * @throws {VerifierStartError} `deposit-key-missing`
 */
export async function resealDeposits(
  { db, flush }: VerifierStore,
  keys: DepositKeys,
  atOnce: number = RESEALED_AT_ONCE,
): Promise<number> {
  await openLicenceHash(db, keys)
  await db.transaction().execute((trx) => resealIndex(trx, keys))
  let total = 0
  for (;;) {
    const resealed = await db.transaction().execute((trx) => resealSome(trx, keys, atOnce))
    await flush()
    total += resealed
    if (resealed < atOnce) return total
  }
}

async function resealSome(
  trx: Transaction<VerifierSchema>,
  keys: DepositKeys,
  most: number,
): Promise<number> {
  const rows = await trx
    .selectFrom('deposit')
    .select(['digest', 'issuer', 'licence', 'sealed_under', 'sealed_key'])
    .where('sealed_under', '<>', keys[0].name)
    .limit(most)
    .forUpdate()
    .execute()
  for (const row of rows) {
    await trx.updateTable('deposit').set(resealDeposit(row, keys)).where('digest', '=', row.digest).execute()
  }
  return rows.length
}
