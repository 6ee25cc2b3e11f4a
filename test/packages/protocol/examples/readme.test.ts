/** The code in the package's README, executed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createExampleScope } from './example-scope.ts'
import { countPromises, runExample } from './run-example.ts'

const README = readFileSync(join(import.meta.dirname, '../../../../packages/protocol/README.md'), 'utf8')
const blocks = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code.trim())

describe('the README of the protocol', () => {
  it('gives what its code promises, line by line', async () => {
    expect(blocks).not.to.have.length(0)
    for (const code of blocks) {
      expect(countPromises(code)).to.be.at.least(1)
      await runExample(code, await createExampleScope())
    }
  })
})
