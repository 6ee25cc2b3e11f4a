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
  RULES,
  type Rulebook,
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
  let rulebook: Rulebook
  let now: number

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployEmptyLedger)
    rulebook = fixture.rulebook
    now = (await blockTime()) + 1000
  })

  describe('licence types', () => {
    it('knows nothing of a type never registered', async () => {
      expect((await rulebook.licenceType(SAFETY_MANAGER)).status).to.equal(EntryStatus.None)
    })

    it('registers version 1 and counts amendments, each in an event with all its rules', async () => {
      await expect(rulebook.registerLicenceType(SAFETY_MANAGER, RULES))
        .to.emit(rulebook, 'LicenceTypeRegistered')
        .withArgs(SAFETY_MANAGER, 1, Object.values(RULES))
      const amended = { ...RULES, schemaDigest: ethers.id('schema of version 2'), reviewMonths: 12 }
      await expect(rulebook.amendLicenceType(SAFETY_MANAGER, amended))
        .to.emit(rulebook, 'LicenceTypeRegistered')
        .withArgs(SAFETY_MANAGER, 2, Object.values(amended))
      const entry = await rulebook.licenceType(SAFETY_MANAGER)
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

    it('answers for a past time as it was, also after a retirement', async () => {
      const stages = [now + 100, now + 200, now + 300] as const
      const amended = { ...RULES, schemaDigest: ethers.id('schema of version 2') }
      for (const [stage, change] of [
        () => rulebook.registerLicenceType(SAFETY_MANAGER, RULES),
        () => rulebook.amendLicenceType(SAFETY_MANAGER, amended),
        () => rulebook.retireLicenceType(SAFETY_MANAGER),
      ].entries()) {
        await chain.time.setNextBlockTimestamp(stages[stage] ?? 0)
        await change()
      }
      for (const [time, version, status, schemaDigest, since] of [
        [now + 99, 0n, EntryStatus.None, ethers.ZeroHash, 0],
        [now + 100, 1n, EntryStatus.Active, RULES.schemaDigest, now + 100],
        [now + 199, 1n, EntryStatus.Active, RULES.schemaDigest, now + 100],
        [now + 200, 2n, EntryStatus.Active, amended.schemaDigest, now + 200],
        [now + 300, 2n, EntryStatus.Retired, amended.schemaDigest, now + 300],
      ] as const) {
        const entry = await rulebook.licenceTypeAt(SAFETY_MANAGER, time)
        expect(
          [entry.version, entry.status, entry.rules.schemaDigest, Number(entry.since)],
          `${time - now}`,
        ).to.deep.equal([version, status, schemaDigest, since])
      }
      expect(await rulebook.licenceType(SAFETY_MANAGER)).to.deep.equal(
        await rulebook.licenceTypeAt(SAFETY_MANAGER, now + 1000),
      )
    })

    it('retires a type, until it is registered anew by its next version', async () => {
      await rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
      await expect(rulebook.retireLicenceType(SAFETY_MANAGER))
        .to.emit(rulebook, 'LicenceTypeRetired')
        .withArgs(SAFETY_MANAGER)
      expect((await rulebook.licenceType(SAFETY_MANAGER)).status).to.equal(EntryStatus.Retired)
      for (const again of [
        rulebook.retireLicenceType(SAFETY_MANAGER),
        rulebook.amendLicenceType(SAFETY_MANAGER, RULES),
      ]) {
        await expect(again)
          .to.be.revertedWithCustomError(rulebook, 'LicenceTypeNotActive')
          .withArgs(SAFETY_MANAGER)
      }
      // The catalogue keeper alone must not be able to take a type away for good.
      await expect(rulebook.registerLicenceType(SAFETY_MANAGER, RULES))
        .to.emit(rulebook, 'LicenceTypeRegistered')
        .withArgs(SAFETY_MANAGER, 2, Object.values(RULES))
      const { version, status } = await rulebook.licenceType(SAFETY_MANAGER)
      expect([version, status]).to.deep.equal([2n, EntryStatus.Active])
      await expect(rulebook.registerLicenceType(SAFETY_MANAGER, RULES))
        .to.be.revertedWithCustomError(rulebook, 'LicenceTypeAlreadyRegistered')
        .withArgs(SAFETY_MANAGER)
    })

    it('refuses to amend or retire what was never registered', async () => {
      for (const attempt of [
        rulebook.retireLicenceType(SAFETY_MANAGER),
        rulebook.amendLicenceType(SAFETY_MANAGER, RULES),
      ]) {
        await expect(attempt).to.be.revertedWithCustomError(rulebook, 'LicenceTypeNotActive')
      }
    })

    it('takes the code of an authority with three digits or capital letters after it', async () => {
      for (const end of ['000', '999', 'AZ0', 'ZZZ']) {
        await rulebook.registerLicenceType(typeCode(`11100000000013338W${end}`), RULES)
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
        await expect(rulebook.registerLicenceType(typeCode(code), RULES), code)
          .to.be.revertedWithCustomError(rulebook, 'LicenceTypeCodeInvalid')
          .withArgs(typeCode(code))
      }
    })

    it('refuses rules without a schema or without a holder', async () => {
      const incomplete = [
        { ...RULES, schemaDigest: ethers.ZeroHash },
        { ...RULES, holderClass: HolderClass.None },
      ]
      await rulebook.registerLicenceType(SPECIAL_OPERATION, RULES)
      for (const rules of incomplete) {
        await expect(rulebook.registerLicenceType(SAFETY_MANAGER, rules))
          .to.be.revertedWithCustomError(rulebook, 'LicenceTypeRulesIncomplete')
          .withArgs(SAFETY_MANAGER)
        await expect(rulebook.amendLicenceType(SPECIAL_OPERATION, rules))
          .to.be.revertedWithCustomError(rulebook, 'LicenceTypeRulesIncomplete')
          .withArgs(SPECIAL_OPERATION)
      }
    })
  })

  describe('service items', () => {
    beforeEach(async () => {
      await rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
      await rulebook.registerLicenceType(SPECIAL_OPERATION, RULES)
    })

    it('keeps the digest of the fields that the newest version demands, and all versions in events', async () => {
      const first = [
        demand(SAFETY_MANAGER, 'category', 'holderName'),
        demand(SPECIAL_OPERATION, 'holderName'),
      ]
      await expect(rulebook.registerServiceItem(ITEM, first)).to.emit(rulebook, 'ServiceItemRegistered')
      for (const one of first) expect(await rulebook.demandOf(ITEM, one.licenceType)).to.equal(digestOf(one))

      const second = demand(SAFETY_MANAGER, 'holderName')
      await rulebook.amendServiceItem(ITEM, [second])
      expect(await rulebook.demandOf(ITEM, SAFETY_MANAGER)).to.equal(digestOf(second))
      expect(await rulebook.demandOf(ITEM, SPECIAL_OPERATION), 'dropped').to.equal(ethers.ZeroHash)
      const { version, status } = await rulebook.serviceItem(ITEM)
      expect([version, status]).to.deep.equal([2n, EntryStatus.Active])
      const events = await rulebook.queryFilter('ServiceItemRegistered')
      const fields = events.map((event) =>
        (event as unknown as { args: { demands: { fields: string }[] } }).args.demands.map((one) =>
          Buffer.from(one.fields.slice(2), 'hex').toString(),
        ),
      )
      expect(fields).to.deep.equal([['category\nholderName', 'holderName'], ['holderName']])
    })

    it('answers for a past time what an item then demanded, in full', async () => {
      const first = demand(SAFETY_MANAGER, 'category', 'holderName')
      const second = demand(SPECIAL_OPERATION, 'holderName')
      for (const [time, change] of [
        [now + 100, () => rulebook.registerServiceItem(ITEM, [first])],
        [now + 200, () => rulebook.amendServiceItem(ITEM, [second])],
        [now + 300, () => rulebook.retireServiceItem(ITEM)],
      ] as const) {
        await chain.time.setNextBlockTimestamp(time)
        await change()
      }
      const asked = async (time: number): Promise<(string | bigint)[]> => {
        const of = async (type: string): Promise<string> => (await rulebook.demandAt(ITEM, type, time)).fields
        const { status } = await rulebook.serviceItemAt(ITEM, time)
        return [status, await of(SAFETY_MANAGER), await of(SPECIAL_OPERATION)]
      }
      const [one, other] = [ethers.hexlify(first.fields), ethers.hexlify(second.fields)]
      expect(await asked(now + 99)).to.deep.equal([EntryStatus.None, '0x', '0x'])
      expect(await asked(now + 100)).to.deep.equal([EntryStatus.Active, one, '0x'])
      expect(await asked(now + 199)).to.deep.equal([EntryStatus.Active, one, '0x'])
      expect(await asked(now + 200)).to.deep.equal([EntryStatus.Active, '0x', other])
      expect(await asked(now + 300), 'what it demanded').to.deep.equal([EntryStatus.Retired, '0x', other])
      expect((await rulebook.demandAt(ITEM, SAFETY_MANAGER, now + 100)).digest).to.equal(digestOf(first))
    })

    it('takes lists of fields in ascending order, one a line, of visible ASCII, up to 512 bytes', async () => {
      const longest = Array.from({ length: 64 }, (_, i) => `f${String(i).padStart(6, '0')}`).join('\n')
      for (const fields of ['holderName', 'a\nb', 'a\naa\nab\nb', 'A\nB\na', `${longest}x`]) {
        await rulebook.registerServiceItem(itemCode(`T${Buffer.byteLength(fields)}`), [
          { licenceType: SAFETY_MANAGER, fields: Buffer.from(fields) },
        ])
      }
      expect(Buffer.byteLength(`${longest}x`)).to.equal(512)
      for (const fields of [
        '\n',
        'a\n',
        '\na',
        'a\n\nb',
        'b\na',
        'a\na',
        'aa\na',
        'a\nc\nb',
        'holder name',
        'a\r\nb',
        'a\u0000',
        'a\u007f',
        '姓名',
        `${longest}xy`,
      ]) {
        await expect(
          rulebook.registerServiceItem(ITEM, [{ licenceType: SAFETY_MANAGER, fields: Buffer.from(fields) }]),
          JSON.stringify(fields),
        )
          .to.be.revertedWithCustomError(rulebook, 'ServiceItemDemandInvalid')
          .withArgs(ITEM, SAFETY_MANAGER)
      }
    })

    it('retires an item, until it is registered anew by its next version', async () => {
      await rulebook.registerServiceItem(ITEM, [demand(SAFETY_MANAGER, 'holderName')])
      await expect(rulebook.retireServiceItem(ITEM)).to.emit(rulebook, 'ServiceItemRetired').withArgs(ITEM)
      const demands = [demand(SAFETY_MANAGER, 'holderName')]
      for (const again of [rulebook.retireServiceItem(ITEM), rulebook.amendServiceItem(ITEM, demands)]) {
        await expect(again).to.be.revertedWithCustomError(rulebook, 'ServiceItemNotActive').withArgs(ITEM)
      }
      await rulebook.registerServiceItem(ITEM, demands)
      const { version, status } = await rulebook.serviceItem(ITEM)
      expect([version, status]).to.deep.equal([2n, EntryStatus.Active])
      expect(await rulebook.demandOf(ITEM, SAFETY_MANAGER)).to.equal(
        digestOf(demand(SAFETY_MANAGER, 'holderName')),
      )
      await expect(rulebook.registerServiceItem(ITEM, demands))
        .to.be.revertedWithCustomError(rulebook, 'ServiceItemAlreadyRegistered')
        .withArgs(ITEM)
    })

    it('refuses an item without a code, without demands, or amended before it was registered', async () => {
      const demands = [demand(SAFETY_MANAGER, 'holderName')]
      await expect(rulebook.registerServiceItem(ethers.ZeroHash, demands)).to.be.revertedWithCustomError(
        rulebook,
        'ServiceItemCodeMissing',
      )
      await expect(rulebook.registerServiceItem(ITEM, []))
        .to.be.revertedWithCustomError(rulebook, 'ServiceItemDemandsEmpty')
        .withArgs(ITEM)
      await expect(rulebook.amendServiceItem(ITEM, demands))
        .to.be.revertedWithCustomError(rulebook, 'ServiceItemNotActive')
        .withArgs(ITEM)
    })

    it('refuses a demand of no field, of a type twice, and of a type that is not in the catalogue', async () => {
      const one = demand(SAFETY_MANAGER, 'holderName')
      for (const demands of [
        [{ ...one, fields: Buffer.alloc(0) }],
        [one, demand(SAFETY_MANAGER, 'category')],
      ]) {
        await expect(rulebook.registerServiceItem(ITEM, demands))
          .to.be.revertedWithCustomError(rulebook, 'ServiceItemDemandInvalid')
          .withArgs(ITEM, SAFETY_MANAGER)
      }
      await rulebook.retireLicenceType(SPECIAL_OPERATION)
      await expect(rulebook.registerServiceItem(ITEM, [one, demand(SPECIAL_OPERATION, 'holderName')]))
        .to.be.revertedWithCustomError(rulebook, 'LicenceTypeNotActive')
        .withArgs(SPECIAL_OPERATION)
      expect(await rulebook.demandOf(ITEM, SAFETY_MANAGER)).to.equal(ethers.ZeroHash)
    })
  })

  it('takes the sample of service items, and keeps the digests this side computes', async () => {
    const types = new Set(
      SAMPLE_SERVICE_ITEMS.flatMap(({ demands }) => demands.map((one) => one.licenceType)),
    )
    for (const type of types) await rulebook.registerLicenceType(typeCode(type), RULES)
    for (const sample of SAMPLE_SERVICE_ITEMS) {
      const { item, demands } = encodeServiceItem(sample)
      const encoded = demands.map((one) => ({
        licenceType: ethers.hexlify(one.licenceType),
        fields: one.fields,
      }))
      await rulebook.registerServiceItem(item, encoded)
      for (const one of encoded)
        expect(await rulebook.demandOf(item, one.licenceType)).to.equal(digestOf(one))
    }
    expect(types.size).to.equal(6)
  })
})
