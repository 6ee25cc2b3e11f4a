/** Trial: whatever a thief uses up of an agency's indices, the agency goes on issuing, in protocol and journal too. */
import { openJournal, readAgency } from '@hefu/issuer'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { parseClaims } from '../../../packages/protocol/src/credential/claims.ts'
import { sampleClaims } from '../../fixtures/sample-credential.ts'
import { createSampleHome } from '../../packages/issuer/fixtures/agency.ts'
import { type Branch, deployBranch } from '../branch-fixture.ts'
import { chain, ethers, HUNAN_HOUSING, type Ledger, rootOf } from '../ledger-fixture.ts'

const LARGEST_BATCH = 2 ** 24
/** Bits of an agency's slot: after its operator, region and status. */
const COUNT_SHIFT = 200n

describe('Trial: indices used up by a thief', () => {
  let branch: Branch
  let thief: Ledger

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    thief = branch.ledger.connect(branch.operator)
  })

  const countOf = async (): Promise<number> => Number((await branch.ledger.agency(HUNAN_HOUSING)).indexCount)

  it('leave the next one a journal that can note them: 128 calls', async () => {
    let gas = 0n
    for (let call = 0; call < 128; call++) {
      const receipt = await (await thief.passOver(HUNAN_HOUSING, call * LARGEST_BATCH, LARGEST_BATCH)).wait()
      gas += receipt?.gasUsed ?? 0n
    }
    const used = await countOf()
    expect(used).to.equal(2 ** 31)
    const { home } = await createSampleHome()
    const journal = await openJournal(home, await readAgency(home), undefined)
    try {
      const error = await journal.closeGaps(used).then(
        () => null,
        (refusal: unknown) => refusal,
      )
      expect(error, `for ${gas} gas in all`).to.equal(null)
    } finally {
      await journal.close()
    }
  }).timeout(120_000)

  it('leave the next one indices that a credential can name: 65,536 calls', async () => {
    // As 65,535 calls leave it; the ledger's bound of a second lets them all through.
    const at = await branch.ledger.getAddress()
    let slot = ''
    for (let base = 0; base < 24 && slot === ''; base++) {
      const key = ethers.zeroPadBytes(HUNAN_HOUSING, 32)
      const tried = ethers.keccak256(ethers.concat([key, ethers.toBeHex(base, 32)]))
      const word = await ethers.provider.getStorage(at, tried)
      if (word.includes(branch.operator.address.slice(2).toLowerCase())) slot = tried
    }
    const word = BigInt(await ethers.provider.getStorage(at, slot))
    await chain.setStorageAt(at, slot, word | (BigInt(2 ** 40 - LARGEST_BATCH) << COUNT_SHIFT))
    expect(await countOf()).to.equal(2 ** 40 - LARGEST_BATCH)
    await thief.passOver(HUNAN_HOUSING, 2 ** 40 - LARGEST_BATCH, LARGEST_BATCH)
    await thief.anchor(HUNAN_HOUSING, 2 ** 40, { root: rootOf(1), size: 1 })
    const claims = sampleClaims()
    const next = { ...claims, status: { status_list: { ...claims.status.status_list, idx: 2 ** 40 } } }
    expect(() =>
      parseClaims(JSON.parse(JSON.stringify({ ...next, _sd: [], _sd_alg: 'sha-256' })), 'claims'),
    ).to.not.throw(/idx/)
  })
})
