/** The operator's key of an agency under whom the council named, and of one at the lowest level. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { decided, LegalStatus, rootOf, StatusAct } from '../ledger-fixture.ts'
import { agree, LEVELS, LICENCES, operatorKey, type World } from '../one-key-world.ts'
import { superiorKey } from './deed.ts'
import { operatorOf, oustOperator } from './operator-deeds.ts'
import { givenWorld, itIsUndone, take } from './theft.ts'

const MANY = 6400
const STATUSES_PER_WORD = 48

describe('The key of an operator', () => {
  const worldOf = givenWorld()
  itIsUndone('of an agency of a province', operatorOf(LEVELS.province, 0), worldOf)
  itIsUndone('of an agency of a street', operatorOf(LEVELS.street, 3), worldOf)

  it('annuls 6,400 licences, and two other keys give them back', async () => {
    const world = worldOf()
    const { agency } = LEVELS.county
    const [key, superior] = [operatorKey(agency), superiorKey(LEVELS.county)]
    await world.by(key).anchor(agency, LICENCES, { root: rootOf(1), size: MANY })
    const indices = Array.from({ length: MANY }, (_, place) => LICENCES + place)
    const decision = await decided('假')
    for (const part of partsOf(indices, 2)) await world.by(key).act(agency, StatusAct.Annul, part, decision)
    expect(await statusesOf(world, agency)).to.deep.equal(new Set([LegalStatus.Annulled]))

    await take(world, oustOperator(LEVELS.county))
    world.signed.clear()
    const correction = await decided('更正')
    // A correction looks at the links of each licence, and so takes fewer in a call.
    for (const part of partsOf(indices, 4)) {
      await agree(world, [key, superior], (ledger) =>
        ledger.correct(agency, part, LegalStatus.Valid, correction),
      )
    }
    expect(await statusesOf(world, agency)).to.deep.equal(new Set([LegalStatus.Valid]))
    expect([...world.signed].toSorted()).to.deep.equal([superior, key].toSorted())
  }).timeout(60_000)
})

function partsOf(indices: readonly number[], count: number): number[][] {
  const size = indices.length / count
  return Array.from({ length: count }, (_, part) => indices.slice(part * size, (part + 1) * size))
}

/** Of one licence of each word. */
async function statusesOf({ ledger }: World, agency: string): Promise<ReadonlySet<bigint>> {
  const words = Math.floor(MANY / STATUSES_PER_WORD)
  const places = Array.from({ length: words }, (_, word) => LICENCES + STATUSES_PER_WORD * word)
  return new Set(await Promise.all(places.map((index) => ledger.statusOf(agency, index))))
}
