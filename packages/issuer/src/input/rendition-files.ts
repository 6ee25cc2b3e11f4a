/** The files that show the licences of a table, as the agency's own system made them: a folder of PDF and OFD by identifier. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Rendition } from '@hefu/protocol'
import { CarrierError, checkRendition } from '@hefu/sdk/carriers'
import { type RowDefect, rowDefect } from './row.ts'

/** What the rows that are signed are bound to. */
export type RenditionsOf = (licenceId: string) => Promise<readonly Rendition[] | RowDefect>

const KINDS = [
  { kind: 'pdf', mediaType: 'application/pdf' },
  { kind: 'ofd', mediaType: 'application/ofd' },
] as const
/** The licence has room beside it in what a verifier opens (spec/carriers.md). */
const MOST_BYTES = 32_505_856

/**
 * The files `<licence identifier>.pdf` and `.ofd` of a folder, one of them at least. An identifier that was judged has no
 * sign that leads out of it.
 */
export function renditionsIn(folder: string): RenditionsOf {
  return async (licenceId) => {
    const renditions: Rendition[] = []
    for (const { kind, mediaType } of KINDS) {
      const digest = await digestOfFile(join(folder, `${licenceId}.${kind}`), kind)
      if (digest === 'unusable') return rowDefect('not-a-rendition', 'licenceId')
      if (digest !== 'absent') renditions.push({ mediaType, digest })
    }
    return renditions.length === 0 ? rowDefect('no-rendition', 'licenceId') : renditions
  }
}

/** SHA-256, base64url; `unusable` for a file that is of another kind, is too large, or could never take the licence. */
async function digestOfFile(path: string, kind: 'pdf' | 'ofd'): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > MOST_BYTES) return 'unusable'
      chunks.push(chunk)
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unusable'
  }
  const file = new Uint8Array(Buffer.concat(chunks))
  // What is bound and takes no licence would be found when the licence is anchored, and no sooner.
  try {
    const checked = await checkRendition(file)
    return checked.kind === kind ? checked.rendition : 'unusable'
  } catch (error) {
    if (error instanceof CarrierError) return 'unusable'
    throw error
  }
}
