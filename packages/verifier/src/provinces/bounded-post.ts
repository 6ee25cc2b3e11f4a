/** A question to a configured address, within bounds: no redirection, no address inside a network unless that is allowed. */
import { lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { boundSignal, unless } from './bound-signal.ts'
import { isPrivateAddress } from './private-address.ts'
import { SilentServiceError } from './silent-service.ts'

export interface BoundedQuestion {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly mayBePrivate: boolean
  /** Nobody waits for it any more. */
  readonly signal?: AbortSignal
}

/** From the first byte to the last. */
const TIMEOUT_MS = 5_000
const MOST_BYTES = 1_048_576

/**
 * What is answered: untrusted. A redirection is a status like another, and is not followed.
 *
 * @throws {SilentServiceError} where nothing whole came in time
 * @throws {Error} for more than it may be, or an address that may not be asked; the signal's reason
 */
export function postBounded(question: BoundedQuestion): Promise<{ status: number; text: string }> {
  const { url, headers, body, mayBePrivate } = question
  const send = url.startsWith('https:') ? requestHttps : requestHttp
  const late = () => new SilentServiceError('ask a service: it does not answer in time')
  const { signal, done } = boundSignal(question.signal, TIMEOUT_MS, late)
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, Accept: 'application/json' },
        signal,
        agent: false,
        ...(mayBePrivate ? {} : { lookup: lookupOutside }),
      },
      (response) => {
        collect(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject)
      },
    )
    request.on('error', reject)
    // Node tells of an answer of 101 by this alone; whoever switches protocols is heard no further.
    request.on('upgrade', (_, connection) => {
      connection.destroy()
      reject(new Error('ask a service: it answers in another protocol'))
    })
    request.end(body)
  })
  // By the signal itself: whatever becomes of the request, nobody waits for it any longer.
  return unless(signal, answered)
    .catch((error: unknown) => {
      if (signal.aborted) throw signal.reason
      throw isSystemError(error)
        ? new SilentServiceError('ask a service: it was lost', { cause: error })
        : error
    })
    .finally(done)
}

/** Of the system, the resolver or TLS: they have codes, and what we refuse has none. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && !(error instanceof TypeError)
}

async function collect(response: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new Error(`ask a service: more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

/** What a name is resolved to is what is connected to: nobody changes it in between. */
const lookupOutside: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '')
    if (addresses.length === 0 || addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(new Error('ask a service: its address is inside a network'), '')
    const [first] = addresses
    if (options.all === true) return callback(null, addresses)
    return callback(null, first?.address ?? '', first?.family)
  })
}
