import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { judgeRow, openLicenceFile, type ReadRow } from '@hefu/issuer'
import { LICENCE_TYPES, type LicenceField, type LicenceType } from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { generateLicences, type LicenceRow } from '../../../scripts/sample/licence-rows.ts'
import { encodeCell, encodeCsv, encodeNdjson } from '../../../scripts/sample/licence-text.ts'
import { ISSUER, temporaryFolder } from './fixtures/agency.ts'

const generate = (type: string, count: number, seed = 1): LicenceRow[] => [
  ...generateLicences({ type, issuer: ISSUER, count, seed }),
]
const judge = (type: LicenceType, values: Readonly<Record<string, unknown>>) =>
  judgeRow({ line: 2, values }, type, ISSUER, '2026-03-01')

describe('sample licences', () => {
  for (const type of LICENCE_TYPES) {
    describe(type.slug, () => {
      it('are all accepted without a warning, each under its own identifier and number', () => {
        const rows = generate(type.slug, 2000)
        expect(rows.flatMap((row) => judge(type, row).defects)).to.deep.equal([])
        expect(new Set(rows.map(({ licenceId }) => licenceId)).size).to.equal(2000)
        const people = new Set(rows.map(({ holderId }) => holderId)).size
        const isByHolder = type.slug === 'special-operation'
        expect(new Set(rows.map(({ licenceNumber }) => licenceNumber)).size).to.equal(
          isByHolder ? people : 2000,
        )
      })

      it('are refused with any one field corrupted', () => {
        for (const row of generate(type.slug, 50)) {
          for (const field of type.fields) {
            for (const wrong of corruptions(field, row[field.name])) {
              const { draft, defects } = judge(type, { ...row, [field.name]: wrong })
              expect(draft, `${field.name} as ${wrong}`).to.equal(null)
              expect(defects.map((defect) => defect.field)).to.include(field.name)
            }
          }
        }
      })

      it('are refused with any character of the identifier changed', () => {
        const [row] = generate(type.slug, 1)
        if (row === undefined) throw new Error('generate a row')
        for (let at = 0; at < row.licenceId.length; at++) {
          const other = row.licenceId.charAt(at) === '7' ? '8' : '7'
          const licenceId = row.licenceId.slice(0, at) + other + row.licenceId.slice(at + 1)
          expect(judge(type, { ...row, licenceId }).draft, licenceId).to.equal(null)
        }
      })

      it('name holders whose identity numbers no one has', () => {
        for (const row of generate(type.slug, 200)) {
          expect(row['holderId']).to.match(/^(?:430000|91430000YL)/)
          expect(row['holderName']).to.match(/样例|测试|示范/)
        }
      })
    })
  }

  it('are the same for the same seed, and others for another', () => {
    expect(generate('teacher', 50)).to.deep.equal(generate('teacher', 50))
    const faces = (seed: number) => generate('teacher', 50, seed).map(({ licenceId: _, ...face }) => face)
    expect(faces(1)).not.to.deep.equal(faces(2))
  })

  it('are not made for an unknown type, an issuer with a wrong check character, or a negative count', () => {
    expect(() => generate('passport', 1)).to.throw(RangeError, 'passport')
    expect(() =>
      generateLicences({ type: 'teacher', issuer: '11430000006122244M', count: 1, seed: 1 }),
    ).to.throw(RangeError)
    expect(() => generate('teacher', -1)).to.throw(RangeError, '-1')
  })

  it('come back from CSV and NDJSON as they were written', async () => {
    const folder = await temporaryFolder()
    for (const type of LICENCE_TYPES) {
      const rows = generate(type.slug, 300)
      const texts = { csv: encodeCsv(type.slug, rows), ndjson: encodeNdjson(rows) }
      for (const [format, lines] of Object.entries(texts)) {
        const file = join(folder, `${type.slug}.${format}`)
        await writeFile(file, [...lines].join(''))
        const read: ReadRow[] = []
        for await (const row of (await openLicenceFile(file, type)).rows()) read.push(row as ReadRow)
        expect(read.map(({ values }) => values)).to.deep.equal(rows)
        expect(read.map(({ line }) => line)).to.deep.equal(rows.map((_, i) => i + (format === 'csv' ? 2 : 1)))
        expect((await readFile(file)).length).to.be.greaterThan(1000)
      }
    }
  })

  it('quote cells by RFC 4180, and a reader finds them as they were, but for white space around', async () => {
    const file = join(await temporaryFolder(), 'cells.csv')
    const teacher = LICENCE_TYPES.filter(({ slug }) => slug === 'teacher')[0]
    if (teacher === undefined) throw new Error('find the type')
    const rows = generate('teacher', 300)
    const subjects = fc.sample(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '例', ' ', ';', "'"), minLength: 1 }),
      300,
    )
    const written = rows.map((row, i) => ({ ...row, subject: subjects[i] ?? '' }))
    await writeFile(file, [...encodeCsv('teacher', written)].join(''))
    const read: unknown[] = []
    for await (const row of (await openLicenceFile(file, teacher)).rows()) read.push((row as ReadRow).values)
    const trimmed = written.map(({ subject, ...row }) => ({
      ...row,
      ...(subject.trim() && { subject: subject.trim() }),
    }))
    expect(read).to.deep.equal(trimmed)
    expect(encodeCell('a"b,c')).to.equal('"a""b,c"')
    expect(encodeCell('two\r\nlines')).to.equal('"two\r\nlines"')
    expect(encodeCell('plain 例')).to.equal('plain 例')
  })
})

/** Any text has these forms. */
const TEXTS = ['text', 'person-name', 'quantity']

/** Values that a field must never take, its own value changed in one place where that shows. */
function corruptions({ format, required, maxLength }: LicenceField, value: string | undefined): unknown[] {
  const every = ['', 7, null, `${value ?? 'x'}\u0000`, '例'.repeat(maxLength + 1)]
  const missing = required ? [undefined] : []
  if (value === undefined || TEXTS.includes(format)) return [...every, ...missing]
  return [...every, ...missing, `${value}x`, value.slice(1), `?${value.slice(1)}`]
}
