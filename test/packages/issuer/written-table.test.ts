/** A table that is given back comes in again as it was, whatever stands in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { findLost } from '#internal/issuer/input/lost-content'
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

  it('says in the place of what no cell holds that it is too long, in words that are never issued', async () => {
    const file = join(folder, 'long.xlsx')
    const whole = '&'.repeat(32_767)
    writeFileSync(
      file,
      await encodeXlsx([
        ['a', 'b'],
        [whole, `${whole}&`],
        ['_x0041_'.repeat(4_000), 'b'],
      ]),
    )
    const rows: string[][] = []
    for await (const row of (await openSheetFile(file)).rows())
      rows.push('cells' in row && row.cells !== undefined ? [...row.cells] : [])
    const [, [kept, long = ''] = [], [escaped = ''] = []] = rows
    expect(kept).to.equal(whole)
    for (const cell of [long, escaped]) {
      expect(cell).to.include('超过 32767')
      expect(findLost('remarks', undefined, cell, new Set(['characters', 'digits']))).to.include({
        code: 'character-lost',
      })
    }
  })
})
