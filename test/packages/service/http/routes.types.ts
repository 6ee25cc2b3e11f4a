/** Held by the compiler alone: a route without its access, and a step without what it needs, do not compile. */
import {
  createApp,
  type createLogger,
  createRoutes,
  type Guard,
  type Handler,
  type RouteEntry,
} from '@hefu/service'

declare const guard: Guard<{ readonly id: string }>
declare const handler: Handler
declare const logger: ReturnType<typeof createLogger>

createRoutes(guard)
  .publicly('GET', '/a', handler)
  .guarded('read', 'GET', '/b', (admitted) =>
    admitted.answer((ctx, { client }) => {
      ctx.body = client.id
    }),
  )

// @ts-expect-error: a guarded route goes on from the guard's steps, it does not begin by itself
createRoutes(guard).guarded('read', 'GET', '/b', handler)
// @ts-expect-error: a route of nobody knows of no client
createRoutes(guard).publicly('GET', '/a', (_: unknown, { client }: { client: object }) => client)
// @ts-expect-error: there is no other way to add one
createRoutes(guard).get('/a', handler)
// @ts-expect-error: an entry says who may take it
export const entry: RouteEntry = { method: 'GET', path: '/a', handler }
// @ts-expect-error: nor can an application be made of anything else than a table
createApp({ routes: () => handler }, logger)
