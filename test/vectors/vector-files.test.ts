/** What all vector files have in common. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { IMPLEMENTATIONS } from './implementations.ts'
import { listVectors, RUNNERS } from './runners.ts'
import { isRefused, readAllVectors, readVectors, VECTOR_FILES } from './vector-files.ts'

/** Lists of what is so, with nothing to refuse. */
const FACTS = ['keys', 'types', 'normal', 'masked']

/** The members of a file that are lists of vectors: objects that can be told apart as accepted or refused. */
function judgedOf(name: string): readonly object[] {
  if (name === 'merkle') {
    const { trees, refused } = readVectors<{ trees: { paths: object[] }[]; refused: object[] }>(name)
    return [...trees.slice(1), ...refused.map((proof) => ({ ...proof, refused: true }))]
  }
  return Object.entries(readVectors<Record<string, unknown>>(name))
    .filter(([list]) => !FACTS.includes(list))
    .flatMap(([, list]) => (Array.isArray(list) ? (list as object[]) : []))
}

describe('vector files', () => {
  it('are all here', () => expect(VECTOR_FILES).to.have.length.at.least(10))

  it('have a runner for each of their lists, and no runner lacks its list', () => {
    const standing = listVectors(readAllVectors()).map(({ file, list }) => `${file}.${list}`)
    const runnable = Object.entries(RUNNERS).flatMap(([file, lists]) =>
      Object.keys(lists).map((list) => `${file}.${list}`),
    )
    expect(runnable).to.have.members(standing)
  })

  it('cannot grow a list that nothing runs', () => {
    for (const files of [{ novel: { list: [1] } }, { bundle: { novel: [1] } }]) {
      const [novel] = listVectors(files)
      expect(() => novel?.judge(1, IMPLEMENTATIONS.node)).to.throw('there is no runner for it')
    }
  })

  for (const name of VECTOR_FILES.filter((file) => file !== 'domain')) {
    it(`${name}.json refuses at least as many as it accepts`, () => {
      const judged = judgedOf(name)
      const refused = judged.filter(isRefused).length
      expect(refused).to.be.at.least(judged.length - refused)
      expect(judged.length - refused).to.be.at.least(1)
    })
  }
})
