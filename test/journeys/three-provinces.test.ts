/** Three provinces with council, region and agency from an empty chain, by the commands of the README and no others. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { anvilBinary } from '../../scripts/sandbox/chain.ts'
import { freePort } from '../../scripts/sandbox/founded-sandbox.ts'
import { fencesOf, sectionOf } from '../fixtures/readme.ts'
import { type Ended, type ShellRun, type Started, typeIntoShell } from '../fixtures/readme-shell.ts'
import { runCouncilHere, runHere, runRegionHere } from '../packages/issuer/fixtures/command.ts'

const ROOT = join(import.meta.dirname, '../..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const STEPS = fencesOf(sectionOf(README, 'Setting up three provinces'), 'sh')

/** In this process, whose folder is the shell's. */
const HERE: Readonly<Record<string, typeof runHere>> = {
  'hefu-issuer': runHere,
  'hefu-region': runRegionHere,
  'hefu-council': runCouncilHere,
}
/** In a process of their own. */
const PROGRAMS: Readonly<Record<string, string>> = {
  hefu: 'packages/sdk/bin/hefu.js',
  'npm:deploy': 'scripts/deploy.ts',
  'npm:licences': 'scripts/generate-licences.ts',
}

describe('three provinces, set up from the README alone', function () {
  this.timeout(420_000)
  let folder: string
  let run: ShellRun
  /** What every command said, in order. */
  const told: { readonly line: string; readonly ended: Ended }[] = []
  const ownFolder = process.cwd()

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-readme-'))
    const port = await freePort()
    // Its commands as they stand; but the port may be anybody's.
    const lines = STEPS.join('\n')
      .replaceAll('http://127.0.0.1:8545', `http://127.0.0.1:${port}`)
      .replace('npx anvil ', `npx anvil --port ${port} `)
    process.chdir(folder)
    run = await typeIntoShell(lines, { folder, answer, anvil: anvilBinary() })
  })

  after(() => {
    process.chdir(ownFolder)
    rmSync(folder, { recursive: true, force: true })
  })

  async function answer({ words, env }: Started): Promise<Ended> {
    const [name = '', ...args] = words
    const ended = await end(name, args, env)
    told.push({ line: words.join(' '), ended })
    return ended
  }

  async function end(name: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
    const here = HERE[name]
    if (here !== undefined) {
      const { code, stdout, stderr } = await here(args, env)
      return { code, stdout: code === 0 ? stdout : stdout + stderr }
    }
    const program = PROGRAMS[name]
    if (program === undefined) throw new Error(`the README starts ${name}, which the journey does not know`)
    const child = spawn(process.execPath, [join(ROOT, program), ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...env },
    })
    let stdout = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        stdout += chunk
      })
    }
    const [code] = await once(child, 'close')
    return { code, stdout }
  }

  const saidOf = (start: string): readonly string[] =>
    told.filter(({ line }) => line.startsWith(start)).map(({ ended }) => ended.stdout)

  it('every command of the section ends well, and there is one for each step', () => {
    expect(STEPS).to.have.length(6)
    expect(run.code, run.said.slice(-3000)).to.equal(0)
    expect(told.filter(({ ended }) => ended.code !== 0)).to.deep.equal([])
    expect(told.length).to.be.greaterThan(40)
  })

  it('the hand-over is proven to whoever asks, without a key', () => {
    const [handed = ''] = saidOf('npm:deploy hand-over')
    const [proven = ''] = saidOf('npm:deploy prove')
    expect(handed).to.include('权限已移交')
    const lines = proven.split('\n').filter((line) => line.startsWith('✔'))
    expect(lines.length).to.be.greaterThan(60)
    expect(proven).not.to.match(/^[✘?]/m)
    for (const line of lines) expect(handed).to.include(line)
  })

  it('what a keeper announces waits a day, and what is put to the vote is told in words', () => {
    const [announced, entered] = saidOf('hefu-council register-type')
    expect(announced).to.include('已公告，尚未办理')
    expect(entered).to.include('已办理').and.not.include('公告')
    expect(saidOf('hefu-council set-baseline')[0]).to.include('第 1 号提案')
    expect(saidOf('hefu-council votes')[0])
      .to.include('正在表决')
      .and.include('将“安管人员安全生产考核合格证书 11100000000013338W011”列入全国互认清单')
  })

  it('the licence of 湖南 is accepted in 广东, and again once its mistaken revocation was corrected by two keys', () => {
    const verdicts = saidOf('hefu verify')
    expect(verdicts).to.have.length(2)
    for (const verdict of verdicts)
      expect(verdict).to.include('核验通过').and.include('湖南省住房和城乡建设厅')
    expect(saidOf('hefu-issuer act revoke')[0]).to.include('吊销')
    expect(saidOf('hefu-region proposals')[0])
      .to.include('更正机构 11430000006122244L')
      .and.include('第 1 号')
    expect(saidOf('hefu-region confirm')[0]).to.include('确认第 1 号事项')
  })

  it('an agreement is proposed by one province and joined by the other', () => {
    expect(saidOf('hefu-region propose-agreement')[0]).to.include('430000 湖南省 提议与 440000 广东省')
    expect(saidOf('hefu-region join-agreement')[0]).to.include('440000 广东省 加入第 1 号互认协议')
  })
})
