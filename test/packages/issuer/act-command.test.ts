/** `hefu-issuer act`: what a clerk types and reads, against a real chain process. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgencyHome, readRegistration } from '@hefu/issuer'
import { LEGAL_BASES } from '@hefu/ledger'
import { endOfDay, findLicenceType, formatChinaTime, type Hex } from '@hefu/protocol'
import { expect } from 'chai'
import { Contract, type JsonRpcProvider } from 'ethers'
import { after, before, describe, it } from 'mocha'
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
import { PASSPHRASE, quickenHome } from './fixtures/agency.ts'
import { type Outcome, runHere } from './fixtures/command.ts'

const HUNAN_BUREAU = '1143000000000104MF'
const GUANGDONG_BUREAU = '1144000000000101MG'
const LICENCES = 9
const DECISION = ['--decision', '样例决字〔2026〕1号', '--effective', 'now']
/** For what the law gives no basis of its own. */
const BASIS = ['--basis', 'MFD-220']

interface IssuingOffice {
  readonly agency: string
  readonly home: string
  readonly licences: readonly string[]
}

describe('hefu-issuer act', function () {
  this.timeout(180_000)
  let folder: string
  let sandbox: FoundedSandbox
  let provider: JsonRpcProvider
  let ledger: Contract
  let hunan: IssuingOffice
  let guangdong: IssuingOffice

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-act-'))
    sandbox = await createFoundedSandbox(join(folder, 'sandbox'))
    const { rpcUrl } = sandbox.chain
    provider = new NodeProvider(rpcUrl, 50)
    ledger = new Contract(sandbox.network.ledger, readArtifact(LEDGER_INTERFACE).abi, provider)
    hunan = await found(HUNAN_BUREAU, '430000')
    guangdong = await found(GUANGDONG_BUREAU, '440000')
  })
  after(async () => {
    provider?.destroy()
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** An agency with a folder of its own that has issued nine licences. */
  async function found(agency: string, region: string): Promise<IssuingOffice> {
    const home = join(folder, agency)
    const network = readFileSync(sandbox.folder.network, 'utf8')
    await createAgencyHome({ home, agency, region, network, algorithm: 'ES256', passphrase: PASSPHRASE })
    await quickenHome(home)
    const { operator, publicJwk } = await readRegistration(home)
    const name = { zh: `样例局${agency}`, en: '', contact: '' }
    const administration = sandbox.administrationOf(region)
    await administration.accreditAgency(agency, region, operator, name)
    await administration.registerKey({ agency, publicJwk, validFrom: 1, validUntil: null })
    const teacher = findLicenceType('teacher')?.code ?? ''
    await administration.assignResponsibility(agency, teacher, { from: 0, until: null })
    await fund(sandbox.chain.rpcUrl, operator)
    const rows = [...generateLicences({ type: 'teacher', issuer: agency, count: LICENCES, seed: 1 })]
    const csv = join(folder, `${agency}.csv`)
    await writeFile(csv, [...encodeCsv('teacher', rows)].join(''))
    const issued = await runHere(['issue', csv, '--type', 'teacher', '--home', home])
    expect(issued.code, issued.stderr).to.equal(0)
    return { agency, home, licences: rows.map(({ licenceId }) => licenceId) }
  }

  const act = ({ home }: IssuingOffice, ...args: readonly string[]): Promise<Outcome> =>
    runHere(['act', ...args, '--home', home])
  const actForJson = ({ home }: IssuingOffice, ...args: readonly string[]): Promise<Outcome> =>
    runHere(['act', ...args, '--home', home, '--json'])
  const licence = ({ licences }: IssuingOffice, index: number): string => licences[index] ?? ''
  const bytesOf = (text: string): Hex => `0x${Buffer.from(text).toString('hex')}`
  const statusOf = async ({ agency }: IssuingOffice, index: number): Promise<number> =>
    Number(await ledger.getFunction('statusOf')(bytesOf(agency), index))
  const today = (): string => formatChinaTime(nowSeconds()).slice(0, 10)
  const notesOf = ({ agency }: IssuingOffice, index: number) =>
    ledger.getFunction('notesOf')(bytesOf(agency), index)

  it('ends a suspension on the day of --until, and refuses that day for what has no end', async () => {
    const until = formatChinaTime(nowSeconds() + 90 * 86_400).slice(0, 10)
    const suspended = await act(hunan, 'suspend', licence(hunan, 0), ...DECISION, '--until', until)
    expect(suspended.code, suspended.stderr).to.equal(0)
    expect(suspended.stdout).to.match(/已上链登记：暂扣，1 份证照，自 .* · Entered: suspend on 1 licences/)
    expect((await notesOf(hunan, 0)).suspensionEnd).to.equal(BigInt(endOfDay(until)))
    const over = await act(hunan, 'suspend', licence(hunan, 1), ...DECISION, '--until', '2020-01-01')
    expect([over.code, over.stderr]).to.deep.equal([2, over.stderr])
    expect(over.stderr).to.include('[until-not-a-date]')
    const endless = await act(hunan, 'revoke', licence(hunan, 1), ...DECISION, '--until', until)
    expect(endless.code).to.equal(2)
    expect(await statusOf(hunan, 1)).to.equal(0)
  })

  it('enters a decision once, whatever followed it, and says what did: a list of commands may be run again', async () => {
    const one = licence(hunan, LICENCES - 1)
    const by = (number: number) => ['--decision', `样例连字〔2026〕${number}号`, '--effective', 'now']
    const list = [
      ['suspend', one, ...by(1)],
      ['note', one, '--notice', 'objection', ...by(2), ...BASIS],
      ['reinstate', one, ...by(3)],
    ]
    for (const line of list) expect((await act(hunan, ...line)).code).to.equal(0)
    const again: Outcome[] = []
    for (const line of list) again.push(await act(hunan, ...line))
    expect(again.map(({ code }) => code)).to.deep.equal([0, 0, 0])
    const [suspended, noted, reinstated] = again.map(({ stdout }) => stdout)
    expect(suspended).to.match(/本次未重复：暂扣.*\n其后对同一证照又有登记（最近为台账第 \d+ 号）/)
    expect(noted)
      .to.match(/本次未重复/)
      .and.not.to.include('其后')
    expect(reinstated)
      .to.match(/本次未重复/)
      .and.not.to.include('其后')
    expect(await statusOf(hunan, LICENCES - 1)).to.equal(0)
    const anew = await act(hunan, 'suspend', one, ...by(4))
    expect(anew.code, anew.stderr).to.equal(0)
    expect(await statusOf(hunan, LICENCES - 1)).to.equal(1)
  })

  it('supersedes by the licence of --by, which nothing else may do without', async () => {
    const without = await act(hunan, 'supersede', licence(hunan, 1), ...DECISION)
    expect(without.code).to.equal(2)
    expect(without.stderr).to.include('--by')
    const done = await act(hunan, 'supersede', licence(hunan, 1), ...DECISION, '--by', licence(hunan, 2))
    expect(done.code, done.stderr).to.equal(0)
    expect(await statusOf(hunan, 1)).to.equal(12)
    const again = await actForJson(
      hunan,
      'supersede',
      licence(hunan, 3),
      ...DECISION,
      '--by',
      licence(hunan, 2),
    )
    expect(again.code).to.equal(5)
    expect(again.events[0]).to.include({ event: 'error', code: 'SuccessorNotFresh' })
    expect(again.stderr).to.match(/上链未成功：接替的证照（状态索引 2）当前不是有效状态，或已接替其他证照/)
  })

  it('transfers out to the agency of --to, which takes in by the file or by issuer and index', async () => {
    const out = [licence(hunan, 3), licence(hunan, 4), ...DECISION, ...BASIS]
    expect((await act(hunan, 'transfer-out', ...out)).stderr).to.include('--to')
    expect((await act(hunan, 'transfer-out', ...out, '--to', HUNAN_BUREAU)).stderr).to.include(
      `[TransferWithinIssuer]`,
    )
    const sent = await act(hunan, 'transfer-out', ...out, '--to', GUANGDONG_BUREAU)
    expect(sent.code, sent.stderr).to.equal(0)

    const file = join(hunan.home, 'bundles', `${licence(hunan, 3)}.hefu.json`)
    const byFile = await actForJson(
      guangdong,
      'transfer-in',
      licence(guangdong, 0),
      ...DECISION,
      ...BASIS,
      '--origin',
      file,
    )
    expect(byFile.code, byFile.stderr).to.equal(0)
    expect(byFile.events[0]).to.deep.include({
      event: 'taken-in',
      origin: { issuer: HUNAN_BUREAU, statusIndex: 3 },
    })
    const place = ['--origin', HUNAN_BUREAU, '--origin-index', '4']
    const byPlace = await act(
      guangdong,
      'transfer-in',
      licence(guangdong, 1),
      ...DECISION,
      ...BASIS,
      ...place,
    )
    expect(byPlace.code, byPlace.stderr).to.equal(0)
    expect(byPlace.stdout).to.include(
      `已转入：${licence(guangdong, 1)} 接替 ${HUNAN_BUREAU} 的证照（状态索引 4）`,
    )
    expect([await statusOf(hunan, 3), await statusOf(hunan, 4)]).to.deep.equal([14, 14])
  })

  it('takes in nothing that did not come this way', async () => {
    const takeIn = (...origin: readonly string[]) =>
      act(guangdong, 'transfer-in', licence(guangdong, 2), ...DECISION, ...BASIS, '--origin', ...origin)
    const cases: readonly [readonly string[], number, RegExp][] = [
      [[HUNAN_BUREAU, '--origin-index', '5'], 5, /当前为“有效”，不在转出途中.*\[TransferOriginNotOut\]/],
      [[HUNAN_BUREAU], 2, /缺少 --origin-index.*\[act-detail-missing\]/],
      [['11430000006122244A', '--origin-index', '5'], 2, /\[not-a-uscc\]/],
      [[HUNAN_BUREAU, '--origin-index', '-1'], 2, /状态索引/],
      [[join(folder, 'none.json')], 2, /\[origin-unreadable\]/],
      [[join(folder, `${HUNAN_BUREAU}.csv`)], 2, /\[origin-unreadable\]/],
    ]
    for (const [origin, code, sentence] of cases) {
      const refused = await takeIn(...origin)
      expect(refused.stderr, origin.join(' ')).to.match(sentence)
      expect(refused.code, origin.join(' ')).to.equal(code)
    }
    expect(await statusOf(guangdong, 2)).to.equal(0)
  })

  it('notes by name or by code beside the status, and lifts each by itself', async () => {
    const both = [licence(hunan, 5), licence(hunan, 6)]
    const noted = await act(hunan, 'note', ...both, '--notice', 'seizure', ...DECISION, ...BASIS)
    expect(noted.code, noted.stderr).to.equal(0)
    expect(noted.stdout).to.match(/已标注：查封，2 份证照.*证照状态不变 · Noted: seizure on 2 licences/)
    expect(
      (await act(hunan, 'note', licence(hunan, 5), '--notice', '57', ...DECISION, ...BASIS)).code,
    ).to.equal(0)
    expect((await notesOf(hunan, 5)).standing).to.equal(1n | (1n << 57n))
    const lifted = await actForJson(
      hunan,
      'lift-notice',
      licence(hunan, 5),
      '--notice',
      'seizure',
      ...DECISION,
      ...BASIS,
    )
    expect(lifted.events[0]).to.include({ event: 'notice-lifted', code: 0 })
    expect((await notesOf(hunan, 5)).standing).to.equal(1n << 57n)
    const again = await act(hunan, 'lift-notice', licence(hunan, 5), '--notice', '0', ...DECISION, ...BASIS)
    expect(again.code, 'the same decision once more').to.equal(0)
    expect(again.stdout).to.match(/^此前已上链登记，本次未重复：标注“查封”，1 份证照.* nothing was sent/)
    const other = ['--decision', '样例决字〔2026〕2号', '--effective', 'now']
    const refused = await act(hunan, 'lift-notice', licence(hunan, 5), '--notice', '0', ...other, ...BASIS)
    expect(refused.code).to.equal(5)
    expect(refused.stderr).to.match(/“查封”没有标注.*\[NoticeUnchanged\]/)
    for (const kind of ['lien', '112', '-1', '01']) {
      const unknown = await act(hunan, 'note', licence(hunan, 5), '--notice', kind, ...DECISION, ...BASIS)
      expect([kind, unknown.code]).to.deep.equal([kind, 2])
    }
  })

  it('proposes a correction, says that nothing has changed and who confirms how, and until when', async () => {
    const day = formatChinaTime(nowSeconds() - 2 * 86_400).slice(0, 10)
    const decision = ['--decision', '样例更字〔2026〕1号', '--effective', day]
    const args = ['correct', licence(hunan, 6), '--to-status', 'restricted', ...decision]
    const proposed = await act(hunan, ...args)
    expect(proposed.code, proposed.stderr).to.equal(0)
    expect(proposed.stdout)
      .to.match(
        /^已提出，尚未生效，证照状态没有任何改变：更正为“限制使用”，1 份证照.* nothing has changed yet/,
      )
      .and.include('须由联盟理事会指定的省级以上确认人确认')
      .and.match(/须在 .* 前确认，逾期自动失效/)
      .and.include(sandbox.network.ledger)
    expect(await statusOf(hunan, 6)).to.equal(0)
    const again = await act(hunan, ...args)
    expect(again.code).to.equal(5)
    expect(again.stderr).to.match(
      /只能由上级.*已提出、正待确认的事项见 hefu-region proposals.*\[CallerNotSuperior\]/,
    )
    const callData = /call data {2}(0x[0-9a-f]+)/.exec(proposed.stdout)?.[1] as Hex
    await rpc(sandbox.chain.rpcUrl, 'evm_increaseTime', [8 * 86_400])
    await rpc(sandbox.chain.rpcUrl, 'evm_mine', [])
    const confirmed = await sandbox.councilAdministration.confirmProposal(callData)
    expect(confirmed.outcome).to.equal('carried-out')
    expect(await statusOf(hunan, 6)).to.equal(3)
    const bad = await act(hunan, 'correct', licence(hunan, 6), '--to-status', 'transferred-out', ...decision)
    expect(bad.code).to.equal(2)
  })

  it('enters an act of more than 31 days ago by --late alone, as a proposal', async () => {
    const day = formatChinaTime(nowSeconds() - 60 * 86_400).slice(0, 10)
    const args = ['revoke', licence(hunan, 7), '--decision', '样例罚字〔2026〕2号', '--effective', day]
    const early = await act(hunan, ...args)
    expect(early.code).to.equal(5)
    expect(early.stderr).to.match(/--late.*\[StatusEffectiveTooEarly\]/)
    const late = await actForJson(hunan, ...args, '--late')
    expect(late.code, late.stderr).to.equal(0)
    expect(late.events[0]).to.deep.include({
      event: 'proposed',
      act: 'revoke',
      confirmer: { region: null, name: null, admin: null },
      ledger: sandbox.network.ledger,
    })
    expect(await statusOf(hunan, 7)).to.equal(0)
    const callData = late.events[0]?.['callData'] as Hex
    await sandbox.councilAdministration.confirmProposal(callData)
    expect(await statusOf(hunan, 7)).to.equal(2)
    const annulled = await act(
      hunan,
      'annul',
      licence(hunan, 7),
      '--decision',
      '样1',
      '--effective',
      day,
      '--late',
    )
    expect(annulled.code, 'an annulment needs no second key').to.equal(2)
  })

  const originOf = async ({ agency }: IssuingOffice, index: number): Promise<bigint> =>
    (await ledger.getFunction('originOf')(bytesOf(agency), index)).since
  const confirmAll = async (outcome: Outcome): Promise<void> => {
    const { callData } = outcome.events.at(-1) as { readonly callData: Hex }
    const confirmed = await sandbox.councilAdministration.confirmProposal(callData)
    expect(confirmed.outcome).to.equal('carried-out')
  }

  it('dissolves a supersession that was entered wrongly: shown, proposed, and the earlier one corrected afterwards', async () => {
    const decision = ['--decision', '样例更字〔2026〕11号', '--effective', 'now']
    const rehearsed = await act(hunan, 'dissolve', licence(hunan, 2), ...decision, '--rehearse')
    expect(rehearsed.code, rehearsed.stderr).to.equal(0)
    expect(rehearsed.stdout)
      .to.include(`${licence(hunan, 2)} 接替本机构的原证照（状态索引 1）`)
      .and.match(/演练通过，未登记任何事项/)
    const day = ['--decision', '样例更字〔2026〕11号', '--effective', today()]
    const proposed = await act(hunan, 'dissolve', licence(hunan, 2), ...day)
    expect(proposed.code, proposed.stderr).to.equal(0)
    expect(proposed.stdout)
      .to.match(
        /^.*（状态索引 1）；解除确认后，原证照仍为“已被接替”.*\n已提出，尚未生效，证照状态没有任何改变：解除接替/,
      )
      .and.include('须由联盟理事会指定的省级以上确认人确认')
      .and.match(/须在 .* 前确认，逾期自动失效/)
      .and.match(/hefu-issuer withdraw-proposal 0x/)
    expect(await originOf(hunan, 2)).not.to.equal(0n)
    const own = ['--origin', licence(hunan, 1)]
    const again = await act(hunan, 'dissolve', licence(hunan, 2), ...day, ...own)
    expect(again.code, 'the same, its origin named').to.equal(5)
    expect(again.stderr).to.match(
      /只能由上级.*已提出、正待确认的事项见 hefu-region proposals.*\[CallerNotSuperior\]/,
    )
    const callData = /call data {2}(0x[0-9a-f]+)/.exec(proposed.stdout)?.[1] as Hex
    const confirmed = await sandbox.councilAdministration.confirmProposal(callData)
    expect(confirmed.outcome).to.equal('carried-out')
    expect([await originOf(hunan, 2), await statusOf(hunan, 1)]).to.deep.equal([0n, 12])
    await confirmAll(
      await actForJson(hunan, 'correct', licence(hunan, 1), '--to-status', 'valid', ...decision),
    )
    expect(await statusOf(hunan, 1)).to.equal(0)
    const over = await act(hunan, 'dissolve', licence(hunan, 2), ...decision)
    expect([over.code, over.stderr]).to.deep.equal([2, over.stderr])
    expect(over.stderr).to.match(/没有接替任何证照.*\[took-no-place\]/)
  })

  it('dissolves a transfer in once its licence is annulled: the earlier one is on its way again', async () => {
    const decision = ['--decision', '样例更字〔2026〕12号', '--effective', today()]
    const one = licence(guangdong, 0)
    const early = await act(guangdong, 'dissolve', one, ...decision)
    expect(early.code).to.equal(5)
    expect(early.stdout).to.include(`接替 ${HUNAN_BUREAU} 的原证照（状态索引 3）；须先撤销`)
    expect(early.stderr).to.include('[CorrectionAfterSuccessor]')
    expect((await act(guangdong, 'annul', one, ...decision)).code).to.equal(0)
    const file = ['--origin', join(hunan.home, 'bundles', `${licence(hunan, 3)}.hefu.json`)]
    const proposed = await actForJson(guangdong, 'dissolve', one, ...decision, ...file)
    expect(proposed.code, proposed.stderr).to.equal(0)
    const origin = { issuer: HUNAN_BUREAU, statusIndex: 3 }
    expect(proposed.events[0]).to.deep.equal({ event: 'origin', licenceId: one, origin })
    expect(proposed.events[1]).to.deep.include({ event: 'proposed', act: 'dissolve', origin })
    const call = proposed.events[1]?.['call'] as string
    const withdrawn = await runHere(['withdraw-proposal', call, '--home', guangdong.home])
    expect(withdrawn.code, withdrawn.stderr).to.equal(0)
    const place = ['--origin', HUNAN_BUREAU, '--origin-index', '3']
    const anew = await actForJson(guangdong, 'dissolve', one, ...decision, ...place)
    expect(anew.code, anew.stderr).to.equal(0)
    expect(await statusOf(hunan, 3)).to.equal(14)
    await confirmAll(anew)
    expect([await statusOf(hunan, 3), await originOf(guangdong, 0)]).to.deep.equal([13, 0n])
  })

  it('dissolves nothing that is not so, and counts what the ledger refused', async () => {
    const decision = ['--decision', '样例更字〔2026〕13号', '--effective', today()]
    const refusedSoFar = async () => {
      const status = await runHere(['status', '--home', guangdong.home, '--json'])
      const { entries } = status.events.at(-1) as { readonly entries: { readonly refused: number } }
      return entries.refused
    }
    const before = await refusedSoFar()
    const cases: readonly [readonly string[], number, RegExp][] = [
      [[licence(guangdong, 3)], 2, /没有接替任何证照，无可解除.*\[took-no-place\]/],
      [[licence(hunan, 2)], 2, /\[licence-unknown\]/],
      [[licence(guangdong, 1), '--origin', licence(hunan, 2)], 2, /\[licence-unknown\]/],
      [[licence(guangdong, 1), '--origin', HUNAN_BUREAU], 2, /--origin-index.*\[act-detail-missing\]/],
      [[licence(guangdong, 1), '--origin-index', '4'], 2, /--origin.*\[act-detail-missing\]/],
      [
        [licence(guangdong, 1), '--origin', HUNAN_BUREAU, '--origin-index', '5'],
        5,
        /没有接替该份原证照.*\[SuccessionUnknown\]/,
      ],
    ]
    for (const [args, code, sentence] of cases) {
      const refused = await act(guangdong, 'dissolve', ...args, ...decision)
      expect(refused.stderr, args.join(' ')).to.match(sentence)
      expect(refused.code, args.join(' ')).to.equal(code)
    }
    expect(await refusedSoFar()).to.equal(before + 1)
    expect(await originOf(guangdong, 1)).not.to.equal(0n)
  })

  it('enters each act with the basis that the law gives for it, and asks for one where it gives none', async () => {
    const basesOf = async (office: IssuingOffice, index: number) => {
      const listed = await runHere(['acts', licence(office, index), '--home', office.home, '--json'])
      const { acts } = listed.events[0] as { readonly acts: readonly { act: string; legalBasis: string }[] }
      return acts.map(({ act: name, legalBasis }) => `${name} ${legalBasis}`)
    }
    expect(await basesOf(hunan, 1)).to.deep.equal([
      'supersede XZXKF-49/50',
      'dissolve ZWSJGXTL',
      'correct ZWSJGXTL',
    ])
    expect(await basesOf(hunan, 7)).to.deep.equal(['revoke XZCFF-9-3'])
    expect(await basesOf(guangdong, 0)).to.deep.equal(['annul XZXKF-69', 'dissolve ZWSJGXTL'])
    const other = licence(guangdong, 4)
    const named = ['deregister', other, ...DECISION, '--basis', 'XZXKF-70-1']
    expect((await act(guangdong, ...named)).code).to.equal(0)
    expect(await basesOf(guangdong, 4)).to.deep.equal(['deregister XZXKF-70-1'])
    for (const command of [
      ['transfer-out', licence(hunan, 5), '--to', GUANGDONG_BUREAU],
      ['cancel-transfer-out', licence(hunan, 4)],
      ['transfer-in', licence(hunan, 5), '--origin', GUANGDONG_BUREAU, '--origin-index', '5'],
      ['note', licence(hunan, 5), '--notice', 'loss'],
      ['lift-notice', licence(hunan, 5), '--notice', 'loss'],
      ['defer', licence(hunan, 5)],
      ['activate', licence(hunan, 5)],
    ]) {
      const refused = await act(hunan, ...command, ...DECISION)
      expect(refused.code, command.join(' ')).to.equal(2)
      expect(refused.stderr).to.match(/请用 --basis 填写.*MFD-220.*\[legal-basis-missing\]/)
    }
    const { stdout } = await runHere(['act', '--help'])
    for (const basis of Object.values(LEGAL_BASES)) if (basis !== null) expect(stdout).to.include(basis)
    expect((await runHere(['act', 'annul', '--help'])).stdout).to.match(/不填即 · left out: +XZXKF-69/)
    expect((await runHere(['act', 'note', '--help'])).stdout).to.include('必填 · needed')
  })

  it('lists what stands on the ledger, also of a licence in force, and not what was refused', async () => {
    const list = (...ids: readonly string[]) => runHere(['acts', ...ids, '--home', hunan.home])
    const suspended = await list(licence(hunan, 0), licence(hunan, 5))
    expect(suspended.code, suspended.stderr).to.equal(0)
    expect(suspended.stdout)
      .to.match(
        /（状态索引 0）：互认链上登记 1 项.*\n {2}暂扣，自 .* 起至 .*，决定书文号 样例决字〔2026〕1号 · suspend/,
      )
      .and.match(/（状态索引 5）：互认链上登记 0 项 · .* 0 acts on the ledger/)
    const corrected = await runHere(['acts', licence(hunan, 6), '--home', hunan.home, '--json'])
    expect(corrected.events[0]?.['acts']).to.have.length(1)
    expect((await list(licence(hunan, 6))).stdout).to.include('更正为“限制使用”')
    expect((await list('nobody’s')).stderr).to.include('[licence-unknown]')
    expect((await list()).stderr).to.include('[licences-missing]')
  })

  it('takes back what it proposed, and nothing else', async () => {
    const decision = ['--decision', '样例更字〔2026〕3号', '--effective', 'now']
    const correction = ['correct', licence(hunan, 5), '--to-status', 'revoked', ...decision]
    const proposed = await actForJson(hunan, ...correction)
    const call = proposed.events[0]?.['call'] as string
    const withdraw = (number: string) => runHere(['withdraw-proposal', number, '--home', hunan.home])
    const withdrawn = await withdraw(call)
    expect(withdrawn.code, withdrawn.stderr).to.equal(0)
    expect(withdrawn.stdout).to.match(/^已撤回提出的事项 0x[0-9a-f]{64}.* · Taken back/)
    expect((await ledger.getFunction('proposal')(call)).proposedAt).to.equal(0n)
    const again = await withdraw(call)
    expect(again.code).to.equal(5)
    expect(again.stderr).to.include('[ProposalNotOfCaller]')
    expect((await withdraw('0x12')).stderr).to.include('[not-a-proposal]')
  })

  it('refuses a decision number with an identity number before anything is sent', async () => {
    const decision = ['--decision', '更字11010519491231002X号', '--effective', 'now']
    const before = await provider.getBlockNumber()
    for (const command of [
      ['correct', licence(hunan, 5), '--to-status', 'revoked'],
      ['note', licence(hunan, 5), '--notice', 'loss'],
    ]) {
      const refused = await act(hunan, ...command, ...decision)
      expect(refused.code).to.equal(2)
      expect(refused.stderr).to.include('[decision-personal]').and.not.to.include('11010519491231002X')
    }
    // A node refuses a range that begins behind its newest block.
    const filter = { address: sandbox.network.ledger, fromBlock: before, toBlock: 'latest' }
    const logs = await provider.getLogs(filter)
    expect(logs.filter(({ blockNumber }) => blockNumber > before)).to.deep.equal([])
  })

  it('shows help in both languages for each of them', async () => {
    for (const name of ['correct', 'dissolve', 'note', 'lift-notice', 'transfer-in', 'suspend']) {
      const { code, stdout } = await runHere(['act', name, '--help'])
      expect(code).to.equal(0)
      expect(stdout)
        .to.match(/\p{Script=Han}/u)
        .and.include('--decision <number>')
    }
  })
})
