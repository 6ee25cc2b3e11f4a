/** Every example in the docstrings, executed: those of public names with public names alone. */
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  type Declaration,
  examplesOf,
  readDeclarations,
  readPublicNames,
} from '../../../../scripts/docs/exported-names.ts'
import { createExampleScope } from './example-scope.ts'
import { countPromises, runExample } from './run-example.ts'

const publicNames = new Set(readPublicNames().map(({ name }) => name))
const documented = readDeclarations().filter(({ doc }) => examplesOf(doc).length > 0)

/** What an example may use beside the public names: the file that it stands in, if it is of no public name itself. */
async function ownNames({ name, file }: Declaration): Promise<Readonly<Record<string, unknown>>> {
  return publicNames.has(name) ? {} : import(`#internal/protocol/${file.replace(/\.ts$/, '')}`)
}

describe('examples in docstrings', () => {
  let scope: Readonly<Record<string, unknown>>

  before(async () => {
    scope = await createExampleScope()
  })

  it('are many', () => expect(documented).to.have.length.above(60))

  for (const declaration of documented) {
    it(`${declaration.name}: every line gives what it promises`, async () => {
      const names = { ...scope, ...(await ownNames(declaration)) }
      for (const code of examplesOf(declaration.doc)) {
        expect(countPromises(code)).to.be.at.least(1)
        await runExample(code, names)
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
