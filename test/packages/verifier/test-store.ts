/** A real store of the verifier, PGlite in memory, which all services of a test process share as processes share a PostgreSQL. */
import { PGlite } from '@electric-sql/pglite'
import type { VerifierStore } from '@hefu/verifier'
import { Kysely, PGliteDialect } from 'kysely'
import { after } from 'mocha'
import { openStoreIn } from '#internal/verifier/store/open-store'

let opened: Promise<VerifierStore> | undefined

/** Opened once, and closed when all tests are through. */
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

after(async () => (await opened)?.close())
