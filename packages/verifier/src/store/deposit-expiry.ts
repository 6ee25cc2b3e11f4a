/** Deposits whose term is over are given up, a bounded number at a time, and counted no more. */
import { type Kysely, sql } from 'kysely'
import { VERIFIER_STORE, type VerifierSchema } from './schema.ts'

const MOST_AT_ONCE = 1_000

/** Gives up what is over at `now` (Unix seconds), and says how many. Nobody was told of it since it is over. */
export async function giveUpDeposits(db: Kysely<VerifierSchema>, now: number): Promise<number> {
  let total = 0
  for (;;) {
    const gone = await giveUpSome(db, now)
    total += gone
    if (gone < MOST_AT_ONCE) return total
  }
}

/** In one statement: no deposit goes without its count. */
async function giveUpSome(db: Kysely<VerifierSchema>, now: number): Promise<number> {
  const deposit = sql.id(VERIFIER_STORE.schema, 'deposit')
  const count = sql.id(VERIFIER_STORE.schema, 'deposit_count')
  const { rows } = await sql<{ gone: number }>`
    with gone as (
      delete from ${deposit} where digest in (
        select digest from ${deposit} where expires_at <= ${now} limit ${MOST_AT_ONCE} for update skip locked
      ) returning client
    ), counted as (
      update ${count} as kept set held = kept.held - of.gone
      from (select client, count(*) as gone from gone group by client) as of
      where kept.client = of.client
    )
    select count(*)::int as gone from gone`.execute(db)
  return rows[0]?.gone ?? 0
}
