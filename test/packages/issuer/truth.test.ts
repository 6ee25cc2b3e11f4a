/** Nothing is said done that is not done: an agency's commands while the node is gone, and after its chain lost blocks. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import {
  anchorAll,
  createAgencyHome,
  finishEntries,
  type Office,
  readRegistration,
  recordLicences,
  sealAll,
} from '@hefu/issuer'
import {
  encodeLicenceId,
  findLicenceType,
  formatChinaTime,
  type IssuingKey,
  parseLicenceId,
} from '@hefu/protocol'
import { expect } from 'chai'
import { Contract } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { withSigningOffice } from '#internal/issuer/command/open-office'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'
import { NodeProvider } from '../../../scripts/deploy/node-provider.ts'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { fund, rpc } from '../../../scripts/sandbox/chain.ts'
import {
  createFoundedSandbox,
  type FoundedSandbox,
  nowSeconds,
} from '../../../scripts/sandbox/founded-sandbox.ts'
import { PASSPHRASE, quickenHome, rowsOf, typeOf } from './fixtures/agency.ts'
import { type Outcome, runHere } from './fixtures/command.ts'
import { type SwitchedNode, startSwitchedNode } from './fixtures/switched-node.ts'

const BUREAU = '1143000000000104MF'
const OTHER = '1143000000000105MH'
const SUSPENDED = 1n
const REVOKED = 2n
const SUPERSEDED = 12n

describe('an agency’s commands', function () {
  this.timeout(240_000)
  let folder: string
  let home: string
  let sandbox: FoundedSandbox
  let node: SwitchedNode
  let provider: NodeProvider
  let ledger: Contract
  const rows = [...generateLicences({ type: 'teacher', issuer: BUREAU, count: 12, seed: 1 })]
  const ids = rows.map(({ licenceId }) => licenceId)

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-truth-'))
    sandbox = await createFoundedSandbox(join(folder, 'sandbox'))
    node = await startSwitchedNode(sandbox.chain.rpcUrl)
    provider = new NodeProvider(sandbox.chain.rpcUrl, 50)
    ledger = new Contract(sandbox.network.ledger, readArtifact(LEDGER_INTERFACE).abi, provider)
    home = await createHome('home', BUREAU)
    await register(home, BUREAU)
  })
  after(async () => {
    provider?.destroy()
    await node?.close()
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function createHome(name: string, agency: string): Promise<string> {
    const made = join(folder, name)
    const network = JSON.parse(readFileSync(sandbox.folder.network, 'utf8')) as object
    const text = JSON.stringify({ ...network, rpcUrl: node.rpcUrl })
    const options = { region: '430000', algorithm: 'ES256', passphrase: PASSPHRASE } as const
    await createAgencyHome({ home: made, agency, network: text, ...options })
    await quickenHome(made)
    return made
  }

  async function register(made: string, agency: string): Promise<void> {
    const { operator, publicJwk } = await readRegistration(made)
    const { regionAdministration: administration } = sandbox
    await administration.accreditAgency(agency, '430000', operator, {
      zh: agency === BUREAU ? (rows[0]?.['issuerName'] ?? '') : `局${agency}`,
      en: '',
      contact: '',
    })
    await administration.registerKey({ agency, publicJwk, validFrom: 1, validUntil: null })
    await administration.assignResponsibility(agency, codeOf('teacher'), { from: 0, until: null })
    await fund(sandbox.chain.rpcUrl, operator)
  }

  const codeOf = (slug: string): string => findLicenceType(slug)?.code ?? ''
  const command = (...args: readonly string[]): Promise<Outcome> => runHere([...args, '--home', home])
  const forJson = (...args: readonly string[]): Promise<Outcome> => command(...args, '--json')
  const decided = (n: number): readonly string[] => [
    '--decision',
    `样例决字〔2026〕${n}号`,
    '--effective',
    'now',
  ]
  const statusOf = async (index: number): Promise<bigint> =>
    ledger.getFunction('statusOf')(`0x${Buffer.from(BUREAU).toString('hex')}`, index)
  const nonce = async (): Promise<number> =>
    provider.getTransactionCount((await readRegistration(home)).operator, 'latest')
  const statusEvent = async (): Promise<Record<string, unknown>> => (await forJson('status')).events[0] ?? {}

  /** What a command works with, for a test that comes between its steps. */
  async function atWork(work: (office: Office, key: IssuingKey) => Promise<void>): Promise<void> {
    const [output, stdout] = [new PassThrough(), new PassThrough()]
    const signal = new AbortController().signal
    const env = { HEFU_PASSPHRASE: PASSPHRASE }
    const session = { env, input: new PassThrough(), output, stdout, now: nowSeconds, signal }
    await withSigningOffice(session, { home, out: undefined, onEvent: () => undefined }, work)
  }

  async function issue(from: number, to: number, ...more: readonly string[]): Promise<Outcome> {
    const file = join(folder, `rows-${from}.csv`)
    await writeFile(file, [...encodeCsv('teacher', rows.slice(from, to))].join(''))
    return command('issue', file, '--type', 'teacher', ...more)
  }

  it('sign nothing for a type that the agency is not responsible for, or a key that is not registered', async () => {
    const file = join(folder, 'other.csv')
    const [row] = generateLicences({ type: 'safety-manager', issuer: BUREAU, count: 1, seed: 1 })
    await writeFile(file, [...encodeCsv('safety-manager', row === undefined ? [] : [row])].join(''))
    const other = await command('issue', file, '--type', 'safety-manager')
    expect(other.code, other.stderr).to.equal(2)
    expect(other.stderr).to.match(/尚未签发任何证照.*\[not-responsible\]/)
    const named = rows.slice(0, 1).map((first) => ({ ...first, issuerName: '湖南省样例厅' }))
    await writeFile(file, [...encodeCsv('teacher', named)].join(''))
    const misnamed = await command('issue', file, '--type', 'teacher')
    expect(misnamed.code, misnamed.stderr).to.equal(3)
    expect(misnamed.stderr).to.include('登记的本机构名称“湖南样例自然资源局”不一致')
    await writeFile(file, [...encodeCsv('safety-manager', row === undefined ? [] : [row])].join(''))
    const unregistered = await createHome('unregistered', BUREAU)
    const account = (await readRegistration(unregistered)).operator
    const refused = async (): Promise<string> =>
      (await runHere(['issue', file, '--type', 'safety-manager', '--home', unregistered])).stderr
    expect(await refused()).to.include('[account-unfunded]')
    await fund(sandbox.chain.rpcUrl, account)
    expect(await refused()).to.include('[CallerNotOperator]')
    const { events } = await runHere(['status', '--home', unregistered, '--json'])
    expect(events[0]).to.include({ recorded: 0, batched: 0 })
  })

  it('issue, and go on behind a gateway that fails for a while', async () => {
    const issued = await issue(0, 6)
    expect(issued.code, issued.stderr).to.equal(0)
    node.be({ status: 503, times: 9 })
    const acted = await command('act', 'suspend', ids[5] ?? '', ...decided(5))
    expect(acted.code, acted.stderr).to.equal(0)
    expect(await statusOf(5)).to.equal(SUSPENDED)
  })

  it('keep an act that was entered while the node was gone, say so, and enter it once', async () => {
    node.be('down')
    const kept = await command('act', 'revoke', ids[0] ?? '', ...decided(1))
    expect(kept.code, kept.stderr).to.equal(4)
    expect(kept.stderr).to.match(/已记入台账（第 \d+ 号），尚未确认上链/)
    const again = await command('act', 'revoke', ids[0] ?? '', ...decided(1))
    expect(again.stderr, 'the same entry').to.include(/第 \d+ 号/.exec(kept.stderr)?.[0] ?? 'none')
    const unchecked = await command('status')
    expect(unchecked.stdout)
      .to.include('上次核对时的情况')
      .and.match(/尚未确认上链：台账第 \d+ 号（状态变更），1 份证照/)
    const resumed = await command('resume')
    expect(resumed.code, 'not done').to.equal(4)
    node.be('up')
    const before = await nonce()
    const done = await command('resume')
    expect(done.code, done.stderr).to.equal(0)
    expect(done.stderr).to.match(/已上链登记：台账第 \d+ 号/)
    expect(await statusOf(0)).to.equal(REVOKED)
    expect(await nonce()).to.equal(before + 1)
    const repeated = await command('act', 'revoke', ids[0] ?? '', ...decided(1))
    expect(repeated.code, repeated.stderr).to.equal(0)
    expect(repeated.stdout).to.match(/^此前已上链登记，本次未重复：吊销/)
    expect(await nonce()).to.equal(before + 1)
    const other = await command('act', 'revoke', ids[0] ?? '', ...decided(9))
    expect(other.stderr, 'another decision is another act').to.include('[StatusTransitionUnlawful]')
  })

  it('date an act by the ledger’s clock, however slow the agency’s is', async () => {
    const slow = (): number => nowSeconds() - 20 * 86_400
    const args = ['act', 'restrict', ids[4] ?? '', ...decided(13), '--home', home, '--json']
    const acted = await runHere(args, {}, slow)
    expect(acted.code, acted.stderr).to.equal(0)
    expect(acted.events[0]?.['effectiveAt']).to.be.closeTo(nowSeconds(), 600)
    expect((await command('act', 'lift', ids[4] ?? '', ...decided(14))).code).to.equal(0)
  })

  it('keep an act while the account cannot pay for it, and say so', async () => {
    const { operator } = await readRegistration(home)
    await rpc(sandbox.chain.rpcUrl, 'anvil_setBalance', [operator, '0x0'])
    const kept = await command('act', 'suspend', ids[4] ?? '', ...decided(11))
    expect(kept.code, kept.stderr).to.equal(5)
    expect(kept.stderr).to.match(/尚未确认上链.*操作账户余额不足.*\[AccountUnfunded\]/)
    expect((await command('resume')).code).to.equal(5)
    await fund(sandbox.chain.rpcUrl, operator)
    expect((await command('resume')).code).to.equal(0)
    expect(await statusOf(4)).to.equal(SUSPENDED)
    expect((await command('act', 'reinstate', ids[4] ?? '', ...decided(12))).code).to.equal(0)
  })

  it('take back what a chain that lost blocks has no more, and have it stand again, once', async () => {
    const snapshot = await rpc(sandbox.chain.rpcUrl, 'evm_snapshot', [])
    expect((await issue(6, 9)).code).to.equal(0)
    const yesterday = formatChinaTime(nowSeconds() - 86_400).slice(0, 10)
    const decision = ['--decision', '样例决字〔2026〕2号', '--effective', yesterday]
    expect((await command('act', 'revoke', ids[6] ?? '', ...decision)).code).to.equal(0)
    await rpc(sandbox.chain.rpcUrl, 'evm_revert', [snapshot])
    await rpc(sandbox.chain.rpcUrl, 'anvil_mine', ['0x5'])
    const lost = await statusEvent()
    expect(lost).to.include({ batched: 3, bundled: 6, checked: true })
    expect(lost['waiting']).to.have.lengthOf(1)
    const before = await nonce()
    const resumed = await command('resume')
    expect(resumed.code, resumed.stderr).to.equal(0)
    expect(await statusOf(6)).to.equal(REVOKED)
    expect(await nonce(), 'one anchor and one act').to.equal(before + 2)
    expect(await statusEvent()).to.deep.include({ batched: 0, bundled: 9, waiting: [] })
    expect((await command('resume')).code).to.equal(0)
    expect(await nonce()).to.equal(before + 2)
  })

  it('have a new version take the place of the one before it in the same step', async () => {
    const renewed = rows.slice(1, 2).map((row) => {
      const { check: _, ...parts } = parseLicenceId(row.licenceId, 'id')
      return { ...row, licenceId: encodeLicenceId({ ...parts, version: '002' }) }
    })
    const file = join(folder, 'renewed.csv')
    await writeFile(file, [...encodeCsv('teacher', renewed)].join(''))
    const issued = await command('issue', file, '--type', 'teacher')
    expect(issued.code, issued.stderr).to.equal(0)
    expect(await statusOf(1)).to.equal(SUPERSEDED)
    expect(await statusOf(9)).to.equal(0n)
  })

  it('act on a list from a file, after a rehearsal that enters nothing', async () => {
    const list = join(folder, 'list.csv')
    await writeFile(list, `\ufeff电子证照标识,备注\r\n${ids[2]},甲\r\n${ids[3]},乙\r\n`)
    const before = await nonce()
    const args = ['act', 'suspend', '--from', list, ...decided(3)]
    const rehearsed = await command(...args, '--rehearse')
    expect(rehearsed.code, rehearsed.stderr).to.equal(0)
    expect(rehearsed.stdout).to.match(/^演练通过，未登记任何事项：.*2 份证照/)
    expect([await nonce(), await statusOf(2)]).to.deep.equal([before, 0n])
    expect((await command(...args)).stdout).to.match(/已上链登记：暂扣，2 份证照/)
    expect([await statusOf(2), await statusOf(3)]).to.deep.equal([SUSPENDED, SUSPENDED])
    const refused = await command('act', 'reinstate', '--from', list, ids[4] ?? '', ...decided(4))
    expect(refused.stderr).to.include('[licences-twice]')
    const unlawful = await command('act', 'suspend', '--from', list, '--rehearse', ...decided(6))
    expect(unlawful.code).to.equal(5)
    expect((await command('act', 'suspend', ...decided(6))).stderr).to.include('[licences-missing]')
  })

  it('make a bundle that was deleted again, the same', async () => {
    const path = join(home, 'bundles', `${ids[3]}.hefu.json`)
    const bundle = readFileSync(path, 'utf8')
    await rm(path)
    const printed = await command('reprint', ids[3] ?? '')
    expect(printed.code, printed.stderr).to.equal(0)
    expect(readFileSync(path, 'utf8')).to.equal(bundle)
    expect((await command('reprint', 'nobody’s')).stderr).to.include('[licence-unknown]')
  })

  it('sign nothing over a journal that was lost, and go on from the ledger and the bundle files', async () => {
    const bundles = await readdir(join(home, 'bundles'))
    expect(bundles).to.have.lengthOf(10)
    await rm(join(home, 'bundles', `${ids[8]}.hefu.json`))
    await rm(join(home, 'journal'), { recursive: true })
    const refused = await issue(9, 12)
    expect(refused.code).to.equal(2)
    expect(refused.stderr).to.match(/未签发证照.*hefu-issuer recover.*\[journal-behind\]/)
    const resumed = await command('resume')
    expect([resumed.code, resumed.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 2 && text.includes('[journal-behind]'),
    )
    const looked = await command('status')
    expect(looked.code).to.equal(2)
    expect(looked.stdout).to.match(/台账只记到状态索引 0，互认链上本机构已用到 10/)
    expect((await forJson('acts', ids[4] ?? '')).events[0]).to.include({ code: 'licence-unknown' })
    const recovered = await forJson('recover')
    expect(recovered.code, recovered.stderr).to.equal(0)
    expect(recovered.events[0]).to.include({ recovered: 9, passedOver: 0, unknown: 0 })
    expect(await statusEvent()).to.deep.include({ recorded: 0, batched: 0, bundled: 10, notAnchored: [] })
    expect((await forJson('status')).code).to.equal(0)
    expect((await forJson('recover')).events[0]).to.include({ recovered: 0 })
    const past = (await forJson('acts', ids[4] ?? '')).events[0]?.['acts'] as readonly { act: string }[]
    expect(past.map(({ act }) => act)).to.deep.equal(['restrict', 'lift', 'suspend', 'reinstate'])
    const before = await nonce()
    const again = await command('act', 'suspend', ids[4] ?? '', ...decided(11))
    expect([again.code, await nonce()], again.stderr).to.deep.equal([2, before])
    expect(again.stderr).to.match(/而本机台账没有.*\[decision-on-ledger\]/)
    const issued = await issue(9, 12)
    expect(issued.code, issued.stderr).to.equal(0)
    expect((await command('act', 'suspend', ids[4] ?? '', ...decided(7))).code).to.equal(0)
    expect(await statusOf(4)).to.equal(SUSPENDED)
  })

  it('warn who makes a second folder that the agency has issued before', async () => {
    const second = join(folder, 'second')
    const network = join(folder, 'network.json')
    await writeFile(network, JSON.stringify({ ...sandbox.network }))
    const args = ['init', '--agency', BUREAU, '--region', '430000', '--network', network, '--home', second]
    const made = await runHere(args)
    expect(made.code, made.stderr).to.equal(0)
    expect(made.stdout).to.match(/互认链上本机构已有 13 份证照.*hefu-issuer recover/)
    const other = await runHere(
      args.map((arg) => (arg === BUREAU ? OTHER : arg === second ? `${second}2` : arg)),
    )
    expect(other.stdout).not.to.include('recover')
  })

  it('have a new version take its place also where the chain loses its anchor before that', async () => {
    const [row] = rows.slice(10, 11)
    if (row === undefined) throw new Error('find a row')
    const { check: _, ...parts } = parseLicenceId(row.licenceId, 'id')
    const renewed = { ...row, licenceId: encodeLicenceId({ ...parts, version: '002' }) }
    await atWork(async (office, key) => {
      await recordLicences(office, { type: typeOf('teacher'), key }, rowsOf(renewed))
      await sealAll(office, 1)
      const snapshot = await rpc(sandbox.chain.rpcUrl, 'evm_snapshot', [])
      await anchorAll(office)
      await rpc(sandbox.chain.rpcUrl, 'evm_revert', [snapshot])
      await rpc(sandbox.chain.rpcUrl, 'anvil_mine', ['0x5'])
      const before = await nonce()
      await finishEntries(office)
      expect(await nonce(), 'the anchor, and what builds on it').to.equal(before + 2)
      expect(await office.journal.countEntries()).to.include({ waiting: 0, refused: 0 })
    })
    expect(await statusOf(11)).to.equal(SUPERSEDED)
    expect((await command('resume')).code).to.equal(0)
    expect(await statusEvent()).to.deep.include({ batched: 0, bundled: 14, waiting: [] })
  })
})
