/** Reading a JSON body that anyone may have sent: capped, UTF-8 only, never inflated, no member twice. */
import type { IncomingMessage } from 'node:http'
import { httpProblem } from './problem.ts'
import type { Step } from './route.ts'

/** Beyond the cap a body is thrown away as it comes, so that its sender can read the answer; beyond this many caps the connection ends. */
const MOST_DISCARDED = 64

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Refuses a body of another media type, charset or coding before any of it is read. */
export const assertJsonBody: Step<unknown, void> = (ctx) => {
  const { type, charset } = ctx.request
  const coding = ctx.get('Content-Encoding')
  const isJson = type.toLowerCase() === 'application/json'
  if (!isJson || !/^(utf-?8)?$/i.test(charset) || !/^(identity)?$/i.test(coding)) {
    throw httpProblem('unsupported-media-type')
  }
}

/** Finds the parsed body. Untrusted; it may hold personal data. */
export function readJsonBody(mostBytes: number): Step<unknown, { readonly body: unknown }> {
  return async (ctx) => ({ body: parseBody(await collectBody(ctx.req, mostBytes)) })
}

function collectBody(req: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let bytes = 0
    req.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length
      if (bytes <= mostBytes) chunks.push(chunk)
      else {
        chunks.length = 0
        reject(httpProblem('too-large'))
        if (bytes > MOST_DISCARDED * mostBytes) req.destroy()
      }
    })
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', () => reject(httpProblem('incomplete-body')))
    req.on('close', () => reject(httpProblem('incomplete-body')))
  })
}

/** The reasons of the parsers are dropped: they quote what was sent. */
function parseBody(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  const value = parse(text)
  if (countWritten(text) !== countMembers(value)) throw httpProblem('repeated-member')
  return value
}

/** A byte-order mark is let pass: some systems write one before everything. */
function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw httpProblem('not-text')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw httpProblem('not-json')
  }
}

/** Members that a JSON text writes: as many as it has colons outside of strings. */
function countWritten(json: string): number {
  return json.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, '').split(':').length - 1
}

/** Members that are left of them: of two of one name the parser keeps the last. */
function countMembers(value: unknown): number {
  let count = 0
  const open: unknown[] = [value]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one !== 'object' || one === null) continue
    const parts = Object.values(one)
    if (!Array.isArray(one)) count += parts.length
    for (const part of parts) open.push(part)
  }
  return count
}
