/** A body of lines that anyone may have sent, read as it comes: no line beyond a cap is held, and never the whole. */
import type { IncomingMessage } from 'node:http'
import { httpProblem } from './http-problem.ts'
import { MOST_DISCARDED_BYTES } from './lingering-close.ts'
import { takeLong } from './long-body.ts'
import { expectsContinue } from './request-head.ts'
import type { Exchange, Step } from './route.ts'

export const NDJSON_MEDIA_TYPE = 'application/x-ndjson'

/** Refuses a client that could not read an answer of lines. */
export const assertNdjsonAcceptable: Step<unknown, void> = (ctx) => {
  if (ctx.accepts([NDJSON_MEDIA_TYPE]) === false) throw httpProblem('not-acceptable')
}

export interface LineBounds {
  readonly mostLineBytes: number
  /** Of the whole body; beyond it the body is refused. */
  readonly mostBytes: number
  /** In this time at least {@link LEAST_BYTES} have to come, while they are waited for. */
  readonly windowMs?: number
}

/** A line that is not empty. */
export interface ReceivedLine {
  /** Its number, from 1; empty lines count. */
  readonly line: number
  /** Untrusted, without the line's end; `null`: it is longer than may be, and was not held. */
  readonly bytes: Uint8Array | null
}

const DEFAULT_WINDOW_MS = 10_000
const LEAST_BYTES = 1_024
/** What still comes of a body that was refused is thrown away so long, so that its sender can read the answer. */
const DISCARDED_WITHIN_MS = 10_000
const LINE_END = 0x0a

/**
 * The lines of a body. While nobody asks for the next one, nothing more is read from the connection.
 *
 * @param hear is given every piece as it comes, such as for a digest
 * @throws {ProblemError} `too-large`, `incomplete-body`, `request-timeout`
 */
export async function* receiveLines(
  { req, res }: Pick<Exchange, 'req' | 'res'>,
  bounds: LineBounds,
  hear: (piece: Uint8Array) => void = () => undefined,
): AsyncGenerator<ReceivedLine, void, void> {
  const end = takeLong(req.socket)
  let isWhole = false
  try {
    // Whoever says how much it is need not send it to hear that it is too much.
    if (Number(req.headers['content-length']) > bounds.mostBytes) throw httpProblem('too-large')
    if (expectsContinue(req)) res.writeContinue()
    const lines = createLines(bounds.mostLineBytes)
    for await (const piece of receivePieces(req, bounds)) {
      hear(piece)
      yield* lines.take(piece)
    }
    yield* lines.finish()
    isWhole = true
  } finally {
    end()
    if (!isWhole) discardRest(req)
  }
}

async function* receivePieces(
  req: IncomingMessage,
  { mostBytes, windowMs = DEFAULT_WINDOW_MS }: LineBounds,
): AsyncGenerator<Uint8Array, void, void> {
  if (req.destroyed && !req.readableEnded) throw httpProblem('incomplete-body')
  const pieces = req.iterator({ destroyOnReturn: false })
  let total = 0
  let waitedMs = 0
  let came = 0
  try {
    for (;;) {
      const beganAt = performance.now()
      const piece = await inTime(pieces.next(), windowMs - waitedMs)
      if (piece.done === true) return
      const bytes = piece.value as Uint8Array
      total += bytes.length
      if (total > mostBytes) throw httpProblem('too-large')
      // Only the time in which we wait for them counts, and not that in which they wait for us.
      waitedMs += performance.now() - beganAt
      came += bytes.length
      if (came >= LEAST_BYTES) [waitedMs, came] = [0, 0]
      yield bytes
    }
  } finally {
    void pieces.return?.()
  }
}

async function inTime<T>(next: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(httpProblem('request-timeout')), withinMs)
  })
  // Whoever left is told nothing; what it was that ended the connection is of no account.
  const whole = next.catch(() => Promise.reject(httpProblem('incomplete-body')))
  try {
    return await Promise.race([whole, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Splits what comes in pieces. */
function createLines(mostBytes: number): {
  take(piece: Uint8Array): Generator<ReceivedLine, void, void>
  finish(): Generator<ReceivedLine, void, void>
} {
  let line = 1
  let held: Uint8Array[] = []
  let bytes = 0
  const hold = (part: Uint8Array): void => {
    bytes += part.length
    if (bytes > mostBytes) held = []
    else if (part.length > 0) held.push(part)
  }
  const end = (): ReceivedLine | null => {
    const whole = bytes > mostBytes ? null : Buffer.concat(held)
    const received = whole === null || !isEmpty(whole) ? { line, bytes: whole } : null
    line += 1
    held = []
    bytes = 0
    return received
  }
  return {
    *take(piece) {
      let from = 0
      for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, from)) {
        hold(piece.subarray(from, at))
        from = at + 1
        const received = end()
        if (received !== null) yield received
      }
      hold(piece.subarray(from))
    },
    *finish() {
      const received = end()
      if (received !== null) yield received
    },
  }
}

const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d])

function isEmpty(bytes: Uint8Array): boolean {
  return bytes.every((byte) => SPACES.has(byte))
}

/** Beyond so much, or so long, the connection ends. */
function discardRest(req: IncomingMessage): void {
  if (req.complete || req.destroyed) return
  let bytes = 0
  const late = setTimeout(() => req.destroy(), DISCARDED_WITHIN_MS)
  req.on('data', (piece: Uint8Array) => {
    bytes += piece.length
    if (bytes > MOST_DISCARDED_BYTES) req.destroy()
  })
  for (const event of ['end', 'close', 'error']) req.once(event, () => clearTimeout(late))
  req.resume()
}
