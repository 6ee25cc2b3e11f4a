/** Reading a table costs its length, whatever stands in it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openLicenceFile } from '@hefu/issuer'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { temporaryFolder, typeOf } from './fixtures/agency.ts'

const type = typeOf('safety-manager')
const HEADER = `${['licenceId', ...type.fields.filter(({ required }) => required).map(({ name }) => name)].join(',')}\n`

/** Of some 8,000 lines each. */
const TABLES: Readonly<Record<string, (times: number) => string>> = {
  'quotation marks alone': (times) => '"\n'.repeat(8_000 * times),
  'marks that are closed out of place after thirty lines': (times) =>
    `a"x\n${'b\n'.repeat(29)}c"\n`.repeat(264 * times),
  'marks that are never closed': (times) => `"\n${'a\n'.repeat(59)}`.repeat(132 * times),
  'cells of two lines': (times) => '"a\nb",c\n'.repeat(4_000 * times),
  nothing: (times) => '\n'.repeat(8_000 * times),
}

describe('what a table costs', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
  })

  /** Milliseconds of processor time, the least of three readings. */
  let read = 0
  async function costOf(content: string): Promise<number> {
    const file = join(folder, 'a.csv')
    await writeFile(file, `${HEADER}${content}x\n`)
    const costs: number[] = []
    for (let i = 0; i < 3; i++) {
      const before = process.cpuUsage()
      for await (const row of (await openLicenceFile(file, type)).rows()) read += row.line
      const { user, system } = process.cpuUsage(before)
      costs.push((user + system) / 1_000)
    }
    return Math.min(...costs)
  }

  it('grows with its length and no faster, and never beyond that of as many plain lines', async () => {
    await costOf('a\n'.repeat(8_000))
    const plain = await costOf('a\n'.repeat(8_000))
    for (const [what, table] of Object.entries(TABLES)) {
      const [once, twice] = [await costOf(table(1)), await costOf(table(2))]
      expect(twice, what).to.be.lessThan(3 * once + 50)
      expect(once, what).to.be.lessThan(1.6 * plain + 20)
    }
    expect(read).to.be.greaterThan(0)
  })
})
