/**
 * Writes invented licences for `hefu-issuer issue`:
 *   node scripts/generate-licences.ts --type teacher --count 5000 --seed 1 --issuer USCC --format csv --out FILE
 */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { generateLicences } from './sample/licence-rows.ts'
import { encodeCsv, encodeNdjson } from './sample/licence-text.ts'

export { type GenerateOptions, generateLicences, type LicenceRow } from './sample/licence-rows.ts'
export { encodeCsv, encodeNdjson } from './sample/licence-text.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      type: { type: 'string', default: 'safety-manager' },
      issuer: { type: 'string', default: '11430000006122244L' },
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'issued-in': { type: 'string', default: '2025' },
      format: { type: 'string', default: 'csv' },
      out: { type: 'string' },
    },
  })
  const { type, issuer, format } = values
  const rows = generateLicences({
    type,
    issuer,
    count: Number(values.count),
    seed: Number(values.seed),
    issuedIn: Number(values['issued-in']),
  })
  if (format !== 'csv' && format !== 'ndjson')
    throw new RangeError(`write the format ${JSON.stringify(format)}`)
  const lines = format === 'csv' ? encodeCsv(type, rows) : encodeNdjson(rows)
  if (values.out === undefined) await pipeline(Readable.from(lines), process.stdout)
  else await pipeline(Readable.from(lines), createWriteStream(values.out))
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  })
}
