/** Of a spreadsheet only what a person sees is signed: what is shown otherwise than it is kept is refused in words. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError, openLicenceFile, type Row } from '@hefu/issuer'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { readXlsxCells } from '#internal/issuer/input/xlsx-cells'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { createArchive } from '../../fixtures/zip-archive.ts'
import { ISSUER, temporaryFolder, typeOf } from './fixtures/agency.ts'

const teacher = typeOf('teacher')
const [HEADER = [], FIRST = []] = [
  ...encodeCsv('teacher', generateLicences({ type: 'teacher', issuer: ISSUER, count: 1, seed: 1 })),
].map((line) => line.trimEnd().split(','))
const AT = HEADER.indexOf('licenceNumber')

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relation = ([id, type, target]: readonly [string, string, string]): string =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
const relations = (...all: readonly (readonly [string, string, string])[]): string =>
  `<Relationships>${all.map(relation).join('')}</Relationships>`
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const letter = (i: number): string => String.fromCharCode(65 + i)
const cell = (i: number, row: number, text: string): string =>
  `<c r="${letter(i)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`
const rowOf = (row: number, cells: readonly string[], about = ''): string =>
  `<row r="${row}"${about}>${cells.join('')}</row>`
const HEADER_ROW = rowOf(
  1,
  HEADER.map((text, i) => cell(i, 1, text)),
)
const cellsOf = (row: number): string[] => FIRST.map((text, i) => cell(i, row, text))
/** The rows of a sheet with one licence, one of whose cells is this. */
const rowsWith = (content: string): string => HEADER_ROW + rowOf(2, cellsOf(2).with(AT, content))

interface Workbook {
  readonly rows: string
  /** How columns are formatted: `<cols>`. */
  readonly columns?: string
  readonly formats?: readonly string[]
  readonly sheets?: string
  /** Of a second sheet. */
  readonly others?: string
  readonly more?: readonly (readonly [string, string, string])[]
  readonly texts?: string
  /** What the workbook says of its formulas: `<calcPr>`. */
  readonly calculation?: string
}

const SHEET = '<sheet name="名册" sheetId="1" r:id="r1"/>'
const sheetOf = (rows: string, columns = ''): string =>
  `<worksheet>${columns}<sheetData>${rows}</sheetData></worksheet>`

