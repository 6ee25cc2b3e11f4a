/** `GET /console/samples/…`: sample licences in every state, for who tries the console. Only where a folder of them is named. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE_MEDIA_TYPE, MalformedError, parseJsonText } from '@hefu/protocol'
import { type Handler, httpProblem, reasonOf, route } from '@hefu/service'
import { z } from 'zod'
import { placesOf } from '../error/places.ts'
import { VerifierStartError } from '../error/start-error.ts'

/** Where they are. */
export const SAMPLES_PATH = '/console/samples'

const LIST = 'samples.json'
const MOST_FILES = 200
const MOST_BYTES = 2_097_152
const MOST_PARTS = 100_000

/** A lower-case name and an ending: of no other folder, and of no file that is hidden. */
const NAME = /^[a-z0-9-]{1,64}\.(?:hefu\.json|png|pdf|ofd)$/

const KINDS = ['bundle', 'qr', 'pdf', 'ofd'] as const
const TYPES: Readonly<Record<(typeof KINDS)[number], string>> = {
  bundle: BUNDLE_MEDIA_TYPE,
  qr: 'image/png',
  pdf: 'application/pdf',
  ofd: 'application/ofd',
}

const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
const listSchema = z.array(
  z.strictObject({
    id: z.string(),
    title: bilingual,
    expected: z.enum(['accepted', 'refer', 'rejected', 'undetermined']),
    licenceType: z.string().nullable(),
    licenceId: z.string().nullable(),
    submitted: z.record(z.string(), z.string()),
    files: z.array(z.strictObject({ name: z.string().regex(NAME), kind: z.enum(KINDS) })).min(1),
  }),
)

interface ServedSample {
  readonly type: string
  readonly content: Buffer
}

/** The list and the files that it names, by their names: what is not among them is not there, whatever a path says. */
export type SampleTray = ReadonlyMap<string, ServedSample>

/**
 * Reads a folder once: its `samples.json`, and the files that this names, at most 200 of 2 MB each.
 *
 * @throws {VerifierStartError} `bad-samples`
 */
export function readSampleTray(folder: string): SampleTray {
  try {
    const content = readBounded(join(folder, LIST))
    const listed = listSchema.parse(parseJsonText(content.toString('utf8'), MOST_PARTS, 'samples'))
    const files = listed.flatMap((sample) => sample.files)
    if (files.length > MOST_FILES) throw new SampleError(`${files.length} > ${MOST_FILES}`)
    return new Map([
      [LIST, { type: 'application/json; charset=utf-8', content }],
      ...files.map(({ name, kind }) => [name, readSample(folder, name, kind)] as const),
    ])
  } catch (error) {
    const about = reasonNotRead(error)
    if (about === null) throw error
    throw new VerifierStartError('bad-samples', `${folder} (${about})`, { cause: error })
  }
}

/** More of something than is served. */
class SampleError extends Error {
  override readonly name = 'SampleError'
}

function readSample(folder: string, name: string, kind: (typeof KINDS)[number]): ServedSample {
  return { type: TYPES[kind], content: readBounded(join(folder, name)) }
}

function readBounded(path: string): Buffer {
  const { size } = statSync(path)
  if (size > MOST_BYTES) throw new SampleError(`${path}: ${size} > ${MOST_BYTES}`)
  return readFileSync(path)
}

/** `null`: a fault of this program. */
function reasonNotRead(error: unknown): string | null {
  if (error instanceof z.ZodError) return placesOf(error)
  if (error instanceof SampleError) return error.message
  const isSystems = error instanceof Error && 'syscall' in error
  return error instanceof MalformedError || isSystems ? reasonOf(error) : null
}

export function sampleRoute(tray: SampleTray): Handler {
  return route().answer((ctx) => {
    const name = String(ctx['params']['name'])
    const found = tray.get(name)
    if (found === undefined) throw httpProblem('not-found')
    ctx.set('Content-Disposition', `attachment; filename="${name}"`)
    ctx.type = found.type
    ctx.body = found.content
  })
}
