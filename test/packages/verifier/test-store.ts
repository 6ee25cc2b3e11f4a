/** A real store of the verifier, PGlite in memory, which all services of a test process share as processes share a PostgreSQL. */
import { randomBytes } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import type { DepositOptions, VerifierStore } from '@hefu/verifier'
import { Kysely, PGliteDialect } from 'kysely'
import { openStoreIn } from '#internal/verifier/store/open-store'

/** Of whatever is deposited in the store that all share. */
export const DEPOSITS: DepositOptions = {
  keys: [{ name: 'test', key: randomBytes(32) }],
  bounds: { mostOfClient: 10_000, mostInAll: 10_000 },
  days: 30,
}

let opened: Promise<VerifierStore> | undefined

/** Opened once in a process, however many files it tests: it ends with the process, for it is in its memory alone. */
export function testStore(): Promise<VerifierStore> {
  opened ??= openMemoryStore()
  return opened
}

/** One of its own. */
export function openMemoryStore(): Promise<VerifierStore> {
  const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite: new PGlite() }) })
  return openStoreIn({
    db,
    hold: async () => async () => undefined,
    flush: async () => undefined,
    close: () => db.destroy(),
  })
}
