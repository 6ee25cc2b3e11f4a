/** Trial: one operator's key makes every question about the past of an agency's licences unanswerable, for good. */
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { decodeWord } from '../../../packages/ledger/src/chain/legal-acts.ts'
import { isFollowed } from '../../../packages/ledger/src/chain/linked-entries.ts'
import { chain, decided, HUNAN_HOUSING, type Ledger, LegalStatus, StatusAct } from '../ledger-fixture.ts'
import { correctByTwo, deployWithLicences, type Licences } from '../licence-fixture.ts'

const NEIGHBOURS = 48

describe('Trial: the history of a licence', () => {
  let licences: Licences
  let ledger: Ledger

  beforeEach(async () => {
    licences = await chain.loadFixture(deployWithLicences)
    ledger = licences.ledger
  })

  const followed = async (index: number): Promise<boolean> =>
    isFollowed(decodeWord(await ledger.statusWordOf(HUNAN_HOUSING, index), index))

  it('is followed again once two keys have put right what one did 257 times on a neighbour', async () => {
    const thief = ledger.connect(licences.operator)
    // One index of each of twenty words: 960 licences in every call.
    const indices = Array.from({ length: 20 }, (_, word) => word * NEIGHBOURS + 47)
    const decision = await decided()
    let gas = 0n
    for (let time = 0; time < 258; time++) {
      const code = time % 2 === 0 ? StatusAct.Suspend : StatusAct.Reinstate
      const receipt = await (await thief.act(HUNAN_HOUSING, code, indices, decision)).wait()
      gas += receipt?.gasUsed ?? 0n
    }
    const each = Number(gas / 960n)
    expect(each, 'gas for each licence whose past is shut').to.be.lessThan(70_000)
    await correctByTwo(thief, ledger, HUNAN_HOUSING, indices, LegalStatus.Valid)
    // A licence that the thief never touched, and nobody ever acted on.
    expect(await followed(5), `for ${each} gas a licence`).to.equal(true)
  }).timeout(120_000)
})
