import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  AgencyStatus,
  BASIS,
  chain,
  deployWithAgency,
  ethers,
  HUNAN,
  HUNAN_HOUSING,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  RegionStatus,
  rootOf,
  StatusAct,
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
})
