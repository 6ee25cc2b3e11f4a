/** `npm run licences`: writes invented licences for `hefu-issuer issue`. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { LICENCE_TYPES } from '@hefu/protocol'
import { generateLicences } from './sample/licence-rows.ts'
import { encodeCsv, encodeNdjson } from './sample/licence-text.ts'

export { type GenerateOptions, generateLicences, type LicenceRow } from './sample/licence-rows.ts'
export { encodeCsv, encodeNdjson } from './sample/licence-text.ts'

const HELP = `生成虚构的样例证照 · Writes invented licences, the same for the same options
用法 · Usage: npm run licences -- [options]

--type <slug|code>  证照类型 · licence type (${LICENCE_TYPES.map(({ slug }) => slug).join(', ')})
--issuer <uscc>     颁发机构 · issuing agency
--count <number>    数量 · how many (1000)
--seed <number>     种子 · seed (1)
--issued-in <year>  颁发年份 · year of issue (2025)
--format <name>     csv (default), ndjson
--out <file>        输出文件，缺省为标准输出 · file, or standard output`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      type: { type: 'string', default: 'safety-manager' },
      issuer: { type: 'string', default: '11430000006122244L' },
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'issued-in': { type: 'string', default: '2025' },
      format: { type: 'string', default: 'csv' },
      out: { type: 'string' },
    },
  })
  if (values.help) return console.log(HELP)
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
