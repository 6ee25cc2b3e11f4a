import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { allotIdentifiers, IssuerError, judgeRow, openLicenceFile } from '@hefu/issuer'
import { hasRightCheck, parseLicenceId } from '@hefu/protocol'
import { expect } from 'chai'
import { writeXlsx } from 'hucre'
import { before, describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { startChild } from '../../fixtures/child.ts'
import { encodeGb18030 } from '../../fixtures/legacy-encodings.ts'
import { ISSUER, temporaryFolder, typeOf } from './fixtures/agency.ts'

const type = typeOf('teacher')
const ALLOTMENT = { type, agency: ISSUER }
const LINES = [
  ...encodeCsv('teacher', generateLicences({ type: 'teacher', issuer: ISSUER, count: 3, seed: 1 })),
]
const [HEADER = '', FIRST = '', SECOND = '', THIRD = ''] = LINES
const withoutId = (line: string): string => line.slice(line.indexOf(',') + 1)
const BLANK = ',,,,\r\n'

const GIVEN: Readonly<
  Record<string, readonly [content: () => Promise<string | Uint8Array>, allotted: number]>
> = {
  'no column of identifiers': [async () => LINES.map(withoutId).join(''), 3],
  'the same in GB 18030': [async () => encodeGb18030(LINES.map(withoutId).join('')), 3],
  'the same as XLSX': [
    async () => {
      const sheetRows = LINES.map((line) => withoutId(line).trimEnd().split(','))
      return new Uint8Array(await writeXlsx({ sheets: [{ name: 'a', rows: sheetRows }] }))
    },
    3,
  ],
  'some identifiers, under a Chinese name': [
    async () => `${HEADER.replace('licenceId', '电子证照标识')}${FIRST},${withoutId(SECOND)}${BLANK}${THIRD}`,
    1,
  ],
  'no column of identifiers, under a title': [async () => `名单\r\n${LINES.map(withoutId).join('')}`, 3],
  'every identifier': [async () => LINES.join(''), 0],
}

describe('allotIdentifiers', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
  })

  for (const [what, [content, allotted]] of Object.entries(GIVEN)) {
    it(`of ${what}: ${allotted}`, async () => {
      const [given, to] = [join(folder, 'given'), join(folder, `${what}.csv`)]
      await writeFile(given, await content())
      expect(await allotIdentifiers(given, to, ALLOTMENT)).to.equal(allotted)
      const ids: string[] = []
      for await (const row of (await openLicenceFile(to, type)).rows()) {
        if (!('values' in row)) throw new Error(`read ${JSON.stringify(row)}`)
        const { values } = row
        const { licenceId } = values
        ids.push(String(licenceId))
        expect(hasRightCheck(parseLicenceId(String(licenceId), 'id'))).to.equal(true)
        expect(judgeRow(row, type, ISSUER, '2026-01-01').draft).not.to.equal(null)
        for (const name of ['holderId', 'licenceNumber']) expect(licenceId).not.to.include(values[name])
      }
      expect(new Set(ids).size, 'no two are alike').to.equal(3)
      const before = LINES.slice(1).map((line) => line.slice(0, line.indexOf(',')))
      expect(ids.filter((id) => !before.includes(id))).to.have.length(allotted)
    })
  }

  it('draws other identifiers each time', async () => {
    const given = join(folder, 'given')
    await writeFile(given, LINES.map(withoutId).join(''))
    const copies = ['a.csv', 'b.csv'].map((name) => join(folder, name))
    for (const to of copies) await allotIdentifiers(given, to, ALLOTMENT)
    const [one, other] = await Promise.all(copies.map((to) => readFile(to, 'utf8')))
    expect(one).not.to.equal(other)
  })

  const REFUSED: Readonly<Record<string, readonly [name: string, content: string, code: string]>> = {
    'a row that cannot be read': ['a.csv', `${HEADER}${FIRST}a"b\r\n`, 'allot-unreadable-row'],
    'rows without a header': ['a.csv', FIRST, 'input-no-header'],
    objects: ['a.ndjson', '{}\n', 'allot-not-a-table'],
  }
  for (const [what, [name, content, code]] of Object.entries(REFUSED)) {
    it(`refuses ${what} and leaves nothing`, async () => {
      const empty = await temporaryFolder()
      const given = join(folder, name)
      await writeFile(given, content)
      const refused: unknown = await allotIdentifiers(given, join(empty, 'to.csv'), ALLOTMENT).catch(
        (e: unknown) => e,
      )
      expect(refused).to.be.instanceOf(IssuerError).with.property('code', code)
      expect(await readdir(empty)).to.deep.equal([])
    })
  }

  it('never writes over a file', async () => {
    const [given, to] = [join(folder, 'given.csv'), join(folder, 'there.csv')]
    await writeFile(given, LINES.join(''))
    await writeFile(to, 'mine')
    const refused: unknown = await allotIdentifiers(given, to, ALLOTMENT).catch((e: unknown) => e)
    expect(refused).to.be.instanceOf(IssuerError).with.property('code', 'allot-exists')
    expect(await readFile(to, 'utf8')).to.equal('mine')
  })

  it('never takes a name that another file got in the meantime, and leaves nothing of its own', async () => {
    const own = await temporaryFolder()
    const [given, to] = [join(folder, 'long.csv'), join(own, 'to.csv')]
    await writeFile(given, HEADER + FIRST.repeat(50_000))
    const allotting = allotIdentifiers(given, to, ALLOTMENT).catch((e: unknown) => e)
    while ((await readdir(own)).length === 0) await pause(1)
    await writeFile(to, 'mine')
    expect(await allotting)
      .to.be.instanceOf(IssuerError)
      .with.property('code', 'allot-exists')
    expect(await readFile(to, 'utf8')).to.equal('mine')
    expect(await readdir(own)).to.deep.equal(['to.csv'])
  })

  it('is for its owner only, and takes away what a killed one left', async () => {
    const own = await temporaryFolder()
    const [given, to] = [join(folder, 'given.csv'), join(own, 'to.csv')]
    await writeFile(given, LINES.join(''))
    const child = startChild(import.meta.resolve('./fixtures/grow-and-die.ts'), [to])
    await child.ended()
    expect(await readdir(own))
      .to.have.length(1)
      .and.not.include('to.csv')
    await allotIdentifiers(given, to, ALLOTMENT)
    expect(await readdir(own)).to.deep.equal(['to.csv'])
    expect((await stat(to)).mode & 0o777).to.equal(0o600)
  })
})
