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

  it('of the rulebook is the committed one', () => {
    const rulebook = describeLayout(readLayout('contracts/Rulebook.sol'))
    expect(rulebook).to.contain('_responsibilities')
    matchSnapshot('storage-layout-rulebook.txt', rulebook)
  })

  it('of the registry is the committed one', () => {
    const registry = describeLayout(readLayout('contracts/governance/Registry.sol'))
    expect(registry).to.contain('_ledgers')
    matchSnapshot('storage-layout-registry.txt', registry)
  })

  for (const part of ['Members', 'Remedies', 'Appointments']) {
    it(`is the same in ${part}, which works on the ledger's state`, () => {
      expect(describeLayout(readLayout(`contracts/office/${part}.sol`))).to.equal(ledger)
    })
  }

  it('tells another one apart', () => {
    expect(describeLayout(readLayout('contracts/governance/Seats.sol'))).not.to.equal(ledger)
  })
})
