/** Trial: what follows the dissolution of a taking-in, and acceptances that never end. */
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { chain, decided, HUNAN_HOUSING, type Ledger, LegalStatus } from '../ledger-fixture.ts'
import {
  byTwoKeys,
  DAY,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  GUANGDONG_RESOURCES,
  type Licences,
  transfer,
} from '../licence-fixture.ts'

describe('Trial: a taking-in that was dissolved', () => {
  let licences: Licences
  let ledger: Ledger
  let operator: Ledger
  let receiver: Ledger

  beforeEach(async () => {
    licences = await chain.loadFixture(deployWithLicences)
    ledger = licences.ledger
    operator = ledger.connect(licences.operator)
    receiver = ledger.connect(licences.receiver)
    await transfer(
      { as: operator, issuer: HUNAN_HOUSING, index: 1 },
      { as: receiver, issuer: GUANGDONG_HOUSING, index: 7 },
    )
    const decision = await decided('粤更〔2026〕1号')
    await byTwoKeys(receiver, ledger, async (as) =>
      as.dissolveSuccession({ issuer: GUANGDONG_HOUSING, index: 7 }, [1], decision),
    )
  })

  it('leaves no two in force when the transfer out is cancelled', async () => {
    await enter(operator, HUNAN_HOUSING, 'CancelTransferOut', [1]).catch(() => {})
    const both = [await ledger.statusOf(HUNAN_HOUSING, 1), await ledger.statusOf(GUANGDONG_HOUSING, 7)]
    expect(both).to.not.deep.equal([LegalStatus.Valid, LegalStatus.Valid])
  })

  it('is taken in again by one licence, not by a second beside the first', async () => {
    await receiver
      .transferIn({ issuer: GUANGDONG_HOUSING, index: 8 }, HUNAN_HOUSING, [1], await decided())
      .catch(() => {})
    const both = [await ledger.statusOf(GUANGDONG_HOUSING, 7), await ledger.statusOf(GUANGDONG_HOUSING, 8)]
    const origin = await ledger.originOf(GUANGDONG_HOUSING, 8)
    expect(origin.since === 0n || both[0] !== LegalStatus.Valid).to.equal(true)
  })
})

describe('Trial: a succession that was accepted', () => {
  it('is not accepted for ever', async () => {
    const licences = await chain.loadFixture(deployWithLicences)
    const { ledger, guangdongAdmin } = licences
    const receiver = ledger.connect(licences.receiver)
    await receiver.acceptAgencySuccession(GUANGDONG_RESOURCES, GUANGDONG_HOUSING)
    await chain.time.increase(5 * 365 * DAY)
    await ledger.connect(guangdongAdmin).retireAgency(GUANGDONG_RESOURCES, GUANGDONG_HOUSING)
    await ledger.retireAgency(GUANGDONG_RESOURCES, GUANGDONG_HOUSING).catch(() => {})
    expect((await ledger.agency(GUANGDONG_RESOURCES)).status).to.equal(1n)
  })
})
