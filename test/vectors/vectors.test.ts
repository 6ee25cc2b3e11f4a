/** Every vector of every file, with the suites of Node and of browsers; test/browser runs them in a browser. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { IMPLEMENTATIONS } from './implementations.ts'
import { listVectors } from './runners.ts'
import { isRefused, readAllVectors } from './vector-files.ts'

/** What a vector is about, and whether it is to be accepted. */
function titleOf(vector: unknown, index: number): string {
  const { is, text } = Object(vector) as { is?: string; text?: string }
  const about = is ?? (text === undefined ? '' : JSON.stringify(text).slice(0, 60))
  return `${index} ${about}: ${isRefused(Object(vector)) ? 'refused' : 'as it stands'}`
}

for (const [name, implementation] of Object.entries(IMPLEMENTATIONS)) {
  for (const { file, list, vectors, judge } of listVectors(readAllVectors())) {
    describe(`vectors of ${file}.json, ${list}, with the ${name} suite`, () => {
      vectors.forEach((vector, index) => {
        it(titleOf(vector, index), async () => {
          const { found, expected } = await judge(vector, implementation)
          expect(found).to.deep.equal(expected)
        })
      })
    })
  }
}
