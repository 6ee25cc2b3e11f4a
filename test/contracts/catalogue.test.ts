import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { encodeServiceItem, SAMPLE_SERVICE_ITEMS } from '../../scripts/deploy/service-items.ts'
import {
  blockTime,
  chain,
  type Demand,
  deployEmptyLedger,
  type EmptyLedger,
  EntryStatus,
  ethers,
  HolderClass,
  itemCode,
  type Ledger,
  RULES,
  SAFETY_MANAGER,
  SPECIAL_OPERATION,
} from './ledger-fixture.ts'

const ITEM = itemCode('000117001000')
const demand = (licenceType: string, ...fields: string[]): Demand => ({
  licenceType,
  fields: Buffer.from(fields.join('\n')),
})
const digestOf = ({ fields }: Demand): string => `0x${createHash('sha256').update(fields).digest('hex')}`
const typeCode = (text: string): string => `0x${Buffer.from(text, 'ascii').toString('hex')}`

describe('Catalogue', () => {
  let fixture: EmptyLedger
  let ledger: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployEmptyLedger)
    ledger = fixture.ledger
  })

  describe('licence types', () => {
    it('knows nothing of a type never registered', async () => {
      expect((await ledger.licenceType(SAFETY_MANAGER)).status).to.equal(EntryStatus.None)
    })

    it('registers version 1 and counts amendments, each in an event with all its rules', async () => {
      await expect(ledger.registerLicenceType(SAFETY_MANAGER, RULES))
        .to.emit(ledger, 'LicenceTypeRegistered')
        .withArgs(SAFETY_MANAGER, 1, Object.values(RULES))
      const amended = { ...RULES, schemaDigest: ethers.id('schema of version 2'), reviewMonths: 12 }
      await expect(ledger.amendLicenceType(SAFETY_MANAGER, amended))
        .to.emit(ledger, 'LicenceTypeRegistered')
        .withArgs(SAFETY_MANAGER, 2, Object.values(amended))
      const entry = await ledger.licenceType(SAFETY_MANAGER)
      expect(entry.rules.schemaDigest).to.equal(amended.schemaDigest)
      expect([entry.rules.holderClass, entry.rules.validityMonths, entry.rules.reviewMonths]).to.deep.equal([
        HolderClass.Person,
        36n,
        12n,
      ])
      expect([entry.version, entry.status, entry.since]).to.deep.equal([
        2n,
        EntryStatus.Active,
        BigInt(await blockTime()),
      ])
    })

    it('retires a type for good', async () => {
      await ledger.registerLicenceType(SAFETY_MANAGER, RULES)
      await expect(ledger.retireLicenceType(SAFETY_MANAGER))
        .to.emit(ledger, 'LicenceTypeRetired')
        .withArgs(SAFETY_MANAGER)
      expect((await ledger.licenceType(SAFETY_MANAGER)).status).to.equal(EntryStatus.Retired)
      for (const again of [
        ledger.retireLicenceType(SAFETY_MANAGER),
        ledger.amendLicenceType(SAFETY_MANAGER, RULES),
      ]) {
        await expect(again)
          .to.be.revertedWithCustomError(ledger, 'LicenceTypeNotActive')
          .withArgs(SAFETY_MANAGER)
      }
      await expect(ledger.registerLicenceType(SAFETY_MANAGER, RULES))
        .to.be.revertedWithCustomError(ledger, 'LicenceTypeAlreadyRegistered')
        .withArgs(SAFETY_MANAGER)
    })

    it('refuses to amend or retire what was never registered', async () => {
      for (const attempt of [
        ledger.retireLicenceType(SAFETY_MANAGER),
        ledger.amendLicenceType(SAFETY_MANAGER, RULES),
      ]) {
        await expect(attempt).to.be.revertedWithCustomError(ledger, 'LicenceTypeNotActive')
      }
    })

    it('takes the code of an authority with three digits or capital letters after it', async () => {
      for (const end of ['000', '999', 'AZ0', 'ZZZ']) {
        await ledger.registerLicenceType(typeCode(`11100000000013338W${end}`), RULES)
      }
      for (const code of [
        '11100000000013338Wa11',
        '11100000000013338W01 ',
        '11100000000013338W0/1',
        '11100000000013338W:11',
        '11100000000013338W@11',
        '11100000000013338W1[1',
        '11100000000013339W011',
      ]) {
        await expect(ledger.registerLicenceType(typeCode(code), RULES), code)
          .to.be.revertedWithCustomError(ledger, 'LicenceTypeCodeInvalid')
          .withArgs(typeCode(code))
      }
    })

    it('refuses rules without a schema or without a holder', async () => {
      const incomplete = [
        { ...RULES, schemaDigest: ethers.ZeroHash },
        { ...RULES, holderClass: HolderClass.None },
      ]
      await ledger.registerLicenceType(SPECIAL_OPERATION, RULES)
      for (const rules of incomplete) {
        await expect(ledger.registerLicenceType(SAFETY_MANAGER, rules))
          .to.be.revertedWithCustomError(ledger, 'LicenceTypeRulesIncomplete')
          .withArgs(SAFETY_MANAGER)
        await expect(ledger.amendLicenceType(SPECIAL_OPERATION, rules))
          .to.be.revertedWithCustomError(ledger, 'LicenceTypeRulesIncomplete')
          .withArgs(SPECIAL_OPERATION)
      }
    })
  })

  describe('service items', () => {
    beforeEach(async () => {
      await ledger.registerLicenceType(SAFETY_MANAGER, RULES)
      await ledger.registerLicenceType(SPECIAL_OPERATION, RULES)
    })

    it('keeps the digest of the fields that the newest version demands, and all versions in events', async () => {
      const first = [
        demand(SAFETY_MANAGER, 'category', 'holderName'),
        demand(SPECIAL_OPERATION, 'holderName'),
      ]
      await expect(ledger.registerServiceItem(ITEM, first)).to.emit(ledger, 'ServiceItemRegistered')
      for (const one of first) expect(await ledger.demandOf(ITEM, one.licenceType)).to.equal(digestOf(one))

      const second = demand(SAFETY_MANAGER, 'holderName')
      await ledger.amendServiceItem(ITEM, [second])
      expect(await ledger.demandOf(ITEM, SAFETY_MANAGER)).to.equal(digestOf(second))
      expect(await ledger.demandOf(ITEM, SPECIAL_OPERATION), 'dropped').to.equal(ethers.ZeroHash)
      const { version, status } = await ledger.serviceItem(ITEM)
      expect([version, status]).to.deep.equal([2n, EntryStatus.Active])
      const events = await ledger.queryFilter('ServiceItemRegistered')
      const fields = events.map((event) =>
        (event as unknown as { args: { demands: { fields: string }[] } }).args.demands.map((one) =>
          Buffer.from(one.fields.slice(2), 'hex').toString(),
        ),
      )
      expect(fields).to.deep.equal([['category\nholderName', 'holderName'], ['holderName']])
    })

    it('retires an item for good', async () => {
      await ledger.registerServiceItem(ITEM, [demand(SAFETY_MANAGER, 'holderName')])
      await expect(ledger.retireServiceItem(ITEM)).to.emit(ledger, 'ServiceItemRetired').withArgs(ITEM)
      const demands = [demand(SAFETY_MANAGER, 'holderName')]
      for (const again of [ledger.retireServiceItem(ITEM), ledger.amendServiceItem(ITEM, demands)]) {
        await expect(again).to.be.revertedWithCustomError(ledger, 'ServiceItemNotActive').withArgs(ITEM)
      }
      await expect(ledger.registerServiceItem(ITEM, demands))
        .to.be.revertedWithCustomError(ledger, 'ServiceItemAlreadyRegistered')
        .withArgs(ITEM)
    })

    it('refuses an item without a code, without demands, or amended before it was registered', async () => {
      const demands = [demand(SAFETY_MANAGER, 'holderName')]
      await expect(ledger.registerServiceItem(ethers.ZeroHash, demands)).to.be.revertedWithCustomError(
        ledger,
        'ServiceItemCodeMissing',
      )
      await expect(ledger.registerServiceItem(ITEM, []))
        .to.be.revertedWithCustomError(ledger, 'ServiceItemDemandsEmpty')
        .withArgs(ITEM)
      await expect(ledger.amendServiceItem(ITEM, demands))
        .to.be.revertedWithCustomError(ledger, 'ServiceItemNotActive')
        .withArgs(ITEM)
    })

    it('refuses a demand of no field, of a type twice, and of a type that is not in the catalogue', async () => {
      const one = demand(SAFETY_MANAGER, 'holderName')
      for (const demands of [
        [{ ...one, fields: Buffer.alloc(0) }],
        [one, demand(SAFETY_MANAGER, 'category')],
      ]) {
        await expect(ledger.registerServiceItem(ITEM, demands))
          .to.be.revertedWithCustomError(ledger, 'ServiceItemDemandInvalid')
          .withArgs(ITEM, SAFETY_MANAGER)
      }
      await ledger.retireLicenceType(SPECIAL_OPERATION)
      await expect(ledger.registerServiceItem(ITEM, [one, demand(SPECIAL_OPERATION, 'holderName')]))
        .to.be.revertedWithCustomError(ledger, 'LicenceTypeNotActive')
        .withArgs(SPECIAL_OPERATION)
      expect(await ledger.demandOf(ITEM, SAFETY_MANAGER)).to.equal(ethers.ZeroHash)
    })
  })

  it('takes the sample of service items, and keeps the digests this side computes', async () => {
    const types = new Set(
      SAMPLE_SERVICE_ITEMS.flatMap(({ demands }) => demands.map((one) => one.licenceType)),
    )
    for (const type of types) await ledger.registerLicenceType(typeCode(type), RULES)
    for (const sample of SAMPLE_SERVICE_ITEMS) {
      const { item, demands } = encodeServiceItem(sample)
      const encoded = demands.map((one) => ({
        licenceType: ethers.hexlify(one.licenceType),
        fields: one.fields,
      }))
      await ledger.registerServiceItem(item, encoded)
      for (const one of encoded) expect(await ledger.demandOf(item, one.licenceType)).to.equal(digestOf(one))
    }
    expect(types.size).to.equal(6)
  })
})
