/** Trial: however corrected, no two credentials are in force in one place. */
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { chain, decided, HUNAN_HOUSING, type Ledger, LegalStatus } from '../ledger-fixture.ts'
import {
  correctByTwo,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  type Licences,
  transfer,
} from '../licence-fixture.ts'

describe('Trial: a correction of an origin and its annulled successor in one call', () => {
  let licences: Licences
  let ledger: Ledger

  beforeEach(async () => {
    licences = await chain.loadFixture(deployWithLicences)
    ledger = licences.ledger
  })

  it('revives no two in one place: superseded', async () => {
    const operator = ledger.connect(licences.operator)
    await operator.supersede(HUNAN_HOUSING, [1], [2], await decided())
    await enter(operator, HUNAN_HOUSING, 'Annul', [2])
    await correctByTwo(operator, ledger, HUNAN_HOUSING, [1, 2], LegalStatus.Valid).catch(() => {})
    const both = [await ledger.statusOf(HUNAN_HOUSING, 1), await ledger.statusOf(HUNAN_HOUSING, 2)]
    expect(both).to.not.deep.equal([LegalStatus.Valid, LegalStatus.Valid])
  })

  it('the same one after the other is refused', async () => {
    const operator = ledger.connect(licences.operator)
    await operator.supersede(HUNAN_HOUSING, [1], [2], await decided())
    await enter(operator, HUNAN_HOUSING, 'Annul', [2])
    await correctByTwo(operator, ledger, HUNAN_HOUSING, [1], LegalStatus.Valid)
    await expect(
      correctByTwo(operator, ledger, HUNAN_HOUSING, [2], LegalStatus.Valid),
    ).to.be.revertedWithCustomError(ledger, 'CorrectionAfterOrigin')
  })

  it('revives no two in one place: transferred there and back', async () => {
    const operator = ledger.connect(licences.operator)
    const receiver = ledger.connect(licences.receiver)
    await transfer(
      { as: operator, issuer: HUNAN_HOUSING, index: 1 },
      { as: receiver, issuer: GUANGDONG_HOUSING, index: 7 },
    )
    await transfer(
      { as: receiver, issuer: GUANGDONG_HOUSING, index: 7 },
      { as: operator, issuer: HUNAN_HOUSING, index: 2 },
    )
    await enter(operator, HUNAN_HOUSING, 'Annul', [2])
    await enter(receiver, GUANGDONG_HOUSING, 'Annul', [7])
    await correctByTwo(operator, ledger, HUNAN_HOUSING, [1, 2], LegalStatus.Valid).catch(() => {})
    const both = [await ledger.statusOf(HUNAN_HOUSING, 1), await ledger.statusOf(HUNAN_HOUSING, 2)]
    expect(both).to.not.deep.equal([LegalStatus.Valid, LegalStatus.Valid])
  })
})
