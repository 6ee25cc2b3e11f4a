/** A table that is given back comes in again as it was, whatever stands in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { openSheetFile } from '#internal/issuer/input/sheet-file'
import { encodeXlsx } from '#internal/issuer/input/written-table'
import { unpackXlsx } from '#internal/issuer/input/xlsx-parts'

describe('A workbook of refused rows', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-written-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('holds what looks like an escape, and what XML has no sign for, and gives it back', async () => {
    const table = [
      ['a', 'b'],
      ['_x0041_', '_x005F_x0041_'],
      ['\ufffe', 'x\uffffy'],
      ['\u0001', '<&>\u000b"'],
    ]
    const file = join(folder, 'refused.xlsx')
    writeFileSync(file, await encodeXlsx(table))
    const sheet = await openSheetFile(file)
    const rows: unknown[] = []
    for await (const row of sheet.rows()) rows.push('cells' in row && row.cells)
    expect(rows).to.deep.equal(table)
    const texts = unpackXlsx(readFileSync(file), file).get('xl/sharedStrings.xml') ?? ''
    expect(texts).to.not.match(/[^\P{Cc}\t\r\n]|[\ufffe\uffff]/u)
  })
})
