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
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  itemCode,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
  LegalStatus,
  NOT_ASKED,
  RegionStatus,
  RULES,
  Rule,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from './ledger-fixture.ts'

const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
const jwk = Buffer.from(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
const kid = `0x${createHash('sha256').update(jwk).digest('hex')}`

const ITEM = itemCode('000117001000')

async function deployWithFacts(): Promise<EmptyLedger> {
  const fixture = await deployWithAgency()
  const { ledger, hunanAdmin, operator } = fixture
  const now = await blockTime()
  await ledger
    .connect(hunanAdmin)
    .registerKey(HUNAN_HOUSING, kid, KeyAlgorithm.EdDSA, now, KEY_TIME_NEVER, jwk)
  await ledger.connect(operator).anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 })
  await ledger.connect(operator).act(HUNAN_HOUSING, StatusAct.Suspend, [70], now, BASIS, '1')
  await ledger.registerLicenceType(SAFETY_MANAGER, RULES)
  await ledger.registerServiceItem(ITEM, [{ licenceType: SAFETY_MANAGER, fields: Buffer.from('holderName') }])
  await ledger.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
  await ledger.connect(hunanAdmin).assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
  await ledger.connect(operator).anchor(HUNAN_HOUSING, { root: rootOf(2), size: 8 })
  return fixture
}

describe('Lookup', () => {
  let ledger: Ledger

  beforeEach(async () => {
    ledger = (await chain.loadFixture(deployWithFacts)).ledger
  })

  it('answers what the getters answer, of one block', async () => {
    const facts = await ledger.lookup({
      issuer: HUNAN_HOUSING,
      root: rootOf(1),
      kid,
      statusIndex: 70,
      ...NOT_ASKED,
    })
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
        { issuer: HUNAN_HOUSING, root: rootOf(1), kid, statusIndex: 70, ...NOT_ASKED },
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
      ...NOT_ASKED,
    })
    expect(facts.agency.status).to.equal(AgencyStatus.None)
    expect(facts.region.status).to.equal(RegionStatus.None)
    expect(facts.region.admin).to.equal(ethers.ZeroAddress)
    expect(facts.key.algorithm).to.equal(KeyAlgorithm.None)
    expect(facts.anchor.anchoredAt).to.equal(0n)
    expect(facts.status).to.equal(LegalStatus.Valid)
  })

  it('answers for a key of another agency and names its owner', async () => {
    const facts = await ledger.lookup({
      issuer: HOUSING_MINISTRY,
      root: rootOf(1),
      kid,
      statusIndex: 0,
      ...NOT_ASKED,
    })
    expect(facts.key.agency).to.equal(HUNAN_HOUSING)
    expect(facts.agency.status).to.equal(AgencyStatus.None)
  })

  it('answers who may issue the type, what is recognised, and what the item demands', async () => {
    const query = {
      issuer: HUNAN_HOUSING,
      root: rootOf(2),
      kid,
      statusIndex: 0,
      licenceType: SAFETY_MANAGER,
      receiving: GUANGDONG,
      item: ITEM,
      recognisedAt: 0,
    }
    const facts = await ledger.lookup(query)
    const anchoredAt = (await ledger.anchorOf(HUNAN_HOUSING, rootOf(2))).anchoredAt
    expect(facts.licenceType).to.deep.equal(await ledger.licenceType(SAFETY_MANAGER))
    expect(facts.responsibility).to.deep.equal(
      await ledger.responsibilityAt(HUNAN_HOUSING, SAFETY_MANAGER, anchoredAt),
    )
    expect(facts.responsibility.until).to.equal(BigInt(TERM_OPEN))
    expect([facts.recognition.recognised, facts.recognition.rule]).to.deep.equal([true, Rule.Baseline])
    expect(facts.demandedFields).to.equal(await ledger.demandOf(ITEM, SAFETY_MANAGER))
    expect(facts.regionActive).to.equal(true)
    expect(facts.successor.since).to.equal(0n)

    const earlier = await ledger.lookup({ ...query, root: rootOf(1) })
    expect(earlier.responsibility.until, 'anchored before the agency was responsible').to.equal(0n)
    const past = await ledger.lookup({ ...query, recognisedAt: 1 })
    expect(past.recognition.rule, 'before the baseline').to.equal(Rule.None)
    const unanchored = await ledger.lookup({ ...query, root: rootOf(3) })
    expect(unanchored.responsibility.until).to.equal(BigInt(TERM_OPEN))
  })
})
