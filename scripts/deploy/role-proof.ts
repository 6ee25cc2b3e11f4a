/** Proof from the chain's answers that every role, function and delay of the access manager is as the table says. */
import { formatChinaTime } from '@hefu/protocol'
import { durationText } from '@hefu/service'
import { type Contract, getAddress, type Provider } from 'ethers'
import { readArtifact } from './artifact.ts'
import { type Deployment, RESTRICTED } from './deployment-plan.ts'
import { type EventPlace, isBefore } from './event-log.ts'
import type { Holding } from './holders.ts'
import { type Defect, type ProofLine, prove, proveFound, type Sentence } from './proof-line.ts'
import type { RoleHistory, ScheduledOperation } from './role-events.ts'
import { ADMIN_ROLE, type RestrictedContract, ROLES, type Role } from './roles.ts'

/** What is compared with what. */
export interface RoleQuestion {
  readonly provider: Provider
  readonly manager: Contract
  readonly history: RoleHistory
  readonly deployment: Deployment
  readonly deployer: string
  /** All that the ledger ever named. */
  readonly rulebooks: readonly string[]
  /** All there shall be, and no other. */
  readonly holdings: readonly Holding[]
  /** See `handedOverAt`. */
  readonly handedOver: EventPlace | undefined
}

interface ExpectedRole {
  readonly id: bigint
  readonly label: string | undefined
  readonly guardian: bigint
}

/** The administration has no label: the access manager refuses one. */
const ADMINISTRATION: ExpectedRole = { id: ADMIN_ROLE, label: undefined, guardian: ADMIN_ROLE }

/**
 * A line for the members of each role, one for its rules, one for the deployer, one for the functions of each target, one
 * for what waits.
 */
export async function proveRoles(question: RoleQuestion): Promise<readonly ProofLine[]> {
  const known: readonly ExpectedRole[] = [ADMINISTRATION, ...Object.values(ROLES)]
  const unknown = [...question.history.members.keys()].filter((id) => !known.some((role) => role.id === id))
  const roles = [...known, ...unknown.map((id) => ({ id, label: undefined, guardian: ADMIN_ROLE }))]
  const lines: ProofLine[] = []
  for (const role of roles) {
    lines.push(await proveMembers(question, role), await proveRules(question, role))
  }
  lines.push(await proveDeployer(question, roles))
  for (const target of targetsOf(question)) {
    lines.push(await proveFunctions(question, target), await proveTarget(question, target))
  }
  return [...lines, await proveNothingPending(question)]
}

function nameOf({ id, label }: ExpectedRole): string {
  return id === ADMIN_ROLE ? '0 ADMIN' : `${id} ${label ?? '?'}`
}

function proveMembers(question: RoleQuestion, role: ExpectedRole): Promise<ProofLine> {
  const { history, holdings } = question
  const expected = new Map(
    holdings.filter((one) => one.role === role.id).map((one) => [getAddress(one.account), one.delay]),
  )
  const told = history.members.get(role.id) ?? new Set()
  const claim = {
    zh: `角色 ${nameOf(role)} 的成员只有：${withDelays(expected, 'zh') || '无'}`,
    en: `the members of role ${nameOf(role)} are: ${withDelays(expected, 'en') || 'none'}`,
  }
  return prove(claim, async () => {
    const defects: Sentence[] = []
    for (const account of new Set([...told, ...namedAccounts(question)])) {
      defects.push(...(await membershipDefects(question, role.id, account, expected.get(account))))
    }
    for (const account of expected.keys()) {
      if (!told.has(account)) {
        defects.push({
          zh: `节点没有给出授予 ${account} 的事件`,
          en: `the node tells no event by which ${account} was granted it`,
        })
      }
    }
    return defects
  })
}

function withDelays(expected: ReadonlyMap<string, number>, language: keyof Sentence): string {
  return [...expected].map(([account, delay]) => `${account} (${durationText(delay)[language]})`).join(', ')
}

/** Asked of every role, whatever the events tell: what one of them was granted beside its own could be withheld. */
function namedAccounts({ deployer, holdings }: RoleQuestion): readonly string[] {
  return [deployer, ...holdings.map(({ account }) => account)].map((account) => getAddress(account))
}

/**
 * Nobody is planned to be left with a role for having deployed: not as a keeper either, whom the holdings name. But for
 * the last one, by which it hands over, and which a proof of before that states among the holdings.
 */
