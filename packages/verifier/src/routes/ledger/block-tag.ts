/** Tags of answers: who has one already at the block that it stands on is not answered it again. */
import { createHash } from 'node:crypto'
import type { LedgerQueries } from '@hefu/ledger/replica'
import type { Exchange } from '@hefu/service'

/**
 * Of this address at this block: of another address it is another, whatever programs do with tags. Of two ledgers on one
 * chain the block may be the same, and the address, too, where another has become the one that is open.
 */
export function tagOf({ url }: Pick<Exchange, 'url'>, { ledger, block }: LedgerQueries): string {
  const of = `${ledger.chainId} ${ledger.address} ${block.hash} ${url}`
  return `W/"${createHash('sha256').update(of).digest('base64url')}"`
}

/** Whoever sends a tag by `fetch` says by that alone, in another header, that no copy may be answered: the tag counts. */
export function isKnown(ctx: Pick<Exchange, 'get'>, tag: string): boolean {
  return ctx
    .get('If-None-Match')
    .split(',')
    .some((known) => known.trim() === tag)
}

/** Whoever keeps an answer asks each time whether it still is one. */
export function tagAnswer(ctx: Pick<Exchange, 'set'>, tag: string): void {
  ctx.set({ ETag: tag, 'Cache-Control': 'private, no-cache' })
}
