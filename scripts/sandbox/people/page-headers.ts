/** Headers of the provider's pages: nothing runs in them, nothing is loaded from elsewhere, nobody frames them. */
import type { Context } from 'koa'

/** @param consoleOrigin where a form leads in the end: browsers hold redirections, too, against `form-action` */
export function setPageHeaders(ctx: Pick<Context, 'set'>, consoleOrigin: string): void {
  ctx.set({
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'self'",
      `form-action 'self' ${consoleOrigin}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  })
}
