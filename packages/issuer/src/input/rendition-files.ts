/** The files that show the licences of a table, as the agency's own system made them: a folder of PDF and OFD by identifier. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Rendition } from '@hefu/protocol'
import { type RowDefect, rowDefect } from './row.ts'

/** What the rows that are signed are bound to. */
export type RenditionsOf = (licenceId: string) => Promise<readonly Rendition[] | RowDefect>

const KINDS = [
  { ending: '.pdf', mediaType: 'application/pdf', start: '%PDF-' },
  { ending: '.ofd', mediaType: 'application/ofd', start: 'PK\x03\x04' },
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
    for (const { ending, mediaType, start } of KINDS) {
      const digest = await digestOfFile(join(folder, `${licenceId}${ending}`), start)
      if (digest === 'unusable') return rowDefect('not-a-rendition', 'licenceId')
      if (digest !== 'absent') renditions.push({ mediaType, digest })
    }
    return renditions.length === 0 ? rowDefect('no-rendition', 'licenceId') : renditions
  }
}

/** SHA-256, base64url; `unusable` for a file that begins otherwise, is too large or cannot be read. */
async function digestOfFile(path: string, start: string): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  let head = ''
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > MOST_BYTES) return 'unusable'
      if (head.length < start.length) head += chunk.toString('latin1', 0, start.length)
      hash.update(chunk)
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unusable'
  }
  return head.startsWith(start) ? hash.digest('base64url') : 'unusable'
}
