/** What all vector files have in common. */
import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { isRefused, readVectors } from './vector-files.ts'

const FILES = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.json') && name !== 'domain.json')
  .map((name) => name.slice(0, -5))

/** The members of a file that are lists of vectors: objects that can be told apart as accepted or refused. */
function judgedOf(name: string): readonly object[] {
  if (name === 'merkle') {
    const { trees, refused } = readVectors<{ trees: { paths: object[] }[]; refused: object[] }>(name)
    return [...trees.slice(1), ...refused.map((proof) => ({ ...proof, refused: true }))]
  }
  return Object.entries(readVectors<Record<string, unknown>>(name))
    .filter(([list]) => list !== 'keys')
    .flatMap(([, list]) => (Array.isArray(list) ? (list as object[]) : []))
}

describe('vector files', () => {
  it('are all here', () => expect(FILES).to.have.length.at.least(7))

  for (const name of FILES) {
    it(`${name}.json refuses at least as many as it accepts`, () => {
      const judged = judgedOf(name)
      const refused = judged.filter(isRefused).length
      expect(refused).to.be.at.least(judged.length - refused)
      expect(judged.length - refused).to.be.at.least(1)
    })
  }
})
