/** A spreadsheet is unpacked within bounds, and read only where every program would find the same cells. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError, openLicenceFile, type Row } from '@hefu/issuer'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { type ArchivedFile, createArchive } from '../../fixtures/zip-archive.ts'
import { ISSUER, temporaryFolder, typeOf } from './fixtures/agency.ts'

const teacher = typeOf('teacher')
const [HEADER = [], FIRST = []] = [
  ...encodeCsv('teacher', generateLicences({ type: 'teacher', issuer: ISSUER, count: 1, seed: 1 })),
].map((line) => line.trimEnd().split(','))

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = (...targets: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships>${targets
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

const letter = (i: number): string => String.fromCharCode(65 + i)
const cell = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
const rowOf = (row: number, cells: readonly string[]): string =>
  `<row r="${row}">${cells.map((text, i) => cell(`${letter(i)}${row}`, text)).join('')}</row>`
const HEADER_ROW = rowOf(1, HEADER)

/** The parts of a file of one sheet with these rows. */
function partsOf(rows: string, texts = ''): ArchivedFile[] {
  return [
    { name: '[Content_Types].xml', content: '<?xml version="1.0"?><Types/>' },
    { name: '_rels/.rels', content: relations(['r1', 'officeDocument', '/xl/workbook.xml']) },
    {
      name: 'xl/workbook.xml',
      content:
        '<x:workbook xmlns:x="a"><x:sheets><x:sheet name="名册" sheetId="1" r:id="r1"/></x:sheets></x:workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        ['r1', 'worksheet', 'worksheets/sheet1.xml'],
        ['r2', 'sharedStrings', 'sharedStrings.xml'],
      ),
    },
    { name: 'xl/sharedStrings.xml', content: `<sst>${texts}</sst>` },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    },
  ]
}

