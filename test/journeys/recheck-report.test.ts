/** A report re-checked from a real chain process: at its own block, whatever happened since. */
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRpcLedgerView } from '@hefu/ledger'
import { encodeReport, recheckReport, suite, type VerificationReport } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import {
  createFoundedSandbox,
  type FoundedSandbox,
  nowSeconds,
  RECEIVING_REGION,
} from '../../scripts/sandbox/founded-sandbox.ts'
import { runHefu } from '../fixtures/hefu.ts'
import { anchorLicences, type IssuedLicence, signLicences } from '../fixtures/issued-licences.ts'

describe('a report on a licence that was revoked afterwards', () => {
  let folder: string
  let sandbox: FoundedSandbox
  let licence: IssuedLicence
  let report: VerificationReport

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-journey-'))
    sandbox = await createFoundedSandbox(folder)
    const [first, ...rest] = await signLicences(sandbox, 2)
    if (first === undefined) throw new Error('sign two licences')
    licence = first
    await anchorLicences(sandbox, [first, ...rest])
    report = await verify()
    const decision = {
      act: 'revoke',
      indices: [licence.statusIndex],
      effectiveAt: nowSeconds() - 60,
      decisionNumber: '湘建罚〔2026〕2号',
    } as const
    await sandbox.operator.confirm(await sandbox.operator.submitAct(sandbox.agency, decision))
  })

  after(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function verify(): Promise<VerificationReport> {
    const request = { presented: licence.bundle, receivingRegion: RECEIVING_REGION }
    return (await createLocalVerifier({ network: sandbox.network }).verify(request)).report
  }

  const recheck = (of: VerificationReport) =>
    recheckReport(of, { presented: licence.bundle }, { view: createRpcLedgerView(sandbox.network), suite })

  it('is confirmed, while a new verification rejects the licence', async () => {
    expect(report.verdict).to.equal('accepted')
    expect((await verify()).verdict).to.equal('rejected')
    expect(await recheck(report)).to.deep.equal({ outcome: 'confirmed', notRechecked: [] })
  })

  it('is confirmed by the command too, and differs where it is altered', async () => {
    const file = (name: string) => join(folder, name)
    await writeFile(file('network.json'), JSON.stringify(sandbox.network))
    await writeFile(file('licence.json'), licence.bundle)
    await writeFile(file('report.json'), encodeReport(report))
    const later = (await verify()).ledger
    await writeFile(file('altered.json'), encodeReport({ ...report, ledger: later }))
    const recheckFile = (name: string) =>
      runHefu(folder, ['recheck', file(name), file('licence.json'), '--network', file('network.json')])
    const confirmed = await recheckFile('report.json')
    expect(confirmed.code).to.equal(0)
    expect(confirmed.stdout).to.match(/^✔ 复核一致 · Confirmed/)
    const differing = await recheckFile('altered.json')
    expect(differing.code).to.equal(11)
    expect(differing.stdout).to.include('证照状态')
  })

  it('differs when it is said to be of the block after the revocation', async () => {
    const { ledger } = await verify()
    const outcome = await recheck({ ...report, ledger })
    expect(outcome.outcome === 'differs' && outcome.differences.map(({ member }) => member)).to.include(
      'status',
    )
  })

  it('is undetermined at a block that the node does not have', async () => {
    if (report.ledger === null) throw new Error('a report with its block')
    const blockHash = `0x${'12'.repeat(32)}` as const
    expect(await recheck({ ...report, ledger: { ...report.ledger, blockHash } })).to.deep.equal({
      outcome: 'undetermined',
      reason: 'block-unavailable',
    })
    expect(await recheck({ ...report, ledger: { ...report.ledger, blockNumber: 1 } })).to.deep.equal({
      outcome: 'undetermined',
      reason: 'inconsistent',
    })
  })
})
