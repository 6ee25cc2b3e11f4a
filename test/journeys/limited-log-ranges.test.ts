/** Everything behind a node that limits over how many blocks it looks for logs: an agency's work, verification, a replica. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgencyHome } from '@hefu/issuer'
import { createRpcLedgerView, type Network } from '@hefu/ledger'
import { connectNodes, Replica } from '@hefu/ledger/replica'
import { keyIdOf, recheckReport, suite, type VerificationReport } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { generateLicences } from '../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../scripts/sample/licence-text.ts'
import { fund, rpc } from '../../scripts/sandbox/chain.ts'
import {
  createFoundedSandbox,
  type FoundedSandbox,
  nowSeconds,
  RECEIVING_REGION,
} from '../../scripts/sandbox/founded-sandbox.ts'
import { type LimitedNode, RANGE_REFUSALS, startLimitedNode } from '../fixtures/limited-logs.ts'
import { PASSPHRASE, quickenHome, typeOf } from '../packages/issuer/fixtures/agency.ts'
import { type Outcome, runHere, runRegionHere } from '../packages/issuer/fixtures/command.ts'

const BUREAU = '1143000000000104MF'
/** As the licences' faces have it. */
const NAME = { zh: '湖南样例自然资源局', en: '', contact: '' }
const TYPE = 'teacher'
const MOST_BLOCKS = 16
/** Blocks without anything in them, between what is asked for. */
const QUIET_BLOCKS = 60

