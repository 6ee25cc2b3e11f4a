/** What is asked for, out of the files that were given: opened one after another, and none of them held. */
import { type Bilingual, kindOfPresented, type VerificationRequest } from '@hefu/protocol'
import { CarrierError, FileFault, type LeftAlone, openAll } from '@hefu/sdk/carriers'
import { BATCH_FAULTS } from '../texts/batch-texts.ts'
import { digestOfText } from '../verify/report-relevance.ts'
import { MOST_FILE_BYTES, MOST_ITEMS } from './batch-bounds.ts'
import { type GivenFile, isList } from './given-files.ts'
import { ListFault, readIdentifiers } from './identifier-list.ts'

/** Why nothing could be asked: said in the row of its file. */
export interface ItemFault {
  readonly code: string
  readonly says: Bilingual
}

export interface OpenedItem {
  readonly name: string
  readonly found:
    | { readonly asked: Pick<VerificationRequest, 'presented' | 'rendition'> }
    | { readonly fault: ItemFault }
}

/**
 * Each file that was given, each entry of an archive and each row of a list: one item, readable or not. One more than may
 * be asked for is the last.
 *
 * @param leftAlone counts what is left alone in archives
 */
export async function* openItems(
  given: Iterable<GivenFile> | AsyncIterable<GivenFile>,
  leftAlone: LeftAlone,
): AsyncGenerator<OpenedItem, undefined, undefined> {
  let items = 0
  for await (const one of given) {
    for await (const item of openOne(one, leftAlone)) {
      yield item
      items += 1
      if (items > MOST_ITEMS) return
    }
  }
}

async function* openOne(
  { name, file }: GivenFile,
  leftAlone: LeftAlone,
): AsyncGenerator<OpenedItem, undefined, undefined> {
  if (file.size > MOST_FILE_BYTES) return yield faulty(name, new FileFault('large-file'))
  const bytes = await readOrNot(file)
  if (bytes === null) return yield faulty(name, new FileFault('unreadable-file'))
  if (isList({ name })) return yield* openList(name, bytes)
  for await (const { entry, opened } of openAll(bytes, leftAlone)) {
    const place = entry === null ? name : `${name}/${entry}`
    if (opened instanceof FileFault || opened instanceof CarrierError) yield faulty(place, opened)
    else yield { name: place, found: { asked: opened.asked } }
  }
}

/** It may be gone since it was chosen, or somebody else's. */
async function readOrNot(file: GivenFile['file']): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return null
  }
}

function* openList(name: string, bytes: Uint8Array): Generator<OpenedItem, undefined, undefined> {
  try {
    for (const { line, shown, presented } of readIdentifiers(bytes)) {
      const place = `${name}#${line} ${shown}`.trimEnd()
      yield presented === null
        ? faulty(place, NO_IDENTIFIER)
        : { name: place, found: { asked: { presented } } }
    }
  } catch (error) {
    if (!(error instanceof ListFault)) throw error
    yield faulty(name, error)
  }
}

const NO_IDENTIFIER: ItemFault = { code: 'no-identifier', says: BATCH_FAULTS['no-identifier'] }

function faulty(name: string, { code, says }: ItemFault): OpenedItem {
  return { name, found: { fault: { code, says } } }
}

/** By which a result is known to be of this item: what was sent, and what it names where it is no licence itself. */
export function identityOf(presented: string): {
  readonly digest: string
  readonly sought: string | null
} {
  const isSought = SOUGHT.includes(kindOfPresented(presented))
  return { digest: digestOfText(presented), sought: isSought ? presented : null }
}

/** Kinds of text of which the service looks for the licence. */
const SOUGHT = ['licence-id', 'qr-reference']
