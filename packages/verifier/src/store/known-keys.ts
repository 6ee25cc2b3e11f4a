/**
 * Which signing keys are this verifier's own, and their terms, noted beside the key file as well: whoever may write to the
 * store alone makes no key one of them, and gives none another term.
 */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathReason, writeDurably } from '@hefu/service'
import { z } from 'zod'
import { VerifierStartError } from '../error/start-error.ts'

/** Unix seconds. */
export interface NotedTerm {
  readonly from: number
  /** `null`: no end was noted. */
  readonly until: number | null
}

/** By thumbprint; `null`: of that key no term was noted yet. */
export type NotedKeys = ReadonlyMap<string, NotedTerm | null>

export interface KnownKeyNotes {
  /** `null`: nothing was noted yet. @throws {VerifierStartError} `bad-known-keys` */
  read(): Promise<NotedKeys | null>
  /**
   * Adds what is not noted: keys, terms, and ends of these. What is noted stays as it is.
   *
   * @throws {VerifierStartError} `bad-known-keys`, `known-keys-unwritable`
   */
  add(keys: NotedKeys): Promise<void>
}

/** Where they are noted: in the folder of the key file, whatever that is named, for the next key is another file. */
export function knownBeside(keyPath: string): string {
  return join(dirname(keyPath), 'verifier-keys.known.json')
}

const kid = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const seconds = z.int().min(0)
const TERMS = z.record(kid, z.strictObject({ from: seconds, until: seconds.nullable() }).nullable())
/** As an earlier version wrote it: no terms. */
const KIDS = z.array(kid)

/** The notes in a file, which need not be there. */
export function createKnownKeyNotes(path: string): KnownKeyNotes {
  const read = async (): Promise<NotedKeys | null> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw new VerifierStartError('bad-known-keys', pathReason(path, error), { cause: error })
    })
    return text === null ? null : parseNotes(text, path)
  }
  return {
    read,
    add: async (keys) => {
      const noted = (await read()) ?? new Map<string, NotedTerm | null>()
      const all = new Map(noted)
      for (const [one, term] of keys) all.set(one, completed(noted.get(one) ?? null, term))
      if ([...all].every(([one, term]) => noted.has(one) && isSame(noted.get(one) ?? null, term))) return
      const text = `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`
      await writeDurably(path, text).catch((error: unknown) => {
        throw new VerifierStartError('known-keys-unwritable', pathReason(path, error), { cause: error })
      })
    },
  }
}

function parseNotes(text: string, path: string): NotedKeys {
  try {
    const noted = z.union([TERMS, KIDS]).parse(JSON.parse(text))
    return Array.isArray(noted) ? new Map(noted.map((one) => [one, null])) : new Map(Object.entries(noted))
  } catch (cause) {
    throw new VerifierStartError('bad-known-keys', path, { cause })
  }
}

/** An end may come to a term that was noted without one; nothing else does. */
function completed(noted: NotedTerm | null, found: NotedTerm | null): NotedTerm | null {
  if (noted === null) return found
  return noted.until === null && found?.from === noted.from ? found : noted
}

function isSame(one: NotedTerm | null, other: NotedTerm | null): boolean {
  return one?.from === other?.from && one?.until === other?.until
}

/** Whether a term is another than was noted. That one has ended since is none: its end was set in the store. */
export function isAltered(found: NotedTerm, noted: NotedTerm | null): boolean {
  return noted !== null && !isSame(found, completed(noted, found))
}

/** The keys that a process believes to be the verifier's; `null`: it is told by nobody, and believes the store. */
export type KnownKeys = () => Promise<NotedKeys | null>

/**
 * The keys that a process that signs with `own` believes. Where nothing was noted yet, those are that stand in the store
 * now, and with the terms that they have there; a term that was not noted is, too. What others note later counts as soon
 * as it is read.
 *
 * @param standing the keys in the store
 * @param onFault hears why they could not be noted, or read again: what was known goes on
 * @throws {VerifierStartError} `bad-known-keys`
 */
export async function startKnownKeys(
  notes: KnownKeyNotes | undefined,
  own: string,
  standing: NotedKeys,
  onFault: (fault: unknown) => void,
): Promise<KnownKeys> {
  if (notes === undefined) return async () => null
  const withOwn = (noted: NotedKeys): NotedKeys => new Map([[own, standing.get(own) ?? null], ...noted])
  const terms = ([one, noted]: [string, NotedTerm | null]): [string, NotedTerm | null] => [
    one,
    completed(noted, standing.get(one) ?? null),
  ]
  let known: NotedKeys = new Map([...withOwn((await notes.read()) ?? standing)].map(terms))
  await notes.add(known).catch(onFault)
  return async () => {
    try {
      known = withOwn((await notes.read()) ?? known)
    } catch (fault) {
      onFault(fault)
    }
    return known
  }
}
