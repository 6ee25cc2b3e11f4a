/** The file that registers the clients of this service. */
import { readFile } from 'node:fs/promises'
import { isRegionCode, isUscc, MalformedError, parseJsonText } from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import { z } from 'zod'
import { placesOf } from '../error/places.ts'
import { VerifierStartError } from '../error/start-error.ts'
import { HOLDERS, type VerifierClient } from './verifier-client.ts'

export type ClientTable = ReadonlyMap<string, VerifierClient>

const MOST_PARTS = 100_000
const MOST_CODES = 256
const MOST_BATCHES = 100

const CLIENT_ID = /^[\x21-\x7e]{1,128}$/
const LICENCE_TYPE = /^[0-9A-Z]{1,32}$/

const anyOr = (code: z.ZodString) =>
  z.union([z.literal('any'), z.array(code).min(1).max(MOST_CODES)]).transform(toPermitted)

/** Every permission is named: one that is left out must neither be given nor be missed in silence. */
const clientSchema = z.strictObject({
  requestsPerMinute: z.int().min(1).max(1_000_000),
  licenceTypes: anyOr(z.string().regex(LICENCE_TYPE)),
  receivingRegions: anyOr(z.string().refine(isRegionCode)),
  shown: z.enum(['explanation', 'report', 'verdict']),
  deposits: z
    .union([
      z.literal('any'),
      z.array(z.string().refine((code) => code === HOLDERS || isUscc(code))).max(MOST_CODES),
    ])
    .transform(toPermitted),
  givenBundles: z.boolean(),
  batches: z.int().min(0).max(MOST_BATCHES),
})
const tableSchema = z.record(z.string().regex(CLIENT_ID), clientSchema)

function toPermitted(codes: 'any' | readonly string[]): VerifierClient['licenceTypes'] {
  return codes === 'any' ? codes : new Set(codes)
}

/** @throws {VerifierStartError} `bad-clients` */
export async function readClientTable(path: string): Promise<ClientTable> {
  try {
    return parseClientTable(await readFile(path, 'utf8'))
  } catch (error) {
    const about = error instanceof z.ZodError ? placesOf(error) : reasonOf(error)
    if (!(error instanceof z.ZodError || error instanceof MalformedError || isSystemError(error))) throw error
    throw new VerifierStartError('bad-clients', `${path} (${about})`, { cause: error })
  }
}

function parseClientTable(text: string): ClientTable {
  const table = tableSchema.parse(parseJsonText(text, MOST_PARTS, 'clients'))
  return new Map(Object.entries(table).map(([id, permissions]) => [id, { id, ...permissions }]))
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
