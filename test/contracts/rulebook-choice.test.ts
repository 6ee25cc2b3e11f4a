import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  chain,
  deployEmptyLedger,
  deployRulebook,
  type EmptyLedger,
  ethers,
  type Ledger,
} from './ledger-fixture.ts'

describe('The choice of a rulebook', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let first: string

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployEmptyLedger)
    ledger = fixture.ledger
    first = await fixture.rulebook.getAddress()
  })

  it('is told by the ledger for now and for every past time', async () => {
    const next = await (await deployRulebook(ledger, fixture.council)).getAddress()
    const changedAt = (await blockTime()) + 100
    await chain.time.setNextBlockTimestamp(changedAt)
    await expect(ledger.changeRulebook(next)).to.emit(ledger, 'RulebookChanged').withArgs(next, changedAt)
    await chain.time.setNextBlockTimestamp(changedAt + 50)
    await ledger.changeRulebook(first)
    expect(await ledger.rulebook(), 'and back').to.equal(first)
    const [{ from } = { from: 0n }] = await ledger.rulebooks()
    for (const [time, rulebook] of [
      [Number(from) - 1, ethers.ZeroAddress],
      [Number(from), first],
      [changedAt - 1, first],
      [changedAt, next],
      [changedAt + 49, next],
      [changedAt + 50, first],
    ] as const) {
      expect(await ledger.rulebookAt(time), `${time - changedAt}`).to.equal(rulebook)
    }
    expect((await ledger.rulebooks()).map(({ rulebook }) => rulebook)).to.deep.equal([first, next, first])
  })

  it('refuses what is no rulebook of this ledger', async () => {
    const other = await deployEmptyLedger()
    for (const address of [
      ethers.ZeroAddress,
      fixture.stranger.address,
      await ledger.authority(),
      await ledger.getAddress(),
      await other.rulebook.getAddress(),
    ]) {
      await expect(ledger.changeRulebook(address), address)
        .to.be.revertedWithCustomError(ledger, 'RulebookForeign')
        .withArgs(address)
    }
    expect(await ledger.rulebook()).to.equal(first)
  })

  it('refuses what says that it is one and would answer no lookup', async () => {
    const address = (await ledger.getAddress()).slice(2).toLowerCase()
    // The ledger's address for a question of four bytes, which `ledger()` is; nothing, or a refusal, for every other.
    for (const other of ['00', '5f5ffd']) {
      const start = other === '00' ? '08' : '0a'
      const tail = `5b73${address}5f5260205ff3`
      const body = `36600414${`60${start}57`}${other}${tail}`
      const size = (body.length / 2).toString(16).padStart(2, '0')
      const sent = await fixture.council.sendTransaction({ data: `0x60${size}80600a5f395ff3fe${body}` })
      const made = (await sent.wait())?.contractAddress ?? ''
      await expect(ledger.changeRulebook(made), other)
        .to.be.revertedWithCustomError(ledger, 'RulebookSilent')
        .withArgs(made)
    }
    expect(await ledger.rulebook()).to.equal(first)
  })

  it('is the council’s', async () => {
    const next = await (await deployRulebook(ledger, fixture.council)).getAddress()
    for (const caller of [fixture.hunanAdmin, fixture.operator, fixture.stranger]) {
      await expect(ledger.connect(caller).changeRulebook(next))
        .to.be.revertedWithCustomError(ledger, 'AccessManagedUnauthorized')
        .withArgs(caller.address)
    }
  })
})
