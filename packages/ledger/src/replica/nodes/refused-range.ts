/** A node that would answer a shorter range of logs. */
import { NodeRefusalError, NodeSilenceError } from '../../chain/node-error.ts'

/**
 * What engines and those who serve them say of a range with too many blocks or logs: Geth, Besu, Erigon, Nethermind,
 * Reth, and public services. As with {@link isBlockMissing} their codes tell little.
 */
const TOO_LONG =
  /range|too (many|large|big|long|wide)|more than|limit|exceed|(response|result).*size|time.?out|timed out/i
/** A range beyond the newest block of a node that is behind: no shorter one is answered. */
const BEHIND = /beyond|head|future/i
/** EIP-1474: limit exceeded. */
const LIMIT_EXCEEDED = -32_005
/** Content too large. */
const TOO_LARGE_STATUS = 413

export function isRangeRefused(error: unknown): boolean {
  if (error instanceof NodeSilenceError) return error.status === TOO_LARGE_STATUS
  if (!(error instanceof NodeRefusalError) || BEHIND.test(error.said)) return false
  return error.code === LIMIT_EXCEEDED || TOO_LONG.test(error.said)
}