function encode({
  rows,
  columns,
  formats = [],
  sheets = SHEET,
  others = '',
  more = [],
  texts = '',
  calculation = '',
}: Workbook): Uint8Array {
  const numFmts = formats.map((code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${escaped(code)}"/>`)
  const xfs = ['<xf numFmtId="0"/>', ...formats.map((_, i) => `<xf numFmtId="${170 + i}"/>`)]
  const builtIn = [14, 4, 57].map((id) => `<xf numFmtId="${id}"/>`)
  return createArchive([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: '_rels/.rels', content: relations(['r1', 'officeDocument', 'xl/workbook.xml']) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="a"><sheets>${sheets}</sheets>${calculation}</workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        ['r1', 'worksheet', 'worksheets/sheet1.xml'],
        ['r2', 'worksheet', 'worksheets/sheet2.xml'],
        ['r3', 'styles', 'styles.xml'],
        ['r4', 'sharedStrings', 'sharedStrings.xml'],
        ...more,
      ),
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet><numFmts>${numFmts.join('')}</numFmts><cellXfs>${[...xfs, ...builtIn].join('')}</cellXfs></styleSheet>`,
    },
    { name: 'xl/sharedStrings.xml', content: `<sst>${texts}</sst>` },
    { name: 'xl/worksheets/sheet1.xml', content: sheetOf(rows, columns) },
    { name: 'xl/worksheets/sheet2.xml', content: sheetOf(others) },
  ])
}

describe('of an XLSX file', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
  })

  async function read(workbook: Workbook): Promise<Row[]> {
    const file = join(folder, 'a.xlsx')
    await writeFile(file, encode(workbook))
    const rows: Row[] = []
    for await (const row of (await openLicenceFile(file, teacher)).rows()) rows.push(row)
    return rows
  }
  const codeOf = async (workbook: Workbook): Promise<unknown> => {
    const error: unknown = await read(workbook).catch((thrown: unknown) => thrown)
    return error instanceof IssuerError ? error.code : error
  }
  /** What is read of a cell, or the code by which it is refused. */
  const told = async (content: string, formats: readonly string[] = []): Promise<unknown> => {
    const [row] = await read({ rows: rowsWith(content), formats })
    return row !== undefined && 'values' in row
      ? row.values['licenceNumber']
      : row?.defects.map(({ code, field }) => `${field} ${code}`).join()
  }
  const number = (value: number | string, style = 1): string =>
    `<c r="${letter(AT)}2" s="${style}"><v>${value}</v></c>`
  const REFUSED = 'licenceNumber shown-otherwise'

  for (const state of ['hidden', 'veryHidden']) {
    it(`a sheet that is ${state} is passed over, and the one that is seen is read`, async () => {
      const sheets = `<sheet name="旧" sheetId="1" state="${state}" r:id="r1"/><sheet name="今" sheetId="2" state="visible" r:id="r2"/>`
      const old = rowsWith(cell(AT, 2, 'OLD'))
      const [row] = await read({ rows: old, others: rowsWith(cell(AT, 2, 'NEW')), sheets })
      expect(row && 'values' in row && row.values['licenceNumber']).to.equal('NEW')
      expect(await codeOf({ rows: old, sheets: sheets.replace('"visible"', `"${state}"`) })).to.equal(
        'input-not-xlsx',
      )
    })
  }

  const SHOWN: readonly (readonly [format: string, value: number, shown: string])[] = [
    ['000000', 123, '000123'],
    ['000000', 1_234_567, '1234567'],
    ['00', 0, '00'],
    ['0.00', 1.5, '1.50'],
    ['0', 7, '7'],
    ['0_ ', 7, '7'],
    ['0_);[Red]\\(0\\)', 7, '7'],
    ['[Red]0', 45_000, '45000'],
    ['#', 1_234, '1234'],
    ['@', 123, '123'],
    ['General', 0.25, '0.25'],
    ['[$-804]General', 12, '12'],
    ['yyyy-mm-dd', 45_000, '2023-03-15'],
    ['yyyy/m/d;@', 45_000, '2023-03-15'],
    ['[$-804]yyyy"年"m"月"d"日";@', 45_000, '2023-03-15'],
    ['[DBNum1][$-804]yyyy"年"m"月"d"日";@', 45_000, '2023-03-15'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 45_000, '2023-03-15'],
    ['yyyy-mm-dd hh:mm', 45_000.5, '2023-03-15 12:00:00'],
  ]
  for (const [format, value, shown] of SHOWN) {
    it(`${value} in the format ${format} is read as ${shown}`, async () => {
      expect(await told(number(value), [format])).to.equal(shown)
    })
  }

  const OTHERWISE: readonly (readonly [format: string, value: number])[] = [
    ['"长期"', 1],
    [';;;', 123],
    ['0', 0.7],
    ['0000', 0.5],
    ['0.0', 0.25],
    ['0%', 0.5],
    ['#,##0', 1_234],
    ['#', 0],
    ['0;0;"无"', 0],
    ['0;"负"0', -5],
    ['0"d"', 45_000],
    ['[>100]0;"少"', 7],
    ['[DBNum2][$-804]General', 12],
    ['General"元"', 12],
    ['0.00E+00', 12],
    ['yyyy"年"m"月"', 45_000],
    ['m"月"d"日"', 45_000],
    ['yyyy', 45_000],
    ['[DBNum1]yyyy"年"', 45_000],
    ['h:mm', 45_000.5],
    ['yyyy h:mm d', 45_000],
    ['[>50000]yyyy-mm-dd;"长期"', 45_000],
    ['yyyy-mm-dd', -5],
    ['yyyy-mm-dd', 60],
    ['yyyy-mm-dd', 45_000.999_999_999_99],
  ]
  for (const [format, value] of OTHERWISE) {
    it(`${value} in the format ${format} is refused by its cell`, async () => {
      expect(await told(number(value), [format])).to.equal(REFUSED)
    })
  }

  it('a built-in day is read, and a built-in month and separators are refused', async () => {
    expect(await told(number(45_000, 1))).to.equal('2023-03-15')
    expect(await told(number(1_234, 2))).to.equal(REFUSED)
    expect(await told(number(45_000, 3))).to.equal(REFUSED)
    expect(await told(number(1, 9)), 'a style that is not there').to.equal(REFUSED)
  })

  it('what no program takes for a number is refused', async () => {
    expect(await told(number('0x10', 0))).to.equal(REFUSED)
    expect(await told(number('&#49;2', 0))).to.equal('12')
  })

  it('a text is read in the format of texts, and refused in one that shows another', async () => {
    const text = cell(AT, 2, 'A1').replace('<c ', '<c s="1" ')
    for (const format of ['@', 'General', '000000', 'yyyy/m/d;@', '0;0;0;@'])
      expect(await told(text, [format]), format).to.equal('A1')
    for (const format of [';;;', '@"号"', '0;0;0;"长期"', '**;**;**;**'])
      expect(await told(text, [format]), format).to.equal(REFUSED)
  })

  it('a hidden row is refused and given back, and one that is hidden and empty is passed over', async () => {
    const file = join(folder, 'hidden.xlsx')
    for (const about of [' hidden="1"', ' hidden="true"', ' ht="0" customHeight="1"']) {
      const empty = rowOf(3, [`<c r="A3"/>`], about)
      await writeFile(
        file,
        encode({
          rows: HEADER_ROW + rowOf(2, cellsOf(2), about) + empty + rowOf(4, cellsOf(4), ' hidden="0"'),
        }),
      )
      const { rows, read: seen } = await openLicenceFile(file, teacher)
      const found: string[] = []
      for await (const row of rows())
        found.push('values' in row ? `${row.line}` : `${row.line} ${row.defects[0]?.code}`)
      expect(found).to.deep.equal(['2 row-hidden', '4'])
      expect(seen.cellsOf(2)).to.deep.equal(FIRST)
      expect(seen.blankRows()).to.equal(1)
    }
  })

  describe('with hidden columns', () => {
    const cols = (...all: readonly string[]): string => `<cols>${all.join('')}</cols>`
    const one = (about: string): string => cols(`<col min="${AT + 1}" max="${AT + 1}" ${about}/>`)
    const rows = rowsWith(cell(AT, 2, 'A'))

    for (const about of ['hidden="1"', 'hidden="true" width="9"', 'width="0" customWidth="1"']) {
      it(`of a field, ${about}: is refused by its letter and its name, and nothing in it is repeated`, async () => {
        const error: unknown = await read({ rows, columns: one(about) }).catch((thrown: unknown) => thrown)
        if (!(error instanceof IssuerError)) throw new Error('expect a refusal')
        expect(error.code).to.equal('input-hidden-columns')
        expect(error.says.zh)
          .to.include(`${letter(AT)} `)
          .and.include('licenceNumber')
        for (const value of FIRST.filter((text) => text !== '')) expect(error.says.zh).to.not.include(value)
      })
    }

    it('among all columns of a span is refused, and seen ones, or ones without cells, are read', async () => {
      expect(await codeOf({ rows, columns: cols('<col min="1" max="16384" hidden="1"/>') })).to.equal(
        'input-hidden-columns',
      )
      for (const seen of [
        one('hidden="0" width="8.5"'),
        cols(`<col min="${HEADER.length + 1}" max="16384" hidden="1"/>`),
      ])
        expect(await read({ rows, columns: seen })).to.have.length(1)
    })

    it('of a name that is passed over is passed over', async () => {
      const at = HEADER.length
      const numberedHeader = rowOf(1, [...HEADER.map((text, i) => cell(i, 1, text)), cell(at, 1, '序号')])
      const numbered = numberedHeader + rowOf(2, [...cellsOf(2), cell(at, 2, '1')])
      const columns = cols(`<col min="${at + 1}" max="${at + 1}" hidden="1"/>`)
      expect(await read({ rows: numbered, columns })).to.have.length(1)
    })

    it('formatted twice, out of order or nowhere is damage', async () => {
      for (const columns of [
        cols('<col min="2" max="3"/>', '<col min="3" max="3" hidden="1"/>'),
        cols('<col min="4" max="4"/>', '<col min="2" max="2" hidden="1"/>'),
        cols('<col min="3" max="2" hidden="1"/>'),
        cols('<col hidden="1"/>'),
      ])
        expect(await codeOf({ rows, columns }), columns).to.equal('input-not-xlsx')
    })
  })

  it('a header under a title in merged cells is found, and rows are numbered as in the sheet', async () => {
    const title = (row: number, text: string): string => rowOf(row, [cell(0, row, text)])
    const under = (...rows: readonly string[]): string =>
      title(1, '湖南省教师资格证名单') +
      rows.join('') +
      rowOf(
        4,
        HEADER.map((text, i) => cell(i, 4, text)),
      ) +
      rowOf(5, cellsOf(5)) +
      rowOf(6, cellsOf(6).slice(0, -1))
    const found = await read({ rows: under(title(2, '填报单位：样例教育局')) })
    expect(found.map(({ line }) => line)).to.deep.equal([5, 6])
    expect(found.every((row) => 'values' in row)).to.equal(true)
    expect(await codeOf({ rows: under(rowOf(2, cellsOf(2))) })).to.equal('input-no-header')
    expect(await codeOf({ rows: title(1, '湖南省教师资格证名单') })).to.equal('input-no-header')
  })

  it('how a text is pronounced is not joined to it', async () => {
    const phonetic = '<rPh sb="0" eb="1"><t>李四</t></rPh>'
    const inline = cell(AT, 2, '张三').replace('</is>', `${phonetic}</is>`)
    expect(await codeOf({ rows: rowsWith(inline) })).to.equal('input-xlsx-cell')
    const shared = `<c r="${letter(AT)}2" t="s"><v>0</v></c>`
    const [row] = await read({ rows: rowsWith(shared), texts: `<si><t>张三</t>${phonetic}</si>` })
    expect(row && 'values' in row && row.values['licenceNumber']).to.equal('张三')
  })

  describe('with formulas', () => {
    const WITHOUT = 'licenceNumber formula-without-value'
    const formula = (content: string, type = ''): string =>
      `<c r="${letter(AT)}2"${type === '' ? '' : ` t="${type}"`}>${content}</c>`

    const NOT_COMPUTED: readonly (readonly [writer: string, content: string, type?: string])[] = [
      ['openpyxl', '<f>A1</f><v/>'],
      ['openpyxl, with space', '<f>A1</f><v />'],
      ['openpyxl, of an array', `<f t="array" ref="${letter(AT)}2">A1</f><v/>`],
      ['EPPlus', '<f>A1</f><v></v>'],
      ['excelize', '<f>A1</f>'],
      ['a writer of a line each', '<f>A1</f>\n'],
      ['a shared formula', '<f t="shared" si="0"/><v></v>'],
      [
        'the first of a shared formula',
        `<f t="shared" ref="${letter(AT)}2:${letter(AT)}9" si="0">A1</f><v/>`,
      ],
      ['a number', '<f>A1</f><v></v>', 'n'],
      ['a text without a value', '<f>A1</f>', 'str'],
      ['a shared text that is empty', '<f>A1</f><v>0</v>', 's'],
      ['a text in the cell that is empty', '<f>A1</f><is><t></t></is>', 'inlineStr'],
      ['a value before its formula', '<v/><f>A1</f>'],
      ['an error that is not named', '<f>A1</f><v/>', 'e'],
      ['a truth value that is none', '<f>A1</f><v/>', 'b'],
      ['Apache POI', '<f>A1</f><v>0.0</v>'],
      ['Apache POI, streaming', '<f>A1</f><v>0.0</v>', 'n'],
    ]
    for (const [writer, content, type] of NOT_COMPUTED) {
      it(`that are not computed, as of ${writer}, refuse the row`, async () => {
        const [row] = await read({ rows: rowsWith(formula(content, type)), texts: '<si><t/></si>' })
        const found = row && 'defects' in row ? row.defects : []
        expect(found.map(({ code, field }) => `${field} ${code}`)).to.deep.equal([WITHOUT])
      })
    }

    const COMPUTED: readonly (readonly [content: string, type: string, read: string | undefined])[] = [
      ['<f>A1</f><v>A7</v>', 'str', 'A7'],
      ['<f t="shared" si="0"/><v>A7</v>', 'str', 'A7'],
      ['<f>A1</f><v>12</v>', '', '12'],
      ['<f>A1</f><v>0</v>', 'n', '0'],
      // As every spreadsheet program writes =IF(A1="","",A1).
      ['<f>A1</f><v></v>', 'str', undefined],
      ['<f>A1</f><v/>', 'str', undefined],
    ]
    for (const [content, type, value] of COMPUTED) {
      it(`that are computed are read: ${content} of type ${type || 'none'} as ${value ?? 'an empty field'}`, async () => {
        const [row] = await read({ rows: rowsWith(formula(content, type)) })
        if (row === undefined || !('values' in row)) throw new Error('expect a row')
        expect(row.values['licenceNumber']).to.equal(value)
      })
    }

    it('are not relied on where the file has them computed when it is opened, or says that they were not', async () => {
      const valued = rowsWith(formula('<f>A1</f><v>0</v>', 'n'))
      const ofFile = async (calculation: string, rows = valued): Promise<unknown> => {
        const [row] = await read({ rows, calculation })
        return row && 'defects' in row ? row.defects[0]?.code : 'read'
      }
      for (const about of ['fullCalcOnLoad="1"', 'fullCalcOnLoad="true"', 'calcCompleted="0"'])
        expect(await ofFile(`<calcPr calcId="1" ${about}/>`), about).to.equal('formula-without-value')
      for (const about of ['', 'calcId="191029"', 'fullCalcOnLoad="0" calcCompleted="1" calcMode="manual"'])
        expect(await ofFile(`<calcPr ${about}/>`), about).to.equal('read')
      expect(await ofFile('<calcPr fullCalcOnLoad="1"/>', rowsWith(cell(AT, 2, 'A')))).to.equal('read')
    })

    it('that give an error refuse the row, however the program names it', async () => {
      for (const error of ['#N/A', '#GETTING_DATA', '#FIELD!', 'Err:522'])
        expect(await told(formula(`<f>A1</f><v>${error}</v>`, 'e')), error).to.equal(
          'licenceNumber cell-error',
        )
    })

    it('of several cells refuse every row that they fill and have no value in, also one that is not there', async () => {
      const column = letter(AT)
      const filled = (row: number, content: string): string => `<c r="${column}${row}">${content}</c>`
      const array = `<f t="array" ref="${column}2:${column}7">A1</f>`
      const rowWith = (row: number, content: string): string => rowOf(row, cellsOf(row).with(AT, content))
      const rows =
        HEADER_ROW +
        rowWith(2, filled(2, `${array}<v>7</v>`)) +
        rowWith(3, '') +
        rowWith(4, filled(4, '<v>8</v>')) +
        rowWith(5, filled(5, '<v/>')) +
        rowWith(7, filled(7, '<v>9</v>')) +
        rowWith(8, '')
      const found = await read({ rows })
      expect(
        found.map((row) => `${row.line} ${'values' in row ? 'read' : row.defects[0]?.code}`),
      ).to.deep.equal([
        '2 read',
        '3 formula-without-value',
        '4 read',
        '5 formula-without-value',
        '6 formula-without-value',
        '7 read',
        '8 read',
      ])
    })

    it('of several cells that are no range are damage, and of more than a sheet may have are refused', async () => {
      const array = (ref: string): Workbook => ({
        rows: rowsWith(formula(`<f t="array" ref="${ref}">A1</f><v>1</v>`)),
      })
      for (const ref of ['', 'A', 'A2:A1', 'B1:A1', '$A$1', 'A1:A9999999'])
        expect(await codeOf(array(ref)), ref).to.equal('input-not-xlsx')
      for (const ref of ['A1:IV1048576', 'A1:IW1'])
        expect(await codeOf(array(ref)), ref).to.equal('input-xlsx-too-much')
    })

    it('that are not computed make no row blank, and no name of a column', async () => {
      const blank = rowOf(3, [`<c r="A3"><f>A1</f><v/></c>`])
      const found = await read({ rows: rowsWith(cell(AT, 2, 'A')) + blank })
      expect(found.map((row) => 'defects' in row)).to.deep.equal([false, true])
      const computed = rowOf(3, [`<c r="A3" t="str"><f>A1</f><v></v></c>`])
      expect(await read({ rows: rowsWith(cell(AT, 2, 'A')) + computed })).to.have.length(1)
      const optional = HEADER.length
      const named = rowOf(1, [
        ...HEADER.map((text, i) => cell(i, 1, text)),
        `<c r="${letter(optional)}1"><f>A1</f><v/></c>`,
      ])
      const error: unknown = await read({ rows: named + rowOf(2, cellsOf(2)) }).catch(
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof IssuerError)) throw new Error('expect a refusal')
      expect(error.code).to.equal('input-header')
      expect(error.says.zh).to.include(`单元格 ${letter(optional)}1`)
    })
  })

  const rows = rowsWith(cell(AT, 2, 'A'))
  const TWICE: Readonly<Record<string, Workbook>> = {
    'two relations of one name': { rows, more: [['r1', 'worksheet', 'worksheets/sheet2.xml']] },
    'two parts of shared texts': { rows, more: [['r9', 'sharedStrings', 'more.xml']] },
    'a relation without a name': { rows, more: [['', 'worksheet', 'worksheets/sheet2.xml']] },
    'a sheet with two relations': { rows, sheets: '<sheet name="a" sheetId="1" id="r2" r:id="r1"/>' },
    'a sheet without a name': { rows, sheets: `<sheet sheetId="2" r:id="r2"/>${SHEET}` },
  }
  for (const [what, workbook] of Object.entries(TWICE)) {
    it(`${what} is damage: two readers would read two things`, async () => {
      expect(await codeOf(workbook)).to.equal('input-not-xlsx')
    })
  }

  it('a sheet that stands elsewhere than among the sheets is none', async () => {
    const [row] = await read({ rows, sheets: `<other><sheet name="x" r:id="r2"/></other>${SHEET}` })
    expect(row && 'values' in row && row.values['licenceNumber']).to.equal('A')
  })

  it('a shared text of 32,768 characters is refused, and one of 32,767 read', async () => {
    const shared = rowsWith(`<c r="${letter(AT)}2" t="s"><v>0</v></c>`)
    const text = (length: number): string => `<si><r><t>${'a'.repeat(length - 1)}</t></r><r><t>a</t></r></si>`
    expect(await codeOf({ rows: shared, texts: text(32_768) })).to.equal('input-xlsx-too-much')
    const [row] = await read({ rows: shared, texts: text(32_767) })
    expect(row && 'values' in row && row.values['licenceNumber']).to.have.length(32_767)
  })

  it('a mistake of our own is not taken for damage', async () => {
    const failed: unknown = await readXlsxCells(undefined as never)
      .next()
      .catch((error: unknown) => error)
    expect(failed).to.be.instanceOf(TypeError)
  })
})
