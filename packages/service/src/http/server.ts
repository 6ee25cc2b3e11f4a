/** The HTTP server under an application: limits of time and number, and problem documents where no request was read. */
import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from '../process/explained-error.ts'
import { type ConnectionRoom, createConnectionRoom } from './connection-room.ts'
import { httpProblem } from './http-problem.ts'
import { takeTurns } from './in-turn.ts'
import { createLingering, type Lingering } from './lingering-close.ts'
import { isTakingLong } from './long-body.ts'
import { encodeProblem, PROBLEM_MEDIA_TYPE, type ProblemError } from './problem.ts'
import type { OnRefused } from './refused-requests.ts'
import { expectsContinue, findRequestProblem, toOriginForm } from './request-head.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

export interface ServerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Longest time for a whole request to arrive. */
  readonly requestTimeoutMs?: number
  /** Longest time in which nothing of an answer is taken, and in which nothing is asked. */
  readonly idleTimeoutMs?: number
  /** Beyond these the connection that has waited longest for its other side gives way to a new one. */
  readonly mostConnections?: number
  /** A larger body that waits to be asked for (`Expect: 100-continue`) is not. */
  readonly mostBodyBytes?: number
  /** Hears of requests that are answered before there is one to hand on. Default: nobody does. */
  readonly onRefused?: OnRefused
  /** What a sentence names where the address cannot be listened on. Default: `HEFU_HOST`, `HEFU_PORT`. */
  readonly variables?: ListeningVariables
}

export interface RunningServer {
  readonly url: string
  /** Answers what is under way and what still comes on open connections, for at most ten seconds. */
  readonly close: () => Promise<void>
}

/** The variables that say where a server listens. */
export interface ListeningVariables {
  readonly host: string
  readonly port: string
}

export const SERVICE_VARIABLES: ListeningVariables = { host: 'HEFU_HOST', port: 'HEFU_PORT' }

/** `address`: host and port. */
const LISTEN_SENTENCES: Readonly<
  Record<ListenError['code'], (address: string, variables: ListeningVariables) => Bilingual>
> = {
  'port-taken': (address, { port }) => ({
    zh: `地址 ${address} 已被占用，请用 ${port} 另选端口`,
    en: `Listen on ${address}: the port is taken, choose another with ${port}`,
  }),
  'cannot-listen': (address, { host, port }) => ({
    zh: `无法监听 ${address}，请检查 ${host} 和 ${port}`,
    en: `Listen on ${address}: the system refused, check ${host} and ${port}`,
  }),
}

/** Why a server cannot listen. */
export class ListenError extends ExplainedError {
  override readonly name = 'ListenError'
  readonly code: 'port-taken' | 'cannot-listen'

  constructor(
    code: ListenError['code'],
    address: string,
    variables: ListeningVariables,
    options?: ErrorOptions,
  ) {
    super(LISTEN_SENTENCES[code](address, variables), options)
    this.code = code
  }
}

const DEFAULT_REQUEST_TIMEOUT_MS = 10_000
const DEFAULT_IDLE_TIMEOUT_MS = 15_000
const DEFAULT_MOST_CONNECTIONS = 1_024
const CLOSE_GRACE_MS = 10_000
/** As many as wait at most for who listens as Node does. */
const MOST_ACCEPTED_AT_CLOSE = 511
/** A connection that asks nothing for so long once the server closes is ended. */
const CLOSE_IDLE_MS = 1_000

/**
 * Listens, and resolves once requests can come.
 *
 * @throws {ListenError}
 */
export async function startServer(listener: RequestListener, options: ServerOptions): Promise<RunningServer> {
  const { requestTimeoutMs: requestTimeout = DEFAULT_REQUEST_TIMEOUT_MS, onRefused = () => undefined } =
    options
  const server = createServer({
    requestTimeout,
    // A missing one is a problem like any other.
    requireHostHeader: false,
    headersTimeout: Math.min(requestTimeout, 5_000),
    connectionsCheckingInterval: Math.min(requestTimeout, 1_000),
    maxHeaderSize: 16_384,
  })
  // A socket of which nothing is taken for so long is destroyed: unread answers are not kept.
  server.timeout = options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS
  const closing = new AbortController()
  const turns = takeTurns(
    judgeHead(listener, {
      mostBodyBytes: options.mostBodyBytes ?? Number.POSITIVE_INFINITY,
      closing: closing.signal,
      onRefused,
    }),
    (connection) => room.renew(connection),
  )
  const lingering = createLingering({
    isComing: turns.isAnsweredBeforeItsEnd,
    withinMs: requestTimeout,
    closing: closing.signal,
  })
  const refuse = createRefusal(lingering, onRefused)
  const room = createConnectionRoom(options.mostConnections ?? DEFAULT_MOST_CONNECTIONS, turns.owesAnswer)
  server.on('connection', room.admit)
  server.on('connection', lingering.watch)
  // Node would answer the last two by itself, and without a word.
  for (const event of ['request', 'checkContinue', 'checkExpectation']) server.on(event, turns.listener)
  server.on('connect', (_, connection) => refuseTunnel(connection, turns.wholeAnswered(connection), refuse))
  server.on('clientError', (error: NodeJS.ErrnoException, connection) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isTakingLong(connection)) return
    void turns.wholeAnswered(connection).then(() => {
      // Such as of a body that was too large: a second answer would be taken for the one to the next request.
      if (turns.isAnsweredBeforeItsEnd(connection)) connection.destroy()
      else answerClientError(error, connection, refuse)
    })
  })
  await listen(server, options)
  return { url: urlOf(server.address() as AddressInfo), close: () => close(server, closing, room) }
}

