import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  AgencyStatus,
  BASIS,
  blockTime,
  chain,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
  LegalStatus,
  RegionStatus,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'

const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
const jwk = Buffer.from(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
const kid = `0x${createHash('sha256').update(jwk).digest('hex')}`

async function deployWithFacts(): Promise<EmptyLedger> {
  const fixture = await deployWithAgency()
  const { ledger, hunanAdmin, operator } = fixture
  const now = await blockTime()
  await ledger
    .connect(hunanAdmin)
    .registerKey(HUNAN_HOUSING, kid, KeyAlgorithm.EdDSA, now, KEY_TIME_NEVER, jwk)
  await ledger.connect(operator).anchor(HUNAN_HOUSING, rootOf(1), 7)
  await ledger.connect(operator).act(HUNAN_HOUSING, StatusAct.Suspend, [70], now, BASIS, '1')
  return fixture
}

describe('Lookup', () => {
  let ledger: Ledger

  beforeEach(async () => {
    ledger = (await chain.loadFixture(deployWithFacts)).ledger
  })

  it('answers what the getters answer, of one block', async () => {
    const facts = await ledger.lookup({ issuer: HUNAN_HOUSING, root: rootOf(1), kid, statusIndex: 70 })
    expect(facts.agency).to.deep.equal(await ledger.agency(HUNAN_HOUSING))
    expect(facts.region).to.deep.equal(await ledger.region(HUNAN))
    expect(facts.key).to.deep.equal(await ledger.key(kid))
    expect(facts.anchor).to.deep.equal(await ledger.anchorOf(HUNAN_HOUSING, rootOf(1)))
    expect(facts.status).to.equal(LegalStatus.Suspended)
    expect(facts.agency.status).to.equal(AgencyStatus.Active)
    expect(facts.region.status).to.equal(RegionStatus.Active)
    expect(facts.key.algorithm).to.equal(KeyAlgorithm.EdDSA)
    expect(facts.anchor.size).to.equal(7n)
  })

  it('says which block it speaks of', async () => {
    await chain.mine()
    const block = await ethers.provider.getBlock('latest')
    const facts = (await ledger
      .getFunction('lookup')
      .staticCall(
        { issuer: HUNAN_HOUSING, root: rootOf(1), kid, statusIndex: 70 },
        { blockTag: block?.number },
      )) as { blockNumber: bigint; blockTime: bigint }
    expect(facts.blockNumber).to.equal(BigInt(block?.number ?? -1))
    expect(facts.blockTime).to.equal(BigInt(block?.timestamp ?? -1))
  })

  it('answers zero for facts the ledger does not hold, each on its own', async () => {
    const facts = await ledger.lookup({
      issuer: HOUSING_MINISTRY,
      root: rootOf(1),
      kid: ethers.ZeroHash,
      statusIndex: 70,
    })
    expect(facts.agency.status).to.equal(AgencyStatus.None)
    expect(facts.region.status).to.equal(RegionStatus.None)
    expect(facts.region.admin).to.equal(ethers.ZeroAddress)
    expect(facts.key.algorithm).to.equal(KeyAlgorithm.None)
    expect(facts.anchor.anchoredAt).to.equal(0n)
    expect(facts.status).to.equal(LegalStatus.Valid)
  })

  it('answers for a key of another agency and names its owner', async () => {
    const facts = await ledger.lookup({ issuer: HOUSING_MINISTRY, root: rootOf(1), kid, statusIndex: 0 })
    expect(facts.key.agency).to.equal(HUNAN_HOUSING)
    expect(facts.agency.status).to.equal(AgencyStatus.None)
  })
})
