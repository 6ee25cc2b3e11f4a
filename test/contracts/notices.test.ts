import { expect } from 'chai'
import type { ContractTransactionResponse } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  Capacity,
  chain,
  type Decision,
  decided,
  ethers,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
} from './ledger-fixture.ts'
import { deployWithLicences, enter, GUANGDONG_HOUSING, LICENCES, type Licences } from './licence-fixture.ts'

const SEIZED = 0
const MORTGAGED = 1
const LOST = 3
const LAST_CODE = 111

describe('Notices 标注', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
  })

  const note = async (code: number, ...indices: (number | bigint)[]): Promise<ContractTransactionResponse> =>
    await asOperator.note(HUNAN_HOUSING, code, indices, await decided())
  const lift = async (code: number, ...indices: (number | bigint)[]): Promise<ContractTransactionResponse> =>
    await asOperator.liftNotice(HUNAN_HOUSING, code, indices, await decided())
  const standingOf = async (index: number): Promise<bigint> =>
    (await ledger.notesOf(HUNAN_HOUSING, index)).standing
  const blockNumber = async (): Promise<bigint> => BigInt(await ethers.provider.getBlockNumber())

  it('stand several at once, each of its code; lifting one leaves the others', async () => {
    await note(SEIZED, 5)
    await note(LOST, 5, 6)
    await note(LAST_CODE, 5)
    expect(await standingOf(5)).to.equal((1n << 111n) | 9n)
    await lift(LOST, 5)
    expect(await standingOf(5)).to.equal((1n << 111n) | 1n)
    expect(await standingOf(6)).to.equal(8n)
    expect(await standingOf(7)).to.equal(0n)
  })

  it('change no status, and no act changes them', async () => {
    await note(SEIZED, 5)
    expect(await ledger.statusWordOf(HUNAN_HOUSING, 5)).to.equal(0n)
    for (const name of [
      'Suspend',
      'Restrict',
      'Reinstate',
      'Lift',
      'Revoke',
      'Deregister',
      'Annul',
    ] as const) {
      await enter(asOperator, HUNAN_HOUSING, name, [5])
      expect(await standingOf(5), name).to.equal(1n)
    }
    await lift(SEIZED, 5)
    await note(MORTGAGED, 5)
    expect(await ledger.statusOf(HUNAN_HOUSING, 5)).to.equal(LegalStatus.AnnulledDeregistered)
  })

  it('are counted per licence, and each entry names the block of the one before', async () => {
    const decision = await decided()
    await note(SEIZED, 5)
    const first = await blockNumber()
    await expect(asOperator.note(HUNAN_HOUSING, LOST, [6, 5], decision))
      .to.emit(ledger, 'Noted')
      .withArgs(
        HUNAN_HOUSING,
        LOST,
        fixture.operator.address,
        Capacity.Operator,
        [6, 5],
        [0, first],
        Object.values(decision),
      )
    const second = await blockNumber()
    await expect(asOperator.liftNotice(HUNAN_HOUSING, SEIZED, [5], decision))
      .to.emit(ledger, 'NoticeLifted')
      .withArgs(
        HUNAN_HOUSING,
        SEIZED,
        fixture.operator.address,
        Capacity.Operator,
        [5],
        [second],
        Object.values(decision),
      )
    const { count, lastBlock } = await ledger.notesOf(HUNAN_HOUSING, 5)
    expect([count, lastBlock]).to.deep.equal([3n, await blockNumber()])
    expect((await ledger.notesOf(HUNAN_HOUSING, 6)).count).to.equal(1n)
  })

  it('keep the ends of a suspension and a restriction beside them', async () => {
    const endsAt = (await blockTime()) + 1_000
    await enter(asOperator, HUNAN_HOUSING, 'Suspend', [5], { endsAt })
    await enter(asOperator, HUNAN_HOUSING, 'Restrict', [5], { endsAt: endsAt + 1 })
    await note(LAST_CODE, 5)
    await lift(LAST_CODE, 5)
    const { suspensionEnd, restrictionEnd } = await ledger.notesOf(HUNAN_HOUSING, 5)
    expect([suspensionEnd, restrictionEnd]).to.deep.equal([BigInt(endsAt), BigInt(endsAt) + 1n])
  })

  it('are refused where they stand, lifted where none stands, for an index named twice too: all or none', async () => {
    await note(SEIZED, 5)
    for (const [attempt, index, code, stands] of [
      [() => note(SEIZED, 4, 5), 5, SEIZED, true],
      [() => lift(LOST, 5), 5, LOST, false],
      [() => lift(SEIZED, 5, 6), 6, SEIZED, false],
      [() => note(LOST, 7, 7), 7, LOST, true],
      [() => lift(SEIZED, 5, 5), 5, SEIZED, false],
    ] as const) {
      await expect(attempt())
        .to.be.revertedWithCustomError(ledger, 'NoticeUnchanged')
        .withArgs(HUNAN_HOUSING, index, code, stands)
    }
    expect(await Promise.all([4, 5, 6, 7].map(standingOf))).to.deep.equal([0n, 1n, 0n, 0n])
  })

  it('are of 112 codes', async () => {
    for (const code of [112, 255]) {
      for (const attempt of [() => note(code, 5), () => lift(code, 5)]) {
        await expect(attempt()).to.be.revertedWithCustomError(ledger, 'NoticeCodeUnknown').withArgs(code)
      }
    }
  })

  it('are for licences that are anchored', async () => {
    await asOperator.passOver(HUNAN_HOUSING, LICENCES, 1)
    for (const index of [LICENCES, LICENCES + 1, 2n ** 48n + 5n]) {
      for (const attempt of [() => note(SEIZED, 5, index), () => lift(SEIZED, index)]) {
        await expect(attempt())
          .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
          .withArgs(HUNAN_HOUSING, index)
      }
    }
    for (const attempt of [() => note(SEIZED), () => lift(SEIZED)]) {
      await expect(attempt())
        .to.be.revertedWithCustomError(ledger, 'StatusIndicesEmpty')
        .withArgs(HUNAN_HOUSING)
    }
  })

  it('rest on a decision, of any time back, without an end', async () => {
    await note(LOST, 6)
    const refused = async (more: Partial<Decision>, error: string) => {
      const decision = await decided('1', more)
      for (const attempt of [
        () => asOperator.note(HUNAN_HOUSING, SEIZED, [5], decision),
        () => asOperator.liftNotice(HUNAN_HOUSING, LOST, [6], decision),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(ledger, error)
      }
    }
    await refused({ number: '' }, 'StatusDecisionNumberLength')
    await refused({ number: '1'.repeat(97) }, 'StatusDecisionNumberLength')
    await refused({ legalBasis: `0x${'00'.repeat(16)}` }, 'StatusLegalBasisMissing')
    await refused({ effectiveAt: (await blockTime()) + 1_000 }, 'StatusEffectiveInFuture')
    await refused({ endsAt: (await blockTime()) + 1_000 }, 'NoticeEndUnlawful')
    const old = await decided('1', { effectiveAt: 1 })
    await asOperator.note(HUNAN_HOUSING, SEIZED, [5], old)
  })

  it('are entered by who acts on the licences alone', async () => {
    const { hunanAdmin, council, receiver, stranger } = fixture
    await note(LOST, 6)
    const decision = await decided()
    for (const caller of [hunanAdmin, council, receiver, stranger]) {
      const as = ledger.connect(caller)
      for (const attempt of [
        () => as.note(HUNAN_HOUSING, SEIZED, [5], decision),
        () => as.liftNotice(HUNAN_HOUSING, LOST, [6], decision),
      ]) {
        await expect(attempt())
          .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
          .withArgs(HUNAN_HOUSING, caller.address)
      }
    }
    await ledger.connect(hunanAdmin).suspendAgency(HUNAN_HOUSING)
    await expect(note(SEIZED, 5))
      .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
      .withArgs(HUNAN_HOUSING)
  })

  it('of two issuers are kept apart', async () => {
    await note(SEIZED, 5)
    expect((await ledger.notesOf(GUANGDONG_HOUSING, 5)).count).to.equal(0n)
  })
})
