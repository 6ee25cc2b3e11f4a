/** What is sent: a line for each item, under the numbers of their rows. Names of files stay here. */
import type { VerificationRequest } from '@hefu/protocol'
import { MOST_LINE_BYTES, MOST_PART_BYTES, MOST_PART_ITEMS } from './batch-bounds.ts'

/** What holds for all items. */
export interface ForAll {
  /** Said once, in the first line. */
  readonly all: {
    readonly receivingRegion: string
    readonly serviceItem?: string
    readonly caseNo?: string
    readonly useCause?: string
  }
  /** Said of each item (Unix seconds); absent: now. */
  readonly asOf?: number
}

export interface AskedRow {
  /** Place in the list, from 1: the service is told no other name. */
  readonly row: number
  readonly asked: Pick<VerificationRequest, 'presented' | 'rendition'>
}

/** As much as is sent at once. The browser keeps it outside of what scripts hold. */
export interface BatchPart {
  readonly lines: Blob
  readonly rows: readonly number[]
}

/** Characters that are gathered before the browser takes them away. */
const PIECE_CHARACTERS = 1_048_576

/** `null`: longer than the service takes. */
export function lineOf({ row, asked: { presented, rendition } }: AskedRow, asOf?: number): string | null {
  const line = `${JSON.stringify({ id: String(row), presented, rendition, asOf })}\n`
  return line.length <= MOST_LINE_BYTES && byteLength(line) <= MOST_LINE_BYTES ? line : null
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Gathers lines until they are as many as one part may have. */
export interface PartWriter {
  /** The part that is full before this line; `null`: there is room. */
  add(row: number, line: string): BatchPart | null
  /** What is left; `null`: nothing. */
  end(): BatchPart | null
}

export function createPartWriter({ all }: Pick<ForAll, 'all'>): PartWriter {
  const head = `${JSON.stringify({ all })}\n`
  let pieces: Blob[] = []
  let piece = head
  let bytes = 0
  let rows: number[] = []
  const close = (): void => {
    const blob = new Blob([piece])
    pieces.push(blob)
    bytes += blob.size
    piece = ''
  }
  const end = (): BatchPart | null => {
    if (rows.length === 0) return null
    close()
    const part = { lines: new Blob(pieces), rows }
    pieces = []
    piece = head
    bytes = 0
    rows = []
    return part
  }
  return {
    add: (row, line) => {
      // A character has at most three bytes.
      const isFull =
        rows.length === MOST_PART_ITEMS || bytes + (piece.length + line.length) * 3 > MOST_PART_BYTES
      const part = isFull ? end() : null
      piece += line
      rows.push(row)
      if (piece.length >= PIECE_CHARACTERS) close()
      return part
    },
    end,
  }
}
