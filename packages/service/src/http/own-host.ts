/** A service that asks nobody who they are is this machine's alone: a page of elsewhere is not to reach it by a name of its own. */
import type { Middleware } from 'koa'
import { httpProblem } from './http-problem.ts'
import type { RequestState } from './route.ts'

const OWN_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

/** Refuses a request to any other name: a browser writes whom its page asked for, and a name may be made to lead here. */
export function assertOwnHost(): Middleware<RequestState> {
  return (ctx, next) => {
    const { host } = ctx.req.headers
    if (host !== undefined && !OWN_NAME.test(host)) throw httpProblem('other-host')
    return next()
  }
}
