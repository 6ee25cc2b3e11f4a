/** Which licences an entry is about: named on the command line, or listed in a file, of any number. */
import { readFile } from 'node:fs/promises'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'

export interface ChoiceOptions {
  /** A file with an identifier at the beginning of each line. */
  readonly from?: string
}

/** Of one call: about six million gas where each licence stands by itself. */
const LICENCES_PER_CALL = 200

/**
 * The licences, in groups that one call can hold.
 *
 * @throws {IssuerError} `licences-missing`, `licences-twice`, `licence-repeated`, `input-unreadable`
 */
export async function chooseLicences(
  named: readonly string[],
  { from }: ChoiceOptions,
): Promise<readonly (readonly string[])[]> {
  if (from !== undefined && named.length > 0) throw new IssuerError('licences-twice')
  const ids = from === undefined ? named : await readList(from)
  if (ids.length === 0) throw new IssuerError('licences-missing')
  const seen = new Set<string>()
  const repeated = ids.find((id) => seen.size === seen.add(id).size)
  if (repeated !== undefined) throw new IssuerError('licence-repeated', { licenceId: repeated.slice(0, 120) })
  return Array.from({ length: Math.ceil(ids.length / LICENCES_PER_CALL) }, (_, i) =>
    ids.slice(i * LICENCES_PER_CALL, (i + 1) * LICENCES_PER_CALL),
  )
}

const HEADERS: ReadonlySet<string> = new Set(['licenceId', '电子证照标识'])

/** The first cell of each line: a list, or a table whose first column it is. */
async function readList(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) })
  })
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => (line.split(/[,;\t，；]/)[0] ?? '').replace(/^\s*"?|"?\s*$/g, ''))
    .filter((id, i) => id !== '' && !(i === 0 && HEADERS.has(id)))
}