function proveDeployer(question: RoleQuestion, roles: readonly ExpectedRole[]): Promise<ProofLine> {
  const deployer = getAddress(question.deployer)
  const isHandingOver = question.holdings.some(
    ({ role, account }) => role === ADMIN_ROLE && getAddress(account) === deployer,
  )
  const claim = {
    zh: `部署者 ${deployer} ${isHandingOver ? '除最后放弃的角色 0 外' : ''}不持有任何角色`,
    en: `the deployer ${deployer} holds no role${isHandingOver ? ' but the last that it gives up, 0' : ''}`,
  }
  return prove(claim, async () => {
    const defects: Sentence[] = []
    for (const { id } of roles) {
      if (isHandingOver && id === ADMIN_ROLE) continue
      defects.push(...(await membershipDefects(question, id, deployer, undefined)))
    }
    return defects
  })
}

/** `delay` in seconds of an account that shall be a member; undefined for one that shall not. */
async function membershipDefects(
  { provider, manager }: RoleQuestion,
  role: bigint,
  account: string,
  delay: number | undefined,
): Promise<readonly Sentence[]> {
  const [since, current, pending, effect]: bigint[] = await manager.getFunction('getAccess')(role, account)
  if (delay === undefined) {
    // A membership that begins later is one.
    if (since === 0n) return []
    return [{ zh: `${account} 持有角色 ${role}`, en: `${account} holds role ${role}` }]
  }
  if (since === undefined || since === 0n || since > (await timeOfLatest(provider))) {
    return [{ zh: `${account} 未持有角色 ${role}`, en: `${account} does not hold role ${role}` }]
  }
  if (current === BigInt(delay) && effect === 0n) return []
  const found = [current, ...(effect === 0n ? [] : [pending])].map((seconds) => durationText(Number(seconds)))
  const [is, shall] = [
    (language: keyof Sentence) => found.map((one) => one[language]).join(' → '),
    durationText(delay),
  ]
  return [
    {
      zh: `${account} 的执行延迟为 ${is('zh')}，应为 ${shall.zh}`,
      en: `${account} has an execution delay of ${is('en')}, not ${shall.en}`,
    },
  ]
}

/**
 * Unix seconds.
 *
 * @throws {RangeError} when the node tells no latest block: then nobody knows who is a member yet
 */
async function timeOfLatest(provider: Provider): Promise<number> {
  const block = await provider.getBlock('latest')
  if (block === null) throw new RangeError('read the latest block: the node tells none')
  return block.timestamp
}

function proveRules({ manager, history }: RoleQuestion, role: ExpectedRole): Promise<ProofLine> {
  const claim = {
    zh: `角色 ${nameOf(role)} 由角色 0 管理，由角色 ${role.guardian} 监护，授予无延迟，名称无误`,
    en: `role ${nameOf(role)} is administered by role 0, guarded by role ${role.guardian}, granted without delay, and labelled so`,
  }
  return prove(claim, async () => {
    const ask = (getter: string): Promise<bigint> => manager.getFunction(getter)(role.id)
    const announced = history.grantDelays.get(role.id) ?? 0n
    return [
      ...unequal('管理角色', 'its admin role', await ask('getRoleAdmin'), ADMIN_ROLE),
      ...unequal('监护角色', 'its guardian role', await ask('getRoleGuardian'), role.guardian),
      ...unequal('授予延迟（秒）', 'its grant delay (s)', await ask('getRoleGrantDelay'), 0n),
      ...unequal('已宣布的授予延迟（秒）', 'its announced grant delay (s)', announced, 0n),
      ...unequal('名称', 'its label', history.labels.get(role.id), role.label),
    ]
  })
}

function unequal<Value>(zh: string, en: string, found: Value, expected: Value): readonly Sentence[] {
  if (found === expected) return []
  const [is, shall] = [found ?? '—', expected ?? '—']
  return [{ zh: `${zh}为 ${is}，应为 ${shall}`, en: `${en} is ${is}, not ${shall}` }]
}

/** Those of the table, and every other that an event names. */
function targetsOf({ deployment, rulebooks, history }: RoleQuestion): readonly string[] {
  const deployed = Object.keys(RESTRICTED).map((name) => deployment[name as RestrictedContract])
  const ours = [...deployed, ...rulebooks].map((address) => getAddress(address))
  return [...new Set([...ours, getAddress(deployment.accessManager), ...history.functions.keys()])]
}

function restrictedAt(
  { deployment, rulebooks }: RoleQuestion,
  target: string,
): RestrictedContract | undefined {
  if (rulebooks.some((address) => getAddress(address) === target)) return 'rulebook'
  const names = Object.keys(RESTRICTED) as RestrictedContract[]
  return names.find((name) => getAddress(deployment[name]) === target)
}

/** Functions that are all of one role, and shall be of another. */
interface WrongRole {
  readonly role: bigint
  readonly shall: bigint
  readonly names: readonly string[]
}