function listen(server: Server, { host, port, variables = SERVICE_VARIABLES }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const code = cause.code === 'EADDRINUSE' ? 'port-taken' : 'cannot-listen'
      reject(new ListenError(code, `${host}:${port}`, variables, { cause }))
    })
    server.listen(port, host, resolve)
  })
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/**
 * `Server.close` of HTTP would end connections between two requests, and with them a request that is on its way: only
 * the listening ends here. Answers from now on end their connections; those that ask nothing are ended after a while.
 */
async function close(server: Server, closing: AbortController, room: ConnectionRoom): Promise<void> {
  closing.abort()
  await acceptWaiting(server)
  await new Promise<void>((resolve) => {
    // What came while this process was busy is read first: its connection is not idle.
    const idle = setTimeout(() => setImmediate(() => server.closeIdleConnections()), CLOSE_IDLE_MS)
    const rest = setTimeout(() => room.clear(), CLOSE_GRACE_MS)
    NetServer.prototype.close.call(server, () => {
      clearTimeout(idle)
      clearTimeout(rest)
      resolve()
    })
  })
}

interface JudgedBy {
  readonly mostBodyBytes: number
  readonly closing: AbortSignal
  readonly onRefused: OnRefused
}

/**
 * Connections that the system has taken are accepted one a turn of the loop: the end of the listening would reset those
 * that wait for theirs, and with them requests that were sent whole.
 */
async function acceptWaiting(server: Server): Promise<void> {
  let hasCome = true
  const hear = (): void => {
    hasCome = true
  }
  server.on('connection', hear)
  for (let turns = 0; hasCome && turns < MOST_ACCEPTED_AT_CLOSE; turns += 1) {
    hasCome = false
    // The first may be of the turn that is under way, in which all that it accepts is accepted.
    for (let i = 0; i < 2; i += 1) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  server.off('connection', hear)
}

/** Hands on what may be handed on, each request when its turn has come. */
function judgeHead(
  listener: RequestListener,
  { mostBodyBytes, closing, onRefused }: JudgedBy,
): RequestListener {
  return (req, res) => {
    // Whoever may send more on this connection is told to take another.
    if (closing.aborted) res.setHeader('Connection', 'close')
    const problem = findRequestProblem(req, mostBodyBytes)
    if (problem !== null) {
      answerWithout(res, problem, onRefused)
      return
    }
    // Where an answer comes before the body was asked for, nobody knows what its sender sends next (RFC 9110 §10.1.1).
    if (expectsContinue(req)) res.setHeader('Connection', 'close')
    req.url = toOriginForm(req.url)
    listener(req, res)
  }
}

/** The request is not handed on: the answer ends its connection, and no body of it is read. */
function answerWithout(res: ServerResponse, problem: ProblemError, onRefused: OnRefused): void {
  const headers = { ...PROBLEM_HEADERS, Connection: 'close' }
  res.writeHead(problem.meaning.status, headers).end(encodeRefusal(problem, onRefused))
}

/** The document, and word of it. */
function encodeRefusal(problem: ProblemError, onRefused: OnRefused): string {
  const requestId = randomUUID()
  onRefused({ requestId, status: problem.meaning.status, code: problem.code })
  return encodeProblem(problem, requestId)
}

const PROBLEM_HEADERS = {
  'Content-Type': PROBLEM_MEDIA_TYPE,
  ...SECURITY_HEADERS,
} as const

function problemOfClientError(code: string | undefined): ProblemError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return httpProblem('request-timeout')
  return httpProblem(code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'malformed-http')
}

/** Node found no request, or not all of it, on a connection. */
function answerClientError(error: NodeJS.ErrnoException, connection: Duplex, refuse: Refusal): void {
  // Of one that was answered so, it finds none in all that still comes.
  if (refuse.hasRefused(connection)) return
  if (connection.writable && error.code !== 'ECONNRESET')
    refuse.write(connection, problemOfClientError(error.code))
  else connection.destroy()
}

/**
 * Node keeps no watch over a connection that asks for a tunnel: its reset, which nobody hears, would end the process,
 * and one that its other side leaves open would stay.
 */
function refuseTunnel(connection: Duplex, othersAnswered: Promise<void>, refuse: Refusal): void {
  connection.on('error', () => connection.destroy())
  connection.resume()
  void othersAnswered.then(() => {
    if (connection.writable) refuse.write(connection, httpProblem('method-not-allowed'))
  })
}

/** Answers connections on which there is no request to answer. */
interface Refusal {
  /** The answer is written by hand and ends the connection. */
  write(connection: Duplex, problem: ProblemError): void
  hasRefused(connection: Duplex): boolean
}

function createRefusal(lingering: Lingering, onRefused: OnRefused): Refusal {
  const refused = new WeakSet<Duplex>()
  return {
    write: (connection, problem) => {
      refused.add(connection)
      lingering.endWith(connection, writtenProblem(problem, onRefused))
    },
    hasRefused: (connection) => refused.has(connection),
  }
}

function writtenProblem(problem: ProblemError, onRefused: OnRefused): string {
  const body = encodeRefusal(problem, onRefused)
  const headers = { ...PROBLEM_HEADERS, 'Content-Length': Buffer.byteLength(body), Connection: 'close' }
  return [
    `HTTP/1.1 ${problem.meaning.status} ${problem.code}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n')
}
