/** `hefu-issuer issue` against a real chain: what no verifier would accept, and nobody may have, is not signed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgencyHome, readRegistration } from '@hefu/issuer'
import { createRpcLedgerView } from '@hefu/ledger'
import {
  createVerifier,
  encodeLicenceId,
  findLicenceType,
  parseBundle,
  parseLicenceId,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { generateLicences, type LicenceRow } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { fund } from '../../../scripts/sandbox/chain.ts'
import {
  createFoundedSandbox,
  type FoundedSandbox,
  nowSeconds,
} from '../../../scripts/sandbox/founded-sandbox.ts'
import { PASSPHRASE, quickenHome } from './fixtures/agency.ts'
import { type Outcome, runHere } from './fixtures/command.ts'

const BUREAU = '1143000000000104MF'
const DECISION = ['--decision', '样例吊字〔2026〕10号', '--effective', 'now']

describe('hefu-issuer issue', function () {
  this.timeout(180_000)
  let folder: string
  let home: string
  let sandbox: FoundedSandbox
  const rows = [...generateLicences({ type: 'teacher', issuer: BUREAU, count: 8, seed: 1 })]
  const ids = rows.map(({ licenceId }) => licenceId)

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-issue-'))
    sandbox = await createFoundedSandbox(join(folder, 'sandbox'))
    home = join(folder, 'home')
    const network = readFileSync(sandbox.folder.network, 'utf8')
    const options = { region: '430000', algorithm: 'ES256', passphrase: PASSPHRASE } as const
    await createAgencyHome({ home, agency: BUREAU, network, ...options })
    await quickenHome(home)
    const { operator, publicJwk } = await readRegistration(home)
    const { regionAdministration: administration } = sandbox
    const name = { zh: rows[0]?.['issuerName'] ?? '', en: '', contact: '' }
    await administration.accreditAgency(BUREAU, '430000', operator, name)
    await administration.registerKey({ agency: BUREAU, publicJwk, validFrom: 1, validUntil: null })
    const teacher = findLicenceType('teacher')?.code ?? ''
    await administration.assignResponsibility(BUREAU, teacher, { from: 0, until: null })
    await fund(sandbox.chain.rpcUrl, operator)
  })
  after(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const issue = async (some: readonly LicenceRow[], now: () => number = nowSeconds): Promise<Outcome> => {
    const file = join(folder, 'rows.csv')
    await writeFile(file, [...encodeCsv('teacher', some)].join(''))
    return runHere(['issue', file, '--type', 'teacher', '--home', home, '--json'], {}, now)
  }
  const bundleOf = (licenceId = ''): Promise<string> =>
    readFile(join(home, 'bundles', `${licenceId}.hefu.json`), 'utf8')
  const findingsOf = async (licenceId = ''): Promise<readonly string[]> => {
    const view = createRpcLedgerView(sandbox.network)
    const request = { presented: await bundleOf(licenceId), receivingRegion: '440000' }
    const { findings } = await createVerifier({ view, suite }).verify(request, nowSeconds())
    return findings.map(({ code }) => code)
  }
  const version = (row: LicenceRow | undefined, number: string): LicenceRow => {
    const { check: _, ...parts } = parseLicenceId(row?.licenceId ?? '', 'licenceId')
    return { ...row, licenceId: encodeLicenceId({ ...parts, version: number }) }
  }

  it('signs with the ledger’s time by a clock that is fast, and every verifier finds the anchor timely', async () => {
    for (const [place, ahead] of [0, 90, 240].entries()) {
      const issued = await issue(rows.slice(place, place + 1), () => nowSeconds() + ahead)
      expect(issued.code, issued.stderr).to.equal(0)
      expect(await findingsOf(ids[place])).to.include('anchor/found')
      expect(issued.events.some(({ event }) => event === 'clock-ahead')).to.equal(ahead > 0)
    }
  })

  it('signs nothing by a clock that is further ahead than that, and says how far', async () => {
    const refused = await issue(rows.slice(3, 4), () => nowSeconds() + 600)
    expect(refused.code).to.equal(1)
    expect(refused.stderr).to.match(/本机比互认链快 (?:59|6\d)\d 秒。未签发证照.*\[clock-ahead\]/)
    expect((await issue(rows.slice(3, 4))).code).to.equal(0)
    expect(parseBundle(await bundleOf(ids[3])).credential.claims.iat).to.be.at.most(nowSeconds() + 60)
  })

  it('leaves faces to be read by their owner alone, in the home and in a folder of its own making', async () => {
    const out = join(folder, 'out')
    expect((await runHere(['reprint', ids[0] ?? '', '--out', out, '--home', home])).code).to.equal(0)
    const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777
    const name = `${ids[0]}.hefu.json`
    expect(await modeOf(out)).to.equal(0o700)
    for (const path of [join(out, name), join(home, 'bundles', name)])
      expect(await modeOf(path), path).to.equal(0o600)
  })

  it('that is interrupted says what is recorded, and of nothing that it is issued', async () => {
    const file = join(folder, 'rows.csv')
    await writeFile(file, [...encodeCsv('teacher', rows.slice(4, 5))].join(''))
    const args = ['issue', file, '--type', 'teacher', '--home', home]
    const interrupted = await runHere(args, {}, nowSeconds, AbortSignal.abort())
    expect(interrupted.code).to.equal(130)
    expect(interrupted.stdout).to.include('记入台账').and.not.include('本次签发')
    const issued = await runHere(args)
    expect(issued.code, issued.stderr).to.equal(0)
    expect(issued.stdout).to.include('签发').and.not.include('记入台账')
  })

  it('signs no new version of a revoked licence, and one of a licence that is valid', async () => {
    expect((await issue(rows.slice(5, 7))).code).to.equal(0)
    const revoked = await runHere(['act', 'revoke', ids[5] ?? '', ...DECISION, '--home', home])
    expect(revoked.code, revoked.stderr).to.equal(0)
    const issued = await issue([version(rows[5], '002'), version(rows[6], '002')])
    expect(issued.code, issued.stderr).to.equal(3)
    expect(issued.events.find(({ event }) => event === 'row-refused')).to.deep.include({ line: 2 })
    expect(issued.stdout).to.include('version-unlawful').and.to.include('已吊销')
    expect(issued.events.find(({ event }) => event === 'summary')).to.include({ recorded: 1, refused: 1 })
    expect(await findingsOf(ids[6])).to.include('status/superseded')
    const missing: unknown = await bundleOf(version(rows[5], '002').licenceId).catch((error) => error.code)
    expect(missing).to.equal('ENOENT')
  })
})
