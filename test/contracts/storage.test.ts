import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  AgencyStatus,
  APPROVAL,
  BASIS,
  blockTime,
  chain,
  deployWithAgency,
  deployWithCatalogue,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  itemCode,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  RegionStatus,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from './ledger-fixture.ts'

/** Where each mapping lies; slot 0 holds the access manager. A proof of a fact is a proof of one of these slots. */
const Slot = { regions: 1, agencies: 4, keys: 6, anchors: 7, statuses: 8 } as const

const coder = ethers.AbiCoder.defaultAbiCoder()

function slotOf(type: string, key: string | number, base: string | number): string {
  return ethers.keccak256(coder.encode([type, 'uint256'], [key, base]))
}

/** Packs the members of a struct as Solidity does: the first lowest. */
function pack(...members: [value: bigint, bits: number][]): string {
  let word = 0n
  let shift = 0n
  for (const [value, bits] of members) {
    word |= value << shift
    shift += BigInt(bits)
  }
  expect(shift <= 256n).to.equal(true)
  return ethers.toBeHex(word, 32)
}

/** Of the rulebook. */
const RuleSlot = { demands: 4, bonds: 13, negatives: 14 } as const
/** Of the ledger: the list of its rulebooks. */
const RULEBOOKS = 10

describe('Storage', () => {
  it('holds every fact in one slot', async () => {
    const { ledger, hunanAdmin, operator } = await chain.loadFixture(deployWithAgency)
    const address = await ledger.getAddress()
    const stored = (slot: string): Promise<string> => ethers.provider.getStorage(address, slot)

    const region = await ledger.region(HUNAN)
    expect(await stored(slotOf('uint32', HUNAN, Slot.regions))).to.equal(
      pack([BigInt(hunanAdmin.address), 160], [RegionStatus.Active, 8], [region.since, 40], [0n, 32]),
    )

    const agency = await ledger.agency(HUNAN_HOUSING)
    expect(await stored(slotOf('bytes18', HUNAN_HOUSING, Slot.agencies))).to.equal(
      pack(
        [BigInt(operator.address), 160],
        [BigInt(HUNAN), 32],
        [AgencyStatus.Active, 8],
        [agency.since, 40],
      ),
    )

    const jwk = Buffer.from('{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}')
    const kid = `0x${createHash('sha256').update(jwk).digest('hex')}`
    await ledger
      .connect(hunanAdmin)
      .registerKey(HUNAN_HOUSING, kid, KeyAlgorithm.EdDSA, 1, KEY_TIME_NEVER, jwk)
    expect(await stored(slotOf('bytes32', kid, Slot.keys))).to.equal(
      pack(
        [BigInt(HUNAN_HOUSING), 144],
        [KeyAlgorithm.EdDSA, 8],
        [1n, 32],
        [KEY_TIME_NEVER, 32],
        [KEY_TIME_NEVER, 32],
      ),
    )

    const asOperator = ledger.connect(operator)
    await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 0xfedcba98 })
    const anchor = await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))
    const anchorsOfIssuer = slotOf('bytes18', HUNAN_HOUSING, Slot.anchors)
    expect(await stored(slotOf('bytes32', rootOf(1), anchorsOfIssuer))).to.equal(
      pack([anchor.anchoredAt, 40], [anchor.blockNumber, 40], [0xfedcba98n, 64]),
    )

    await asOperator.act(HUNAN_HOUSING, StatusAct.Revoke, [64, 127], Number(anchor.anchoredAt), BASIS, '1')
    const wordsOfIssuer = slotOf('bytes18', HUNAN_HOUSING, Slot.statuses)
    expect(await stored(slotOf('uint256', 1, wordsOfIssuer))).to.equal(`0x2${'0'.repeat(62)}2`)
    expect(await stored(slotOf('uint256', 0, wordsOfIssuer))).to.equal(ethers.ZeroHash)
  })

  it('of the rulebook holds what a verification uses at slots that can be named', async () => {
    const { ledger, rulebook, hunanAdmin, guangdongAdmin } = await chain.loadFixture(deployWithCatalogue)
    const [ofLedger, ofRulebook] = [await ledger.getAddress(), await rulebook.getAddress()]
    const stored = (slot: string, address = ofRulebook): Promise<string> =>
      ethers.provider.getStorage(address, slot)
    /** The first slot of the entries of a list whose length is at `slot`. */
    const entriesOf = (slot: string | number): string => ethers.keccak256(ethers.toBeHex(slot, 32))
    const placesOn = (slot: string, places: bigint): string => ethers.toBeHex(BigInt(slot) + places, 32)
    const nested = (base: number, ...keys: [type: string, key: string | number][]): string =>
      keys.reduce((slot: string, [type, key]) => slotOf(type, key, slot), ethers.toBeHex(base, 32))

    const [{ rulebook: named, from } = { rulebook: '', from: 0n }] = await ledger.rulebooks()
    expect(await stored(entriesOf(RULEBOOKS), ofLedger)).to.equal(pack([from, 40], [BigInt(named), 216]))

    const item = itemCode('000117001000')
    const fields = Buffer.from('category\nholderName')
    await rulebook.registerServiceItem(item, [{ licenceType: SAFETY_MANAGER, fields }])
    const demand = nested(RuleSlot.demands, ['bytes32', item], ['uint32', 1], ['bytes21', SAFETY_MANAGER])
    expect(await stored(demand), 'SHA-256 of the fields').to.equal(
      `0x${createHash('sha256').update(fields).digest('hex')}`,
    )

    const entry = { issuing: HUNAN, licenceType: SAFETY_MANAGER, item }
    await rulebook.connect(guangdongAdmin).enterNegative(GUANGDONG, entry, 0, TERM_OPEN, APPROVAL)
    const { term } = await rulebook.recognised({ receiving: GUANGDONG, ...entry }, await blockTime())
    const refusals = nested(
      RuleSlot.negatives,
      ['uint32', GUANGDONG],
      ['uint32', HUNAN],
      ['bytes21', SAFETY_MANAGER],
      ['bytes32', item],
    )
    expect(await stored(entriesOf(refusals)), 'the term').to.equal(pack([term.from, 40], [term.until, 40]))
    const approvals = entriesOf(placesOn(refusals, 1n))
    expect(await stored(placesOn(approvals, 1n)), 'the document').to.equal(APPROVAL.documentDigest)
    const { length } = Buffer.from(APPROVAL.number)
    const text = await stored(approvals)
    expect(text.slice(2, 2 + 2 * length), 'the reference').to.equal(
      Buffer.from(APPROVAL.number).toString('hex'),
    )
    expect(Number(`0x${text.slice(-2)}`)).to.equal(2 * length)

    const draft = {
      partners: [HUNAN],
      licenceTypes: [SAFETY_MANAGER],
      from: 0,
      until: TERM_OPEN,
      noticeSeconds: 1,
    }
    await rulebook.connect(guangdongAdmin).proposeAgreement(GUANGDONG, draft)
    await rulebook.connect(hunanAdmin).joinAgreement(1, HUNAN)
    const bonds = nested(
      RuleSlot.bonds,
      ['uint32', HUNAN],
      ['uint32', GUANGDONG],
      ['bytes21', SAFETY_MANAGER],
    )
    expect(await stored(entriesOf(bonds)), 'the lower code first').to.equal(
      pack([BigInt(await blockTime()), 40], [1n, 216]),
    )
  })
})
