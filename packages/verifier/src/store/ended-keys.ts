/**
 * Which signing keys were ended, noted beside the key file as well: a backup of the store that is restored may be older,
 * and would put them in force again.
 */
import { readFile } from 'node:fs/promises'
import { pathReason, writeDurably } from '@hefu/service'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { VerifierStartError } from '../error/start-error.ts'
import type { VerifierSchema } from './schema.ts'

export interface EndedKey {
  readonly kid: string
  /** Unix seconds: nothing is signed with it from then on. */
  readonly until: number
}

export interface EndedKeyNotes {
  /** @throws {VerifierStartError} `bad-ended-keys` */
  read(): Promise<readonly EndedKey[]>
  /** Adds those that are not noted. @throws {VerifierStartError} `bad-ended-keys`, `ended-keys-unwritable` */
  note(ended: readonly EndedKey[]): Promise<void>
}

/** Where they are noted: beside the key file and named after it. */
export function endedBeside(keyPath: string): string {
  return `${keyPath.replace(/\.json$/, '')}.ended.json`
}

/** Ends by the thumbprints of their keys. */
const NOTED = z.record(z.string().regex(/^[A-Za-z0-9_-]{43}$/), z.int().min(0))

/** The notes in a file, which need not be there. */
export function createEndedKeyNotes(path: string): EndedKeyNotes {
  const read = async (): Promise<readonly EndedKey[]> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}'
      throw new VerifierStartError('bad-ended-keys', pathReason(path, error), { cause: error })
    })
    return Object.entries(parseNotes(text, path)).map(([kid, until]) => ({ kid, until }))
  }
  return {
    read,
    note: async (ended) => {
      const noted = new Map((await read()).map(({ kid, until }) => [kid, until]))
      const news = ended.filter(({ kid, until }) => until < (noted.get(kid) ?? Number.POSITIVE_INFINITY))
      if (news.length === 0) return
      for (const { kid, until } of news) noted.set(kid, until)
      const text = `${JSON.stringify(Object.fromEntries(noted), null, 2)}\n`
      await writeDurably(path, text).catch((error: unknown) => {
        throw new VerifierStartError('ended-keys-unwritable', pathReason(path, error), {
          cause: error,
        })
      })
    },
  }
}

function parseNotes(text: string, path: string): Readonly<Record<string, number>> {
  try {
    return NOTED.parse(JSON.parse(text))
  } catch (cause) {
    throw new VerifierStartError('bad-ended-keys', path, { cause })
  }
}

/** Ends in the store, for good, what was noted as ended; of a key that it does not know there is nothing to end. */
export async function endNoted(db: Kysely<VerifierSchema>, ended: readonly EndedKey[]): Promise<void> {
  for (const { kid, until } of ended) {
    await db
      .updateTable('verifier_key')
      .set({ valid_until: until })
      .where('kid', '=', kid)
      .where((is) => is.or([is('valid_until', 'is', null), is('valid_until', '>', until)]))
      .execute()
  }
}
