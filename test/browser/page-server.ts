/** A web server on this machine only, over files in memory. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PageServer {
  readonly origin: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
}

/** Serves path → contents on a free port of 127.0.0.1; every other path is 404. */
export async function servePage(files: ReadonlyMap<string, Uint8Array | string>): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const contents = files.get(path)
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? TYPES['html']
    response.writeHead(contents === undefined ? 404 : 200, { 'content-type': type }).end(contents)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
