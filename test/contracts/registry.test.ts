/** Which ledgers the council calls its own, and when an anchor on each counts. */
import { expect } from 'chai'
import type { BaseContract, ContractTransactionResponse } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import { blockTime, chain, ethers } from './ledger-fixture.ts'

const OTHER_CHAIN = 2026
const ELSEWHERE = `0x${'12'.repeat(20)}`
const YEAR_2200 = 7_258_118_400

interface Registry extends BaseContract {
  connect(caller: unknown): Registry
  register(chainId: number, ledger: string, openedAt: number): Promise<ContractTransactionResponse>
  close(number: number, closedAt: number, successor: number): Promise<ContractTransactionResponse>
  reopen(number: number): Promise<ContractTransactionResponse>
  ledgerCount(): Promise<bigint>
  ledgerAt(number: number): Promise<Record<string, bigint | string>>
  numberOf(chainId: number, ledger: string): Promise<bigint>
  isOpenAt(chainId: number, ledger: string, time: number): Promise<boolean>
}

async function deploy() {
  const [council, stranger] = await ethers.getSigners()
  if (!council || !stranger) throw new Error('too few accounts')
  const manager = await ethers.deployContract('AccessManager', [council.address], council)
  const authority = await manager.getAddress()
  const members = await (await ethers.deployContract('Members', [], council)).getAddress()
  const remedies = await (await ethers.deployContract('Remedies', [], council)).getAddress()
  const appointments = await (await ethers.deployContract('Appointments', [], council)).getAddress()
  const deployed = await ethers.deployContract(
    'Ledger',
    [authority, members, remedies, appointments],
    council,
  )
  const first = await deployed.getAddress()
  const openedAt = await blockTime()
  const registry = await ethers.deployContract('Registry', [authority, first, openedAt], council)
  const chainId = Number((await ethers.provider.getNetwork()).chainId)
  return { registry: registry as unknown as Registry, council, stranger, authority, first, openedAt, chainId }
}

