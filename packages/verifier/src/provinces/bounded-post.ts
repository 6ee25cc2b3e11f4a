/** A question to a configured address, within bounds: no redirection, no address inside a network unless that is allowed. */
import { lookup } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPrivateAddress } from './private-address.ts'

export interface BoundedQuestion {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly mayBePrivate: boolean
}

/** From the first byte to the last. */
const TIMEOUT_MS = 5_000
const MOST_BYTES = 1_048_576

/**
 * What is answered: untrusted. A redirection is a status like another, and is not followed.
 *
 * @throws {Error} where there is no whole answer within the bounds
 */
export function postBounded(question: BoundedQuestion): Promise<{ status: number; text: string }> {
  const { url, headers, body, mayBePrivate } = question
  const send = url.startsWith('https:') ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, Accept: 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        agent: false,
        ...(mayBePrivate ? {} : { lookup: lookupOutside }),
      },
      (response) => {
        collect(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject)
      },
    )
    request.on('error', reject)
    request.end(body)
  })
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
