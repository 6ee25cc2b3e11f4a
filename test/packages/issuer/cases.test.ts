/** Files as agencies have them go in, or are refused in the words for what they are: as UTF-8, as GB 18030 and as XLSX. */
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError, judgeRow, openLicenceFile } from '@hefu/issuer'
import { findLicenceType, type LicenceType, parseLicenceId } from '@hefu/protocol'
import { expect } from 'chai'
import { writeXlsx } from 'hucre'
import { before, describe, it } from 'mocha'
import { encodeGb18030 } from '../../fixtures/legacy-encodings.ts'
import { temporaryFolder } from './fixtures/agency.ts'

const CASES = join(import.meta.dirname, 'cases')
const TODAY = '2026-06-01'

type Confirmed = NonNullable<Parameters<typeof openLicenceFile>[2]>

/** What is said of each row: `line severity field code`, or `line good`; of the whole file: its code. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  '05-excel-teacher-numbers.csv': [
    '2 refusal licenceNumber digits-may-be-cut',
    '3 refusal licenceNumber digits-may-be-cut',
  ],
  '06-lost-characters.csv': [
    '2 refusal holderName character-lost',
    '3 refusal holderName lost-character',
    '4 refusal holderName lost-character',
  ],
  '09-no-header.csv': ['input-no-header'],
  '10-version-001.csv': ['2 good'],
  '10-version-002.csv': ['2 good'],
  '12-issued-in-2062.csv': ['2 refusal issuedOn dated-ahead', '2 refusal issuedOn issued-after-end'],
  '21-blank-rows.csv': ['2 good', '3 good', '3 blank rows'],
  '25-long-term-words.csv': [
    '2 warning validUntil read-in-its-spelling',
    '3 warning validUntil read-in-its-spelling',
  ],
  '25-lower-case-x-and-full-width.csv': [
    '2 warning holderId read-in-its-spelling',
    '3 warning holderId read-in-its-spelling',
  ],
  '26-mongolian.csv': ['2 good'],
}

const cellsOf = (text: string): string[][] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split(','))

const FORMS: Readonly<Record<string, (text: string) => Promise<string | Uint8Array>>> = {
  'UTF-8': async (text) => text,
  'GB 18030': async (text) => encodeGb18030(text),
  XLSX: async (text) => new Uint8Array(await writeXlsx({ sheets: [{ name: '名册', rows: cellsOf(text) }] })),
}

/** Type and agency stand in the identifiers of the file. */
function assignmentOf(text: string): { type: LicenceType; agency: string } {
  const id = parseLicenceId(text.split(/[,\s]/).find((cell) => cell.startsWith('1.2.156')) ?? '', 'case')
  const type = findLicenceType(id.licenceType)
  if (type === undefined) throw new Error('find the type of a case')
  return { type, agency: id.issuer }
}

describe('files as agencies have them', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
  })

  it('are all expected', () => {
    expect(readdirSync(CASES).toSorted()).to.deep.equal(Object.keys(EXPECTED).toSorted())
  })

  /** What is said, and the sentences that say it. */
  async function told(
    text: string,
    form: string,
    confirmed?: Confirmed,
  ): Promise<{ said: string[]; sentences: string }> {
    const { type, agency } = assignmentOf(text)
    const path = join(folder, 'case')
    await writeFile(path, (await FORMS[form]?.(text)) ?? '')
    const said: string[] = []
    let sentences = ''
    try {
      const file = await openLicenceFile(path, type, confirmed)
      for await (const row of file.rows()) {
        const { defects } = 'values' in row ? judgeRow(row, type, agency, TODAY) : row
        if (defects.length === 0) said.push(`${row.line} good`)
        for (const { severity, field, code, says } of defects) {
          said.push(`${row.line} ${severity} ${field} ${code}`)
          sentences += says.zh + says.en
        }
      }
      if (file.read.blankRows() > 0) said.push(`${file.read.blankRows()} blank rows`)
    } catch (error) {
      if (!(error instanceof IssuerError)) throw error
      said.push(error.code)
      sentences += error.says.zh + error.says.en
    }
    return { said, sentences }
  }

  for (const [name, expected] of Object.entries(EXPECTED)) {
    const text = readFileSync(join(CASES, name), 'utf8')
    for (const form of Object.keys(FORMS)) {
      it(`${name}, as ${form}`, async () => {
        const { said, sentences } = await told(text, form)
        expect(said).to.deep.equal(expected)
        const [header = [], ...rows] = cellsOf(text)
        const values = (name.includes('no-header') ? [header] : rows).flat().filter((cell) => cell.length > 1)
        for (const value of values) expect(sentences, 'no value is quoted').not.to.include(value)
      })
    }
  }

  it('go in where a person says that it is so, but for what is never so', async () => {
    const digits = readFileSync(join(CASES, '05-excel-teacher-numbers.csv'), 'utf8')
    const characters = readFileSync(join(CASES, '06-lost-characters.csv'), 'utf8')
    const confirmed: Confirmed = new Set(['digits', 'characters'] as const)
    for (const form of Object.keys(FORMS)) {
      expect((await told(digits, form, confirmed)).said).to.deep.equal(['2 good', '3 good'])
      expect((await told(characters, form, confirmed)).said).to.deep.equal(EXPECTED['06-lost-characters.csv'])
    }
  })
})
