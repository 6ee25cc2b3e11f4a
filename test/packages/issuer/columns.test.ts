/** Which column holds which field: what a type names is never passed over. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError, openLicenceFile, type Row } from '@hefu/issuer'
import { LICENCE_TYPES, type LicenceType } from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { temporaryFolder, typeOf } from './fixtures/agency.ts'

describe('the columns of a table', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
  })

  async function readOne(type: LicenceType, header: readonly string[], row: readonly string[]): Promise<Row> {
    const file = join(folder, 'a.csv')
    await writeFile(file, `${header.join(',')}\n${row.join(',')}\n`)
    for await (const read of (await openLicenceFile(file, type)).rows()) return read
    throw new Error('expect a row')
  }

  for (const type of LICENCE_TYPES) {
    it(`hold every field of ${type.slug}, by its name and by either label`, async () => {
      const fields = [
        { name: 'licenceId', label: { zh: '电子证照标识', en: 'Licence identifier' } },
        ...type.fields,
      ]
      const cells = fields.map((_, i) => `v${i}`)
      const wanted = Object.fromEntries(fields.map(({ name }, i) => [name, `v${i}`]))
      const headers = [
        fields.map(({ name }) => name),
        fields.map(({ label }) => label.zh),
        fields.map(({ label }) => label.en),
      ]
      for (const header of headers)
        expect(await readOne(type, header, cells)).to.deep.equal({ line: 2, values: wanted })
    })
  }

  it('of a type with remarks of its own are refused for other remarks, which may be the ones on its face', async () => {
    const title = typeOf('real-estate-title')
    const required = title.fields.filter(({ required }) => required).map(({ name }) => name)
    const header = ['licenceId', ...required, '备注']
    const error: unknown = await readOne(
      title,
      header,
      header.map(() => '已查封'),
    ).catch((e: unknown) => e)
    expect(error).to.be.instanceOf(IssuerError).with.property('code', 'input-header')
  })
})
