/** `hefu-region` and `hefu-council` on a chain: what is shown first, what is sent, and what is not. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgencyHome } from '@hefu/issuer'
import { openAccountKey, readKeyFile } from '@hefu/service'
import { expect } from 'chai'
import { Contract, Wallet } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../../scripts/deploy/artifact.ts'
import { ACCESS_MANAGER, LEDGER_INTERFACE, RESTRICTED } from '../../../../scripts/deploy/deployment-plan.ts'
import { NodeProvider } from '../../../../scripts/deploy/node-provider.ts'
import { ROLES } from '../../../../scripts/deploy/roles.ts'
import { fund, rpc } from '../../../../scripts/sandbox/chain.ts'
import { createFoundedSandbox, type FoundedSandbox } from '../../../../scripts/sandbox/founded-sandbox.ts'
import { HUNAN_HOUSING } from '../../../../scripts/sandbox/provinces.ts'
import { passTime } from '../../ledger/fixtures/administered-sandbox.ts'
import { type Outcome, runCouncilHere, runRegionHere } from '../fixtures/command.ts'

const TEACHERS = '1243000000000209MQ'

describe('the commands of offices', function () {
  this.timeout(180_000)
  let folder: string
  let sandbox: FoundedSandbox
  let env: Record<string, string>

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-office-'))
    sandbox = await createFoundedSandbox(join(folder, 'sandbox'))
    env = { HEFU_PASSPHRASE_FILE: sandbox.folder.passphrase, HEFU_NETWORK: sandbox.folder.network }
    for (const name of ['council', 'region-430000', 'region-440000']) {
      mkdirSync(join(folder, name, 'keys'), { recursive: true })
      copyFileSync(join(sandbox.folder.keys, `${name}.json`), join(folder, name, 'keys', 'account.json'))
    }
  })

  after(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const region = (args: readonly string[], home = 'region-430000'): Promise<Outcome> =>
    runRegionHere([...args, ...homeOf(args, home)], env)
  const council = (args: readonly string[], home = 'council'): Promise<Outcome> =>
    runCouncilHere([...args, ...homeOf(args, home)], env)
  const homeOf = ([command = '']: readonly string[], home: string): readonly string[] =>
    ['show', 'proposals', 'votes', 'seats', 'announcements'].includes(command)
      ? []
      : ['--home', join(folder, home)]
  const contactOf = async (code: string) => {
    const { events } = await region(['show', code, '--json'])
    const [shown = {}] = events
    return (shown['name'] as { contact: string }).contact
  }
  const rename = (...more: readonly string[]) =>
    region(['rename-agency', HUNAN_HOUSING, '--name', '湖南省住房和城乡建设厅', ...more])

  it('show what is about to be done with the registered names, and send nothing before it is agreed to', async () => {
    const { code, stderr, stdout } = await rename('--contact', '0731-11111111')
    expect(code).to.equal(2)
    expect(stderr)
      .to.include('即将办理：将机构 11430000006122244L 湖南省住房和城乡建设厅 的登记名称改为')
      .and.include('About to: rename the agency')
      .and.include('未经确认，没有发送')
    expect(stdout).to.equal('')
    expect(await contactOf(HUNAN_HOUSING)).to.equal('')
  })

  it('send with --yes, and tell the block; with --json in one object', async () => {
    const { code, events } = await rename('--contact', '0731-11111111', '--yes', '--json')
    expect(code).to.equal(0)
    expect(events[0]).to.include({ event: 'done' }).and.have.property('blockNumber').that.is.a('number')
    expect(await contactOf(HUNAN_HOUSING)).to.equal('0731-11111111')
  })

  it('a new name leaves the contact as it is, unless another is given', async () => {
    expect((await rename('--yes')).code).to.equal(0)
    expect(await contactOf(HUNAN_HOUSING)).to.equal('0731-11111111')
    expect((await rename('--contact', '', '--yes')).code).to.equal(0)
    expect(await contactOf(HUNAN_HOUSING)).to.equal('')
    expect((await rename('--contact', '0731-11111111', '--yes')).code).to.equal(0)
  })

  it('an agreement is shown by what it says before it is joined, and by the provinces that it is of', async () => {
    const propose = ['propose-agreement', '430000', '--with', '440000', '--types', 'teacher']
    expect((await region([...propose, '--notice-days', '90', '--yes'])).code).to.equal(0)
    const asked = await region(['join-agreement', '1', '440000'], 'region-440000')
    expect(asked.code).to.equal(2)
    expect(asked.stderr)
      .to.include('440000 广东省 加入第 1 号互认协议：各方')
      .and.include('退出须提前 90 天')
      .and.include('440000 广东省（尚未加入）')
      .and.include('各方加入之时 起至')
      .and.not.include('1970')
    for (const code of ['430000', '440000']) {
      expect((await region(['show', code])).stdout).to.include('第 1 号互认协议：各方')
    }
    expect((await region(['show', '430000', '--json'])).events[0]?.['agreements']).to.have.length(1)
    const none = await region(['join-agreement', '2', '440000', '--yes'], 'region-440000')
    expect(none.stderr).to.include('没有这个编号的协议')
    expect(none.code).to.equal(5)
  })

  it('take no resident number into what is public, and do not quote it', async () => {
    const { code, stderr } = await rename('--contact', '11010519491231002X', '--yes')
    expect(code).to.equal(2)
    expect(stderr).to.include('not-public').and.not.include('11010519491231002X')
    expect(await contactOf(HUNAN_HOUSING)).to.equal('0731-11111111')
  })

  it('say in a sentence, with exit code 5, that this account is not who may', async () => {
    const { code, stderr } = await region(['suspend-agency', HUNAN_HOUSING, '--yes'], 'region-440000')
    expect(code).to.equal(5)
    expect(stderr).to.include('不是地区 430000 的管理账户').and.include('[CallerNotRegionAdmin]')
    expect((await region(['show', HUNAN_HOUSING])).stdout).to.include('有效')
    const powerless = await council(['set-baseline', 'teacher', '--yes'], 'region-440000')
    expect(powerless.code).to.equal(5)
    expect(powerless.stderr).to.include('[no-power]')
  })

  for (const [what, args] of [
    ['a region', ['suspend-region', '990000']],
    ['an agency', ['suspend-agency', '11430000006122244X']],
    ['an account', ['nominate-admin', '430000', '0x12']],
    ['a licence type', ['assign', HUNAN_HOUSING, 'fishing']],
    ['a day', ['assign', HUNAN_HOUSING, 'teacher', '--from', '2026-02-30']],
    ['a key', ['end-key', HUNAN_HOUSING, 'short']],
    ['a number', ['confirm', '0']],
    ['a registration', ['register-key', 'nowhere.json']],
  ] as const) {
    it(`refuse what is no ${what.replace(/^an? /, '')} in a sentence of both languages`, async () => {
      const { code, stderr } = await region([...args, '--yes'])
      expect(code).to.equal(2)
      expect(stderr).to.match(/\p{Script=Han}.* · /u)
      expect(stderr).to.not.match(/\n {4}at /)
    })
  }

  describe('an agency', () => {
    let registration: string

    before(async () => {
      const home = join(folder, 'teachers')
      await createAgencyHome({
        home,
        agency: TEACHERS,
        region: '430000',
        network: readFileSync(sandbox.folder.network, 'utf8'),
        algorithm: 'ES256',
        passphrase: readFileSync(sandbox.folder.passphrase, 'utf8').trim(),
      })
      registration = join(home, 'registration.json')
      await fund(sandbox.network.rpcUrl, JSON.parse(readFileSync(registration, 'utf8')).operator)
    })

    it('is not accredited, nor its key registered, on a proof that is not its own', async () => {
      const other = { ...JSON.parse(readFileSync(registration, 'utf8')), agency: HUNAN_HOUSING }
      const path = join(folder, 'another.json')
      writeFileSync(path, JSON.stringify(other))
      const misnamed = join(folder, 'misnamed.json')
      writeFileSync(
        misnamed,
        JSON.stringify({ ...JSON.parse(readFileSync(registration, 'utf8')), kid: 'A'.repeat(43) }),
      )
      expect((await region(['register-key', misnamed, '--yes'])).stderr).to.include('[registration-damaged]')
      for (const args of [
        ['accredit-agency', path, '--name', '他人'],
        ['register-key', path],
      ]) {
        const { code, stderr } = await region([...args, '--yes'])
        expect(code).to.equal(2)
        expect(stderr).to.include('[possession-unproven]')
      }
    })

    it('is not shown before it is on the ledger: one sentence and exit code 2', async () => {
      for (const code of [TEACHERS, '990000', '430100']) {
        const shown = await region(['show', code])
        expect(shown.code).to.equal(2)
        expect(shown.stdout).to.equal('')
        expect(shown.stderr).to.match(/^.+ · .+\n$/)
      }
      expect((await region(['show', '430100'])).stderr).to.include('[member-unknown]')
    })

    it('is accredited by its registration, its key registered, and made responsible', async () => {
      const { kid, operator } = JSON.parse(readFileSync(registration, 'utf8'))
      for (const [args, shown] of [
        [
          ['accredit-agency', registration, '--name', '湖南样例教师局', '--contact', '0731-00000000'],
          `请核对：操作账户 ${operator}`,
        ],
        [['register-key', registration], `请核对：密钥编号（kid）${kid}`],
        [['assign', TEACHERS, 'teacher'], '由机构 1243000000000209MQ 湖南样例教师局 签发'],
      ] as const) {
        const { code, stderr } = await region([...args, '--yes'])
        expect(code, stderr).to.equal(0)
        expect(stderr).to.include(shown)
      }
      expect((await region(['show', TEACHERS])).stdout)
        .to.include('湖南样例教师局')
        .and.include('0731-00000000')
    })

    it('what is to be compared is on the screen before anything is sent, and after', async () => {
      const { kid } = JSON.parse(readFileSync(registration, 'utf8'))
      const asked = await region(['register-key', registration])
      expect(asked.stderr).to.include('未经确认').and.include(`登记签名密钥 ${kid}（ES256）`)
      expect(asked.stderr).to.include(`the signing key ${kid} (ES256)`)
      const { stdout } = await region(['show', TEACHERS])
      expect(stdout).to.include(`签名密钥 ${kid}（ES256）`).and.include('未报告泄露').and.include('不限期')
    })

    it('is shown with its keys and responsibilities, and since when its operator is', async () => {
      const { kid } = JSON.parse(readFileSync(registration, 'utf8'))
      const { stdout, events } = await region(['show', TEACHERS, '--json'])
      expect(stdout).to.include(kid)
      expect(events[0]).to.have.property('heldSince').that.is.greaterThan(0)
      expect(events[0]?.['keys']).to.have.length(1)
      const [held] = (events[0]?.['responsibilities'] ?? []) as { licenceType: string; term: object }[]
      expect(held?.licenceType).to.equal('11100000000013127D001')
      expect(held?.term).to.include({ until: null })
      for (const args of [
        ['report-compromise', TEACHERS, kid, '--since', '2026-01-02'],
        ['end-responsibility', TEACHERS, 'teacher', '--at', 'now'],
        ['assign', TEACHERS, 'food-operation', '--from', '2098-01-01', '--until', '2098-12-31'],
      ]) {
        const { code, stderr } = await region([...args, '--yes'])
        expect(code, stderr).to.equal(0)
      }
      await passTime(sandbox.chain.rpcUrl, 120)
      const later = (await region(['show', TEACHERS])).stdout
      expect(later)
        .to.include('已报告自 2026-01-02 00:00 起泄露')
        .and.include('2098-01-01 00:00 起至 2099-01-01 00:00')
        .and.match(/操作账户 0x[0-9a-f]{40}（\d{4}-\d\d-\d\d \d\d:\d\d 起任职）/)
      expect(later).not.to.include('教师资格')
      const housing = (await region(['show', HUNAN_HOUSING, '--json'])).events[0]
      const others = (housing?.['keys'] ?? []) as readonly { kid: string }[]
      expect(
        others.map((key) => key.kid),
        'of another agency',
      ).to.not.include(kid)
    })

    it('gets another operator once that account accepts', async () => {
      const made = await region(['init'], 'next')
      expect(made.code, made.stderr).to.equal(0)
      const address = (await region(['address'], 'next')).stdout.trim()
      await fund(sandbox.network.rpcUrl, address)
      expect((await region(['nominate-operator', TEACHERS, address, '--yes'])).code).to.equal(0)
      const { events } = await region(['show', TEACHERS, '--json'])
      expect(events[0]).to.have.property('operator').that.is.not.equal(address)
      expect(events[0]?.['nominee']).to.include({ account: address })
      expect((await region(['show', TEACHERS])).stdout).to.include(`待接受的提名：${address}`)
      expect((await region(['accept', TEACHERS, '--yes'], 'next')).code).to.equal(0)
      expect((await region(['show', TEACHERS, '--json'])).events[0]).to.include({
        operator: address,
        nominee: null,
      })
    })

    it('returns to an operator that is named before it is agreed to, and shown', async () => {
      const { events } = await region(['show', TEACHERS, '--json'])
      const { account } = (events[0]?.['former'] ?? {}) as { account?: string }
      expect(account).to.match(/^0x[0-9a-f]{40}$/)
      expect((await region(['return-agency', TEACHERS])).stderr).to.include(`交还前任操作账户 ${account}`)
      expect((await region(['show', TEACHERS])).stdout).to.include(`前任：${account}`)
      expect((await region(['return-region', '430000'])).stderr).to.include('交还前任管理账户 无')
    })

    it('is retired by two keys: who confirms is named before, it is listed, and can be taken back', async () => {
      const proposed = await region(['retire-agency', TEACHERS, '--yes', '--json'])
      expect(proposed.code, proposed.stderr).to.equal(0)
      expect(proposed.stderr).to.include('须两把钥匙').and.include('须由联盟理事会指定的省级以上确认人确认')
      expect(proposed.events[0]).to.include({ event: 'proposed' })
      expect(proposed.events[0]?.['confirmer']).to.deep.equal({ region: null, name: null, admin: null })
      const { stdout, events } = await region(['proposals', '--json'])
      expect(stdout).to.include('撤销机构 1243000000000209MQ 湖南样例教师局')
      const [shown = {}] = events
      const [{ number }] = shown['proposals'] as [{ number: number }]
      expect((await region(['show', TEACHERS])).stdout).to.include('有效')

      const own = await region(['confirm', String(number), '--yes'])
      expect(own.code, 'by the proposer itself').to.equal(5)
      const early = await region(['confirm', String(number), '--yes'], 'council')
      expect(early.code, 'less than seven days in office').to.equal(5)
      expect(early.stderr).to.include('[ConfirmerTooNew]')

      expect((await region(['withdraw', String(number), '--yes'])).code).to.equal(0)
      expect((await region(['proposals'])).stdout).to.include('没有等待第二把钥匙的事项')
      const gone = await region(['confirm', String(number), '--yes'], 'council')
      expect(gone.code).to.equal(2)
      expect(gone.stderr).to.include('[proposal-unknown]')
    })

    it('a nomination that is taken back is called so; one that lapsed is not said to wait', async () => {
      const address = (await region(['address'], 'region-440000')).stdout.trim()
      const takeBack = ['nominate-operator', TEACHERS, 'none', '--yes']
      expect((await region(['nominate-operator', TEACHERS, address, '--yes'])).code).to.equal(0)
      const taken = await region(takeBack)
      expect(taken.stderr).to.include('撤回对机构').and.not.include('提名账户')
      expect((await region(['show', TEACHERS])).stdout).not.to.include('提名')
      expect((await region(['nominate-operator', TEACHERS, address, '--yes'])).code).to.equal(0)
      await passTime(sandbox.chain.rpcUrl, 31 * 86_400)
      expect((await region(['show', TEACHERS])).stdout)
        .to.include(`提名已过期：${address}`)
        .and.not.include('待接受')
      expect((await region(takeBack)).code).to.equal(0)
    })
  })

  it('an account that exists is not overwritten, and its key is encrypted', async () => {
    expect((await council(['init'], 'own')).code).to.equal(0)
    const again = await council(['init'], 'own')
    expect(again.code).to.equal(2)
    expect(again.stderr).to.include('[home-exists]')
    expect(readdirSync(join(folder, 'own', 'keys'))).to.deep.equal(['account.json'])
    expect(readFileSync(join(folder, 'own', 'keys', 'account.json'), 'utf8'))
      .to.include('encrypted')
      .and.not.include('"d":')
  })

  it('a seat is taken by the admin of the province alone, and its voice put to the vote', async () => {
    expect((await council(['take-seat', '430000', '--yes'], 'region-440000')).stderr).to.include(
      '[SeatNotEntitled]',
    )
    expect((await council(['take-seat', '430000', '--yes'], 'region-430000')).code).to.equal(0)
    expect((await council(['seats'])).stdout).to.include('430000 湖南省')
    // A voice counts from the second after that in which its seat was taken.
    await passTime(sandbox.chain.rpcUrl, 2)
    const early = await council(['suspend-region', '440000', '--yes'], 'region-430000')
    expect(early.code, 'no power of the council yet').to.equal(5)
    expect(early.stderr).to.include('[council-powerless]').and.include('没有发送')
    await giveRole('admission', 'ledger', 'suspendRegion', await councilContract(), 2 * 86_400)
    for (const args of [
      ['pause-region', '440000'],
      ['register-type', 'teacher'],
    ]) {
      const lost = await council([...args, '--yes'], 'region-430000')
      expect(lost.code, 'what the council could not carry out').to.equal(5)
      expect(lost.stderr).to.include('[council-powerless]').and.include('没有发送')
    }
    expect((await council(['votes'])).stdout).to.include('理事会没有提案')
    const put = await council(
      ['suspend-region', '440000', '--reason', '试', '--yes', '--json'],
      'region-430000',
    )
    expect(put.code, put.stderr).to.equal(0)
    expect(put.stderr).to.include('提交理事会表决')
    expect(put.events[0]).to.include({ event: 'put-to-vote', number: 1 })
    const { stdout } = await council(['votes'])
    expect(stdout)
      .to.include('尚未开始表决')
      .and.include('暂停 440000 广东省 的互认资格')
      .and.include('提案人写道："试"')
      .and.include('至少 1 席参加表决')
      .and.match(/提案人：430000 湖南省（0x[0-9a-f]{40}）/)
    expect(stdout).not.to.include('已表决')
    const unbegun = await council(['vote', '1', 'for', '--yes'], 'region-430000')
    expect(unbegun.code).to.equal(5)
    expect(unbegun.stderr).to.include('[GovernorUnexpectedProposalState]')
    expect((await council(['vote', '2', 'for', '--yes'], 'region-430000')).stderr).to.include(
      '[vote-unknown]',
    )
  })

  it('a voice that would count for nothing is refused: of who has no seat, or took it after the vote began', async () => {
    await passTime(sandbox.chain.rpcUrl, 86_400 + 60)
    for (const late of [false, true]) {
      if (late) expect((await council(['take-seat', '440000', '--yes'], 'region-440000')).code).to.equal(0)
      const { code, stderr } = await council(['vote', '1', 'against', '--yes'], 'region-440000')
      expect(code, stderr).to.equal(5)
      expect(stderr).to.include('[no-voice]').and.include('没有发送')
    }
    expect((await council(['vote', '1', 'for', '--yes'], 'region-430000')).code).to.equal(0)
    expect((await council(['votes'])).stdout)
      .to.include('赞成 1，反对 0')
      .and.include('430000 湖南省 赞成')
  })

  it('a day that is over is refused as the beginning or the end of a term, and today is now', async () => {
    const now = Number(
      BigInt(
        await rpc(sandbox.chain.rpcUrl, 'eth_getBlockByNumber', ['latest', false]).then(
          (block) => (block as { timestamp: string }).timestamp,
        ),
      ),
    )
    const dayOf = (seconds: number) => new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10)
    const [today, yesterday] = [dayOf(now), dayOf(now - 86_400)]
    for (const args of [
      ['assign', HUNAN_HOUSING, 'food-operation', '--from', yesterday],
      [
        'refuse',
        '430000',
        'teacher',
        '--approval',
        '湘政办〔2026〕1号',
        '--document',
        sandbox.folder.network,
        '--from',
        yesterday,
      ],
      [
        'propose-agreement',
        '430000',
        '--with',
        '440000',
        '--types',
        'teacher',
        '--notice-days',
        '1',
        '--from',
        yesterday,
      ],
      ['end-responsibility', HUNAN_HOUSING, 'safety-manager', '--at', yesterday],
    ]) {
      const { code, stderr } = await region([...args, '--yes'])
      expect(code, stderr).to.equal(2)
      expect(stderr).to.include('[day-past]')
    }
    expect(
      (await region(['end-responsibility', HUNAN_HOUSING, 'teacher', '--at', 'now', '--yes'])).code,
    ).to.equal(0)
    await passTime(sandbox.chain.rpcUrl, 120)
    const begun = await region(['assign', HUNAN_HOUSING, 'teacher', '--from', today, '--yes'])
    expect(begun.code, begun.stderr).to.equal(0)
    expect(begun.stdout).to.include('即时 起')
  })

  it('a rulebook that is none, or is in force already, is not put to the vote', async () => {
    const { rulebook } = JSON.parse(readFileSync(sandbox.folder.network, 'utf8'))
    for (const [address, code] of [
      [`0x${'0'.repeat(39)}1`, 'rulebook-missing'],
      [rulebook, 'rulebook-in-force'],
    ] as const) {
      const refused = await council(['change-rulebook', address, '--yes'], 'region-430000')
      expect(refused.code).to.equal(2)
      expect(refused.stderr).to.include(`[${code}]`)
    }
  })

  it('who has the powers carries out at once: a pause, a service item, a ledger of the registry', async () => {
    for (const [args, said] of [
      [['pause-region', '440000'], '应急暂停 440000 广东省'],
      [['end-pause', '440000'], '结束对 440000 广东省'],
      [['register-item', 'KSTB-001', '--demand', 'teacher=licenceNumber,issuerName'], '登记事项 KSTB-001'],
      [['register-ledger', '1', `0x${'12'.repeat(20)}`, '--from', '2026-01-01'], '链 1 的合约'],
    ] as const) {
      const { code, stdout, stderr } = await council([...args, '--yes'])
      expect(code, stderr).to.equal(0)
      expect(stderr).to.include('立即上链')
      expect(stdout).to.include('已办理').and.include(said)
    }
    const again = await council(['pause-region', '440000', '--yes'])
    expect(again.code).to.equal(5)
    expect(again.stderr).to.include('三十天内不能再次暂停')
  })

  it('what a keeper announces is listed in words, waits, and is stopped by who guards it', async () => {
    const keeper = (await council(['address'], 'region-440000')).stdout.trim()
    await giveRole('catalogue', 'rulebook', 'retireServiceItem', keeper, 86_400)
    const announced = await council(['retire-item', 'KSTB-002', '--yes', '--json'], 'region-440000')
    expect(announced.code, announced.stderr).to.equal(0)
    expect(announced.events[0]).to.include({ event: 'announced' })
    expect(announced.stderr).to.include('先行公告，1 天后').and.include('out 1 day later')
    expect((await council(['announcements'])).stdout).to.include('第 1 号公告：停用事项 KSTB-002')
    const early = await council(['retire-item', 'KSTB-002', '--yes'], 'region-440000')
    expect(early.code).to.equal(5)
    expect(early.stderr).to.include('[not-ready]')
    const stranger = await council(['cancel', '1', '--yes'], 'region-430000')
    expect(stranger.stderr).to.include('[AccessManagerUnauthorizedCancel]')
    expect((await council(['cancel', '1', '--yes'])).code).to.equal(0)
    expect((await council(['announcements'])).stdout).to.include('没有等待办理的公告')
  })

  const councilContract = async (): Promise<string> =>
    JSON.parse(readFileSync(sandbox.folder.network, 'utf8')).council

  /** A role with one function of it, as the hand-over gives both. */
  const giveRole = async (
    role: keyof typeof ROLES,
    contract: 'ledger' | 'rulebook',
    name: string,
    holder: string,
    delay: number,
  ): Promise<void> => {
    const network = JSON.parse(readFileSync(sandbox.folder.network, 'utf8'))
    const file = await readKeyFile(join(sandbox.folder.keys, 'council.json'))
    const key = await openAccountKey(file, readFileSync(sandbox.folder.passphrase, 'utf8').trim())
    const provider = new NodeProvider(network.rpcUrl, 20)
    const manager = new Contract(
      network.accessManager,
      readArtifact(ACCESS_MANAGER).abi,
      new Wallet(key, provider),
    )
    const path = contract === 'ledger' ? LEDGER_INTERFACE : RESTRICTED.rulebook
    const selector = readArtifact(path).abi.getFunction(name)?.selector
    const calls = [
      ['setTargetFunctionRole', network[contract], [selector], ROLES[role].id],
      ['grantRole', ROLES[role].id, holder, delay],
    ] as const
    for (const [call, ...args] of calls) await (await manager.getFunction(call)(...args)).wait()
    provider.destroy()
  }

  it('a node that is not there, and one of another chain, are told in sentences', async () => {
    const network = JSON.parse(readFileSync(sandbox.folder.network, 'utf8'))
    for (const [name, change, said] of [
      ['dead', { rpcUrl: 'http://127.0.0.1:9' }, 'ledger-unreachable'],
      ['other', { chainId: 1 }, 'ledger-wrong-chain'],
    ] as const) {
      const path = join(folder, `${name}.json`)
      writeFileSync(path, JSON.stringify({ ...network, ...change }))
      const { code, stderr } = await region(['show', '430000', '--network', path])
      expect(code).to.equal(4)
      expect(stderr).to.include(`[${said}]`)
    }
  })
})
