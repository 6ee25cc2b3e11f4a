import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  AgencyStatus,
  chain,
  decided,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  HUNAN,
  HUNAN_HOUSING,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  LegalStatus,
  RegionStatus,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'
import { type FactName, placeOf } from './proof-slots.ts'
import { evaluateRule, type Words } from './slot-rule.ts'

const ISSUER = BigInt(ethers.zeroPadBytes(HUNAN_HOUSING, 32))
const ONE_YEAR = 365 * 86_400

/** Packs the members of a struct as Solidity does: the first lowest. */
function pack(...members: [value: bigint | number, bits: number][]): string {
  let word = 0n
  let shift = 0n
  for (const [value, bits] of members) {
    word |= BigInt(value) << shift
    shift += BigInt(bits)
  }
  expect(shift <= 256n).to.equal(true)
  return ethers.toBeHex(word, 32)
}

async function stored(
  ledger: EmptyLedger['ledger'],
  name: FactName,
  words: Words,
  place = 0,
): Promise<string> {
  const slot = evaluateRule(placeOf(name).rule, words) + BigInt(place)
  return await ethers.provider.getStorage(await ledger.getAddress(), slot)
}

describe('Storage is packed as the types say', () => {
  it('a region, an agency and its tenure in one slot each', async () => {
    const { ledger, hunanAdmin, operator } = await chain.loadFixture(deployWithAgency)
    await ledger.connect(operator).passOver(HUNAN_HOUSING, 0, 0xfedcba)
    await ledger.pauseRegion(HUNAN)
    const { pausedUntil } = await ledger.region(HUNAN)
    expect(await stored(ledger, 'region', { region: BigInt(HUNAN) })).to.equal(
      pack([BigInt(hunanAdmin.address), 160], [RegionStatus.Active, 8], [0, 32], [pausedUntil, 40], [1, 16]),
    )
    expect(await stored(ledger, 'agency', { issuer: ISSUER })).to.equal(
      pack([BigInt(operator.address), 160], [HUNAN, 32], [AgencyStatus.Active, 8], [0xfedcba, 48], [1, 8]),
    )
    const { heldSince, statusSince } = await ledger.tenureOfAgency(HUNAN_HOUSING)
    expect(await stored(ledger, 'agencyTenure', { issuer: ISSUER })).to.equal(
      pack([BigInt(hunanAdmin.address), 160], [heldSince, 40], [statusSince, 40]),
    )
    expect(await stored(ledger, 'passedOver', { issuer: ISSUER, i: 0n })).to.equal(
      pack([0, 48], [0xfedcba, 48]),
    )
  })

  it('a name in one, with the digest under which its text lies', async () => {
    const { ledger } = await chain.loadFixture(deployWithAgency)
    const text = '湖南省住房和城乡建设厅\n\n'
    const { heldSince } = await ledger.tenureOfAgency(HUNAN_HOUSING)
    const digest = BigInt(ethers.sha256(ethers.toUtf8Bytes(text))) >> 40n
    expect(await stored(ledger, 'agencyName', { issuer: ISSUER })).to.equal(
      pack([heldSince, 40], [digest, 216]),
    )
    expect(await stored(ledger, 'nameText', { digest })).to.equal(pack([2 * 35 + 1, 256]))
  })

  it('a key in three, its public key included', async () => {
    const { ledger, hunanAdmin } = await chain.loadFixture(deployWithAgency)
    const [x, y] = [`0x${'a1'.repeat(32)}`, `0x${'b2'.repeat(32)}`]
    const asAdmin = ledger.connect(hunanAdmin)
    await asAdmin.registerKey(HUNAN_HOUSING, KeyAlgorithm.SM2, x, y, 1, KEY_TIME_NEVER)
    const [registered] = await ledger.queryFilter('KeyRegistered')
    const kid: string = registered !== undefined && 'args' in registered ? registered.args['kid'] : ''
    await asAdmin.reportKeyCompromised(HUNAN_HOUSING, kid, 0xabcdef)
    const words = { issuer: ISSUER, kid: BigInt(kid) }
    expect(await stored(ledger, 'key', words)).to.equal(
      pack([KeyAlgorithm.SM2, 8], [1, 40], [KEY_TIME_NEVER, 40], [0xabcdef, 40]),
    )
    expect(await stored(ledger, 'key', words, 1)).to.equal(x)
    expect(await stored(ledger, 'key', words, 2)).to.equal(y)
  })

  it('an anchor in one, and 48 statuses with their count and newest block in one', async () => {
    const { ledger, operator } = await chain.loadFixture(deployWithAgency)
    const asOperator = ledger.connect(operator)
    await asOperator.backfill(HUNAN_HOUSING, 0, [
      { root: rootOf(1), size: 7 },
      { root: rootOf(2), size: 0xfedcba },
    ])
    const { anchoredAt, blockNumber } = await ledger.anchorOf(HUNAN_HOUSING, rootOf(2))
    expect(await stored(ledger, 'anchor', { issuer: ISSUER, root: BigInt(rootOf(2)) })).to.equal(
      pack([anchoredAt, 40], [blockNumber, 40], [0xfedcba, 48], [7, 48], [1, 8]),
    )

    await asOperator.act(HUNAN_HOUSING, StatusAct.Revoke, [48, 95], await decided())
    const block = await chain.time.latestBlock()
    const revoked = LegalStatus.Revoked
    expect(await stored(ledger, 'statusWord', { issuer: ISSUER, index: 95n })).to.equal(
      pack([revoked, 4], [0, 184], [revoked, 4], [block, 40], [1, 23], [0, 1]),
    )
    expect(await stored(ledger, 'statusWord', { issuer: ISSUER, index: 47n })).to.equal(ethers.ZeroHash)
    expect(await stored(ledger, 'statusWord', { issuer: ISSUER, index: 96n })).to.equal(ethers.ZeroHash)
  })

  it('what stands noted, a successor and an origin in one each', async () => {
    const { ledger, operator } = await chain.loadFixture(deployWithAgency)
    const asOperator = ledger.connect(operator)
    await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 64 })
    const decision = await decided()
    const endsAt = Number(decision.effectiveAt) + ONE_YEAR
    await asOperator.act(HUNAN_HOUSING, StatusAct.Restrict, [3], { ...decision, endsAt })
    await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [3], { ...decision, endsAt: endsAt + 1 })
    await asOperator.note(HUNAN_HOUSING, 111, [3], decision)
    await asOperator.note(HUNAN_HOUSING, 0, [3], decision)
    const block = await chain.time.latestBlock()
    expect(await stored(ledger, 'notes', { issuer: ISSUER, index: 3n })).to.equal(
      pack([(1n << 111n) | 1n, 112], [endsAt + 1, 40], [endsAt, 40], [2, 24], [block, 40]),
    )
    const word = await stored(ledger, 'statusWord', { issuer: ISSUER, index: 3n })
    expect(BigInt(word) >> 255n, 'some index of the word has an end').to.equal(1n)

    await asOperator.supersede(
      { issuer: HUNAN_HOUSING, index: 50 },
      { issuer: HUNAN_HOUSING, index: 3 },
      decision,
    )
    const { since } = await ledger.successorOf(HUNAN_HOUSING, 3)
    const issuer = BigInt(HUNAN_HOUSING)
    expect(await stored(ledger, 'successor', { issuer: ISSUER, index: 3n })).to.equal(
      pack([issuer, 144], [50, 48], [since, 40]),
    )
    expect(await stored(ledger, 'origin', { issuer: ISSUER, index: 50n })).to.equal(
      pack([issuer, 144], [3, 48], [since, 40], [1, 8]),
    )
  })
})
