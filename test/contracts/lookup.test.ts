import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  AgencyStatus,
  BASIS,
  blockTime,
  chain,
  deployRulebook,
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
  type Rulebook,
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
  const { ledger, rulebook, hunanAdmin, operator } = fixture
  const now = await blockTime()
  await ledger
    .connect(hunanAdmin)
    .registerKey(HUNAN_HOUSING, kid, KeyAlgorithm.EdDSA, now, KEY_TIME_NEVER, jwk)
  await ledger.connect(operator).anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 })
  await ledger.connect(operator).act(HUNAN_HOUSING, StatusAct.Suspend, [70], now, BASIS, '1')
  await rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
  await rulebook.registerServiceItem(ITEM, [
    { licenceType: SAFETY_MANAGER, fields: Buffer.from('holderName') },
  ])
  await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
  await rulebook.connect(hunanAdmin).assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
  await ledger.connect(operator).anchor(HUNAN_HOUSING, { root: rootOf(2), size: 8 })
  return fixture
}

describe('Lookup', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let rulebook: Rulebook

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithFacts)
    ;({ ledger, rulebook } = fixture)
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
    expect(facts.rulebook).to.equal(await rulebook.getAddress())
    expect(facts.rules.licenceType).to.deep.equal(await rulebook.licenceType(SAFETY_MANAGER))
    expect(facts.rules.responsibility).to.deep.equal(
      await rulebook.responsibilityAt(HUNAN_HOUSING, SAFETY_MANAGER, anchoredAt),
    )
    expect(facts.rules.responsibility.until).to.equal(BigInt(TERM_OPEN))
    const { recognised, rule } = facts.rules.recognition
    expect([recognised, rule]).to.deep.equal([true, Rule.Baseline])
    expect(facts.rules.demanded).to.deep.equal(await rulebook.demandAt(ITEM, SAFETY_MANAGER, anchoredAt))
    expect(Buffer.from(facts.rules.demanded.fields.slice(2), 'hex').toString()).to.equal('holderName')
    expect(facts.rules.demanded.digest).to.equal(await rulebook.demandOf(ITEM, SAFETY_MANAGER))
    expect(facts.regionActive).to.equal(true)
    expect(facts.successor.since).to.equal(0n)

    const earlier = await ledger.lookup({ ...query, root: rootOf(1) })
    expect(earlier.rules.responsibility.until, 'anchored before the agency was responsible').to.equal(0n)
    const past = await ledger.lookup({ ...query, recognisedAt: Number(anchoredAt) - 3 })
    expect(past.rules.recognition.rule, 'before the baseline').to.equal(Rule.None)
    const unanchored = await ledger.lookup({ ...query, root: rootOf(3) })
    expect(unanchored.rules.responsibility.until).to.equal(BigInt(TERM_OPEN))
  })

  describe('of a ledger that changes its rulebook', () => {
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

    it('asks for each time the rulebook then in force, and for responsibility that of the anchor', async () => {
      const changedAt = (await blockTime()) + 1000
      const next = await deployRulebook(ledger, fixture.council)
      await next.registerLicenceType(SAFETY_MANAGER, { ...RULES, schemaDigest: ethers.id('a new schema') })
      await chain.time.setNextBlockTimestamp(changedAt)
      await ledger.changeRulebook(await next.getAddress())
      const before = await ledger.lookup({ ...query, recognisedAt: changedAt - 1 })
      expect(before.rulebook).to.equal(await rulebook.getAddress())
      expect(before.rules.recognition.rule).to.equal(Rule.Baseline)
      expect(before.rules.licenceType.rules.schemaDigest).to.equal(RULES.schemaDigest)
      expect(before.rules.demanded.fields).not.to.equal('0x')
      const after = await ledger.lookup({ ...query, recognisedAt: changedAt })
      expect(after.rulebook).to.equal(await next.getAddress())
      expect(after.rules.recognition.rule, 'the new one has no baseline').to.equal(Rule.None)
      expect(after.rules.licenceType.rules.schemaDigest).to.equal(ethers.id('a new schema'))
      expect(after.rules.demanded.fields).to.equal('0x')
      expect(after.rules.responsibility, 'anchored under the old one').to.deep.equal(
        before.rules.responsibility,
      )
      await ledger.connect(fixture.operator).anchor(HUNAN_HOUSING, { root: rootOf(3), size: 9 })
      const later = await ledger.lookup({ ...query, root: rootOf(3) })
      expect(later.rules.responsibility.until, 'anchored under the new one').to.equal(0n)
    })

    it('is answered for the past as it was, whatever is still entered in the old rulebook', async () => {
      const changedAt = (await blockTime()) + 1000
      const past = { ...query, recognisedAt: changedAt - 1 }
      await chain.time.setNextBlockTimestamp(changedAt)
      await ledger.changeRulebook(await (await deployRulebook(ledger, fixture.council)).getAddress())
      const { rules } = await ledger.lookup(past)
      await rulebook.endBaseline(SAFETY_MANAGER, changedAt + 100)
      await rulebook.retireLicenceType(SAFETY_MANAGER)
      await rulebook.retireServiceItem(ITEM)
      await rulebook
        .connect(fixture.hunanAdmin)
        .endResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, changedAt + 100)
      const again = (await ledger.lookup(past)).rules
      expect(again.recognition.rule).to.equal(rules.recognition.rule)
      expect(again.licenceType).to.deep.equal(rules.licenceType)
      expect(again.demanded).to.deep.equal(rules.demanded)
      expect(again.responsibility.from).to.equal(rules.responsibility.from)
    })

    it('answers zero before its first rulebook, and never reverts', async () => {
      const { rulebook: none, rules } = await ledger.lookup({ ...query, root: rootOf(9), recognisedAt: 1 })
      expect(none).to.equal(ethers.ZeroAddress)
      expect([rules.licenceType.version, rules.recognition.rule, rules.demanded.fields]).to.deep.equal([
        0n,
        Rule.None,
        '0x',
      ])
      expect(rules.responsibility.until).to.equal(0n)
    })
  })
})
