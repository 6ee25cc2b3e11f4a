/** What comes of a body that nobody will read, before the answer that ends its connection. */
import type { IncomingMessage } from 'node:http'
import { expectsContinue } from './request-head.ts'

/** More than any route takes; the sender of more may lose the answer. */
const MOST_BYTES = 1_048_576

/**
 * Waits until the body has come, and keeps none of it: a connection that is ended while its other side still sends is
 * reset, and the answer lost with it. One that waits to be asked for does not come.
 */
export function discardBody(req: IncomingMessage): Promise<void> {
  if (req.complete || req.destroyed || expectsContinue(req)) return Promise.resolve()
  return new Promise((resolve) => {
    let bytes = 0
    req.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length
      if (bytes > MOST_BYTES) resolve()
    })
    for (const event of ['end', 'close', 'error']) req.once(event, () => resolve())
  })
}
