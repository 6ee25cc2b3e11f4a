/** The file of other provinces' services: nothing is ever asked at another address than it names. */
import { readFile } from 'node:fs/promises'
import { isRegionCode, MalformedError, parseJsonText } from '@hefu/protocol'
import { isIssuerAddress, reasonOf } from '@hefu/service'
import { z } from 'zod'
import { placesOf } from '../error/places.ts'
import { VerifierStartError } from '../error/start-error.ts'
import { isPrivateAddress } from './private-address.ts'

/** One service, and what it knows this one by. */
export interface ProvinceService {
  readonly url: string
  /** Where its tokens are issued (RFC 6749 §4.4). */
  readonly tokenUrl: string
  readonly audience: string
  readonly clientId: string
  /** A secret. */
  readonly secret: string
  /** Whether it may be inside a network. */
  readonly privateAddress: boolean
}

/** By GB/T 2260 code of the region whose agencies' licences it keeps. */
export type ProvinceServices = ReadonlyMap<string, ProvinceService>

const MOST_PARTS = 10_000
const address = z.string().refine(isIssuerAddress)
const name = z.string().regex(/^[\x21-\x7e]{1,256}$/)
const serviceSchema = z
  .strictObject({
    url: address.transform((url) => url.replace(/\/$/, '')),
    tokenUrl: address,
    audience: name,
    clientId: name,
    secretFile: z.string().min(1),
    privateAddress: z.boolean(),
  })
  .refine(({ url, tokenUrl, privateAddress }) => privateAddress || ![url, tokenUrl].some(isInside))
const tableSchema = z.record(z.string().refine(isRegionCode), serviceSchema)

function isInside(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || isPrivateAddress(hostname.replace(/^\[|\]$/g, ''))
}

/** @throws {VerifierStartError} `bad-services` */
export async function readProvinceServices(path: string): Promise<ProvinceServices> {
  try {
    const table = tableSchema.parse(parseJsonText(await readFile(path, 'utf8'), MOST_PARTS, 'services'))
    const services = Object.entries(table).map(async ([region, { secretFile, ...service }]) => {
      const secret = (await readFile(secretFile, 'utf8')).trim()
      return [region, { ...service, secret }] as const
    })
    return new Map(await Promise.all(services))
  } catch (error) {
    const isSystem = error instanceof Error && 'syscall' in error
    if (!(error instanceof z.ZodError || error instanceof MalformedError || isSystem)) throw error
    const about = error instanceof z.ZodError ? placesOf(error) : reasonOf(error)
    throw new VerifierStartError('bad-services', `${path} (${about})`, { cause: error })
  }
}
