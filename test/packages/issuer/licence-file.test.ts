import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError, openLicenceFile, type Row } from '@hefu/issuer'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { ISSUER, temporaryFolder, typeOf } from './fixtures/agency.ts'

const teacher = typeOf('teacher')
const LINES = [
  ...encodeCsv('teacher', generateLicences({ type: 'teacher', issuer: ISSUER, count: 3, seed: 1 })),
]
const [HEADER = '', FIRST = '', SECOND = '', THIRD = ''] = LINES

describe('openLicenceFile', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
  })

  async function read(name: string, content: string | Uint8Array): Promise<Row[]> {
    const file = join(folder, name)
    await writeFile(file, content)
    const rows: Row[] = []
    for await (const row of (await openLicenceFile(file, teacher)).rows()) rows.push(row)
    return rows
  }
  const told = async (name: string, content: string): Promise<string[]> =>
    (await read(name, content)).map((row) =>
      'values' in row ? `${row.line} read` : `${row.line} ${row.defects[0].code}`,
    )
  const refusal = async (name: string, content: string | Uint8Array): Promise<IssuerError> => {
    const error: unknown = await read(name, content).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (error instanceof IssuerError) return error
    throw new Error(`refuse ${name}: got ${error}`)
  }

  it('takes CSV with and without a byte-order mark, with both line ends', async () => {
    expect(await told('a.csv', LINES.join(''))).to.deep.equal(['2 read', '3 read', '4 read'])
    expect(await read('a.csv', `\ufeff${LINES.join('')}`)).to.deep.equal(await read('a.csv', LINES.join('')))
    expect(await read('a.csv', LINES.join('').replaceAll('\r\n', '\n'))).to.deep.equal(
      await read('a.csv', LINES.join('')),
    )
  })

  it('passes over empty lines and keeps counting them', async () => {
    expect(await told('a.csv', `${HEADER}${FIRST}\r\n\r\n${SECOND}`)).to.deep.equal(['2 read', '5 read'])
  })

  it('leaves out empty cells', async () => {
    const [row] = await read('a.csv', HEADER + FIRST)
    expect(row && 'values' in row && Object.keys(row.values)).not.to.include('certificateName')
  })

  it('reports every line of a cell with line breaks, since no field may have one', async () => {
    const broken = FIRST.replace('湖南省住房和城乡建设厅', '"湖南省\n住房和\n城乡建设厅"')
    expect(await told('a.csv', HEADER + broken + SECOND)).to.deep.equal([
      '2 broken-quotes',
      '3 wrong-column-count',
      '4 broken-quotes',
      '5 read',
    ])
  })

  it('reports a row with more or fewer cells and goes on', async () => {
    expect(await told('a.csv', `${HEADER}x,y\r\n${FIRST}${SECOND.trimEnd()},z\r\n${THIRD}`)).to.deep.equal([
      '2 wrong-column-count',
      '3 read',
      '4 wrong-column-count',
      '5 read',
    ])
  })

  it('reports a quotation mark out of place and goes on', async () => {
    const codes = await told('a.csv', `${HEADER}${FIRST.replace(',', ',"a"b,')}${SECOND}`)
    expect(codes).to.deep.equal(['2 broken-quotes', '3 read'])
  })

  it('reports a quotation mark that is never closed, and loses no line after it', async () => {
    expect(await told('a.csv', `${HEADER}"${FIRST}${SECOND}${THIRD}`)).to.deep.equal([
      '2 broken-quotes',
      '3 read',
      '4 read',
    ])
  })

  it('reports a row that is too long to hold', async () => {
    const codes = await told('a.csv', `${HEADER}"${'例'.repeat(200_000)}"\r\n${FIRST}`)
    expect(codes).to.deep.equal(['2 row-too-long', '3 read'])
    expect(await told('a.ndjson', `"${'例'.repeat(200_000)}"\n{}\n`)).to.deep.equal([
      '1 row-too-long',
      '2 read',
    ])
  })

  it('refuses a header with unknown, repeated or missing columns, naming each', async () => {
    const error = await refusal('a.csv', 'licenceId,holderName,holderName,colour\r\n')
    expect(error.code).to.equal('input-header')
    expect(error.says.zh).to.match(/缺少列.*"subject".*无法识别的列 "colour".*重复的列 "holderName"/)
    expect(error.says.en).to.match(/missing.*"subject".*unknown "colour".*repeated "holderName"/)
  })

  it('passes over rows of commas alone, and keeps counting them', async () => {
    const blank = `${','.repeat(HEADER.split(',').length - 1)}\r\n`
    expect(await told('a.csv', HEADER + FIRST + blank + blank + SECOND + blank)).to.deep.equal([
      '2 read',
      '5 read',
    ])
    expect(await told('a.csv', `${HEADER}${FIRST}x,\r\n`)).to.deep.equal(['2 read', '3 wrong-column-count'])
  })

  it('says that the header is missing, and repeats nothing of the row that stands there', async () => {
    const error = await refusal('a.csv', FIRST + SECOND)
    expect(error.code).to.equal('input-no-header')
    const said = JSON.stringify([error.says, error.message])
    for (const cell of FIRST.trim()
      .split(',')
      .filter(({ length }) => length > 0)) {
      expect(said).not.to.include(cell)
    }
  })

  it('masks an identity number among the names of columns', async () => {
    const error = await refusal('a.csv', HEADER.replace('\r\n', ',11010519491231002X\r\n'))
    expect(error.code).to.equal('input-header')
    expect(error.says.zh).to.include('1101**********002X').and.not.include('19491231')
  })

  it('refuses GB18030 before any row is read, and says so', async () => {
    const gb18030 = Uint8Array.of(0xd5, 0xc5, 0xd1, 0xf9, 0xc0, 0xfd, 0x0d, 0x0a)
    const error = await refusal('a.csv', Buffer.concat([Buffer.from(HEADER), gb18030]))
    expect(error.code).to.equal('input-gb18030')
    expect(error.says.zh).to.include('UTF-8')
  })

  it('refuses other bytes that are no UTF-8, also cut off at the end', async () => {
    expect((await refusal('a.csv', Uint8Array.of(0x61, 0xff, 0xff))).code).to.equal('input-not-utf8')
    const cut = Buffer.from(LINES.join('')).subarray(0, -3)
    expect((await refusal('a.csv', Buffer.concat([cut, Uint8Array.of(0xe4, 0xb8)]))).code).to.equal(
      'input-not-utf8',
    )
  })

  it('refuses an empty file, a header alone, a missing file and an unknown ending', async () => {
    expect((await refusal('a.csv', '')).code).to.equal('input-empty')
    expect((await refusal('a.csv', HEADER)).code).to.equal('input-empty')
    expect((await refusal('a.ndjson', '\n\n')).code).to.equal('input-empty')
    expect((await refusal('a.xlsx', 'x')).code).to.equal('input-unknown-format')
    const missing: unknown = await openLicenceFile(join(folder, 'none.csv'), teacher).catch((e: unknown) => e)
    expect(missing).to.have.property('code', 'input-unreadable')
  })

  it('reports NDJSON lines that are no flat objects, and goes on', async () => {
    const lines = ['{"a":"b"}', '{', '[]', '"x"', 'null', '', '{"a":"b","a":"c"}', '{"a":1,"b":{}}']
    expect(await told('a.ndjson', lines.join('\r\n'))).to.deep.equal([
      '1 read',
      '2 not-json',
      '3 not-an-object',
      '4 not-an-object',
      '5 not-an-object',
      '7 repeated-name',
      '8 read',
    ])
  })

  it('keeps a member called __proto__ as a member', async () => {
    const [row] = await read('a.ndjson', '{"__proto__":"x","licenceId":"y"}')
    expect(row && 'values' in row && Object.keys(row.values)).to.deep.equal(['__proto__', 'licenceId'])
  })
})
