/** A document from a configured address, within bounds of time and size. */
import { parseJsonText } from '@hefu/protocol'

/** Members, elements and levels: keys of a large provider have some hundred. */
const MOST_PARTS = 4_096

export interface FetchBounds {
  /** From the first byte to the last. */
  readonly timeoutMs: number
  readonly mostBytes: number
}

/**
 * The JSON document at an address. Untrusted in its content; redirections are not followed.
 *
 * @throws {Error} when there is none within the bounds
 */
export async function fetchJson(url: string, { timeoutMs, mostBytes }: FetchBounds): Promise<unknown> {
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (response.status !== 200) throw new Error(`fetch ${url}: status ${response.status}`)
  return parseJsonText(await readWithin(response, url, mostBytes), MOST_PARTS, 'document')
}

async function readWithin(response: Response, url: string, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error(`fetch ${url}: more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}
