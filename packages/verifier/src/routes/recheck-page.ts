/** `GET /recheck`: the page on which whoever has a sheet in hand looks it up; without a byte from elsewhere. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Handler, route } from '@hefu/service'

/** The page runs its own script, asks its own service, and is nowhere a part of another. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** The files of the page, by their addresses. */
export const RECHECK_PATHS = ['/recheck', '/recheck/recheck.css', '/recheck/recheck.js'] as const

const FILES: Readonly<Record<(typeof RECHECK_PATHS)[number], readonly [name: string, type: string]>> = {
  '/recheck': ['recheck.html', 'text/html; charset=utf-8'],
  '/recheck/recheck.css': ['recheck.css', 'text/css; charset=utf-8'],
  '/recheck/recheck.js': ['recheck.js', 'text/javascript; charset=utf-8'],
}

export function recheckPageRoute(path: (typeof RECHECK_PATHS)[number]): Handler {
  const [name, type] = FILES[path]
  const content = readFileSync(fileURLToPath(new URL(`../../pages/${name}`, import.meta.url)))
  return route().answer((ctx) => {
    ctx.set('Content-Security-Policy', POLICY)
    ctx.type = type
    ctx.body = content
  })
}
