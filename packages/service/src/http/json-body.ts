/** Reading a JSON body that anyone may have sent: capped, UTF-8 only, never inflated, no member twice. */
import type { IncomingMessage } from 'node:http'
import { MIMEType } from 'node:util'
import { type DefectCode, MalformedError, parseJsonText } from '@hefu/protocol'
import { type BodyRoom, createBodyRoom } from './body-room.ts'
import { type HttpProblemCode, httpProblem } from './http-problem.ts'
import { MOST_DISCARDED_BYTES } from './lingering-close.ts'
import type { ProblemError } from './problem.ts'
import { expectsContinue } from './request-head.ts'
import type { Step } from './route.ts'

/** Whole bodies that there is room for, of all that are being received. */
const MOST_TOGETHER = 64
/** Members, elements and depth of a body in all: more than any request has, and few enough to be read in milliseconds. */
const MOST_PARTS = 4_096

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Refuses a body of another media type, charset or coding before any of it is read. */
export function assertBodyOf(mediaType: string): Step<unknown, void> {
  return (ctx) => {
    const sent = ctx.req.headersDistinct['content-type'] ?? []
    const coding = ctx.get('Content-Encoding')
    const isText = sent.every((contentType) => isTextOf(mediaType, contentType))
    if (!isText || sent.length !== 1 || !/^(identity)?$/i.test(coding)) {
      throw httpProblem('unsupported-media-type')
    }
  }
}

export const assertJsonBody: Step<unknown, void> = assertBodyOf('application/json')

/** White space may stand around each `;`, and a value in quotation marks (RFC 9110 §5.6.6). */
function isTextOf(mediaType: string, contentType: string): boolean {
  if (contentType === mediaType) return true
  try {
    const { essence, params } = new MIMEType(contentType)
    return essence === mediaType && /^utf-?8$/i.test(params.get('charset') ?? 'utf-8')
  } catch {
    return false
  }
}

/** The bytes of a body. Untrusted; they may hold personal data. */
export interface ReceivedBody {
  readonly bytes: Uint8Array
}

/** Waits for the whole body, and asks for it where its sender waits for that. Who waits here holds nothing but what was sent: a gate stands behind this step. */
export function receiveBody(mostBytes: number): Step<unknown, ReceivedBody> {
  const room = createBodyRoom(MOST_TOGETHER * mostBytes)
  return async ({ req, res }) => {
    if (expectsContinue(req) && !isDeclaredBeyond(req, mostBytes)) res.writeContinue()
    return { bytes: await collectBody(req, mostBytes, room) }
  }
}

function isDeclaredBeyond({ headers }: IncomingMessage, mostBytes: number): boolean {
  return Number(headers['content-length']) > mostBytes
}

function collectBody(req: IncomingMessage, mostBytes: number, room: BodyRoom): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // Whoever left while a step before this one waited is not heard leaving again.
    if (req.destroyed) throw httpProblem('incomplete-body')
    const chunks: Uint8Array[] = []
    let bytes = 0
    const giveUp = (code: 'busy' | 'too-large' | 'incomplete-body'): void => {
      chunks.length = 0
      place.leave()
      reject(httpProblem(code))
    }
    // What comes after an answer is thrown away as it comes, so that its sender can read the answer.
    let isHeld = true
    const place = room.enter(() => {
      isHeld = false
      giveUp('busy')
    })
    const refuse = (): void => {
      isHeld = false
      giveUp('too-large')
    }
    // Whoever says how much it is need not send it to hear that it is too much.
    if (isDeclaredBeyond(req, mostBytes)) refuse()
    req.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length
      if (isHeld && bytes <= mostBytes) {
        chunks.push(chunk)
        place.grow(chunk.length)
      } else if (isHeld) refuse()
      else if (bytes > MOST_DISCARDED_BYTES) req.destroy()
    })
    req.on('end', () => {
      place.leave()
      resolve(Buffer.concat(chunks))
    })
    req.on('error', () => giveUp('incomplete-body'))
    req.on('close', () => {
      if (!req.readableEnded) giveUp('incomplete-body')
    })
  })
}

/** The parsed body. Untrusted; it may hold personal data. */
export const parseJsonBody: Step<ReceivedBody, { readonly body: unknown }> = (_, { bytes }) => ({
  body: parseJsonBytes(bytes),
})

/**
 * What a body, or a line of one, says. The reasons of the parsers are dropped: they quote what was sent.
 *
 * @throws {ProblemError} `not-text`, `not-json`, `repeated-member`, `too-many-members`
 */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  try {
    return parseJsonText(decode(bytes), MOST_PARTS, 'body')
  } catch (error) {
    throw error instanceof MalformedError ? problemOf(error) : error
  }
}

const PROBLEM_OF_DEFECT: Readonly<Partial<Record<DefectCode, HttpProblemCode>>> = {
  'too-large': 'too-many-members',
  'repeated-member': 'repeated-member',
}

function problemOf({ code }: MalformedError): ProblemError {
  return httpProblem(PROBLEM_OF_DEFECT[code] ?? 'not-json')
}

/** A byte-order mark is let pass: some systems write one before everything. */
function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw httpProblem('not-text')
  }
}
