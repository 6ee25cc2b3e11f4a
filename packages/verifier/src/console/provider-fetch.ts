/** Asks the identity provider within bounds of size, and follows it nowhere else. */
import type { CustomFetch } from 'openid-client'

/** Keys, descriptions and tokens of a large provider. */
const MOST_BYTES = 262_144

/** @throws {TypeError} for more than it may be, as where nothing came */
export const fetchFromProvider: CustomFetch = async (url, options) => {
  const response = await fetch(url, options as RequestInit)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new TypeError(`ask the provider: more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  const { status, headers } = response
  return new Response(bytes === 0 ? null : Buffer.concat(chunks), { status, headers })
}
