/**
 * Digests that stand beside the rows of a replica, by which it shows that some were altered or lost. They are no secret:
 * whoever alters rows on purpose makes new ones, and only the audit finds that.
 */
import { createHash } from 'node:crypto'
import type { BlockHeader } from '@hefu/ledger/replica'

/** Of no page. */
export const NO_PAGES = ''

/** What a page's row says. */
export interface PageRow {
  readonly number: number
  readonly hash: string
  readonly after: number
  readonly changes: string
}

/**
 * Of a page and all before it.
 *
 * @param before that of the page before; {@link NO_PAGES}: it is the first
 */
export function pageDigest(before: string, { number, hash, after, changes }: PageRow): string {
  return digestOf([before, number, hash, after].join('/'), '/', changes)
}

/** Up to where a store is. */
export interface SavedPosition {
  readonly block: BlockHeader
  /** Of the newest page. */
  readonly pages: string
  /** Another for each time that the store was begun anew. */
  readonly beginning: string
}

export function positionSeal({ block, pages, beginning }: SavedPosition): string {
  const { number, hash, parentHash, time } = block
  return digestOf([number, hash, parentHash, time, pages, beginning].join('/'))
}

/** Of one chunk. */
export function chunkDigest(log: string, number: number, words: Uint8Array): string {
  return digestOf(`${log}/${number}/`, words)
}

/** @param chunks their digests, in order */
export function checkpointSeal(
  { number, layout, pages }: { readonly number: number; readonly layout: number; readonly pages: string },
  chunks: readonly string[],
): string {
  return digestOf([number, layout, pages, ...chunks].join('/'))
}

function digestOf(...parts: readonly (string | Uint8Array)[]): string {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest('base64url')
}
