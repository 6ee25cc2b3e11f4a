import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  AgencyStatus,
  blockTime,
  Capacity,
  chain,
  decided,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
  LegalStatus,
  type LookupFacts,
  type LookupQuery,
  NOT_ASKED,
  named,
  RegionStatus,
  rootOf,
} from './ledger-fixture.ts'
import {
  CHANGSHA,
  CHANGSHA_HOUSING,
  DAY,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  GUANGDONG_RESOURCES,
  invented,
  LICENCES,
  type Licences,
  MOST_ORIGINS,
  retireByTwo,
} from './licence-fixture.ts'

const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
const point = `0x${Buffer.from(x, 'base64url').toString('hex')}`
const kid = `0x${createHash('sha256')
  .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
  .digest('hex')}`

const UNKNOWN = invented('440000', 99)
const NOBODY = `0x${'00'.repeat(18)}`

async function deployWithFacts(): Promise<Licences> {
  const fixture = await deployWithLicences()
  await fixture.ledger
    .connect(fixture.hunanAdmin)
    .registerKey(HUNAN_HOUSING, KeyAlgorithm.EdDSA, point, ethers.ZeroHash, await blockTime(), KEY_TIME_NEVER)
  return fixture
}

describe('Lookup', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger
  let asHunan: Ledger
  let asReceiver: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithFacts)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
    asHunan = ledger.connect(fixture.hunanAdmin)
    asReceiver = ledger.connect(fixture.receiver)
  })

  const queryOf = (more: Partial<LookupQuery> = {}): LookupQuery => ({
    issuer: HUNAN_HOUSING,
    root: rootOf(1),
    kid,
    statusIndex: 70,
    ...NOT_ASKED,
    ...more,
  })
  const lookUp = (more: Partial<LookupQuery> = {}): Promise<LookupFacts> => ledger.lookup(queryOf(more))

  describe('answers in one call', () => {
    it('every fact as the ledger answers it one by one', async () => {
      await enter(asOperator, HUNAN_HOUSING, 'Suspend', [70], { endsAt: (await blockTime()) + DAY })
      await asOperator.note(HUNAN_HOUSING, 3, [70], await decided())
      const facts = await lookUp()
      expect(facts.agency).to.deep.equal(await ledger.agency(HUNAN_HOUSING))
      expect(facts.agencyTenure).to.deep.equal(await ledger.tenureOfAgency(HUNAN_HOUSING))
      expect(facts.region).to.deep.equal(await ledger.region(HUNAN))
      expect(facts.key).to.deep.equal(await ledger.key(HUNAN_HOUSING, kid))
      expect(facts.anchor).to.deep.equal(await ledger.anchorOf(HUNAN_HOUSING, rootOf(1)))
      expect(facts.statusWord).to.equal(await ledger.statusWordOf(HUNAN_HOUSING, 70))
      expect(facts.notes).to.deep.equal(await ledger.notesOf(HUNAN_HOUSING, 70))
      expect(facts.responsible).to.deep.equal(await ledger.responsibleFor(HUNAN_HOUSING))
      expect([facts.regionActive, facts.isAnchoredIndex]).to.deep.equal([true, true])
      expect([facts.agencyName, facts.regionName]).to.deep.equal(['湖南省住房和城乡建设厅\n\n', '湖南省\n\n'])
      expect([facts.key.algorithm, facts.key.x]).to.deep.equal([KeyAlgorithm.EdDSA, point])
      expect([facts.notes.standing, facts.anchor.size]).to.deep.equal([8n, BigInt(LICENCES)])
      expect((facts.statusWord >> (4n * 22n)) & 15n).to.equal(LegalStatus.Suspended)
    })

    it('of which block it speaks', async () => {
      await chain.mine()
      const block = await ethers.provider.getBlock('latest')
      const facts = (await ledger
        .getFunction('lookup')
        .staticCall(queryOf(), { blockTag: block?.number })) as LookupFacts
      expect(facts.blockNumber).to.equal(BigInt(block?.number ?? -1))
      expect(facts.blockTime).to.equal(BigInt(block?.timestamp ?? -1))
    })

    it('what took the place of a licence, before that where it is out to', async () => {
      expect((await lookUp()).successor).to.deep.equal([NOBODY, 0n, 0n])
      await asOperator.transferOut(HUNAN_HOUSING, [70], GUANGDONG_HOUSING, await decided())
      expect((await lookUp()).successor).to.deep.equal([GUANGDONG_HOUSING, 0n, 0n])
      const successor = { issuer: GUANGDONG_HOUSING, index: 3 }
      await asReceiver.transferIn(successor, { issuer: HUNAN_HOUSING, index: 70 }, await decided())
      expect((await lookUp()).successor).to.deep.equal([GUANGDONG_HOUSING, 3n, BigInt(await blockTime())])
    })
  })

  describe('answers zero', () => {
    it('for an agency never accredited, and for everything that hangs on it', async () => {
      const facts = await lookUp({ issuer: UNKNOWN })
      expect([facts.agency.status, facts.agency.operator]).to.deep.equal([
        AgencyStatus.None,
        ethers.ZeroAddress,
      ])
      expect([facts.region.status, facts.region.admin]).to.deep.equal([RegionStatus.None, ethers.ZeroAddress])
      expect([facts.agencyName, facts.regionName]).to.deep.equal(['', ''])
      expect(facts.responsible).to.deep.equal([Capacity.None, NOBODY, 0n, ''])
      expect([facts.regionActive, facts.isAnchoredIndex]).to.deep.equal([false, false])
      expect([facts.key.algorithm, facts.anchor.anchoredAt, facts.statusWord]).to.deep.equal([
        KeyAlgorithm.None,
        0n,
        0n,
      ])
      expect(facts.origins).to.have.length(0)
    })

    it('for each fact on its own', async () => {
      const noKey = await lookUp({ kid: ethers.ZeroHash })
      expect([noKey.key.algorithm, noKey.key.x]).to.deep.equal([KeyAlgorithm.None, ethers.ZeroHash])
      expect(noKey.anchor.size).to.equal(BigInt(LICENCES))
      const noAnchor = await lookUp({ root: rootOf(2) })
      expect([noAnchor.anchor.anchoredAt, noAnchor.anchor.size]).to.deep.equal([0n, 0n])
      expect(noAnchor.key.algorithm).to.equal(KeyAlgorithm.EdDSA)
      const noIndex = await lookUp({ statusIndex: LICENCES })
      expect([noIndex.isAnchoredIndex, noIndex.statusWord, noIndex.notes.count]).to.deep.equal([
        false,
        0n,
        0n,
      ])
      expect((await lookUp({ statusIndex: 2 ** 48 - 1 })).isAnchoredIndex).to.equal(false)
    })

    it('for the key of another agency: a kid is no one’s to squat', async () => {
      expect((await lookUp({ issuer: GUANGDONG_HOUSING })).key.algorithm).to.equal(KeyAlgorithm.None)
      const registering = ledger
        .connect(fixture.guangdongAdmin)
        .registerKey(
          GUANGDONG_HOUSING,
          KeyAlgorithm.EdDSA,
          point,
          ethers.ZeroHash,
          await blockTime(),
          KEY_TIME_NEVER,
        )
      await registering
      expect((await lookUp({ issuer: GUANGDONG_HOUSING })).key.algorithm).to.equal(KeyAlgorithm.EdDSA)
      expect((await lookUp()).key.algorithm).to.equal(KeyAlgorithm.EdDSA)
    })

    it('for an index that was passed over', async () => {
      await asOperator.passOver(HUNAN_HOUSING, LICENCES, 2)
      expect((await lookUp({ statusIndex: LICENCES })).isAnchoredIndex).to.equal(false)
      expect((await lookUp({ statusIndex: LICENCES - 1 })).isAnchoredIndex).to.equal(true)
    })
  })

  // Finding 14: a face is compared with the name in force when it was anchored.
  describe('names', () => {
    it('are those of the time of the anchor, whatever came after', async () => {
      await asHunan.renameAgency(HUNAN_HOUSING, { zh: '湖南省建设厅', en: 'Hunan', contact: '0731-12345' })
      await ledger.renameRegion(HUNAN, named('湖南'))
      await asOperator.anchor(HUNAN_HOUSING, LICENCES, { root: rootOf(2), size: 1 })
      const [earlier, later] = [await lookUp(), await lookUp({ root: rootOf(2) })]
      expect([earlier.agencyName, earlier.regionName]).to.deep.equal([
        '湖南省住房和城乡建设厅\n\n',
        '湖南省\n\n',
      ])
      expect([later.agencyName, later.regionName]).to.deep.equal([
        '湖南省建设厅\nHunan\n0731-12345',
        '湖南\n\n',
      ])
      // Whom to ask today is called what it is called today.
      expect(earlier.responsible.name).to.equal('湖南省建设厅\nHunan\n0731-12345')
    })

    it('are, without an anchor, those of the time asked about, and none before the first', async () => {
      const before = await blockTime()
      await chain.time.increase(100)
      await asHunan.renameAgency(HUNAN_HOUSING, named('湖南省建设厅'))
      const root = rootOf(9)
      expect((await lookUp({ root })).agencyName).to.equal('湖南省建设厅\n\n')
      expect((await lookUp({ root, recognisedAt: before })).agencyName).to.equal('湖南省住房和城乡建设厅\n\n')
      expect((await lookUp({ root, recognisedAt: 1 })).agencyName).to.equal('')
    })
  })

  describe('whom to ask', () => {
    it('is the agency, also while it or its region rests', async () => {
      await asHunan.suspendAgency(HUNAN_HOUSING)
      await ledger.suspendRegion(HUNAN)
      const { responsible, regionActive } = await lookUp()
      expect(responsible).to.deep.equal([
        Capacity.Operator,
        HUNAN_HOUSING,
        BigInt(HUNAN),
        '湖南省住房和城乡建设厅\n\n',
      ])
      expect(regionActive).to.equal(false)
    })

    it('is after its retirement the successor, and the facts of the issuer stay its own', async () => {
      await asReceiver.acceptAgencySuccession(HUNAN_HOUSING, GUANGDONG_HOUSING)
      await retireByTwo(asHunan, ledger, HUNAN_HOUSING, GUANGDONG_HOUSING)
      const facts = await lookUp()
      expect([facts.agency.status, facts.agency.region]).to.deep.equal([AgencyStatus.Retired, BigInt(HUNAN)])
      expect(facts.agencyTenure.statusSince).to.equal(BigInt(await blockTime()))
      expect([facts.responsible.capacity, facts.responsible.agency, facts.responsible.region]).to.deep.equal([
        Capacity.Successor,
        GUANGDONG_HOUSING,
        BigInt(GUANGDONG),
      ])
    })

    it('is without a successor the region, in the end whom the council named', async () => {
      await retireByTwo(ledger.connect(fixture.cityAdmin), asHunan, CHANGSHA_HOUSING)
      const asked = () => lookUp({ issuer: CHANGSHA_HOUSING }).then(({ responsible }) => responsible)
      expect(await asked()).to.deep.equal([Capacity.Custodian, NOBODY, BigInt(CHANGSHA), '长沙市\n\n'])
      await asHunan.suspendRegion(CHANGSHA)
      expect(await asked()).to.deep.equal([Capacity.Custodian, NOBODY, BigInt(HUNAN), '湖南省\n\n'])
      await ledger.suspendRegion(HUNAN)
      expect(await asked()).to.deep.equal([Capacity.Custodian, NOBODY, 0n, ''])
    })
  })

  describe('origins', () => {
    it('are whose place the licence took and whose that took, with what became of each', async () => {
      await asOperator.supersede(
        { issuer: HUNAN_HOUSING, index: 69 },
        { issuer: HUNAN_HOUSING, index: 68 },
        await decided(),
      )
      const since = BigInt(await blockTime())
      await asOperator.supersede(
        { issuer: HUNAN_HOUSING, index: 70 },
        { issuer: HUNAN_HOUSING, index: 69 },
        await decided(),
      )
      await enter(asOperator, HUNAN_HOUSING, 'Annul', [68])
      await asOperator.note(HUNAN_HOUSING, 2, [69], await decided())
      expect((await lookUp()).origins).to.deep.equal([
        [HUNAN_HOUSING, 69n, since + 1n, LegalStatus.Superseded, 4n],
        [HUNAN_HOUSING, 68n, since, LegalStatus.Annulled, 0n],
      ])
    })

    it('are all there can be: an annulment at the far end of the longest chain is answered', async () => {
      const first = 70 - MOST_ORIGINS
      for (let index = first; index < 70; ++index) {
        await asOperator.supersede(
          { issuer: HUNAN_HOUSING, index: index + 1 },
          { issuer: HUNAN_HOUSING, index },
          await decided(),
        )
      }
      await enter(asOperator, HUNAN_HOUSING, 'Annul', [first])
      const { origins } = await lookUp()
      expect(origins.map(({ index }) => Number(index))).to.deep.equal(
        Array.from({ length: MOST_ORIGINS }, (_, back) => 69 - back),
      )
      expect(origins.at(-1)?.status).to.equal(LegalStatus.Annulled)
      expect((await ledger.originOf(HUNAN_HOUSING, first)).since).to.equal(0n)
    })
  })

  it('of a licence is that of its issuer’s list alone', async () => {
    await enter(asReceiver, GUANGDONG_RESOURCES, 'Annul', [70])
    expect((await lookUp()).statusWord).to.equal(0n)
    expect((await lookUp({ issuer: GUANGDONG_RESOURCES })).statusWord).to.not.equal(0n)
  })
})
