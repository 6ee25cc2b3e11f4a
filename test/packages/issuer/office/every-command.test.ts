/**
 * Each command of `hefu-region` and `hefu-council`, run once and refused once against one chain process: what it sent is
 * read from its transaction by another codec than its own, and what is refused sends nothing. A command without a case
 * fails.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgencyHome } from '@hefu/issuer'
import { encodeKeyFile, LICENCE_TYPES } from '@hefu/protocol'
import { expect } from 'chai'
import { Contract, ContractFactory, type Interface, Wallet } from 'ethers'
import { after, before, describe, it } from 'mocha'
import type { COUNCIL_COMMAND_TEXTS, REGION_COMMAND_TEXTS } from '#internal/issuer/office/command-texts'
import { readArtifact } from '../../../../scripts/deploy/artifact.ts'
import {
  ACCESS_MANAGER,
  COUNCIL,
  type Deployment,
  LEDGER_INTERFACE,
  RESTRICTED,
  SEATS,
} from '../../../../scripts/deploy/deployment-plan.ts'
import { NodeProvider } from '../../../../scripts/deploy/node-provider.ts'
import { ROLES } from '../../../../scripts/deploy/roles.ts'
import { readOrCreateAccount } from '../../../../scripts/sandbox/accounts.ts'
import { fund } from '../../../../scripts/sandbox/chain.ts'
import { createFoundedSandbox, type FoundedSandbox } from '../../../../scripts/sandbox/founded-sandbox.ts'
import { HUNAN_HOUSING } from '../../../../scripts/sandbox/provinces.ts'
import { encryptLightly } from '../../../fixtures/light-key-file.ts'
import { passTime } from '../../ledger/fixtures/administered-sandbox.ts'
import { type Outcome, runCouncilHere, runRegionHere } from '../fixtures/command.ts'

const HUNAN = '430000'
const GUANGDONG = '440000'
const JILIN = '220000'
const CITY = '430100'
const COUNTY = '430102'
const TEACHERS = '1243000000000209MQ'
const TEACHER = LICENCE_TYPES.find(({ slug }) => slug === 'teacher')?.code ?? ''
const DAY = 86_400
/** Written by the programs themselves, beside the commands of the offices. */
const ACCOUNT_COMMANDS = ['init', 'address'] as const

/** An account of its own each; `council` deployed, and has the powers still. */
const ACCOUNTS = [
  'council',
  'hunan',
  'guangdong',
  'city',
  'county',
  'operator',
  'newcomer',
  'stranger',
] as const
type Who = (typeof ACCOUNTS)[number]
type Run = readonly [by: Who, ...args: readonly string[]]

const REFUSAL = [
  GUANGDONG,
  'teacher',
  ...['--issuing', HUNAN, '--approval', '粤政批〔2026〕3号', '--document', '@document'],
] as const
const AGREEMENT = [HUNAN, '--with', GUANGDONG, '--types', 'teacher', '--notice-days', '30'] as const

/** Stands for an argument that a test need not know, such as the second of a block. */
const ANY = '*'

interface Case {
  /** What must have happened first. */
  readonly given?: () => Promise<unknown>
  readonly run: Run
  /** Function and arguments, as they stand on the chain. */
  readonly sends: readonly [name: string, ...args: readonly unknown[]]
  readonly refuses: Run
  readonly as: string
}

/** A command that asks, or makes an account. */
interface Look {
  readonly given?: () => Promise<unknown>
  readonly run: Run
  readonly says: string
  readonly refuses: Run
  readonly as: string
}

type RegionCommand = keyof typeof REGION_COMMAND_TEXTS | (typeof ACCOUNT_COMMANDS)[number]
type CouncilCommand = keyof typeof COUNCIL_COMMAND_TEXTS | (typeof ACCOUNT_COMMANDS)[number]

