/** Tokens of another service's issuer, obtained once for all who ask that service. */
import { z } from 'zod'
import { postBounded } from './bounded-post.ts'
import { parseAnswer } from './parsed-answer.ts'
import type { ProvinceService } from './service-table.ts'
import { ServiceStatusError } from './silent-service.ts'

export interface TokenSource {
  /** A token that should be in force; while one is obtained, all wait for that one. */
  current(): Promise<string>
  /** The service refused this token: the next is another. */
  drop(token: string): void
}

const tokenAnswer = z.object({ access_token: z.string().max(8_192), expires_in: z.number() })
/** A token is not used up to its last second, nor longer than so, whatever its issuer says. */
const SPARE_SECONDS = 30
const MOST_SECONDS = 3_600

/** `clock`: Unix seconds. */
export function createTokenSource(service: ProvinceService, clock: () => number): TokenSource {
  let held: { readonly token: string; readonly until: number } | undefined
  let underWay: Promise<string> | undefined
  const obtain = async (): Promise<string> => {
    const { access_token: token, expires_in: seconds } = await requestToken(service)
    held = { token, until: clock() + Math.min(seconds, MOST_SECONDS) - SPARE_SECONDS }
    return token
  }
  return {
    current: async () => {
      if (held !== undefined && clock() < held.until) return held.token
      underWay ??= obtain().finally(() => {
        underWay = undefined
      })
      return underWay
    },
    drop: (token) => {
      if (held?.token === token) held = undefined
    },
  }
}

/** By the client's own credentials (RFC 6749 §4.4), for the audience (RFC 8707). */
async function requestToken(service: ProvinceService): Promise<z.output<typeof tokenAnswer>> {
  const { tokenUrl: url, clientId, secret, audience, privateAddress } = service
  const credentials = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`)
  const { status, text } = await postBounded({
    url,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: `Basic ${credentials.toString('base64')}`,
    },
    body: String(
      new URLSearchParams({ grant_type: 'client_credentials', resource: audience, scope: 'retrieve' }),
    ),
    mayBePrivate: privateAddress,
  })
  if (status !== 200) throw new ServiceStatusError('request a token', status)
  return tokenAnswer.parse(parseAnswer(text))
}
