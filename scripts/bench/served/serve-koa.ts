/** The reference: a bare Koa that takes a body whole and answers in one word. A process of its own, and the parent's. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import Koa from 'koa'
import { reportToParent } from './child-report.ts'

const app = new Koa()
app.use(async (ctx) => {
  ctx.body = { bytes: (await buffer(ctx.req)).length }
})
const server = createServer(app.callback()).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const url = `http://127.0.0.1:${port}`
reportToParent({ url, live: url, authorization: '', bodies: [] }, async () => {
  server.closeAllConnections()
  server.close()
})