describe('Registry', () => {
  let fixture: Awaited<ReturnType<typeof deploy>>
  let registry: Registry
  beforeEach(async () => {
    fixture = await chain.loadFixture(deploy)
    registry = fixture.registry
  })

  it('begins with the first ledger, open from its block on', async () => {
    const { first, openedAt, chainId } = fixture
    expect(await registry.ledgerCount()).to.equal(1n)
    expect(await registry.numberOf(chainId, first)).to.equal(1n)
    expect(await registry.isOpenAt(chainId, first, openedAt - 1)).to.equal(false)
    expect(await registry.isOpenAt(chainId, first, openedAt)).to.equal(true)
    const { ledger, chainId: on, closedAt, successor } = await registry.ledgerAt(1)
    expect([ledger, on, closedAt, successor]).to.deep.equal([first, BigInt(chainId), 0n, 0n])
  })

  it('hears the council alone', async () => {
    const asStranger = registry.connect(fixture.stranger)
    for (const call of [
      asStranger.register(OTHER_CHAIN, ELSEWHERE, fixture.openedAt),
      asStranger.close(1, fixture.openedAt + 1, 0),
      asStranger.reopen(1),
    ]) {
      await expect(call).to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
    }
  })

  it('registers a ledger, on this chain or another, and never removes it', async () => {
    const { openedAt, chainId } = fixture
    await expect(registry.register(OTHER_CHAIN, ELSEWHERE, openedAt))
      .to.emit(registry, 'LedgerRegistered')
      .withArgs(2, OTHER_CHAIN, ELSEWHERE, openedAt)
    expect((await registry.ledgerAt(2))['registeredAt']).to.equal(BigInt(await blockTime()))
    expect(await registry.isOpenAt(OTHER_CHAIN, ELSEWHERE, openedAt)).to.equal(true)
    expect(await registry.isOpenAt(chainId, ELSEWHERE, openedAt), 'on this chain it is unknown').to.equal(
      false,
    )
  })

  it('corrects an opening, of the same number, to a time past or to come, and never behind its end', async () => {
    const { openedAt } = fixture
    await registry.register(OTHER_CHAIN, ELSEWHERE, openedAt)
    await registry.close(2, openedAt + 100, 0)
    for (const corrected of [openedAt + 100, openedAt - 100]) {
      await expect(registry.register(OTHER_CHAIN, ELSEWHERE, corrected))
        .to.emit(registry, 'LedgerRegistered')
        .withArgs(2, OTHER_CHAIN, ELSEWHERE, corrected)
      expect(await registry.isOpenAt(OTHER_CHAIN, ELSEWHERE, openedAt)).to.equal(corrected < openedAt)
    }
    expect(await registry.ledgerCount()).to.equal(2n)
    await expect(registry.register(OTHER_CHAIN, ELSEWHERE, openedAt + 101))
      .to.be.revertedWithCustomError(registry, 'LedgerClosedBeforeOpened')
      .withArgs(2, openedAt + 100, openedAt + 101)
  })

  it('refuses what can be no ledger', async () => {
    const { chainId, openedAt } = fixture
    for (const [on, ledger] of [
      [0, ELSEWHERE],
      [OTHER_CHAIN, ethers.ZeroAddress],
      [chainId, ELSEWHERE],
    ] as const) {
      await expect(registry.register(on, ledger, openedAt)).to.be.revertedWithCustomError(
        registry,
        'LedgerInvalid',
      )
    }
  })

  it('refuses times that are not counted in seconds', async () => {
    for (const time of [0, YEAR_2200, 2 ** 40 - 1]) {
      await expect(registry.register(OTHER_CHAIN, ELSEWHERE, time)).to.be.revertedWithCustomError(
        registry,
        'TimeNotInSeconds',
      )
      await expect(registry.close(1, time, 0)).to.be.revertedWithCustomError(registry, 'TimeNotInSeconds')
    }
    await registry.register(OTHER_CHAIN, ELSEWHERE, YEAR_2200 - 1)
  })

  it('is not deployed on a chain that counts milliseconds', async () => {
    const { authority, first, openedAt } = fixture
    await chain.time.setNextBlockTimestamp(YEAR_2200)
    const deployed = ethers.deployContract('Registry', [authority, first, openedAt])
    await expect(deployed).to.be.revertedWithCustomError(registry, 'TimeNotInSeconds')
  })

  it('closes a ledger in favour of a later one: old receipts count on the old, new ones on the new', async () => {
    const { first, openedAt, chainId } = fixture
    const change = openedAt + 1000
    await registry.register(OTHER_CHAIN, ELSEWHERE, change)
    await expect(registry.close(1, change, 2))
      .to.emit(registry, 'LedgerClosed')
      .withArgs(1, change, 2)
    for (const [time, old, later] of [
      [change - 1, true, false],
      [change, false, true],
    ] as const) {
      expect(await registry.isOpenAt(chainId, first, time)).to.equal(old)
      expect(await registry.isOpenAt(OTHER_CHAIN, ELSEWHERE, time)).to.equal(later)
    }
  })

  it('may close for a time past, correct that, and take it back', async () => {
    const { first, openedAt, chainId } = fixture
    await chain.time.increase(10_000)
    await registry.close(1, openedAt + 10, 0)
    expect(await registry.isOpenAt(chainId, first, openedAt + 10)).to.equal(false)
    await registry.close(1, openedAt + 20, 0)
    expect(await registry.isOpenAt(chainId, first, openedAt + 10)).to.equal(true)
    await expect(registry.reopen(1)).to.emit(registry, 'LedgerReopened').withArgs(1)
    expect(await registry.isOpenAt(chainId, first, openedAt + 20)).to.equal(true)
    await expect(registry.reopen(1)).to.be.revertedWithCustomError(registry, 'LedgerNotClosed')
  })

  it('closes no ledger before it opened', async () => {
    const closing = registry.close(1, fixture.openedAt - 1, 0)
    await expect(closing).to.be.revertedWithCustomError(registry, 'LedgerClosedBeforeOpened')
    await registry.close(1, fixture.openedAt, 0)
  })

  it('knows no circle of successors', async () => {
    const change = fixture.openedAt + 1
    await registry.register(OTHER_CHAIN, ELSEWHERE, fixture.openedAt)
    await registry.close(1, change, 2)
    for (const [number, successor] of [
      [1, 1],
      [1, 3],
      [2, 1],
      [2, 2],
    ] as const) {
      await expect(registry.close(number, change, successor)).to.be.revertedWithCustomError(
        registry,
        'LedgerSuccessorInvalid',
      )
    }
  })

  it('answers nothing for a number that no ledger has', async () => {
    for (const number of [0, 2]) {
      await expect(registry.ledgerAt(number)).to.be.revertedWithCustomError(registry, 'LedgerUnknown')
      await expect(registry.close(number, fixture.openedAt, 0)).to.be.revertedWithCustomError(
        registry,
        'LedgerUnknown',
      )
      await expect(registry.reopen(number)).to.be.revertedWithCustomError(registry, 'LedgerUnknown')
    }
  })
})
