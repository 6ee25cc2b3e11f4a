/** Whatever is in some bytes: one licence, or as many as an archive of people's files has. Entries are opened one after another. */
import { CarrierError } from './carrier-error.ts'
import { type ArchivedFile, readArchive } from './file-archive.ts'
import { FileFault } from './file-fault.ts'
import { type LeftAlone, type LeftAloneKind, leftAloneByName } from './left-alone.ts'
import { type OpenedCarrier, openCarrier } from './open-carrier.ts'

/** One of them, or why it could not be read: never a word against a licence. */
export interface OpenedOfAll {
  /** Its name in the archive, for people to tell it by; `null`: the bytes themselves. */
  readonly entry: string | null
  readonly opened: OpenedCarrier | FileFault | CarrierError
}

/**
 * Opens the bytes, or each file of the archive that they are, in its order. What cannot be read is said in its place, and
 * ends no other.
 *
 * @param leftAlone counts what is left alone in an archive: hidden files, links, what systems put there
 */
export async function* openAll(
  bytes: Uint8Array,
  leftAlone: LeftAlone,
): AsyncGenerator<OpenedOfAll, undefined, undefined> {
  const archived = orFault(() => readArchive(bytes))
  if (archived === null) yield { entry: null, opened: await openOrFault(bytes) }
  else if (archived instanceof Error) yield { entry: null, opened: archived }
  else yield* openEntries(archived, leftAlone)
}

async function* openEntries(
  archived: readonly ArchivedFile[],
  leftAlone: LeftAlone,
): AsyncGenerator<OpenedOfAll, undefined, undefined> {
  let isAny = false
  for (const { name, isLink, unpack } of archived) {
    const kind = isLink ? 'links' : leftAloneOnItsWay(name)
    if (kind !== null) {
      leftAlone[kind] += 1
      continue
    }
    isAny = true
    const bytes = orFault(unpack)
    const opened = bytes instanceof Error ? bytes : await openEntry(bytes)
    yield { entry: name, opened }
  }
  if (!isAny) yield { entry: null, opened: new FileFault('nothing-inside') }
}

/** What stands in a folder that is left alone is left alone with it. */
export function leftAloneOnItsWay(name: string): LeftAloneKind | null {
  // What leads out of an archive is refused, and not hidden.
  const parts = name.split(/[/\\]/).filter((part) => part !== '..')
  const kinds = parts.map(leftAloneByName)
  return kinds.find((kind) => kind !== null) ?? null
}

/** An archive in an archive is told from a document that is packed like one. */
async function openEntry(bytes: Uint8Array): Promise<OpenedOfAll['opened']> {
  const nested = orFault(() => readArchive(bytes))
  if (nested instanceof Error) return nested
  return nested === null ? openOrFault(bytes) : new FileFault('nested-archive')
}

/** What is in a file that is no archive, or why there is nothing. */
export async function openOrFault(bytes: Uint8Array): Promise<OpenedOfAll['opened']> {
  try {
    return await openCarrier(bytes)
  } catch (error) {
    if (error instanceof CarrierError) return error
    throw error
  }
}

function orFault<Value>(read: () => Value): Value | CarrierError | FileFault {
  try {
    return read()
  } catch (error) {
    if (error instanceof CarrierError || error instanceof FileFault) return error
    throw error
  }
}
