import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError, openLicenceFile, type Row } from '@hefu/issuer'
import { expect } from 'chai'
import { type CellValue, writeXlsx } from 'hucre'
import { before, describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { encodeGb18030, encodeUtf16 } from '../../fixtures/legacy-encodings.ts'
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
      'values' in row ? `${row.line} read` : `${row.line} ${row.defects[0]?.code}`,
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

  it('takes a cell with line breaks for one cell of one row', async () => {
    const broken = FIRST.replace('湖南省住房和城乡建设厅', '"湖南省\n住房和\n城乡建设厅"')
    const [row, next] = await read('a.csv', HEADER + broken + SECOND)
    expect(row && 'values' in row && row.values['issuerName']).to.equal('湖南省\n住房和\n城乡建设厅')
    expect(next?.line).to.equal(5)
  })

  it('loses no row to two quotation marks that are both out of place', async () => {
    const codes = await told(
      'a.csv',
      `${HEADER}${FIRST.replace('湖南', '"湖南')}${SECOND}${THIRD.replace('湖南', '"湖南')}${SECOND}`,
    )
    expect(codes).to.deep.equal(['2 broken-quotes', '3 read', '4 broken-quotes', '5 read'])
  })

  for (const [encoding, bytes] of [
    ['GB 18030', encodeGb18030],
    ['UTF-16, little end first', (text: string) => encodeUtf16(text, 'little')],
    ['UTF-16, big end first', (text: string) => encodeUtf16(text, 'big')],
  ] as const) {
    it(`takes ${encoding} for what it says`, async () => {
      expect(await read('b.csv', bytes(LINES.join('')))).to.deep.equal(await read('a.csv', LINES.join('')))
    })
  }

  it('does not take UTF-8 that lost a byte for other words in GB 18030', async () => {
    const bytes = Buffer.from(LINES.join(''))
    const at = bytes.indexOf(Buffer.from('湖南'))
    const damaged = Buffer.concat([bytes.subarray(0, at + 2), bytes.subarray(at + 3)])
    expect((await refusal('a.csv', damaged)).code).to.equal('input-damaged-utf8')
  })

  it('takes UTF-8 with its mark that lost a byte for damaged, and for no text what has zeros', async () => {
    const bytes = Buffer.from(`\ufeff${LINES.join('')}`)
    const at = bytes.indexOf(Buffer.from('湖南'))
    const damaged = Buffer.concat([bytes.subarray(0, at + 2), bytes.subarray(at + 3)])
    expect((await refusal('a.csv', damaged)).code).to.equal('input-damaged-utf8')
    expect((await refusal('a.csv', Buffer.from(`\ufeff${HEADER}\0`))).code).to.equal('input-not-text')
  })

  it('takes lines that end in CR alone, and a CR in a line that ends in LF for no end', async () => {
    const text = LINES.join('').replaceAll('\r\n', '\r')
    expect(await read('b.csv', text)).to.deep.equal(await read('a.csv', LINES.join('')))
    expect(await told('b.csv', HEADER + FIRST.replace('湖南', '湖\r南') + SECOND)).to.deep.equal([
      '2 read',
      '3 read',
    ])
  })

  for (const delimiter of [',', ';', '\t']) {
    it(`takes the separator ${JSON.stringify(delimiter)} that a line before the header says, and no such line behind it`, async () => {
      const text = LINES.join('').replaceAll(',', delimiter)
      const said = `sep=${delimiter}\r\n`
      const rows = (await read('a.csv', LINES.join(''))).map((row) => ({ ...row, line: row.line + 1 }))
      expect(await read('b.csv', said + text)).to.deep.equal(rows)
      expect((await told('b.csv', `${said}${text}${said}`)).at(-1)).to.equal('6 wrong-column-count')
    })
  }

  for (const delimiter of [';', '\t']) {
    it(`takes cells between ${JSON.stringify(delimiter)}`, async () => {
      const text = LINES.join('').replaceAll(',', delimiter)
      expect(await read('b.csv', text)).to.deep.equal(await read('a.csv', LINES.join('')))
    })
  }

  it('takes no longer than its length for quotation marks between tabs, and for brackets in a header', async () => {
    const tabbed = HEADER.replaceAll(',', '\t')
    expect(await told('a.csv', `${tabbed}${'""\t\t'.repeat(200)}"x"y\r\n`)).to.deep.equal(['2 broken-quotes'])
    expect((await refusal('a.csv', '('.repeat(120_000))).code).to.equal('input-no-header')
  })

  it('takes Chinese labels, starred and with remarks, in any order, and columns that number and remark', async () => {
    const labels = new Map(teacher.fields.map(({ name, label }) => [name, label.zh]))
    const names = HEADER.trimEnd().split(',')
    const chinese = names.map((name) =>
      name === 'licenceId' ? '电子证照标识（必填）' : ` *${labels.get(name) ?? name} `,
    )
    const flip = (line: string): string => ['1', ...line.trimEnd().split(',').toReversed(), '无'].join(',')
    const text = [['序号', ...chinese.toReversed(), '备注'].join(','), ...[FIRST, SECOND].map(flip)].join(
      '\n',
    )
    const [plain] = await read('a.csv', HEADER + FIRST)
    expect((await read('b.csv', text))[0]).to.deep.equal(plain)
  })

  it('passes over rows of commas alone', async () => {
    const blank = `${','.repeat(HEADER.split(',').length - 1)}\r\n`
    expect(await told('a.csv', `${HEADER}${blank}${FIRST}${blank}${blank}${SECOND}`)).to.deep.equal([
      '3 read',
      '6 read',
    ])
  })

  it('finds the header under titles, also in a file of another separator, and counts the blank rows between them', async () => {
    const rows = await read('a.csv', LINES.join(''))
    const commas = ','.repeat(HEADER.split(',').length - 1)
    const titles = `湖南省教师资格证名单${commas}\r\n${commas}\r\n填报单位：样例,填报日期：2026-01-01,样例\r\n`
    const under = rows.map((row) => ({ ...row, line: row.line + 3 }))
    expect(await read('b.csv', titles + LINES.join(''))).to.deep.equal(under)
    for (const delimiter of [';', '\t']) {
      const text = `湖南省教师资格证名单\r\n${LINES.join('').replaceAll(',', delimiter)}`
      expect(await read('b.csv', text)).to.deep.equal(rows.map((row) => ({ ...row, line: row.line + 1 })))
    }
  })

  it('takes nothing that may be a licence for a title, nor more than ten', async () => {
    for (const above of [FIRST, '甲,乙,丙,丁\r\n', '名单\r\n'.repeat(11), '"名单\r\n'])
      expect((await refusal('a.csv', above + HEADER + FIRST)).code, above).to.equal('input-no-header')
    expect(await told('a.csv', '名单\r\n'.repeat(10) + HEADER + FIRST)).to.deep.equal(['12 read'])
    expect((await refusal('a.csv', '名单\r\n')).code).to.equal('input-no-header')
  })

  it('says that the header is missing, and repeats nothing of the row that stands there', async () => {
    const error = await refusal('a.csv', FIRST)
    expect(error.code).to.equal('input-no-header')
    const [row] = await read('b.csv', HEADER + FIRST)
    const values = row !== undefined && 'values' in row ? Object.values(row.values) : []
    expect(values).not.to.have.length(0)
    for (const value of values)
      expect(`${error.message}${error.says.zh}${error.says.en}`).not.to.include(value)
  })

  it('refuses what a spreadsheet cut or lost, by the column, unless a person says that it is so', async () => {
    const names = HEADER.trimEnd().split(',')
    const withCell = (name: string, cell: string): string =>
      FIRST.split(',').with(names.indexOf(name), cell).join(',')
    const cases = [
      ['licenceNumber', '20254300072004300', 'digits-may-be-cut'],
      ['holderId', '430000199309279000', 'digits-may-be-cut'],
      ['licenceNumber', '2.02543E+16', 'number-cut'],
      ['holderName', '#N/A', 'cell-error'],
      ['holderName', '张\ufffd', 'character-lost'],
      ['holderName', '张\ue123', 'character-lost'],
      ['issuerName', '样例□局', 'character-may-be-lost'],
      ['issuerName', '样例?局', 'character-may-be-lost'],
    ] as const
    for (const [name, cell, code] of cases) {
      const [row] = await read('a.csv', HEADER + withCell(name, cell))
      expect(row && 'defects' in row ? row.defects.map((d) => [d.field, d.code]) : row, cell).to.deep.equal([
        [name, code],
      ])
    }
    const confirmed = new Set(['digits', 'characters'] as const)
    for (const [name, cell, code] of cases.filter(([, , code]) => code.includes('may-be'))) {
      const file = join(folder, 'c.csv')
      await writeFile(file, HEADER + withCell(name, cell))
      for await (const row of (await openLicenceFile(file, teacher, confirmed)).rows())
        expect('values' in row, `${code} is confirmed`).to.equal(true)
    }
  })

  describe('of a spreadsheet', () => {
    const sheet = async (rows: CellValue[][]): Promise<Uint8Array> =>
      new Uint8Array(await writeXlsx({ sheets: [{ name: 'Sheet1', rows }] }))
    const cellsOf = (line: string): string[] => line.trimEnd().split(',')

    it('takes the same rows', async () => {
      const rows = [HEADER, FIRST, SECOND].map(cellsOf)
      expect(await read('a.xlsx', await sheet(rows))).to.deep.equal(
        await read('a.csv', HEADER + FIRST + SECOND),
      )
    })

    it('takes days for days and whole numbers for their digits, and refuses those that were cut', async () => {
      const names = cellsOf(HEADER)
      const row: CellValue[] = cellsOf(FIRST)
      row[names.indexOf('issuedOn')] = new Date('2024-01-05T00:00:00Z')
      row[names.indexOf('level')] = 12
      const cut = row.with(names.indexOf('licenceNumber'), 20_254_300_072_004_300)
      const [read1, read2] = await read('a.xlsx', await sheet([names, row, cut]))
      expect(read1 && 'values' in read1 && [read1.values['issuedOn'], read1.values['level']]).to.deep.equal([
        '2024-01-05',
        '12',
      ])
      expect(read2 && 'defects' in read2 && read2.defects[0]?.code).to.equal('number-cut')
    })

    it('refuses a file that is damaged, locked or of the old kind, in words', async () => {
      const whole = await sheet([cellsOf(HEADER), cellsOf(FIRST)])
      expect((await refusal('a.xlsx', whole.subarray(0, whole.length >> 1))).code).to.equal('input-not-xlsx')
      const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
      expect((await refusal('a.xls', old)).code).to.equal('input-old-spreadsheet')
    })
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
    const error = await refusal('a.csv', 'licenceId,licenceNumber,holderName,holderName,colour\r\n')
    expect(error.code).to.equal('input-header')
    expect(error.says.zh).to.match(/缺少列.*"subject".*无法识别的列 "colour".*重复的列 "holderName"/)
    expect(error.says.en).to.match(/missing.*"subject".*unknown "colour".*repeated "holderName"/)
  })

  it('refuses bytes that are no text', async () => {
    expect((await refusal('a.csv', Uint8Array.of(0x61, 0xff, 0xff))).code).to.equal('input-not-text')
    expect((await refusal('a.csv', Buffer.from(`${HEADER}a\0b`))).code).to.equal('input-not-text')
  })

  it('masks an identity number among the names of columns', async () => {
    const error = await refusal('a.csv', HEADER.replace('\r\n', ',11010519491231002X\r\n'))
    expect(error.code).to.equal('input-header')
    expect(error.says.zh).to.include('1101**********002X').and.not.include('19491231')
  })

  it('refuses an empty file, a header alone and a missing file', async () => {
    expect((await refusal('a.csv', '')).code).to.equal('input-empty')
    expect((await refusal('a.csv', HEADER)).code).to.equal('input-empty')
    expect((await refusal('a.ndjson', '\n\n')).code).to.equal('input-empty')
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
