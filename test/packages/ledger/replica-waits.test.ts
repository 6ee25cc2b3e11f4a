/** What waits for somebody else's word, told by a replica of a real chain as the ledger has it, and proven by its storage. */
import { auditLedger, connectProofReader, readToldState } from '@hefu/ledger/audit'
import { connectNodes, FactLayer, type LedgerQueries, Replica } from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import {
  type AdministeredSandbox,
  CITY,
  COUNTY,
  createAdministeredSandbox,
  DAY,
  done,
  named,
  passTime,
  refusalOf,
  usccOf,
} from './fixtures/administered-sandbox.ts'

const HUNAN = '430000'
const ALL = { most: 100 }

describe('What waits, by a replica', function () {
  this.timeout(120_000)
  let world: AdministeredSandbox
  let replica: Replica

  before(async () => {
    world = await createAdministeredSandbox()
    const network = { ...world.network, finality: 3, engine: 'ethereum' as const }
    replica = await Replica.open(network, connectNodes(network, { clock: nowSeconds }))
  })
  after(() => world?.stop())

  async function listed(): Promise<LedgerQueries> {
    await replica.advance()
    return replica.queries() ?? expect.fail('nothing was read')
  }

  const proposals = async () => (await listed()).proposals(ALL).items
  const nominations = async () => (await listed()).nominations(ALL).items
  const successions = async () => (await listed()).successions(ALL).items
  const lastOf = <Item>(items: readonly Item[]): Item => items.at(-1) ?? expect.fail('there is none')

  const foreign = (body: string) =>
    [usccOf('100000', body), HUNAN, world.cityAdmin.address, named(`部属${body}局`)] as const
  /** Proposed by the province alone. */
  async function propose(body: string): Promise<Hex> {
    const { address } = await world.createAccount()
    const [uscc, region, , name] = foreign(body)
    const agreement = await world.regionAdministration.accreditAgency(uscc, region, address, name)
    return agreement.outcome === 'proposed' ? agreement.call : expect.fail('one key was enough')
  }

  it('a proposal: what would be called, by whom, since when and until when, as the ledger keeps it', async () => {
    const call = await propose('401')
    const item = lastOf(await proposals())
    const { proposer, proposedAt } = await world.ledger.getFunction('proposal')(call)
    expect(item).to.deep.equal({
      number: 1,
      state: 'waiting',
      since: Number(proposedAt),
      until: Number(proposedAt) + 30 * DAY,
      ended: null,
      functionName: 'accreditAgency',
      region: null,
      agency: usccOf('100000', '401'),
      call,
      proposer: proposer.toLowerCase(),
    })
    const record = (await listed()).proposal(1)
    expect(record?.callData).to.match(/^0x[0-9a-f]{8}/)
    expect((await listed()).proposal(2)).to.equal(null)
  })

  it('a proposal is confirmed, by whom and when; a confirmation that is refused leaves it waiting', async () => {
    const hunan = world.regionAdministration
    const { address } = await world.createAccount()
    const [uscc, region, , name] = foreign('402')
    const branch = [uscc, region, address, name] as const
    await hunan.accreditAgency(...branch)
    expect(await refusalOf(world.administrationOf('440000').accreditAgency(...branch))).to.not.equal('done')
    expect(lastOf(await proposals()).state).to.equal('waiting')
    await world.councilAdministration.accreditAgency(...branch)
    const { state, ended } = lastOf(await proposals())
    expect(state).to.equal('met')
    expect(ended).to.deep.equal({ at: await world.blockTime(), by: world.councilAdministration.address })
  })

  it('a proposal is taken back by its proposer alone, and proposed again it is another', async () => {
    const call = await propose('403')
    const hunan = world.regionAdministration
    expect(await refusalOf(world.administrationOf('440000').withdrawProposal(call))).to.equal(
      'ProposalNotOfCaller',
    )
    expect(lastOf(await proposals()).state).to.equal('waiting')
    await hunan.withdrawProposal(call)
    const withdrawn = lastOf(await proposals())
    expect([withdrawn.state, withdrawn.ended?.by]).to.deep.equal(['taken-back', hunan.address])
  })

  it('the same call proposed anew by who is entitled, since its proposer is no more, is in its place', async () => {
    const county = world.countyAdmin
    await county.administration.retireRegion(COUNTY, null)
    const next = await world.createAccount()
    await world.cityAdmin.administration.nominateRegionAdmin(COUNTY, next.address)
    await next.administration.acceptRegionAdmin(COUNTY)
    await next.administration.retireRegion(COUNTY, null)
    const [first, second] = (await proposals()).slice(-2)
    expect([first?.state, second?.state]).to.deep.equal(['replaced', 'waiting'])
    expect(first?.call).to.equal(second?.call)
    expect([second?.region, second?.proposer]).to.deep.equal([COUNTY, next.address])
    await next.administration.withdrawProposal(second?.call ?? '0x')
  })

  it('a nomination is accepted, replaced, taken back, or void when its agency is suspended', async () => {
    const [hunan, { agency }] = [world.regionAdministration, world.bureau]
    const candidates = [await world.createAccount(), await world.createAccount()] as const
    await hunan.nominateOperator(agency, candidates[0].address)
    const nomination = lastOf(await nominations())
    expect(nomination).to.include({
      state: 'waiting',
      agency,
      region: null,
      candidate: candidates[0].address,
      nominatedBy: hunan.address,
    })
    await hunan.nominateOperator(agency, candidates[1].address)
    expect(
      await refusalOf(done(candidates[0].operator, candidates[0].operator.submitAcceptance(agency))),
    ).to.equal('CallerNotNominated')
    expect((await nominations()).slice(-2).map(({ state }) => state)).to.deep.equal(['replaced', 'waiting'])
    await hunan.nominateOperator(agency, null)
    expect(lastOf(await nominations()).state).to.equal('taken-back')
    await hunan.nominateOperator(agency, candidates[0].address)
    await hunan.suspendAgency(agency)
    expect(lastOf(await nominations())).to.deep.include({ state: 'void' })
    await hunan.resumeAgency(agency)
    await hunan.nominateOperator(agency, candidates[1].address)
    await passTime(world.chain.rpcUrl, 2)
    await done(candidates[1].operator, candidates[1].operator.submitAcceptance(agency))
    const accepted = lastOf(await nominations())
    expect([accepted.state, accepted.ended?.by]).to.deep.equal(['met', candidates[1].address])
  })

  it('a succession is accepted for a retirement, which uses it up', async () => {
    const city = world.cityAdmin
    const county = await world.createAccount()
    await city.administration.accreditRegion('430103', CITY, county.address, named('天心区'))
    await passTime(world.chain.rpcUrl, 8 * DAY)
    await city.administration.acceptRegionSuccession('430103', CITY)
    expect(lastOf(await successions())).to.deep.include({
      state: 'waiting',
      region: '430103',
      successor: { region: CITY, agency: null },
    })
    expect(await refusalOf(county.administration.acceptRegionSuccession('430103', CITY))).to.equal(
      'CallerNotRegionAdmin',
    )
    await county.administration.retireRegion('430103', CITY)
    expect(lastOf(await successions()).state).to.equal('waiting')
    await city.administration.retireRegion('430103', CITY)
    expect(lastOf(await successions()).state).to.equal('met')
  })

  it('is undone with the blocks that told of it, exactly', async () => {
    await rpc(world.chain.rpcUrl, 'anvil_mine', ['0x4'])
    const before = await proposals()
    const call = await propose('404')
    expect((await proposals()).at(-1)?.call).to.equal(call)
    const head = replica.position?.newest.hash
    while (replica.position?.newest.hash === head) {
      await rpc(world.chain.rpcUrl, 'anvil_reorg', [1, []])
      await replica.advance()
    }
    expect(await proposals()).to.deep.equal(before)
  })

  it('is what storage has, by proofs, also of what has ended; what is told otherwise is named', async () => {
    await propose('405')
    await world.regionAdministration.nominateOperator(world.bureau.agency, world.cityAdmin.address)
    await world.cityAdmin.administration.acceptRegionSuccession(COUNTY, CITY)
    // So that nothing is otherwise between two audits.
    await rpc(world.chain.rpcUrl, 'evm_setIntervalMining', [0])
    const network = { ...world.network, finality: 0, engine: 'ethereum' as const }
    const events = connectNodes(network, { clock: nowSeconds })
    const readers = { events, proofs: connectProofReader(network) }
    const report = await auditLedger(network, readers, null, { seed: 1 })
    expect(report.named).to.deep.equal([])
    expect(report.compared['waiting']?.facts).to.be.greaterThan(8)

    const { facts } = await readToldState(network, events, report.block.number)
    const kept = new FactLayer(facts)
    const wrong: string[] = []
    for (const key of facts.keysOf('waiting', null, 100)) {
      wrong.push(key)
      const stands = facts.find('waiting', key) !== null
      kept.put({ table: 'waiting', key, fact: stands ? null : 1 })
    }
    const { named: otherwise } = await auditLedger(
      network,
      readers,
      { facts: kept, block: report.block },
      { seed: 1, mostNamed: 1_000 },
    )
    expect([...new Set(otherwise.map(({ key }) => key))]).to.have.members(wrong)
  })

  it('is over after thirty days, and what is waiting, and is not, is listed apart', async () => {
    await passTime(world.chain.rpcUrl, 31 * DAY)
    const queries = await listed()
    expect(queries.proposals(ALL, 'waiting').items).to.deep.equal([])
    const expired = queries.proposals(ALL, 'expired').items
    expect(expired.map(({ ended }) => ended)).to.deep.equal(expired.map(() => null))
    expect(expired.length).to.be.greaterThan(1)
    const numbers: number[] = []
    let cursor: string | undefined
    do {
      const page = queries.proposals({ most: 1, cursor })
      numbers.push(...page.items.map(({ number }) => number))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(numbers).to.deep.equal(numbers.map((_, at) => at + 1))
  })
})
