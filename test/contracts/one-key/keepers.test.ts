/** The keys beside the council: the superior of provinces, the keepers, and the deployer after the hand-over. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { DEPLOYER } from '../one-key-world.ts'
import { CATALOGUE_KEEPER, EMERGENCY_KEEPER, SUPERIOR_OF_PROVINCES } from './keeper-deeds.ts'
import { stateOf } from './state.ts'
import { expectEveryFunction, givenWorld, heardOf, itIsUndone, outcomesOf } from './theft.ts'
import { contractOf, SUBJECTS, writesOn } from './writes.ts'

describe('The keys beside the council', () => {
  const worldOf = givenWorld()
  itIsUndone('of the superior of provinces', SUPERIOR_OF_PROVINCES, worldOf)
  itIsUndone('of the catalogue keeper', CATALOGUE_KEEPER, worldOf)
  itIsUndone('of the emergency keeper', EMERGENCY_KEEPER, worldOf)

  it('are tried at every function of every contract that changes anything', async () => {
    await expectEveryFunction(worldOf())
  })

  it('of the deployer is heard in nothing since the hand-over', async () => {
    expect(await heardOf(worldOf(), DEPLOYER)).to.deep.equal([])
  }).timeout(120_000)

  it('are not needed for what anybody may call, and that changes nothing', async () => {
    const world = worldOf()
    const before = await stateOf(world)
    let called = 0
    for (const subject of SUBJECTS) {
      const writes = await writesOn(world, subject)
      for (const { contract, name, args, outcome } of await outcomesOf(world, DEPLOYER, writes)) {
        if (outcome !== 'done') continue
        const opened = contractOf(world, contract).connect(world.holder(DEPLOYER))
        await (opened as ReturnType<typeof contractOf>).getFunction(name)(...args)
        called++
      }
    }
    expect(called).to.be.greaterThan(5)
    expect(await stateOf(world)).to.deep.equal(before)
  }).timeout(120_000)
})