describe('an XLSX file', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
  })

  async function read(files: readonly ArchivedFile[]): Promise<Row[]> {
    const file = join(folder, 'a.xlsx')
    await writeFile(file, createArchive(files))
    const rows: Row[] = []
    for await (const row of (await openLicenceFile(file, teacher)).rows()) rows.push(row)
    return rows
  }
  const refusal = async (files: readonly ArchivedFile[]): Promise<IssuerError> => {
    const error: unknown = await read(files).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (error instanceof IssuerError) return error
    throw new Error(`expect a refusal: got ${error}`)
  }
  const sheetWith = (...cells: readonly string[]): ArchivedFile[] =>
    partsOf(`${HEADER_ROW}<row r="2">${cells.join('')}</row>`)

  it('is read as its sheet says, shared texts and rows without numbers too', async () => {
    const shared = FIRST.map((_, i) => `<c t="s"><v>${i}</v></c>`).join('')
    const texts = FIRST.map((text) => `<si><t>${text}</t></si>`).join('')
    const [plain] = await read(partsOf(HEADER_ROW + rowOf(2, FIRST)))
    expect(plain && 'values' in plain && plain.values['holderName']).to.equal(
      FIRST[HEADER.indexOf('holderName')],
    )
    expect((await read(partsOf(`${HEADER_ROW}<row>${shared}</row>`, texts)))[0]).to.deep.equal(plain)
  })

  const LARGE: Readonly<Record<string, () => ArchivedFile[]>> = {
    'a part that unpacks to 101 MB': () => partsOf(HEADER_ROW + ' '.repeat(101_000_000)),
    'parts that unpack to 160 MB together': () => [
      ...partsOf(HEADER_ROW),
      { name: 'a.xml', content: ' '.repeat(80_000_000) },
      { name: 'b.xml', content: ' '.repeat(80_000_000) },
    ],
    'more shared texts than are held': () => partsOf(HEADER_ROW, '<si/>'.repeat(2_500_000)),
    'a part of more tags than are held': () => [
      ...partsOf(HEADER_ROW),
      { name: 'xl/styles.xml', content: `<a>${'<b/>'.repeat(500_000)}</a>` },
    ],
    'a cell in column IW': () => sheetWith(cell('IW2', 'v')),
    'a cell of 32,768 characters': () => sheetWith(cell('A2', 'a'.repeat(32_768))),
    'a cell of many texts': () => sheetWith(`<c r="A2"><is>${'<t>aaaaaaaa</t>'.repeat(5_000)}</is></c>`),
    'four million cells and one': () => partsOf(`<row>${'<c/>'.repeat(256)}</row>`.repeat(15_626)),
  }
  for (const [what, files] of Object.entries(LARGE)) {
    it(`refuses ${what}, before it is held`, async () => {
      const error = await refusal(files())
      expect(error.code).to.equal('input-xlsx-too-much')
      expect(error.says.zh).to.match(/超过 \d+/)
    })
  }

  const DAMAGED: Readonly<Record<string, () => ArchivedFile[]>> = {
    'a part that unpacks to more than it says': () =>
      partsOf(HEADER_ROW).map((part) => ({ ...part, claimed: Math.min(part.content.length, 100) })),
    'a part that says it is larger': () =>
      partsOf(HEADER_ROW).map((part) => ({ ...part, claimed: 1_000_000 })),
    'two parts of one name': () => [...partsOf(HEADER_ROW), ...partsOf(HEADER_ROW).slice(-1)],
    'no workbook': () => partsOf(HEADER_ROW).filter(({ name }) => name !== 'xl/workbook.xml'),
    'a tag that never ends': () => partsOf(`<row a="${'x'.repeat(1_000_000)}`),
    'tags that are opened alone': () => partsOf('<row>'.repeat(100_000)),
    'brackets alone': () => partsOf('<'.repeat(1_000_000)),
    'an attribute twice': () => sheetWith('<c r="A2" r="B2"/>'),
    'a tag that another closes': () => partsOf('<row></sheetData>'),
    'bytes that are no UTF-8': () => [
      ...partsOf(HEADER_ROW),
      { name: 'a.xml', content: Uint8Array.of(0xff) },
    ],
  }
  for (const [what, files] of Object.entries(DAMAGED)) {
    it(`refuses ${what} as damage`, async () => {
      expect((await refusal(files())).code).to.equal('input-not-xlsx')
    })
  }

  for (const declaration of ['<!DOCTYPE x [<!ENTITY a "aa">]>', '<!-- a -->', '<![CDATA[a]]>', '<?a b?>']) {
    it(`refuses ${declaration}`, async () => {
      expect((await refusal(partsOf(declaration + HEADER_ROW))).code).to.equal('input-xlsx-declaration')
    })
  }

  const AMBIGUOUS: Readonly<Record<string, readonly [files: () => ArchivedFile[], says: RegExp]>> = {
    'a cell twice': [() => sheetWith(cell('A2', 'a'), cell('A2', 'b')), /第 2 行 "A2".*重复/],
    'cells out of order': [() => sheetWith(cell('B2', 'a'), cell('A2', 'b')), /第 2 行 "A2".*顺序/],
    'a cell of another row': [() => sheetWith(cell('A3', 'a')), /第 2 行 "A3".*位置/],
    'a cell of no column': [() => sheetWith(cell('ZZZZ2', 'a')), /第 2 行 "ZZZZ2".*位置/],
    'a row twice': [() => partsOf(HEADER_ROW + rowOf(1, FIRST)), /行号重复/],
    'a row beyond the last': [() => partsOf('<row r="1048577"/>'), /行号超出/],
    'no text where one is named': [() => sheetWith('<c r="C2" t="s"/>'), /第 2 行 "?C2.*文字不存在/],
    'two values in a cell': [() => sheetWith('<c r="C2"><v>1</v><v>2</v></c>'), /第 2 行 "?C2.*两个值/],
    'a text that is not there': [() => sheetWith('<c r="C2" t="s"><v>7</v></c>'), /第 2 行 "?C2.*文字不存在/],
  }
  for (const [what, [files, says]] of Object.entries(AMBIGUOUS)) {
    it(`refuses ${what}, naming sheet, row and cell`, async () => {
      const error = await refusal(files())
      expect(error.code).to.equal('input-xlsx-cell')
      expect(error.says.zh).to.match(says).and.include('工作表 "名册"')
    })
  }

  it('refuses the row of a formula without its value, by column, sheet and cell; an empty text is one', async () => {
    const at = HEADER.indexOf('subject')
    const withCell = (content: string): ArchivedFile[] => {
      const cells = FIRST.map((text, i) => cell(`${letter(i)}2`, text))
      return sheetWith(...cells.with(at, `<c r="${letter(at)}2" t="str">${content}</c>`))
    }
    const [refused] = await read(withCell('<f>A1</f>'))
    const [defect] = refused !== undefined && 'defects' in refused ? refused.defects : []
    expect(defect).to.include({ code: 'formula-without-value', field: 'subject' })
    expect(defect?.says.zh).to.include(`"名册" 单元格 ${letter(at)}2`)
    const [valued] = await read(withCell('<f>A1</f><v>物理</v>'))
    expect(valued && 'values' in valued && valued.values['subject']).to.equal('物理')
    const [empty] = await read(withCell('<f>A1</f><v></v>'))
    expect(empty && 'values' in empty && 'subject' in empty.values).to.equal(false)
  })
})
