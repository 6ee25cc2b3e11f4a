/** Sessions in the store, which all processes of a verifier share. */
import type { Kysely, Selectable, Transaction } from 'kysely'
import { sql } from 'kysely'
import { DATABASE_NOW } from '../store/batch-tables.ts'
import type { VerifierSchema } from '../store/schema.ts'
import type { SessionContent } from './session-content.ts'
import type { SessionIdentity, SessionSeal } from './session-seal.ts'

export interface KeptSession extends SessionIdentity {
  readonly seenAt: number
  readonly isLocked: boolean
  readonly content: SessionContent
}

export interface SessionBounds {
  readonly mostInAll: number
  readonly mostOfPerson: number
}

export const SESSION_BOUNDS: SessionBounds = { mostInAll: 10_000, mostOfPerson: 5 }

/** Longer than the provider is waited for. */
const RENEWING_SECONDS = 20

export interface KeptSessions {
  /** Keeps a session in the place of `former`, which the browser had; beyond the bounds the oldest give way. */
  add(session: Omit<KeptSession, 'isLocked'>, former: Uint8Array | null): Promise<void>
  /** `undefined`: there is none, or none that this service sealed so. */
  find(id: Uint8Array): Promise<KeptSession | undefined>
  /** Notes that the person did something; false: the session had not been used since `since`, or was locked. */
  see(id: Uint8Array, now: number, since: number): Promise<boolean>
  /** Until it is over: nothing unlocks it. */
  lock(id: Uint8Array): Promise<void>
  /** Takes on the renewal of its tokens, among all processes; `undefined`: another has, or had a moment ago. */
  takeRenewal(id: Uint8Array): Promise<KeptSession | undefined>
  /** Keeps what was renewed, and gives the renewal back. */
  renew(session: KeptSession, content: SessionContent): Promise<void>
  end(id: Uint8Array): Promise<void>
}

/** `onFault` hears of rows that were altered. */
export function createKeptSessions(
  db: Kysely<VerifierSchema>,
  seal: SessionSeal,
  onFault: (fault: unknown) => void,
  bounds: SessionBounds = SESSION_BOUNDS,
): KeptSessions {
  const opened = (row: Row | undefined): KeptSession | undefined => {
    // After a change of keys none of the former is opened any more.
    if (row === undefined || row.sealed_by !== seal.name) return undefined
    try {
      return openRow(row, seal)
    } catch (fault) {
      onFault(fault)
      return undefined
    }
  }
  const change = async (id: Uint8Array, to: Partial<Pick<Row, 'locked'>>): Promise<void> => {
    await db.updateTable('console_session').set(to).where('id', '=', id).execute()
  }
  return {
    add: async (session, former) => {
      await db.transaction().execute(async (trx) => {
        if (former !== null) await trx.deleteFrom('console_session').where('id', '=', former).execute()
        await trx.insertInto('console_session').values(rowOf(session, seal)).execute()
        await giveWay(trx, session, bounds)
      })
    },
    find: async (id) =>
      opened(await db.selectFrom('console_session').selectAll().where('id', '=', id).executeTakeFirst()),
    see: async (id, now, since) => {
      const { numUpdatedRows } = await db
        .updateTable('console_session')
        .set({ seen_at: sql<number>`greatest(seen_at, ${now})` })
        .where('id', '=', id)
        .where('seen_at', '>', since)
        .where('locked', '=', false)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    lock: (id) => change(id, { locked: true }),
    takeRenewal: async (id) =>
      opened(
        await db
          .updateTable('console_session')
          .set({ renewing_until: sql<number>`${DATABASE_NOW} + ${RENEWING_SECONDS}` })
          .where('id', '=', id)
          .where('renewing_until', '<=', DATABASE_NOW)
          .returningAll()
          .executeTakeFirst(),
      ),
    renew: async (session, content) => {
      await db
        .updateTable('console_session')
        .set({ sealed: seal.sealSession(JSON.stringify(content), session), renewing_until: 0 })
        .where('id', '=', session.id)
        .execute()
    },
    end: async (id) => {
      await db.deleteFrom('console_session').where('id', '=', id).execute()
    },
  }
}

type Row = Selectable<VerifierSchema['console_session']>

function openRow(row: Row, seal: SessionSeal): KeptSession {
  const identity = {
    id: row.id,
    person: row.person,
    begunAt: Number(row.begun_at),
    endsAt: Number(row.ends_at),
  }
  const content = JSON.parse(seal.openSession(row.sealed, identity)) as SessionContent
  return { ...identity, seenAt: Number(row.seen_at), isLocked: row.locked, content }
}

function rowOf({ seenAt, content, ...identity }: Omit<KeptSession, 'isLocked'>, seal: SessionSeal) {
  return {
    id: identity.id,
    person: identity.person,
    begun_at: identity.begunAt,
    ends_at: identity.endsAt,
    seen_at: seenAt,
    sealed: seal.sealSession(JSON.stringify(content), identity),
    sealed_by: seal.name,
  }
}

/** The newest stay, and of those of one second the one that was just begun. */
async function giveWay(
  trx: Transaction<VerifierSchema>,
  { id, person }: SessionIdentity,
  { mostInAll, mostOfPerson }: SessionBounds,
): Promise<void> {
  const others = () =>
    trx.selectFrom('console_session').select('id').where('id', '<>', id).orderBy('begun_at', 'desc')
  for (const beyond of [
    others()
      .where('person', '=', person)
      .offset(mostOfPerson - 1),
    others().offset(mostInAll - 1),
  ])
    await trx.deleteFrom('console_session').where('id', 'in', beyond).execute()
}
