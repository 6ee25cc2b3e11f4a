/** The HTTP server under the application: time limits, and problem documents where no request was read. */
import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { encodeProblem, PROBLEM_MEDIA_TYPE, type ProblemCode, ProblemError } from './problem.ts'
import { VerifierStartError } from './start-error.ts'

export interface ServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Longest time for a whole request to arrive. */
  readonly requestTimeoutMs?: number
}

export interface RunningServer {
  readonly url: string
  /** Lets requests under way end, for at most five seconds. */
  readonly close: () => Promise<void>
}

const DEFAULT_REQUEST_TIMEOUT_MS = 10_000
const CLOSE_GRACE_MS = 5_000

/**
 * Listens, and resolves once requests can come.
 *
 * @throws {VerifierStartError} `port-taken` or `cannot-listen`
 */
export async function startServer(listener: RequestListener, options: ServerOptions): Promise<RunningServer> {
  const requestTimeout = options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS
  const server = createServer(
    {
      requestTimeout,
      headersTimeout: Math.min(requestTimeout, 5_000),
      connectionsCheckingInterval: Math.min(requestTimeout, 1_000),
      maxHeaderSize: 16_384,
    },
    listener,
  )
  server.on('clientError', answerClientError)
  await listen(server, options)
  return { url: urlOf(server.address() as AddressInfo), close: () => close(server) }
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new VerifierStartError(
          error.code === 'EADDRINUSE' ? 'port-taken' : 'cannot-listen',
          `${host}:${port}`,
          { cause: error },
        ),
      ),
    )
    server.listen(port, host, resolve)
  })
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS)
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}

const PROBLEM_OF_CLIENT_ERROR: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** Node found no request, or not all of it, on a connection: the answer is written by hand and ends it. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: unknown }): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const problem = new ProblemError(PROBLEM_OF_CLIENT_ERROR[error.code ?? ''] ?? 'malformed-http')
  const body = encodeProblem(problem, randomUUID())
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.code}`,
      `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'X-Content-Type-Options: nosniff',
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
