/** What must be right about a request before it is handed on: its target, its Host, what it expects. */
import type { IncomingMessage } from 'node:http'
import { httpProblem } from './http-problem.ts'
import type { ProblemError } from './problem.ts'

/** `null` for a request that may be handed on; `mostBodyBytes`: of a body that waits to be asked for. */
export function findRequestProblem(req: IncomingMessage, mostBodyBytes: number): ProblemError | null {
  if (!hasItsHost(req) || !hasTarget(req)) return httpProblem('malformed-http')
  if (expectationOf(req) === undefined) return null
  if (!expectsContinue(req)) return httpProblem('expectation-failed')
  return Number(req.headers['content-length'] ?? 0) > mostBodyBytes ? httpProblem('too-large') : null
}

/** Whether the sender waits to be asked for the body. */
export function expectsContinue(req: IncomingMessage): boolean {
  return expectationOf(req)?.toLowerCase() === '100-continue'
}

/** Before HTTP/1.1 nothing could be expected (RFC 9110 §10.1.1). */
function expectationOf({ headers, httpVersion }: IncomingMessage): string | undefined {
  return httpVersion === '1.1' ? headers.expect : undefined
}

/** Two would leave it to each reader which of them is meant; HTTP/1.1 demands one (RFC 9112 §3.2). */
function hasItsHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  if (httpVersion !== '1.0' && httpVersion !== '1.1') return false
  const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0')
}

const ORIGIN_FORM = /^\/[\x21-\x7e]*$/
const ABSOLUTE_FORM = /^https?:\/\/[\x21-\x7e]+$/i

/** Of the forms of RFC 9112 §3.2: a path, a whole address, or `*` for the options of the server. */
function hasTarget({ url = '', method }: IncomingMessage): boolean {
  if (url === '*') return method === 'OPTIONS'
  return ORIGIN_FORM.test(url) || (ABSOLUTE_FORM.test(url) && URL.canParse(url))
}

/** The path and query of a target that has passed: readers of addresses differ about everything else. */
export function toOriginForm(target = '/'): string {
  if (!ABSOLUTE_FORM.test(target)) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}
