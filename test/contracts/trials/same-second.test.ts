/** Trial: what was anchored before a superior's act of the same second is read as of before it. */
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { type Branch, deployBranch } from '../branch-fixture.ts'
import {
  chain,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  type LookupFacts,
  NOT_ASKED,
  named,
  rootOf,
} from '../ledger-fixture.ts'

describe('Trial: a licence is answered for where its agency was when it was anchored', () => {
  let branch: Branch
  let ledger: Ledger
  const root = rootOf(1)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
  })

  /** The anchor first, and the thief's call after it, in one block. */
  async function inOneBlock(thief: () => Promise<{ hash: string }>): Promise<void> {
    await ethers.provider.send('evm_setAutomine', [false])
    try {
      const anchored = await ledger.connect(branch.operator).anchor(HUNAN_HOUSING, 0, { root, size: 100 })
      const later = await thief()
      await chain.mine()
      const receipts = await Promise.all(
        [anchored.hash, later.hash].map((hash) => ethers.provider.getTransactionReceipt(hash)),
      )
      expect(receipts.map((one) => [one?.status, one?.index])).to.deep.equal([
        [1, 0],
        [1, 1],
      ])
    } finally {
      await ethers.provider.send('evm_setAutomine', [true])
    }
    await chain.time.increase(1)
  }
  const answer = async (): Promise<LookupFacts> =>
    await ledger.lookup({ ...NOT_ASKED, issuer: HUNAN_HOUSING, root, kid: ethers.ZeroHash, statusIndex: 0 })

  it('moved by the superior of provinces in the very block, and back in the next', async () => {
    await inOneBlock(() => ledger.connect(branch.superior).moveAgency(HUNAN_HOUSING, GUANGDONG))
    await ledger.connect(branch.superior).moveAgency(HUNAN_HOUSING, HUNAN)
    expect((await answer()).issuedIn).to.equal(BigInt(HUNAN))
  })

  it('renamed by its region in the very block, and back in the next', async () => {
    const own = await ledger.agencyNameAt(HUNAN_HOUSING, await chain.time.latest())
    await inOneBlock(() => ledger.connect(branch.hunanAdmin).renameAgency(HUNAN_HOUSING, named('假厅')))
    await ledger.connect(branch.hunanAdmin).renameAgency(HUNAN_HOUSING, named('湖南省住房和城乡建设厅'))
    expect((await answer()).agencyName).to.equal(own)
  })
})