describe('every command of an office', function () {
  this.timeout(180_000)
  let folder: string
  let sandbox: FoundedSandbox
  let deployment: Deployment
  let provider: NodeProvider
  let council: Wallet
  let env: Record<string, string>
  const addresses = {} as Record<Who, string>
  /** What a case names by a word that begins with @, since it is not there before the chain is. */
  const words = new Map<string, string>()
  let abis: ReadonlyMap<string, Interface>

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-commands-'))
    sandbox = await createFoundedSandbox(join(folder, 'sandbox'))
    deployment = JSON.parse(readFileSync(sandbox.folder.network, 'utf8'))
    provider = new NodeProvider(sandbox.network.rpcUrl, 20)
    env = { HEFU_PASSPHRASE_FILE: sandbox.folder.passphrase, HEFU_NETWORK: sandbox.folder.network }
    for (const who of ACCOUNTS) await createAccount(who)
    writeFileSync(file('document'), '批复')
    const { kid } = await createAgencyHome({
      home: file('teachers'),
      agency: TEACHERS,
      region: HUNAN,
      network: readFileSync(sandbox.folder.network, 'utf8'),
      algorithm: 'ES256',
      passphrase: passphrase(),
    })
    const kidBytes = `0x${Buffer.from(kid, 'base64url').toString('hex')}`
    for (const [word, value] of Object.entries({
      ...addresses,
      kid,
      'kid-bytes': kidBytes,
      registration: join(file('teachers'), 'registration.json'),
      document: file('document'),
      nowhere: file('nowhere'),
      made: file('made'),
      'made-too': file('made-too'),
      ledger: deployment.ledger.toLowerCase(),
      rulebook: deployment.rulebook.toLowerCase(),
      'council-contract': deployment.council.toLowerCase(),
      'new-rulebook': await deployRulebook(),
    }))
      words.set(`@${word}`, value)
    abis = new Map(
      [
        [deployment.ledger, LEDGER_INTERFACE],
        [deployment.rulebook, RESTRICTED.rulebook],
        [deployment.registry, RESTRICTED.registry],
        [deployment.accessManager, ACCESS_MANAGER],
        [deployment.seats, SEATS],
        [deployment.council, COUNCIL],
        [known('@new-rulebook'), RESTRICTED.rulebook],
      ].map(([address = '', path = '']) => [address.toLowerCase(), readArtifact(path).abi]),
    )
  })

  after(async () => {
    provider?.destroy()
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const file = (name: string): string => join(folder, name)
  const passphrase = (): string => readFileSync(sandbox.folder.passphrase, 'utf8').trim()
  /** With what its words stand for. */
  function known<T>(value: T): T {
    if (Array.isArray(value)) return value.map((part) => known(part)) as T
    return ((typeof value === 'string' && words.get(value)) || value) as T
  }

  /** One that is empty. */
  async function deployRulebook(): Promise<string> {
    const { abi, bytecode } = readArtifact(RESTRICTED.rulebook)
    const factory = new ContractFactory(abi, bytecode, council)
    const rulebook = await factory.deploy(deployment.accessManager, deployment.ledger)
    await rulebook.waitForDeployment()
    return (await rulebook.getAddress()).toLowerCase()
  }

  /** The sandbox's own, or a new one; its key opens at once, for it is opened for every command. */
  async function createAccount(who: Who): Promise<void> {
    const own: Partial<Record<Who, string>> = {
      council: 'council',
      hunan: `region-${HUNAN}`,
      guangdong: `region-${GUANGDONG}`,
    }
    const name = own[who]
    const { privateKey } =
      name === undefined
        ? Wallet.createRandom()
        : await readOrCreateAccount(sandbox.folder, name, passphrase())
    const wallet = new Wallet(privateKey, provider)
    if (who === 'council') council = wallet
    addresses[who] = wallet.address.toLowerCase()
    await fund(sandbox.network.rpcUrl, wallet.address)
    const d = Buffer.from(privateKey.slice(2), 'hex').toString('base64url')
    const about = { purpose: 'account', name: addresses[who] } as const
    const key = await encryptLightly({ kty: 'EC', crv: 'secp256k1', d }, about, passphrase())
    mkdirSync(join(file(who), 'keys'), { recursive: true })
    writeFileSync(join(file(who), 'keys', 'account.json'), encodeKeyFile(key))
  }

  type Program = (args: readonly string[], env: Record<string, string>) => Promise<Outcome>
  const LOOKS: ReadonlySet<string> = new Set(['show', 'proposals', 'votes', 'seats', 'announcements'])

  function start(program: Program, command: string, [by, ...args]: Run): Promise<Outcome> {
    const home = LOOKS.has(command) || args.includes('--home') ? [] : ['--home', file(by)]
    const isSent = !LOOKS.has(command) && !ACCOUNT_COMMANDS.some((name) => name === command)
    return program([command, ...args.map(known), ...home, ...(isSent ? ['--yes'] : []), '--json'], env)
  }

  async function succeed(program: Program, command: string, run: Run): Promise<Outcome> {
    const outcome = await start(program, command, run)
    expect(outcome.code, outcome.stderr).to.equal(0)
    return outcome
  }
  const region = (command: string, ...run: Run) => succeed(runRegionHere, command, run)
  const decide = (command: string, ...run: Run) => succeed(runCouncilHere, command, run)
  const pass = (seconds: number) => passTime(sandbox.network.rpcUrl, seconds)
  const nonceOf = (who: Who) => provider.getTransactionCount(addresses[who], 'latest')

  function expectCases(program: Program, cases: Readonly<Record<string, Case | Look>>): void {
    it('has a case', async () => {
      const { stdout } = await program(['--help'], env)
      const listed = [...stdout.matchAll(/^ {2}([a-z-]+) .*\p{Script=Han}/gmu)].map(([, name]) => name)
      const known = Object.keys(cases).map((spec) => spec.split(' ')[0])
      expect(listed.filter((name) => name !== 'help').toSorted()).to.deep.equal(known.toSorted())
    })
    for (const [spec, { given, refuses, as, ...done }] of Object.entries(cases)) {
      const [command = ''] = spec.split(' ')
      it(`${spec}: is done, and refused with ${as}`, async () => {
        await given?.()
        const nonce = await nonceOf(done.run[0])
        const outcome = await succeed(program, command, done.run)
        if ('says' in done) expect(outcome.stdout).to.include(known(done.says))
        else await expectSent(outcome, done, nonce)
        await expectRefused(program, command, refuses, as)
      })
    }
  }

  /** One transaction, and that is the one. */
  async function expectSent(
    { events }: Outcome,
    { run: [by], sends }: Pick<Case, 'run' | 'sends'>,
    nonce: number,
  ): Promise<void> {
    expect(await nonceOf(by)).to.equal(nonce + 1)
    const block = await provider.getBlock(Number(events[0]?.['blockNumber']), true)
    const sent = block?.prefetchedTransactions.find(({ from }) => from.toLowerCase() === addresses[by])
    const call = abis.get(sent?.to?.toLowerCase() ?? '')?.parseTransaction({ data: sent?.data ?? '0x' })
    expect(call?.name).to.equal(sends[0])
    expect(masked(call?.args.toArray() ?? [], sends.slice(1))).to.deep.equal(known(sends.slice(1)))
  }

  async function expectRefused(program: Program, command: string, run: Run, as: string): Promise<void> {
    const nonce = await nonceOf(run[0])
    const { code, stderr, events } = await start(program, command, run)
    expect(events.at(-1), stderr).to.include({ event: 'error', code: as })
    expect(stderr).to.match(/\p{Script=Han}.* · .* \[[A-Za-z-]+\]\n$/u)
    expect(code).to.be.oneOf([2, 4, 5])
    expect(await nonceOf(run[0]), 'nothing is sent').to.equal(nonce)
  }

  const bytes = (text: string): string => `0x${Buffer.from(text, 'latin1').toString('hex')}`
  const name = (zh: string) => [zh, '', '']

  /** In this order: later ones stand on what earlier ones did. The type holds that none is left out. */
  const regionCases: Readonly<Record<RegionCommand, Case | Look>> = {
    init: {
      run: ['newcomer', '--home', '@made'],
      says: '"event":"created"',
      refuses: ['newcomer'],
      as: 'home-exists',
    },
    address: {
      run: ['city'],
      says: '@city',
      refuses: ['city', '--home', '@nowhere'],
      as: 'home-missing',
    },
    'accredit-region <region>': {
      run: ['hunan', CITY, '--in', HUNAN, '--admin', '@city', '--name', '长沙市'],
      sends: ['accreditRegion', Number(CITY), Number(HUNAN), '@city', name('长沙市')],
      refuses: ['city', '440103', '--in', CITY, '--admin', '@county', '--name', '荔湾区'],
      as: 'RegionNotPartOf',
    },
    'rename-region <region>': {
      run: ['hunan', CITY, '--name', '长沙', '--contact', '0731-1'],
      sends: ['renameRegion', Number(CITY), ['长沙', '', '0731-1']],
      refuses: ['guangdong', CITY, '--name', '粤'],
      as: 'CallerNotRegionAdmin',
    },
    'suspend-region <region>': {
      run: ['hunan', CITY],
      sends: ['suspendRegion', Number(CITY)],
      refuses: ['hunan', CITY],
      as: 'RegionNotActive',
    },
    'resume-region <region>': {
      run: ['hunan', CITY],
      sends: ['resumeRegion', Number(CITY)],
      refuses: ['hunan', CITY],
      as: 'RegionNotSuspended',
    },
    'close-region <region>': {
      run: ['hunan', CITY],
      sends: ['closeRegion', Number(CITY)],
      refuses: ['city', CITY],
      as: 'CallerNotRegionAdmin',
    },
    'reopen-region <region>': {
      run: ['hunan', CITY],
      sends: ['reopenRegion', Number(CITY)],
      refuses: ['hunan', CITY],
      as: 'RegionNotClosed',
    },
    'nominate-admin <region> <address>': {
      given: () => pass(2),
      run: ['hunan', CITY, '@newcomer'],
      sends: ['nominateRegionAdmin', Number(CITY), '@newcomer'],
      refuses: ['guangdong', CITY, '@newcomer'],
      as: 'CallerNotRegionAdmin',
    },
    'accept <code>': {
      run: ['newcomer', CITY],
      sends: ['acceptRegionAdmin', Number(CITY)],
      refuses: ['stranger', CITY],
      as: 'CallerNotNominated',
    },
    'return-region <region>': {
      run: ['hunan', CITY],
      sends: ['returnRegion', Number(CITY)],
      refuses: ['guangdong', CITY],
      as: 'CallerNotSuperior',
    },
    'delegate <region> <type>': {
      run: ['hunan', CITY, 'teacher'],
      sends: ['delegateType', Number(CITY), bytes(TEACHER), ANY, ANY],
      refuses: ['guangdong', CITY, 'teacher'],
      as: 'CallerNotRegionAdmin',
    },
    'end-delegation <region> <type>': {
      run: ['hunan', CITY, 'teacher'],
      sends: ['endTypeDelegation', Number(CITY), bytes(TEACHER), ANY],
      refuses: ['hunan', CITY, 'teacher', '--at', '2099-01-01'],
      as: 'TermEndUnlawful',
    },
    'move-region <region>': {
      given: () =>
        region('accredit-region', 'city', COUNTY, '--in', CITY, '--admin', '@county', '--name', '芙蓉区'),
      run: ['hunan', COUNTY, '--to', HUNAN],
      sends: ['moveRegion', Number(COUNTY), Number(HUNAN)],
      refuses: ['city', COUNTY, '--to', CITY],
      as: 'CallerNotSuperior',
    },
    'accept-succession <code>': {
      run: ['city', COUNTY, '--successor', CITY],
      sends: ['acceptRegionSuccession', Number(COUNTY), Number(CITY)],
      refuses: ['hunan', COUNTY, '--successor', CITY],
      as: 'CallerNotRegionAdmin',
    },
    'retire-region <region>': {
      given: () => pass(8 * DAY),
      run: ['county', COUNTY, '--successor', CITY],
      sends: ['retireRegion', Number(COUNTY), Number(CITY)],
      refuses: ['stranger', COUNTY],
      as: 'CallerNotRegionAdmin',
    },
    proposals: {
      run: ['stranger'],
      says: '撤销地区 430102',
      refuses: ['stranger', '--network', '@nowhere'],
      as: 'network-unreadable',
    },
    'confirm <number>': {
      run: ['hunan', '1'],
      sends: ['retireRegion', Number(COUNTY), Number(CITY)],
      refuses: ['hunan', '1'],
      as: 'proposal-unknown',
    },
    'reinstate-region <region>': {
      run: ['county', COUNTY],
      sends: ['reinstateRegion', Number(COUNTY)],
      refuses: ['stranger', COUNTY],
      as: 'CallerNotSuperior',
    },
    'withdraw <number>': {
      run: ['county', '2'],
      sends: ['withdrawProposal', ANY],
      refuses: ['county', '2'],
      as: 'proposal-unknown',
    },
    'accredit-agency <registration>': {
      run: ['hunan', '@registration', '--name', '湖南样例教师局'],
      sends: ['accreditAgency', bytes(TEACHERS), Number(HUNAN), ANY, name('湖南样例教师局')],
      refuses: ['guangdong', '@registration', '--name', '粤'],
      as: 'AgencyAlreadyAccredited',
    },
    'rename-agency <agency>': {
      run: ['hunan', TEACHERS, '--name', '样例教师局'],
      sends: ['renameAgency', bytes(TEACHERS), name('样例教师局')],
      refuses: ['guangdong', TEACHERS, '--name', '粤'],
      as: 'CallerNotRegionAdmin',
    },
    'suspend-agency <agency>': {
      run: ['hunan', TEACHERS],
      sends: ['suspendAgency', bytes(TEACHERS)],
      refuses: ['hunan', TEACHERS],
      as: 'AgencyNotActive',
    },
    'resume-agency <agency>': {
      run: ['hunan', TEACHERS],
      sends: ['resumeAgency', bytes(TEACHERS)],
      refuses: ['hunan', TEACHERS],
      as: 'AgencyNotSuspended',
    },
    'nominate-operator <agency> <address>': {
      given: () => pass(2),
      run: ['hunan', TEACHERS, '@operator'],
      sends: ['nominateOperator', bytes(TEACHERS), '@operator'],
      refuses: ['city', TEACHERS, '@operator'],
      as: 'CallerNotRegionAdmin',
    },
    'return-agency <agency>': {
      given: () => region('accept', 'operator', TEACHERS),
      run: ['hunan', TEACHERS],
      sends: ['returnAgency', bytes(TEACHERS)],
      refuses: ['guangdong', TEACHERS],
      as: 'CallerNotSuperior',
    },
    'show <code>': {
      run: ['stranger', TEACHERS],
      says: '样例教师局',
      refuses: ['stranger', '11430000006122244X'],
      as: 'not-a-member',
    },
    'register-key <registration>': {
      run: ['hunan', '@registration'],
      sends: ['registerKey', bytes(TEACHERS), ANY, ANY, ANY, ANY, ANY],
      refuses: ['guangdong', '@registration'],
      as: 'CallerNotRegionAdmin',
    },
    'end-key <agency> <kid>': {
      run: ['hunan', TEACHERS, '@kid'],
      sends: ['endKey', bytes(TEACHERS), '@kid-bytes', ANY],
      refuses: ['hunan', TEACHERS, '@kid', '--at', '2099-01-01'],
      as: 'KeyValidUntilNotEarlier',
    },
    'report-compromise <agency> <kid>': {
      run: ['hunan', TEACHERS, '@kid', '--since', '2026-01-02'],
      sends: [
        'reportKeyCompromised',
        bytes(TEACHERS),
        '@kid-bytes',
        Date.parse('2026-01-02T00:00+08:00') / 1000,
      ],
      refuses: ['hunan', TEACHERS, '@kid', '--since', '2026-01-03'],
      as: 'KeyCompromisedFromNotEarlier',
    },
    'narrow-compromise <agency> <kid>': {
      run: ['hunan', TEACHERS, '@kid', '--since', 'never'],
      sends: ['narrowKeyCompromise', bytes(TEACHERS), '@kid-bytes', 2 ** 40 - 1],
      refuses: ['hunan', TEACHERS, '@kid', '--since', '2026-01-01'],
      as: 'KeyCompromisedFromNotLater',
    },
    'assign <agency> <type>': {
      run: ['hunan', TEACHERS, 'teacher'],
      sends: ['assignResponsibility', bytes(TEACHERS), bytes(TEACHER), 0, 2 ** 40 - 1],
      refuses: ['hunan', TEACHERS, 'teacher'],
      as: 'TermOverlaps',
    },
    'end-responsibility <agency> <type>': {
      run: ['hunan', TEACHERS, 'teacher'],
      sends: ['endResponsibility', bytes(TEACHERS), bytes(TEACHER), ANY],
      refuses: ['hunan', TEACHERS, 'teacher', '--at', '2099-01-01'],
      as: 'TermEndUnlawful',
    },
    'refuse <region> <type>': {
      run: ['guangdong', ...REFUSAL],
      sends: ['enterNegative', Number(GUANGDONG), [Number(HUNAN), bytes(TEACHER), ANY], 0, 2 ** 40 - 1, ANY],
      refuses: ['hunan', ...REFUSAL],
      as: 'CallerNotRegionAdmin',
    },
    'end-refusal <region> <type>': {
      run: ['guangdong', GUANGDONG, 'teacher', '--issuing', HUNAN],
      sends: ['endNegative', Number(GUANGDONG), [Number(HUNAN), bytes(TEACHER), ANY], ANY],
      refuses: ['guangdong', GUANGDONG, 'teacher', '--issuing', HUNAN, '--at', '2099-01-01'],
      as: 'TermEndUnlawful',
    },
    'propose-agreement <region>': {
      run: ['hunan', ...AGREEMENT],
      sends: [
        'proposeAgreement',
        Number(HUNAN),
        [[Number(GUANGDONG)], [bytes(TEACHER)], 0, 2 ** 40 - 1, 30 * DAY],
      ],
      refuses: ['guangdong', ...AGREEMENT],
      as: 'CallerNotRegionAdmin',
    },
    'join-agreement <number> <region>': {
      run: ['guangdong', '1', GUANGDONG],
      sends: ['joinAgreement', 1, Number(GUANGDONG)],
      refuses: ['guangdong', '1', GUANGDONG],
      as: 'AgreementNotInvited',
    },
    'renew-agreement <number> <region>': {
      given: () => agreeAgain(),
      run: ['hunan', '1', HUNAN, '--partner', GUANGDONG, '--type', 'teacher'],
      sends: ['renewAgreement', 1, Number(HUNAN), Number(GUANGDONG), bytes(TEACHER)],
      refuses: ['hunan', '1', HUNAN, '--partner', GUANGDONG, '--type', 'teacher'],
      as: 'AgreementNotBuried',
    },
    'leave-agreement <number> <region>': {
      run: ['guangdong', '1', GUANGDONG],
      sends: ['leaveAgreement', 1, Number(GUANGDONG)],
      refuses: ['guangdong', '1', GUANGDONG],
      as: 'AgreementNotMember',
    },
    'move-agency <agency>': {
      run: ['hunan', TEACHERS, '--to', CITY],
      sends: ['moveAgency', bytes(TEACHERS), Number(CITY)],
      refuses: ['city', TEACHERS, '--to', HUNAN],
      as: 'CallerNotSuperior',
    },
    'retire-agency <agency>': {
      run: ['city', TEACHERS],
      sends: ['retireAgency', bytes(TEACHERS), `0x${'00'.repeat(18)}`],
      refuses: ['guangdong', TEACHERS],
      as: 'CallerNotSuperior',
    },
    'reinstate-agency <agency>': {
      // What was moved is confirmed from the seventh day on.
      given: async () => {
        await pass(8 * DAY)
        await region('confirm', 'hunan', '4')
        const { stdout } = await runRegionHere(['show', TEACHERS], env)
        expect(stdout).to.include('已撤销').and.include('承继：无（由所在地区办理）')
      },
      run: ['city', TEACHERS],
      sends: ['reinstateAgency', bytes(TEACHERS)],
      refuses: ['guangdong', TEACHERS],
      as: 'CallerNotSuperior',
    },
    'resign-region <region>': {
      run: ['city', CITY],
      sends: ['resignRegion', Number(CITY)],
      refuses: ['city', CITY],
      as: 'CallerNotRegionAdmin',
    },
  }

  const councilCases: Readonly<Record<CouncilCommand, Case | Look>> = {
    init: {
      run: ['newcomer', '--home', '@made-too'],
      says: '"event":"created"',
      refuses: ['newcomer'],
      as: 'home-exists',
    },
    address: {
      run: ['council'],
      says: '@council',
      refuses: ['council', '--home', '@nowhere'],
      as: 'home-missing',
    },
    'admit <region>': {
      run: ['council', JILIN, '--admin', '@newcomer', '--name', '吉林省'],
      sends: ['admitRegion', Number(JILIN), '@newcomer', name('吉林省')],
      refuses: ['stranger', '210000', '--admin', '@newcomer', '--name', '辽宁省'],
      as: 'no-power',
    },
    'nominate-admin <region> <address>': {
      given: () => pass(2),
      run: ['council', JILIN, '@stranger'],
      sends: ['nominateRegionAdmin', Number(JILIN), '@stranger'],
      refuses: ['stranger', JILIN, '@stranger'],
      as: 'no-power',
    },
    'return-region <region>': {
      given: () => region('accept', 'stranger', JILIN),
      run: ['council', JILIN],
      sends: ['returnRegion', Number(JILIN)],
      refuses: ['stranger', JILIN],
      as: 'no-power',
    },
    'rename-region <region>': {
      run: ['council', JILIN, '--name', '吉林'],
      sends: ['renameRegion', Number(JILIN), name('吉林')],
      refuses: ['hunan', JILIN, '--name', '湘'],
      as: 'no-power',
    },
    'suspend-region <region>': {
      run: ['council', JILIN],
      sends: ['suspendRegion', Number(JILIN)],
      refuses: ['council', JILIN],
      as: 'RegionNotActive',
    },
    'resume-region <region>': {
      run: ['council', JILIN],
      sends: ['resumeRegion', Number(JILIN)],
      refuses: ['council', JILIN],
      as: 'RegionNotSuspended',
    },
    'close-region <region>': {
      run: ['council', JILIN],
      sends: ['closeRegion', Number(JILIN)],
      refuses: ['stranger', JILIN],
      as: 'no-power',
    },
    'reopen-region <region>': {
      run: ['council', JILIN],
      sends: ['reopenRegion', Number(JILIN)],
      refuses: ['council', JILIN],
      as: 'RegionNotClosed',
    },
    'end-baseline <type>': {
      run: ['council', 'teacher', '--at', 'now'],
      sends: ['endBaseline', bytes(TEACHER), ANY],
      refuses: ['council', 'teacher', '--at', '2099-01-01'],
      as: 'TermEndUnlawful',
    },
    'set-baseline <type>': {
      run: ['council', 'teacher', '--from', '2098-01-01'],
      sends: ['setBaseline', bytes(TEACHER), ANY, 2 ** 40 - 1],
      refuses: ['council', 'teacher', '--from', '2099-01-01'],
      as: 'TermOverlaps',
    },
    'register-item <item>': {
      run: ['council', 'KSTB-001', '--demand', 'teacher=licenceNumber'],
      sends: ['registerServiceItem', ANY, [[bytes(TEACHER), ANY]]],
      refuses: ['council', 'KSTB-001', '--demand', 'teacher=licenceNumber'],
      as: 'ServiceItemAlreadyRegistered',
    },
    'amend-item <item>': {
      run: ['council', 'KSTB-001', '--demand', 'teacher=issuerName'],
      sends: ['amendServiceItem', ANY, [[bytes(TEACHER), ANY]]],
      refuses: ['council', 'KSTB-002', '--demand', 'teacher=issuerName'],
      as: 'ServiceItemNotActive',
    },
    'retire-item <item>': {
      run: ['council', 'KSTB-001'],
      sends: ['retireServiceItem', ANY],
      refuses: ['council', 'KSTB-001'],
      as: 'ServiceItemNotActive',
    },
    'register-ledger <chain-id> <address>': {
      run: ['council', '1', `0x${'12'.repeat(20)}`, '--from', '2026-01-01'],
      sends: ['register', 1, `0x${'12'.repeat(20)}`, Date.parse('2026-01-01T00:00+08:00') / 1000],
      refuses: ['stranger', '1', `0x${'12'.repeat(20)}`, '--from', '2026-01-01'],
      as: 'no-power',
    },
    'close-ledger <number>': {
      run: ['council', '1', '--at', 'now', '--successor', '2'],
      sends: ['close', 1, ANY, 2],
      refuses: ['stranger', '1', '--at', 'now'],
      as: 'no-power',
    },
    'reopen-ledger <number>': {
      run: ['council', '1'],
      sends: ['reopen', 1],
      refuses: ['council', '1'],
      as: 'LedgerNotClosed',
    },
    'grant-role <role> <address>': {
      run: ['council', 'catalogue', '@newcomer'],
      sends: ['grantRole', 2, '@newcomer', DAY],
      refuses: ['council', 'admission', '@newcomer'],
      as: 'not-a-role',
    },
    'revoke-role <role> <address>': {
      run: ['council', 'catalogue', '@newcomer'],
      sends: ['revokeRole', 2, '@newcomer'],
      refuses: ['stranger', 'catalogue', '@newcomer'],
      as: 'no-power',
    },
    'pause-agency <agency>': {
      run: ['council', HUNAN_HOUSING],
      sends: ['pauseAgency', bytes(HUNAN_HOUSING)],
      refuses: ['stranger', HUNAN_HOUSING],
      as: 'no-power',
    },
    'unpause-agency <agency>': {
      run: ['council', HUNAN_HOUSING],
      sends: ['unpauseAgency', bytes(HUNAN_HOUSING)],
      refuses: ['council', HUNAN_HOUSING],
      as: 'AgencyNotPaused',
    },
    'take-seat <region>': {
      run: ['hunan', HUNAN],
      sends: ['take', Number(HUNAN)],
      refuses: ['guangdong', HUNAN],
      as: 'SeatNotEntitled',
    },
    seats: {
      run: ['stranger'],
      says: '@hunan',
      refuses: ['stranger', '--network', '@nowhere'],
      as: 'network-unreadable',
    },
    'vacate-seats': {
      run: ['stranger'],
      sends: ['syncAll'],
      refuses: ['stranger', '--network', '@nowhere'],
      as: 'network-unreadable',
    },
    'pause-region <region>': {
      run: ['council', GUANGDONG],
      sends: ['pauseRegion', Number(GUANGDONG)],
      refuses: ['council', GUANGDONG],
      as: 'RegionPausedLately',
    },
    votes: {
      given: () => putSuspensionToVote(),
      run: ['stranger'],
      says: '暂停 440000 广东省',
      refuses: ['stranger', '--network', '@nowhere'],
      as: 'network-unreadable',
    },
    'extend-pause <region>': {
      run: ['council', GUANGDONG, '--vote', '1'],
      sends: ['extendPause', Number(GUANGDONG), '@council-contract', ANY],
      refuses: ['council', JILIN, '--vote', '1'],
      as: 'RegionNotPaused',
    },
    'end-pause <region>': {
      run: ['council', GUANGDONG],
      sends: ['endPause', Number(GUANGDONG)],
      refuses: ['council', GUANGDONG],
      as: 'RegionNotPaused',
    },
    'vote <number> <support>': {
      given: () => pass(DAY + 60),
      run: ['hunan', '1', 'for'],
      sends: ['castVote', ANY, 1],
      refuses: ['hunan', '1', 'for'],
      as: 'GovernorAlreadyCastVote',
    },
    'queue <number>': {
      given: async () => {
        expect((await runCouncilHere(['votes'], env)).stdout).to.include('已表决：430000 湖南省 赞成')
        await pass(7 * DAY + 60)
      },
      run: ['stranger', '1'],
      sends: ['queue', ['@ledger'], [0], ANY, ANY],
      refuses: ['stranger', '1'],
      as: 'GovernorUnexpectedProposalState',
    },
    'execute <number>': {
      given: () => pass(2 * DAY + 60),
      run: ['stranger', '1'],
      sends: ['execute', ['@ledger'], [0], ANY, ANY],
      refuses: ['stranger', '1'],
      as: 'GovernorUnexpectedProposalState',
    },
    'withdraw <number>': {
      given: () => decide('suspend-region', 'hunan', JILIN),
      run: ['hunan', '2'],
      sends: ['cancel', ['@ledger'], [0], ANY, ANY],
      refuses: ['guangdong', '2'],
      as: 'GovernorUnableToCancel',
    },
    announcements: {
      given: () => announceRetirement(),
      run: ['stranger'],
      says: '停用事项 KSTB-003',
      refuses: ['stranger', '--network', '@nowhere'],
      as: 'network-unreadable',
    },
    'cancel <number>': {
      run: ['council', '2'],
      sends: ['cancel', '@newcomer', '@rulebook', ANY],
      refuses: ['council', '2'],
      as: 'announcement-unknown',
    },
    'change-rulebook <address>': {
      run: ['council', '@new-rulebook', '--fewer'],
      sends: ['changeRulebook', '@new-rulebook'],
      refuses: ['council', '@stranger'],
      as: 'rulebook-missing',
    },
    'assign-rulebook <address> <role>': {
      given: async () => words.set('@third-rulebook', await deployRulebook()),
      run: ['council', '@third-rulebook', 'baseline'],
      sends: ['setTargetFunctionRole', '@third-rulebook', ANY, 3],
      refuses: ['council', '@council-contract', 'baseline'],
      as: 'rulebook-foreign',
    },
    'register-type <type>': {
      run: ['council', 'teacher'],
      sends: ['registerLicenceType', bytes(TEACHER), ANY],
      refuses: ['council', 'teacher'],
      as: 'LicenceTypeAlreadyRegistered',
    },
    'amend-type <type>': {
      run: ['council', 'teacher', '--review-months', '12'],
      sends: ['amendLicenceType', bytes(TEACHER), ANY],
      refuses: ['council', 'food-operation'],
      as: 'LicenceTypeNotActive',
    },
    'retire-type <type>': {
      given: () => leaveSeat(),
      run: ['council', 'teacher'],
      sends: ['retireLicenceType', bytes(TEACHER)],
      refuses: ['council', 'teacher'],
      as: 'LicenceTypeNotActive',
    },
  }

  /** Eight agreements more, under which the first is buried. */
  async function agreeAgain(): Promise<void> {
    const own = { licenceTypes: [TEACHER], term: { from: 0, until: null }, noticeSeconds: 3600 }
    for (let number = 2; number <= 9; number++) {
      await sandbox.regionAdministration.proposeAgreement(HUNAN, { partners: [GUANGDONG], ...own })
      await sandbox.administrationOf(GUANGDONG).joinAgreement(number, GUANGDONG)
    }
  }

  /** Whose admin changes since, sits as before, and is told to be entitled no more. */
  async function leaveSeat(): Promise<void> {
    await decide('take-seat', 'newcomer', JILIN)
    expect((await runCouncilHere(['seats'], env)).stdout).to.match(/220000 .*席位由 0x\w+ 就任/)
    await decide('nominate-admin', 'council', JILIN, '@stranger')
    await region('accept', 'stranger', JILIN)
    expect((await runCouncilHere(['seats'], env)).stdout).to.match(/220000 .*已失去资格，不能表决/)
  }

  /** As after the hand-over: the council may suspend a province, after its delay. */
  async function putSuspensionToVote(): Promise<void> {
    await give(ROLES.admission.id, 'ledger', 'suspendRegion', deployment.council, 2 * DAY)
    // A voice counts from the second after that in which its seat was taken.
    await pass(2)
    const { events } = await decide('suspend-region', 'hunan', GUANGDONG)
    expect(events[0]).to.include({ event: 'put-to-vote', number: 1 })
  }

  async function announceRetirement(): Promise<void> {
    await give(ROLES.catalogue.id, 'rulebook', 'retireServiceItem', addresses.newcomer, DAY)
    const { events } = await decide('retire-item', 'newcomer', 'KSTB-003')
    expect(events[0]).to.include({ event: 'announced' })
  }

  /** One function of a role, and one who holds it. */
  async function give(
    role: bigint,
    target: 'ledger' | 'rulebook',
    name: string,
    holder: string,
    delay: number,
  ): Promise<void> {
    const manager = new Contract(deployment.accessManager, readArtifact(ACCESS_MANAGER).abi, council)
    const selector = abis.get(deployment[target].toLowerCase())?.getFunction(name)?.selector
    for (const [call, ...args] of [
      ['setTargetFunctionRole', deployment[target], [selector], role],
      ['grantRole', role, holder, delay],
    ] as const) {
      await (await manager.getFunction(call)(...args)).wait()
    }
  }

  describe('of hefu-region', () => {
    expectCases(runRegionHere, regionCases)
  })
  describe('of hefu-council', () => {
    expectCases(runCouncilHere, councilCases)
  })
})

/** Numbers, texts and lists as they would be written down, and {@link ANY} where any is expected. */
function masked(value: unknown, expected: unknown): unknown {
  if (expected === ANY) return ANY
  if (Array.isArray(value)) {
    const parts = Array.isArray(expected) ? expected : []
    return Array.from(value, (part, place) => masked(part, parts[place]))
  }
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' && value.startsWith('0x') ? value.toLowerCase() : value
}
