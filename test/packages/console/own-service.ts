/** What the console's scripts ask of their own origin, answered by a real service: paths alone have none outside of a page. */
import type { PublicJwk } from '@hefu/protocol'

export interface OwnService {
  readonly url: string
  readonly verifierKey: PublicJwk
}

/** Until what is returned is called. `pass` may answer in the service's place; `null`: it does not. */
export function askFrom(
  { url, verifierKey }: OwnService,
  pass: (path: string, init: RequestInit) => Response | null | Promise<Response | null> = () => null,
): () => void {
  const original = globalThis.fetch
  globalThis.fetch = async (input, init = {}) => {
    const path = String(input)
    if (path === '/console/settings.json') return Response.json({ verifierKey: { publicJwk: verifierKey } })
    return (await pass(path, init)) ?? original(new URL(path, url), init)
  }
  return () => {
    globalThis.fetch = original
  }
}
