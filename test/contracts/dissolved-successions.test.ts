import { expect } from 'chai'
import {
  Capacity,
  type CredentialRef,
  chain,
  type Decision,
  decided,
  deployWithRegions,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  LegalStatus,
  NO_STATUS,
  named,
  rootOf,
  StatusAct,
  uscc,
} from './ledger-fixture.ts'

const GUANGDONG_HOUSING = uscc('1144000000000101MG')
const WEEK = 7 * 86_400

interface Fixture extends EmptyLedger {
  guangdongOperator: EmptyLedger['operator']
}

/** Hunan's housing department and one in Guangdong, each with ten anchored licences, in office for a week. */
async function deployTwoAgencies(): Promise<Fixture> {
  const joined = await deployWithRegions()
  const { ledger, hunanAdmin, guangdongAdmin, operator } = joined
  const guangdongOperator = (await ethers.getSigners())[6]
  if (guangdongOperator === undefined) throw new Error('too few accounts')
  await ledger
    .connect(hunanAdmin)
    .accreditAgency(HUNAN_HOUSING, HUNAN, operator.address, named('湖南省住房和城乡建设厅'))
  await ledger
    .connect(guangdongAdmin)
    .accreditAgency(GUANGDONG_HOUSING, GUANGDONG, guangdongOperator.address, named('广东样例建设厅'))
  await ledger.connect(operator).anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 10 })
  await ledger.connect(guangdongOperator).anchor(GUANGDONG_HOUSING, 0, { root: rootOf(2), size: 10 })
  await chain.time.increase(WEEK)
  return { ...joined, guangdongOperator }
}

/** The licence 3 of Hunan went to Guangdong, which took it in as its licence 4: by mistake. */
async function takeIn({ ledger, operator, guangdongOperator }: Fixture): Promise<void> {
  await ledger.connect(operator).transferOut(HUNAN_HOUSING, [3], GUANGDONG_HOUSING, await decided())
  const successor = { issuer: GUANGDONG_HOUSING, index: 4 }
  await ledger
    .connect(guangdongOperator)
    .transferIn(successor, { issuer: HUNAN_HOUSING, index: 3 }, await decided())
}

async function annulTakenIn({ ledger, guangdongOperator }: Fixture): Promise<void> {
  await ledger.connect(guangdongOperator).act(GUANGDONG_HOUSING, StatusAct.Annul, [4], await decided())
}

const TAKEN_IN = { issuer: HUNAN_HOUSING, index: 3 }
const WRONG = { issuer: GUANGDONG_HOUSING, index: 4 }

