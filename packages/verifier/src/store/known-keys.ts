/**
 * Which signing keys are this verifier's own, noted beside the key file as well: whoever may write to the store alone
 * makes no key one of them.
 */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathReason, writeDurably } from '@hefu/service'
import { z } from 'zod'
import { VerifierStartError } from '../error/start-error.ts'

export interface KnownKeyNotes {
  /** Their thumbprints; `null`: nothing was noted yet. @throws {VerifierStartError} `bad-known-keys` */
  read(): Promise<ReadonlySet<string> | null>
  /** Adds those that are not noted. @throws {VerifierStartError} `bad-known-keys`, `known-keys-unwritable` */
  add(kids: Iterable<string>): Promise<void>
}

/** Where they are noted: in the folder of the key file, whatever that is named, for the next key is another file. */
export function knownBeside(keyPath: string): string {
  return join(dirname(keyPath), 'verifier-keys.known.json')
}

const NOTED = z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/))

/** The notes in a file, which need not be there. */
export function createKnownKeyNotes(path: string): KnownKeyNotes {
  const read = async (): Promise<ReadonlySet<string> | null> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw new VerifierStartError('bad-known-keys', pathReason(path, error), { cause: error })
    })
    return text === null ? null : parseNotes(text, path)
  }
  return {
    read,
    add: async (kids) => {
      const noted = (await read()) ?? new Set<string>()
      const all = new Set([...noted, ...kids])
      if (all.size === noted.size) return
      await writeDurably(path, `${JSON.stringify([...all], null, 2)}\n`).catch((error: unknown) => {
        throw new VerifierStartError('known-keys-unwritable', pathReason(path, error), { cause: error })
      })
    },
  }
}

function parseNotes(text: string, path: string): ReadonlySet<string> {
  try {
    return new Set(NOTED.parse(JSON.parse(text)))
  } catch (cause) {
    throw new VerifierStartError('bad-known-keys', path, { cause })
  }
}

/** Thumbprints of the keys that a process believes to be the verifier's; `null`: it is told by nobody, and believes the store. */
export type KnownKeys = () => Promise<ReadonlySet<string> | null>

/**
 * The keys that a process that signs with `own` believes. Where nothing was noted yet, those are that stand in the store
 * now. What others note later counts as soon as it is read.
 *
 * @param standing the keys in the store
 * @param onFault hears why they could not be noted, or read again: what was known goes on
 * @throws {VerifierStartError} `bad-known-keys`
 */
export async function startKnownKeys(
  notes: KnownKeyNotes | undefined,
  own: string,
  standing: readonly string[],
  onFault: (fault: unknown) => void,
): Promise<KnownKeys> {
  if (notes === undefined) return async () => null
  let known: ReadonlySet<string> = new Set([...((await notes.read()) ?? standing), own])
  await notes.add(known).catch(onFault)
  return async () => {
    try {
      known = new Set([...((await notes.read()) ?? known), own])
    } catch (fault) {
      onFault(fault)
    }
    return known
  }
}
