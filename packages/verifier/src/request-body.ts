/** Reading a JSON body that anyone may have sent: capped, UTF-8 only, never inflated. */
import type { IncomingMessage } from 'node:http'
import { ProblemError } from './problem.ts'
import type { Step } from './step.ts'

/** Twice the largest bundle, so that its escaping as a JSON text fits. */
const MAX_BODY_BYTES = 524_288
/** Beyond the cap a body is thrown away as it comes, so that its sender can read the answer; beyond this the connection ends. */
const MAX_DISCARDED_BYTES = 64 * MAX_BODY_BYTES

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Refuses a body of another media type, charset or coding before any of it is read. */
export const assertJsonBody: Step = (ctx, next) => {
  const { type, charset } = ctx.request
  const coding = ctx.get('Content-Encoding')
  if (type !== 'application/json' || !/^(utf-8)?$/i.test(charset) || !/^(identity)?$/i.test(coding)) {
    throw new ProblemError('unsupported-media-type')
  }
  return next()
}

/** Leaves the parsed body in the state. */
export const readJsonBody: Step = async (ctx, next) => {
  ctx.state.body = parseBody(await collectBody(ctx.req))
  return next()
}

function collectBody(req: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let bytes = 0
    req.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk)
      else {
        chunks.length = 0
        reject(new ProblemError('too-large'))
        if (bytes > MAX_DISCARDED_BYTES) req.destroy()
      }
    })
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', () => reject(new ProblemError('incomplete-body')))
    req.on('close', () => reject(new ProblemError('incomplete-body')))
  })
}

/** The reasons of the parsers are dropped: they quote what was sent. */
function parseBody(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError('not-json')
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new ProblemError('not-text')
  }
}
