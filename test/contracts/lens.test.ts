import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  BASIS,
  blockTime,
  chain,
  deployWithCatalogue,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  NOT_ASKED,
  type Rulebook,
  rootOf,
  SAFETY_MANAGER,
  SPECIAL_OPERATION,
  StatusAct,
  TERM_OPEN,
} from './ledger-fixture.ts'

describe('Lens', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let rulebook: Rulebook
  let ask: (name: string, ...args: unknown[]) => Promise<unknown>

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithCatalogue)
    ledger = fixture.ledger
    rulebook = fixture.rulebook
    const lens = await ethers.deployContract('Lens', [await ledger.getAddress()])
    ask = (name, ...args) => lens.getFunction(name)(...args)
  })

  it('answers for many what the ledger answers for one, in the order asked', async () => {
    await rulebook
      .connect(fixture.hunanAdmin)
      .assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
    const now = await blockTime()
    const kids = [rootOf(1), rootOf(2)]
    const types = [SPECIAL_OPERATION, SAFETY_MANAGER]
    const agencies = [HOUSING_MINISTRY, HUNAN_HOUSING]
    expect(await ask('regions', [GUANGDONG, HUNAN, 110000])).to.deep.equal(
      await Promise.all([GUANGDONG, HUNAN, 110000].map((code) => ledger.region(code))),
    )
    expect(await ask('agencies', agencies)).to.deep.equal(
      await Promise.all(agencies.map((one) => ledger.agency(one))),
    )
    expect(await ask('keys', kids)).to.deep.equal(await Promise.all(kids.map((kid) => ledger.key(kid))))
    expect(await ask('licenceTypes', types)).to.deep.equal(
      await Promise.all(types.map((type) => rulebook.licenceType(type))),
    )
    const terms = await Promise.all(types.map((type) => rulebook.responsibilityAt(HUNAN_HOUSING, type, now)))
    expect(await ask('responsibilities', HUNAN_HOUSING, types, now)).to.deep.equal(terms)
    expect(terms.map(({ until }) => until)).to.deep.equal([0n, BigInt(TERM_OPEN)])
  })

  it('answers for many credentials of one block', async () => {
    const asOperator = ledger.connect(fixture.operator)
    await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 })
    await asOperator.act(HUNAN_HOUSING, StatusAct.Revoke, [70], await blockTime(), BASIS, '1')
    expect(await ask('statuses', HUNAN_HOUSING, [69, 70])).to.deep.equal([
      LegalStatus.Valid,
      LegalStatus.Revoked,
    ])
    const queries = [1, 2].map((seed) => ({
      issuer: HUNAN_HOUSING,
      root: rootOf(seed),
      kid: rootOf(9),
      statusIndex: 70,
      ...NOT_ASKED,
    }))
    expect(await ask('lookupMany', queries)).to.deep.equal(
      await Promise.all(queries.map((query) => ledger.lookup(query))),
    )
  })

  it('answers nothing for nothing', async () => {
    expect(await ask('lookupMany', [])).to.deep.equal([])
    expect(await ask('regions', [])).to.deep.equal([])
  })
})