describe('Ledger: what took the place of another by mistake', () => {
  it('is unlinked by two keys, and the origin is in transit again to the same agency alone', async () => {
    const fixture = await chain.loadFixture(deployTwoAgencies)
    const { ledger, council, guangdongOperator } = fixture
    await takeIn(fixture)
    await annulTakenIn(fixture)
    const decision = await decided('粤建更〔2026〕1号')

    await ledger.connect(guangdongOperator).dissolveSuccession(WRONG, TAKEN_IN, decision)
    expect(await ledger.statusOf(HUNAN_HOUSING, 3)).to.equal(LegalStatus.Transferred)
    const dissolved = ledger.connect(council).dissolveSuccession(WRONG, TAKEN_IN, decision)
    await expect(dissolved)
      .to.emit(ledger, 'SuccessionDissolved')
      .withArgs(HUNAN_HOUSING, 3, GUANGDONG_HOUSING, 4)
    expect(await ledger.statusOf(HUNAN_HOUSING, 3)).to.equal(LegalStatus.TransferredOut)
    expect((await ledger.originOf(GUANGDONG_HOUSING, 4)).since).to.equal(0n)
    const again = ledger
      .connect(guangdongOperator)
      .transferIn(
        { issuer: GUANGDONG_HOUSING, index: 5 },
        { issuer: HUNAN_HOUSING, index: 3 },
        await decided(),
      )
    await expect(again).to.emit(ledger, 'TransferredIn')
  })

  it('stays linked while one key alone asks for it', async () => {
    const fixture = await chain.loadFixture(deployTwoAgencies)
    const { ledger, operator, stranger, guangdongOperator } = fixture
    await takeIn(fixture)
    await annulTakenIn(fixture)
    const decision: Decision = await decided()

    for (const account of [operator, stranger]) {
      await expect(
        ledger.connect(account).dissolveSuccession(WRONG, TAKEN_IN, decision),
      ).to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
    }
    await ledger.connect(guangdongOperator).dissolveSuccession(WRONG, TAKEN_IN, decision)
    await expect(
      ledger.connect(guangdongOperator).dissolveSuccession(WRONG, TAKEN_IN, decision),
    ).to.be.revertedWithCustomError(ledger, 'CallerNotSuperior')
  })

  it('is not unlinked while what was taken in stands: no cancelling and no second taking-in makes two', async () => {
    const fixture = await chain.loadFixture(deployTwoAgencies)
    const { ledger, council, operator, guangdongOperator } = fixture
    await takeIn(fixture)
    const decision = await decided('粤建更〔2026〕1号')
    const dissolve = (account: EmptyLedger['operator']) =>
      ledger.connect(account).dissolveSuccession(WRONG, TAKEN_IN, decision)
    const isRefused = (sent: Promise<unknown>): Promise<void> =>
      expect(sent)
        .to.be.revertedWithCustomError(ledger, 'CorrectionAfterSuccessor')
        .withArgs(HUNAN_HOUSING, 3, GUANGDONG_HOUSING, 4)
    await isRefused(dissolve(guangdongOperator))
    // Nor when it came into force again between proposal and confirmation.
    await annulTakenIn(fixture)
    await dissolve(guangdongOperator)
    for (const account of [guangdongOperator, council])
      await ledger.connect(account).correct(GUANGDONG_HOUSING, [4], LegalStatus.Valid, decision)
    await isRefused(dissolve(council))

    await annulTakenIn(fixture)
    await dissolve(council)
    await ledger.connect(operator).act(HUNAN_HOUSING, StatusAct.CancelTransferOut, [3], await decided())
    const both = [await ledger.statusOf(HUNAN_HOUSING, 3), await ledger.statusOf(GUANGDONG_HOUSING, 4)]
    expect(both).to.deep.equal([LegalStatus.Valid, LegalStatus.Annulled])
  })

  it('is not unlinked while what was taken in stands, though its origin was annulled meanwhile', async () => {
    const fixture = await chain.loadFixture(deployTwoAgencies)
    const { ledger, council, operator, guangdongOperator } = fixture
    await takeIn(fixture)
    await ledger.connect(operator).act(HUNAN_HOUSING, StatusAct.Annul, [3], await decided())
    const decision = await decided('粤建更〔2026〕1号')
    const dissolve = (account: EmptyLedger['operator']) =>
      ledger.connect(account).dissolveSuccession(WRONG, TAKEN_IN, decision)
    await expect(dissolve(guangdongOperator))
      .to.be.revertedWithCustomError(ledger, 'CorrectionAfterSuccessor')
      .withArgs(HUNAN_HOUSING, 3, GUANGDONG_HOUSING, 4)

    await annulTakenIn(fixture)
    for (const account of [guangdongOperator, council]) await dissolve(account)
    // No transit begins of what is void.
    expect(await ledger.statusOf(HUNAN_HOUSING, 3)).to.equal(LegalStatus.Annulled)
    expect((await ledger.successorOf(HUNAN_HOUSING, 3)).since).to.equal(0n)
    for (const account of [operator, council])
      await ledger.connect(account).correct(HUNAN_HOUSING, [3], LegalStatus.Valid, decision)
    const both = [await ledger.statusOf(HUNAN_HOUSING, 3), await ledger.statusOf(GUANGDONG_HOUSING, 4)]
    expect(both).to.deep.equal([LegalStatus.Valid, LegalStatus.Annulled])
  })

  it('is not unlinked while what it was made anew as stands, though it was annulled itself', async () => {
    const fixture = await chain.loadFixture(deployTwoAgencies)
    const { ledger, council, guangdongOperator } = fixture
    await takeIn(fixture)
    const guangdong = ledger.connect(guangdongOperator)
    await guangdong.supersede(
      { issuer: GUANGDONG_HOUSING, index: 5 },
      { issuer: GUANGDONG_HOUSING, index: 4 },
      await decided(),
    )
    await annulTakenIn(fixture)
    const decision = await decided('粤建更〔2026〕1号')
    await expect(guangdong.dissolveSuccession(WRONG, TAKEN_IN, decision))
      .to.be.revertedWithCustomError(ledger, 'CorrectionAfterSuccessor')
      .withArgs(HUNAN_HOUSING, 3, GUANGDONG_HOUSING, 5)

    await guangdong.act(GUANGDONG_HOUSING, StatusAct.Annul, [5], await decided())
    for (const account of [guangdongOperator, council])
      await ledger.connect(account).dissolveSuccession(WRONG, TAKEN_IN, decision)
    expect(await ledger.statusOf(HUNAN_HOUSING, 3)).to.equal(LegalStatus.TransferredOut)
  })

  it('is corrected afterwards, if it was another holder’s', async () => {
    const fixture = await chain.loadFixture(deployTwoAgencies)
    const { ledger, council, guangdongOperator } = fixture
    await takeIn(fixture)
    await annulTakenIn(fixture)
    const decision = await decided('粤建更〔2026〕1号')
    for (const account of [guangdongOperator, council])
      await ledger.connect(account).dissolveSuccession(WRONG, TAKEN_IN, decision)
    for (const account of [guangdongOperator, council])
      await ledger.connect(account).correct(GUANGDONG_HOUSING, [4], LegalStatus.Valid, decision)
    expect(await ledger.statusOf(GUANGDONG_HOUSING, 4)).to.equal(LegalStatus.Valid)
    expect(await ledger.statusOf(HUNAN_HOUSING, 3)).to.equal(LegalStatus.TransferredOut)
  })

  it('is refused for credentials that are not linked', async () => {
    const fixture = await chain.loadFixture(deployTwoAgencies)
    const { ledger, guangdongOperator } = fixture
    await takeIn(fixture)
    for (const [index, origin] of [
      [5, TAKEN_IN],
      [4, { issuer: HUNAN_HOUSING, index: 2 }],
      [4, { issuer: GUANGDONG_HOUSING, index: 3 }],
    ] as const) {
      const successor = { issuer: GUANGDONG_HOUSING, index }
      await expect(
        ledger.connect(guangdongOperator).dissolveSuccession(successor, origin, await decided()),
      ).to.be.revertedWithCustomError(ledger, 'SuccessionUnknown')
    }
  })

  it('a wrong supersession is dissolved and then corrected', async () => {
    const { ledger, council, operator } = await chain.loadFixture(deployTwoAgencies)
    const hunan = ledger.connect(operator)
    const superseded = await hunan.supersede(
      { issuer: HUNAN_HOUSING, index: 2 },
      { issuer: HUNAN_HOUSING, index: 1 },
      await decided(),
    )
    const correction = await decided('湘建更〔2026〕1号')
    await expect(
      hunan.correct(HUNAN_HOUSING, [1], LegalStatus.Valid, correction),
    ).to.be.revertedWithCustomError(ledger, 'CorrectionAfterSuccessor')

    const [pair, origin] = [2, 1].map((index) => ({ issuer: HUNAN_HOUSING, index })) as [
      CredentialRef,
      CredentialRef,
    ]
    await hunan.dissolveSuccession(pair, origin, correction)
    const dissolved = await ledger.connect(council).dissolveSuccession(pair, origin, correction)
    // On one word: the second act names the block of the first, which is its own.
    for (const [index, block] of [
      [2, superseded.blockNumber],
      [1, dissolved.blockNumber],
    ])
      await expect(dissolved)
        .to.emit(ledger, 'StatusActed')
        .withArgs(
          HUNAN_HOUSING,
          StatusAct.Dissolve,
          NO_STATUS,
          council.address,
          Capacity.Operator,
          [index],
          [block],
          Object.values(correction),
        )
    for (const account of [operator, council]) {
      await ledger.connect(account).correct(HUNAN_HOUSING, [1], LegalStatus.Valid, correction)
    }
    expect(await ledger.statusOf(HUNAN_HOUSING, 1)).to.equal(LegalStatus.Valid)
    expect((await ledger.successorOf(HUNAN_HOUSING, 1)).since).to.equal(0n)
    await expect(hunan.act(HUNAN_HOUSING, StatusAct.Suspend, [1, 2], await decided())).to.emit(
      ledger,
      'StatusActed',
    )
  })
})
