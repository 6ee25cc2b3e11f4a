/** `GET /docs`: the description of the interface as a page, without a byte from elsewhere. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Handler, route } from '@hefu/service'

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>合符核验服务接口说明 · Hefu verifier service</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="description"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/show.js"></script>
</body>
</html>
`

/** A validator of others would be asked about this service; none is. */
const SHOW = `SwaggerUIBundle({ dom_id: '#description', url: 'openapi.json', validatorUrl: null })
`

/** The page runs its own scripts and asks its own service, and nothing else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The files of the page, by their addresses. */
export const PAGE_PATHS = [
  '/docs',
  '/docs/show.js',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-bundle.js',
] as const

export function pageRoute(path: (typeof PAGE_PATHS)[number]): Handler {
  const { type, content } = FILES[path]()
  return route().answer((ctx) => {
    ctx.set('Content-Security-Policy', POLICY)
    ctx.type = type
    ctx.body = content
  })
}

interface PageFile {
  readonly type: string
  readonly content: Buffer
}

const FILES: Readonly<Record<(typeof PAGE_PATHS)[number], () => PageFile>> = {
  '/docs': () => ({ type: 'text/html; charset=utf-8', content: Buffer.from(PAGE) }),
  '/docs/show.js': () => ({ type: 'text/javascript', content: Buffer.from(SHOW) }),
  '/docs/swagger-ui.css': () => ({
    type: 'text/css',
    content: readOf(import.meta.resolve('swagger-ui-dist/swagger-ui.css')),
  }),
  '/docs/swagger-ui-bundle.js': () => ({
    type: 'text/javascript',
    content: readOf(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  }),
}

function readOf(url: string): Buffer {
  return readFileSync(fileURLToPath(url))
}