describe('behind a node that looks for logs in few blocks at once', function () {
  this.timeout(180_000)
  let folder: string
  let home: string
  let sandbox: FoundedSandbox
  let node: LimitedNode
  let network: Network
  let kid: string
  let report: VerificationReport
  const ids = [...generateLicences({ type: TYPE, issuer: BUREAU, count: 3, seed: 1 })].map(
    ({ licenceId }) => licenceId,
  )

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-limited-'))
    sandbox = await createFoundedSandbox(join(folder, 'sandbox'))
    node = await startLimitedNode(sandbox.chain.rpcUrl, MOST_BLOCKS, RANGE_REFUSALS.besu)
    network = { ...sandbox.network, rpcUrl: node.rpcUrl }
    home = join(folder, 'home')
    kid = await foundBureau()
  })
  after(async () => {
    await node?.close()
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function foundBureau(): Promise<string> {
    const recorded = JSON.parse(readFileSync(sandbox.folder.network, 'utf8')) as object
    const text = JSON.stringify({ ...recorded, rpcUrl: node.rpcUrl })
    const options = { region: '430000', algorithm: 'ES256', passphrase: PASSPHRASE } as const
    const made = await createAgencyHome({ home, agency: BUREAU, network: text, ...options })
    await quickenHome(home)
    const { operator, publicJwk, kid: madeKid } = made
    const { regionAdministration: administration } = sandbox
    await administration.accreditAgency(BUREAU, '430000', operator, NAME)
    await administration.registerKey({ agency: BUREAU, publicJwk, validFrom: 1, validUntil: null })
    const { code } = typeOf(TYPE)
    await administration.assignResponsibility(BUREAU, code, { from: 0, until: null })
    await fund(sandbox.chain.rpcUrl, operator)
    return madeKid
  }

  const command = async (...args: readonly string[]): Promise<Outcome> => {
    const outcome = await runHere([...args, '--home', home, '--json'])
    expect(outcome.code, outcome.stderr).to.equal(0)
    return outcome
  }
  const act = (name: string, id: string, n: number) =>
    command('act', name, id, '--decision', `样例决字〔2026〕${n}号`, '--effective', 'now')
  const mineQuietly = () => rpc(sandbox.chain.rpcUrl, 'anvil_mine', [`0x${QUIET_BLOCKS.toString(16)}`])
  const bundleOf = (id = ''): string => readFileSync(join(home, 'bundles', `${id}.hefu.json`), 'utf8')

  async function verify(id = ''): Promise<VerificationReport> {
    const request = { presented: bundleOf(id), receivingRegion: RECEIVING_REGION }
    return (await createLocalVerifier({ network }).verify(request)).report
  }

  it('licences are issued, acted on and verified, and nothing of it asks for more than the node gives', async () => {
    const file = join(folder, 'rows.csv')
    const rows = generateLicences({ type: TYPE, issuer: BUREAU, count: ids.length, seed: 1 })
    await writeFile(file, [...encodeCsv(TYPE, rows)].join(''))
    await command('issue', file, '--type', TYPE)
    await mineQuietly()
    report = await verify(ids[0])
    expect(report.verdict).to.equal('accepted')
    await act('suspend', ids[1] ?? '', 1)
    await mineQuietly()
    await act('reinstate', ids[1] ?? '', 2)
    await act('revoke', ids[0] ?? '', 3)
    expect((await verify(ids[0])).verdict).to.equal('rejected')
    expect((await verify(ids[1])).verdict, 'with two acts far apart').to.equal('accepted')
    expect(node.refusals()).to.equal(0)
  })

  it('a report is confirmed as of its own block', async () => {
    const evidence = { presented: bundleOf(ids[0]) }
    const outcome = await recheckReport(report, evidence, { view: createRpcLedgerView(network), suite })
    expect(outcome).to.deep.equal({ outcome: 'confirmed', notRechecked: [] })
    const after = await recheckReport({ ...report, ledger: (await verify(ids[0])).ledger }, evidence, {
      view: createRpcLedgerView(network),
      suite,
    })
    expect(after.outcome).to.equal('differs')
    expect(node.refusals()).to.equal(0)
  })

  it('a journal that was lost is made whole, and status is told', async () => {
    await rm(join(home, 'journal'), { recursive: true })
    expect((await command('recover')).events[0]).to.include({ recovered: ids.length, unknown: 0 })
    expect((await command('status')).events[0]).to.include({ bundled: ids.length, checked: true })
    await act('suspend', ids[2] ?? '', 4)
    expect((await verify(ids[2])).verdict).to.equal('rejected')
    expect(node.refusals()).to.equal(0)
  })

  it('proposals of years are listed, in pages that the node gives', async () => {
    const file = join(folder, 'network.json')
    await writeFile(
      file,
      JSON.stringify({ ...JSON.parse(readFileSync(sandbox.folder.network, 'utf8')), rpcUrl: node.rpcUrl }),
    )
    const before = node.refusals()
    const listed = await runRegionHere(['proposals', '--network', file])
    expect(listed.code, listed.stderr).to.equal(0)
    expect(node.refusals(), 'it is asked for less then').to.be.above(before)
  })

  for (const [who, words] of Object.entries(RANGE_REFUSALS)) {
    it(`a replica catches up where ${who} refuses, and answers as the ledger does`, async () => {
      const limited = await startLimitedNode(sandbox.chain.rpcUrl, MOST_BLOCKS, words)
      try {
        const behind = { ...network, rpcUrl: limited.rpcUrl }
        const replica = await Replica.open(behind, connectNodes(behind, { clock: nowSeconds }))
        await replica.advance()
        expect(limited.refusals(), 'the limit was met').to.be.above(0)
        const block = replica.position?.newest
        if (block === undefined) throw new Error('nothing was read')
        const query = {
          issuer: BUREAU,
          keyId: keyIdOf(kid),
          licenceType: typeOf(TYPE).code,
          receivingRegion: RECEIVING_REGION,
          block,
        }
        const view = createRpcLedgerView(sandbox.network)
        const statuses: string[] = []
        for (const statusIndex of ids.keys()) {
          const facts = await replica.view().lookup({ ...query, statusIndex })
          expect(facts).to.deep.equal(await view.lookup({ ...query, statusIndex }))
          statuses.push(facts.status)
        }
        expect(statuses).to.deep.equal(['revoked', 'valid', 'suspended'])
      } finally {
        await limited.close()
      }
    })
  }
})
