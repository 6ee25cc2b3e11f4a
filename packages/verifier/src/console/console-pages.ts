/** `/console/`: the files of the console, and what its page is told at its start. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type PublicJwk, parseJsonText, suite, thumbprint } from '@hefu/protocol'
import {
  assertJsonAcceptable,
  createJsonAnswer,
  type Exchange,
  type Handler,
  httpProblem,
  route,
} from '@hefu/service'
import { consoleProblem } from '../routes/console-problem.ts'
import type { ConsoleFile, ConsoleFiles, FileEncoding } from './console-files.ts'
import { CONSOLE_PATH } from './lead-to.ts'
import type { PublicNetwork } from './public-network.ts'

/** The page asks this service, and the nodes of the ledger while it is away; camera and worker are its own. */
function policyOf(nodes: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...nodes].join(' '),
    "worker-src 'self'",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // Vue writes what its templates say by a policy of this name.
    "require-trusted-types-for 'script'",
    'trusted-types vue',
  ].join('; ')
}

/** Answers every path under `/console/`. `files`: `null` where the page is not installed. */
export function consolePagesRoute(files: ConsoleFiles | null, nodes: readonly string[]): Handler {
  const policy = policyOf(nodes)
  return route().answer(async (ctx) => {
    if (files === null) throw consoleProblem('console-missing')
    const name = nameIn(ctx.path)
    const file = files.get(name)
    if (file === undefined) throw httpProblem('not-found')
    ctx.set({
      'Content-Security-Policy': policy,
      'Permissions-Policy': 'camera=(self)',
      'Cross-Origin-Opener-Policy': 'same-origin',
      // With none at all, browsers would write `Origin: null` to what the page posts to its own service.
      'Referrer-Policy': 'same-origin',
      // The name of an asset holds a digest of its content.
      'Cache-Control': cachingOf(name),
    })
    await answerFile(ctx, file)
  })
}

/** What has no dot in its last part is a place within the page. The path is compared as it was sent. */
/** A page that browsers keep as it stood would show, by their key Back, what was on it to whoever comes next. */
function cachingOf(name: string): string {
  if (name.startsWith('assets/')) return 'public, max-age=31536000, immutable'
  return name === 'index.html' ? 'no-store' : 'no-cache'
}

function nameIn(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1)
  return last.includes('.') ? path.slice(CONSOLE_PATH.length) : 'index.html'
}

async function answerFile(ctx: Exchange, file: ConsoleFile): Promise<void> {
  const encoding = encodingFor(ctx, file)
  ctx.type = file.extension
  ctx.set('ETag', encoding === 'identity' ? `"${file.digest}"` : `"${file.digest}.${encoding}"`)
  ctx.status = 200
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding)
  ctx.body = await file.encoded(encoding)
}

function encodingFor(ctx: Exchange, { isText }: ConsoleFile): FileEncoding {
  if (!isText) return 'identity'
  ctx.vary('Accept-Encoding')
  // Ours is the smaller of those that are taken, in whichever order browsers name them.
  return (['br', 'gzip'] as const).find((one) => ctx.acceptsEncodings(one) === one) ?? 'identity'
}

/** Leads to the console whoever asks for the service by its name alone. */
export function consoleDoorRoute(): Handler {
  return route().answer((ctx) => {
    ctx.status = 302
    ctx.set('Location', CONSOLE_PATH)
    ctx.body = ''
  })
}

export interface PageSettings {
  readonly network: PublicNetwork | null
  readonly verifierKey: PublicJwk
  readonly idleSeconds: number
  /** Whether sample licences lie ready. */
  readonly sample: boolean
}

/** `GET /console/settings.json`. */
export function pageSettingsRoute({ network, verifierKey, idleSeconds, sample }: PageSettings): Handler {
  const settings = {
    network: network?.network ?? null,
    verifierKey: { kid: thumbprint(verifierKey, suite), publicJwk: verifierKey },
    idleSeconds,
    sample,
    version: readVersion(),
  }
  return route().assert(assertJsonAcceptable).answer(createJsonAnswer(settings))
}

/** Of this package, from its own file. */
function readVersion(): unknown {
  const path = fileURLToPath(new URL('../../package.json', import.meta.url))
  return Object(parseJsonText(readFileSync(path, 'utf8'), 1_000, 'package')).version
}
