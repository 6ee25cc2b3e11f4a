import { expect } from 'chai'
import { describe, it } from 'mocha'
import { matchSnapshot } from './snapshot.ts'
import { describeLayout, readLayout } from './storage-layout.ts'

describe('Storage layout', () => {
  const ledger = describeLayout(readLayout('contracts/Ledger.sol'))

  it('is the committed one: proofs name slots', () => {
    expect(ledger).to.contain('_anchors')
    matchSnapshot('storage-layout.txt', ledger)
  })

  for (const part of ['Members', 'Remedies']) {
    it(`is the same in ${part}, which works on the ledger's state`, () => {
      expect(describeLayout(readLayout(`contracts/office/${part}.sol`))).to.equal(ledger)
    })
  }

  it('tells another one apart', () => {
    expect(describeLayout(readLayout('contracts/governance/Seats.sol'))).not.to.equal(ledger)
  })
})