/** With its selector beside it; that alone of a function that the contract does not have. */
function nameOfFunction(contract: RestrictedContract | undefined, selector: string): string {
  const found = contract === undefined ? null : readArtifact(RESTRICTED[contract]).abi.getFunction(selector)
  return found === null ? selector : `${found.name} (${selector})`
}

function proveFunctions(question: RoleQuestion, target: string): Promise<ProofLine> {
  const contract = restrictedAt(question, target)
  const expected = contract === undefined ? new Map<string, bigint>() : rolesBySelector(contract)
  const told = question.history.functions.get(target) ?? new Set()
  const claim = {
    zh: `${contract ?? '合约'} ${target} 的 ${expected.size} 个受限函数各属其角色，别无其他`,
    en: `the ${expected.size} functions of ${contract ?? 'the contract'} ${target} are of their roles, and no other is of any`,
  }
  return prove(claim, async () => {
    const wrong = new Map<string, WrongRole>()
    for (const selector of new Set([...expected.keys(), ...told])) {
      const role: bigint = await question.manager.getFunction('getTargetFunctionRole')(target, selector)
      const shall = expected.get(selector) ?? ADMIN_ROLE
      if (role === shall) continue
      const { names } = wrong.get(`${role} ${shall}`) ?? { names: [] }
      wrong.set(`${role} ${shall}`, { role, shall, names: [...names, nameOfFunction(contract, selector)] })
    }
    return [...wrong.values()].flatMap(({ role, shall, names }) =>
      unequal(`函数 ${names.join('、')} 的角色`, `the role of ${names.join(', ')}`, role, shall),
    )
  })
}

function proveTarget({ manager, history }: RoleQuestion, target: string): Promise<ProofLine> {
  const claim = {
    zh: `合约 ${target} 未被关闭，变更其权限无额外延迟`,
    en: `the contract ${target} is not closed, and its roles are changed without a further delay`,
  }
  return prove(claim, async () => {
    const ask = (getter: string) => manager.getFunction(getter)(target)
    return [
      ...unequal('关闭状态', 'closed', await ask('isTargetClosed'), false),
      ...unequal('管理延迟（秒）', 'its admin delay (s)', await ask('getTargetAdminDelay'), 0n),
      ...unequal(
        '已宣布的管理延迟（秒）',
        'its announced admin delay (s)',
        history.adminDelays.get(target) ?? 0n,
        0n,
      ),
    ]
  })
}

/** What a keeper or the council announced since is theirs, and an ordinary day. */
function proveNothingPending(question: RoleQuestion): Promise<ProofLine> {
  const { manager, history, handedOver } = question
  const claim = {
    zh: '没有移交之前公告、仍等待执行的操作',
    en: 'no scheduled operation is waiting of before the hand-over',
  }
  return proveFound(claim, async () => {
    const defects: Defect[] = []
    let later = 0
    for (const [id, operation] of history.operations) {
      const due: bigint = await manager.getFunction('getSchedule')(id)
      if (due === 0n) continue
      if (isBefore(operation, handedOver)) defects.push(pendingDefect(question, operation, Number(due)))
      else later += 1
    }
    if (later === 0) return { ...claim, defects }
    return {
      zh: `${claim.zh}（此后公告的 ${later} 项照常等待，见 hefu-council announcements）`,
      en: `${claim.en} (${later} announced since wait as they should: hefu-council announcements)`,
      defects,
    }
  })
}

function pendingDefect(
  question: RoleQuestion,
  { target, selector }: ScheduledOperation,
  due: number,
): Defect {
  const what = `${nameOfFunction(restrictedAt(question, target), selector)} @ ${target}`
  const when = formatChinaTime(due)
  return {
    zh: `${what} 定于 ${when} 执行；请叫停（hefu-council announcements、cancel）`,
    en: `${what} is due at ${when}: stop it (hefu-council announcements, then cancel)`,
  }
}

/** Selector → role, of one contract's functions in the table. */
function rolesBySelector(contract: RestrictedContract): ReadonlyMap<string, bigint> {
  const pairs = Object.values(ROLES).flatMap((role) =>
    selectorsOf(role, contract).map((selector) => [selector, role.id] as const),
  )
  return new Map(pairs)
}

/** @throws {RangeError} when the table names a function that the contract does not have */
export function selectorsOf({ functions }: Role, contract: RestrictedContract): readonly string[] {
  const { abi } = readArtifact(RESTRICTED[contract])
  return (functions[contract] ?? []).map((name) => {
    const found = abi.getFunction(name)
    if (found === null)
      throw new RangeError(`look up the selector of ${name}: the ${contract} has no such function`)
    return found.selector
  })
}
