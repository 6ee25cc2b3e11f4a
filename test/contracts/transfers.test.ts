import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  BASIS,
  blockTime,
  chain,
  deployWithAgency,
  type EmptyLedger,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  RESOURCES_MINISTRY,
  STATUS_ACTS,
  StatusAct,
} from './ledger-fixture.ts'

const DECISION = '粤建许转〔2026〕1号'
const ORIGIN = { issuer: HUNAN_HOUSING, index: 5 }
const SUCCESSOR = { issuer: HOUSING_MINISTRY, index: 900 }

/** Two agencies of Guangdong stand for the receiving side. */
async function deployWithReceivers(): Promise<EmptyLedger> {
  const fixture = await deployWithAgency()
  const asGuangdong = fixture.ledger.connect(fixture.guangdongAdmin)
  await asGuangdong.accreditAgency(HOUSING_MINISTRY, GUANGDONG, fixture.stranger.address)
  await asGuangdong.accreditAgency(RESOURCES_MINISTRY, GUANGDONG, fixture.stranger.address)
  return fixture
}

describe('Transfers', () => {
  let ledger: Ledger
  let asOrigin: Ledger
  let asReceiver: Ledger
  let fixture: EmptyLedger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithReceivers)
    ledger = fixture.ledger
    asOrigin = ledger.connect(fixture.operator)
    asReceiver = ledger.connect(fixture.stranger)
  })

  const act = async (statusAct: bigint, index = ORIGIN.index) =>
    asOrigin.act(HUNAN_HOUSING, statusAct, [index], await blockTime(), BASIS, DECISION)

  it('closes the origin for good and names its one successor', async () => {
    await act(StatusAct.TransferOut)
    await expect(asReceiver.transferIn(SUCCESSOR, ORIGIN, DECISION))
      .to.emit(ledger, 'TransferredIn')
      .withArgs(HUNAN_HOUSING, 5, HOUSING_MINISTRY, 900, DECISION)
    expect(await ledger.statusOf(HUNAN_HOUSING, 5)).to.equal(LegalStatus.Transferred)
    expect(await ledger.statusOf(HOUSING_MINISTRY, 900)).to.equal(LegalStatus.Valid)
    expect(Object.values(await ledger.successorOf(HUNAN_HOUSING, 5))).to.deep.equal([
      HOUSING_MINISTRY,
      900n,
      BigInt(await blockTime()),
    ])
    expect((await ledger.successorOf(HUNAN_HOUSING, 4)).since).to.equal(0n)
  })

  it('first come, first served: no second successor, whoever asks', async () => {
    await act(StatusAct.TransferOut)
    await asReceiver.transferIn(SUCCESSOR, ORIGIN, DECISION)
    for (const second of [
      SUCCESSOR,
      { ...SUCCESSOR, index: 901 },
      { issuer: RESOURCES_MINISTRY, index: 1 },
    ]) {
      await expect(asReceiver.transferIn(second, ORIGIN, DECISION))
        .to.be.revertedWithCustomError(ledger, 'TransferOriginNotOut')
        .withArgs(HUNAN_HOUSING, 5, LegalStatus.Transferred)
    }
  })

  it('can be cancelled while no successor exists, and then nobody succeeds', async () => {
    await act(StatusAct.TransferOut)
    await act(StatusAct.CancelTransferOut)
    await expect(asReceiver.transferIn(SUCCESSOR, ORIGIN, DECISION))
      .to.be.revertedWithCustomError(ledger, 'TransferOriginNotOut')
      .withArgs(HUNAN_HOUSING, 5, LegalStatus.Valid)
  })

  it('after the transfer-in nothing is lawful at the origin but annulment', async () => {
    await act(StatusAct.TransferOut)
    await asReceiver.transferIn(SUCCESSOR, ORIGIN, DECISION)
    for (const name of STATUS_ACTS.filter((one) => one !== 'Annul')) {
      await expect(act(StatusAct[name]), name)
        .to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
        .withArgs(HUNAN_HOUSING, 5, LegalStatus.Transferred, StatusAct[name])
    }
    await act(StatusAct.Annul)
    expect(await ledger.statusOf(HUNAN_HOUSING, 5)).to.equal(LegalStatus.Annulled)
    expect((await ledger.successorOf(HUNAN_HOUSING, 5)).index).to.equal(900n)
  })

  it('refuses a successor that is not in force', async () => {
    await act(StatusAct.TransferOut)
    await asReceiver.act(HOUSING_MINISTRY, StatusAct.Suspend, [900], await blockTime(), BASIS, DECISION)
    await expect(asReceiver.transferIn(SUCCESSOR, ORIGIN, DECISION))
      .to.be.revertedWithCustomError(ledger, 'TransferSuccessorNotValid')
      .withArgs(HOUSING_MINISTRY, 900, LegalStatus.Suspended)
  })

  it('changes the origin alone, among neighbours of every kind', async () => {
    await act(StatusAct.TransferOut, 64)
    await act(StatusAct.Suspend, 65)
    await act(StatusAct.TransferOut, 127)
    await asReceiver.transferIn(SUCCESSOR, { issuer: HUNAN_HOUSING, index: 127 }, DECISION)
    const statuses = await Promise.all(
      [63, 64, 65, 66, 127, 128].map((i) => ledger.statusOf(HUNAN_HOUSING, i)),
    )
    const { Valid, TransferredOut, Suspended, Transferred } = LegalStatus
    expect(statuses).to.deep.equal([Valid, TransferredOut, Suspended, Valid, Transferred, Valid])
  })

  it('refuses a transfer within one issuer and a decision without a number', async () => {
    await act(StatusAct.TransferOut)
    await expect(asOrigin.transferIn({ issuer: HUNAN_HOUSING, index: 6 }, ORIGIN, DECISION))
      .to.be.revertedWithCustomError(ledger, 'TransferWithinIssuer')
      .withArgs(HUNAN_HOUSING)
    await expect(asReceiver.transferIn(SUCCESSOR, ORIGIN, ''))
      .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
      .withArgs(0)
  })

  it('is the receiving operator’s alone, of an active agency', async () => {
    await act(StatusAct.TransferOut)
    for (const caller of [fixture.operator, fixture.guangdongAdmin, fixture.hunanAdmin, fixture.council]) {
      await expect(ledger.connect(caller).transferIn(SUCCESSOR, ORIGIN, DECISION))
        .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
        .withArgs(HOUSING_MINISTRY, caller.address)
    }
    await ledger.connect(fixture.guangdongAdmin).suspendAgency(HOUSING_MINISTRY)
    await expect(asReceiver.transferIn(SUCCESSOR, ORIGIN, DECISION))
      .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
      .withArgs(HOUSING_MINISTRY)
  })
})
