/** Every example in the docstrings of public names, executed. */
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { examplesOf, readDeclarations, readPublicNames } from '../../../../scripts/docs/exported-names.ts'
import { createExampleScope } from './example-scope.ts'
import { countPromises, runExample } from './run-example.ts'

const publicNames = new Set(readPublicNames().map(({ name }) => name))
const documented = readDeclarations().filter(
  ({ name, doc }) => publicNames.has(name) && examplesOf(doc).length > 0,
)

describe('examples in docstrings', () => {
  let scope: Readonly<Record<string, unknown>>

  before(async () => {
    scope = await createExampleScope()
  })

  it('are many', () => expect(documented).to.have.length.above(60))

  for (const { name, doc } of documented) {
    it(`${name}: every line gives what it promises`, async () => {
      for (const code of examplesOf(doc)) {
        expect(countPromises(code)).to.be.at.least(1)
        await runExample(code, scope)
      }
    })
  }

  it('are really compared: a wrong promise fails', async () => {
    for (const code of [
      "isUscc('x') // true",
      "isUscc('x') // throws RangeError",
      "startOfDay('x') // throws MalformedError",
    ]) {
      let failed = false
      await runExample(code, scope).catch(() => {
        failed = true
      })
      expect(failed, code).to.equal(true)
    }
  })
})
