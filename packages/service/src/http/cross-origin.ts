/** Which pages of other origins may use the service: those of a list, each by its exact origin. */
import type { Middleware } from 'koa'
import type { RequestState } from './route.ts'

const PREFLIGHT_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-None-Match'
/** Beside those that every page may read. */
const READABLE_HEADERS =
  'Allow, ETag, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id'
const PREFLIGHT_SECONDS = '600'

/** Whether a text is one origin as browsers write it: no path, no wildcard, no default port; https, or http of one's own machine. */
export function isOrigin(text: string): boolean {
  if (text.includes('*') || !URL.canParse(text)) return false
  const { origin, protocol, hostname } = new URL(text)
  const isOwn = protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  return origin === text && (protocol === 'https:' || isOwn)
}

/**
 * Answers browsers that ask beforehand (`OPTIONS`), and marks the answers that a page may read. A page of another
 * origin is told nothing; cookies play no part. `methods`: of the service's routes.
 */
export function allowOrigins(
  origins: readonly string[],
  methods: readonly string[],
): Middleware<RequestState> {
  const allowed = new Set(origins)
  return async (ctx, next) => {
    ctx.vary('Origin')
    const origin = ctx.get('Origin')
    if (!allowed.has(origin)) return next()
    ctx.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': READABLE_HEADERS })
    if (ctx.method !== 'OPTIONS' || ctx.get('Access-Control-Request-Method') === '') return next()
    ctx.vary('Access-Control-Request-Method, Access-Control-Request-Headers')
    ctx.set({
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': PREFLIGHT_HEADERS,
      'Access-Control-Max-Age': PREFLIGHT_SECONDS,
    })
    ctx.status = 204
  }
}
