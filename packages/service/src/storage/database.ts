/** Where stores are kept: PGlite in a folder, or PostgreSQL by its URL. */

import type { Bilingual } from '@hefu/protocol'
import type { Kysely } from 'kysely'

/** What a store is called: by the database, and by people. */
export interface StoreName {
  /** Its own schema, which holds its tables, its migrations, and nothing else. */
  readonly schema: `hefu_${string}`
  readonly title: Bilingual
}

export interface Database {
  /** All schemas: a store sees its own only. */
  readonly db: Kysely<unknown>
  /**
   * Takes a store for whoever asks, until what is returned is called: no other process, and no other part of this one,
   * has it meanwhile. Other stores of the database are free.
   *
   * @throws {StorageError} `store-in-use`
   */
  hold(store: StoreName): Promise<() => Promise<void>>
  /** Returns when everything committed so far would survive a loss of power. */
  flush(): Promise<void>
  close(): Promise<void>
}
