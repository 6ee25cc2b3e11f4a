/** An alliance with every level of region, an agency and a retired agency in each, and every key of the system. */
import type { ContractTransactionResponse } from 'ethers'
import {
  chain,
  decided,
  deployEmptyLedger,
  type EmptyLedger,
  ethers,
  KEY_TIME_NEVER,
  type Ledger,
  named,
  type Rulebook,
  rootOf,
  StatusAct,
  uscc,
} from './ledger-fixture.ts'

export type Account = Awaited<ReturnType<typeof ethers.getSigners>>[number]

export const HUNAN = 430000
export const CHANGSHA = 430100
export const FURONG = 430102
export const STREET = 430102001
export const GUANGDONG = 440000
/** Another in each region, so that something can be moved and pushed about. */
export const ZHUZHOU = 430200
export const TIANXIN = 430103

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** The USCC of a body by its first seventeen characters. */
function usccOf(body: string): string {
  const sum = [...body].reduce((total, one, i) => total + CHARACTERS.indexOf(one) * (3 ** i % 31), 0)
  return uscc(`${body}${CHARACTERS[(31 - (sum % 31)) % 31]}`)
}

/** One of the numbered bodies of a region. */
export function bodyOf(region: number, serial: number): string {
  return usccOf(`11${region}${String(serial).padStart(9, '0')}`)
}

export interface Level {
  readonly region: number
  readonly parent: number
  /** A region directly inside; the street has none. */
  readonly child: number | undefined
  readonly agency: string
  /** Retired without a successor: the region's admin is its custodian. */
  readonly retired: string
}

export const LEVELS = {
  province: {
    region: HUNAN,
    parent: 0,
    child: CHANGSHA,
    agency: bodyOf(HUNAN, 1),
    retired: bodyOf(HUNAN, 2),
  },
  city: {
    region: CHANGSHA,
    parent: HUNAN,
    child: FURONG,
    agency: bodyOf(CHANGSHA, 1),
    retired: bodyOf(CHANGSHA, 2),
  },
  county: {
    region: FURONG,
    parent: CHANGSHA,
    child: STREET,
    agency: bodyOf(FURONG, 1),
    retired: bodyOf(FURONG, 2),
  },
  street: {
    region: STREET,
    parent: FURONG,
    child: undefined,
    agency: bodyOf(FURONG, 3),
    retired: bodyOf(FURONG, 4),
  },
} as const satisfies Readonly<Record<string, Level>>

export const GUANGDONG_AGENCY: string = bodyOf(GUANGDONG, 1)
const REGIONS = [HUNAN, CHANGSHA, FURONG, STREET, GUANGDONG, ZHUZHOU, TIANXIN]
const AGENCIES = [
  ...Object.values(LEVELS).flatMap(({ agency, retired }) => [agency, retired]),
  GUANGDONG_AGENCY,
]
/** Licences each agency begins with. */
export const LICENCES = 200

/** What the licences at these places are to begin with; all others are valid. */
export const PLACES = {
  valid: 0,
  another: 1,
  suspended: 2,
  noted: 3,
  transferredOut: 4,
  superseded: 5,
  itsSuccessor: 6,
  takenIn: 7,
} as const

/** What the council's roles allow at once: above provinces, the emergency, and by vote everything else. */
const EMERGENCY = ['pauseRegion', 'extendPause', 'endPause', 'pauseAgency', 'unpauseAgency']
const SUPERIOR = [
  'act',
  'note',
  'liftNotice',
  'transferOut',
  'correct',
  'actLate',
  'dissolveSuccession',
  'moveRegion',
  'narrowKeyCompromise',
  'accreditAgency',
  'moveAgency',
  'retireAgency',
  'reinstateAgency',
  'retireRegion',
  'reinstateRegion',
]
export const EMERGENCY_ROLE = 4n
export const SUPERIOR_ROLE = 6n

/** Who holds which key. The council acts by vote; here one account stands for it. */
export class World {
  readonly ledger: Ledger
  readonly rulebook: Rulebook
  readonly council: Account
  readonly holders = new Map<string, Account>()
  /** Accounts that signed since `forgetSigners`, by the name of their key. */
  readonly signed = new Set<string>()
  /** Of the key every agency has, and of the one a thief registers. */
  kid = ''
  falseKid = ''
  private serial = 0

  constructor({ ledger, rulebook, council }: Pick<EmptyLedger, 'ledger' | 'rulebook' | 'council'>) {
    this.ledger = ledger
    this.rulebook = rulebook
    this.council = council
    this.holders.set('council', council)
  }

  holder(key: string): Account {
    const account = this.holders.get(key)
    if (!account) throw new Error(`nobody holds the key ${key}`)
    return account
  }

  /** The ledger, called with a key; that it signed is remembered. */
  by(key: string): Ledger {
    this.signed.add(key)
    return this.ledger.connect(this.holder(key))
  }

  async fresh(key: string): Promise<Account> {
    const address = ethers.getAddress(`0x${ethers.id(`account ${this.serial++} of ${key}`).slice(26)}`)
    await chain.setBalance(address, 10n ** 20n)
    const account = await ethers.getImpersonatedSigner(address)
    this.holders.set(key, account)
    return account
  }

  /** Grants or revokes a role of the access manager, by the council. */
  async setRole(role: bigint, key: string, isGranted: boolean): Promise<void> {
    const manager = await ethers.getContractAt('AccessManager', await this.ledger.authority(), this.council)
    const name = isGranted ? 'grantRole' : 'revokeRole'
    const args = isGranted ? [role, this.holder(key).address, 0] : [role, this.holder(key).address]
    await (await manager.getFunction(name)(...args)).wait()
    this.signed.add('council')
  }
}

export function adminKey(region: number): string {
  return `admin of ${region}`
}

export function operatorKey(agency: string): string {
  return `operator of ${Buffer.from(agency.slice(2), 'hex').toString('ascii')}`
}

/** Makes a call of two keys: the first proposes, the second confirms. */
export async function agree(
  world: World,
  keys: readonly [string, string],
  call: (ledger: Ledger) => Promise<ContractTransactionResponse>,
): Promise<void> {
  await call(world.by(keys[0]))
  await call(world.by(keys[1]))
}

export async function createWorld(): Promise<World> {
  const deployed = await deployEmptyLedger()
  const { ledger, council } = deployed
  const world = new World(deployed)
  const manager = await ethers.getContractAt('AccessManager', await ledger.authority(), council)
  for (const [role, names, keys] of [
    [EMERGENCY_ROLE, EMERGENCY, ['emergency keeper']],
    [SUPERIOR_ROLE, SUPERIOR, ['superior of provinces', 'second superior of provinces']],
  ] as const) {
    const selectors = names.map((name) => ledger.interface.getFunction(name)?.selector)
    await manager.getFunction('setTargetFunctionRole')(await ledger.getAddress(), selectors, role)
    for (const key of keys) {
      await world.fresh(key)
      await world.setRole(role, key, true)
    }
  }
  for (const key of ['accomplice', 'second accomplice', 'bystander']) await world.fresh(key)
  await admitAll(world)
  await chain.time.increase(8 * 86_400)
  await fillRegisters(world)
  await agree(world, [adminKey(ZHUZHOU), adminKey(HUNAN)], (one) => one.retireRegion(ZHUZHOU, 0))
  world.signed.clear()
  return world
}

async function admitAll(world: World): Promise<void> {
  for (const region of REGIONS) await world.fresh(adminKey(region))
  const admin = (region: number): string => world.holder(adminKey(region)).address
  for (const region of [HUNAN, GUANGDONG]) {
    await world.ledger.admitRegion(region, admin(region), named(`省${region}`))
  }
  const accredited: readonly [number, number][] = [
    [CHANGSHA, HUNAN],
    [ZHUZHOU, HUNAN],
    [FURONG, CHANGSHA],
    [TIANXIN, CHANGSHA],
    [STREET, FURONG],
  ]
  for (const [region, parent] of accredited) {
    await world.by(adminKey(parent)).accreditRegion(region, parent, admin(region), named(`区${region}`))
  }
  await accreditAgencies(world)
}

async function accreditAgencies(world: World): Promise<void> {
  const { agency, retired } = LEVELS.street
  for (const { region, agency: one, retired: other } of Object.values(LEVELS)) {
    for (const body of [one, other]) {
      const operator = await world.fresh(operatorKey(body))
      await world.by(adminKey(region)).accreditAgency(body, region, operator.address, named(`局${body}`))
    }
  }
  // A street is not in the characters of a code: its county confirms.
  for (const body of [agency, retired]) {
    const operator = world.holder(operatorKey(body)).address
    await world.by(adminKey(FURONG)).accreditAgency(body, STREET, operator, named(`局${body}`))
  }
  const operator = await world.fresh(operatorKey(GUANGDONG_AGENCY))
  await world
    .by(adminKey(GUANGDONG))
    .accreditAgency(GUANGDONG_AGENCY, GUANGDONG, operator.address, named('粤局'))
}

/** Licences in every standing, a key for every agency; one agency in each region is retired. */
async function fillRegisters(world: World): Promise<void> {
  for (const agency of AGENCIES) {
    const ledger = world.by(operatorKey(agency))
    await ledger.anchor(agency, 0, { root: rootOf(0), size: LICENCES })
    const decision = await decided()
    const endsAt = Number(decision.effectiveAt) + 300 * 86_400
    await ledger.act(agency, StatusAct.Suspend, [PLACES.suspended], { ...decision, endsAt })
    await ledger.note(agency, 3, [PLACES.noted], decision)
    await ledger.supersede(agency, [PLACES.superseded], [PLACES.itsSuccessor], decision)
    const destination = agency === GUANGDONG_AGENCY ? LEVELS.province.agency : GUANGDONG_AGENCY
    await ledger.transferOut(agency, [PLACES.transferredOut], destination, decision)
  }
  // In transit to every agency: from the agency of the other province.
  const guangdong = world.by(operatorKey(GUANGDONG_AGENCY))
  for (const [place, { agency, region, retired }] of Object.values(LEVELS).entries()) {
    await guangdong.transferOut(GUANGDONG_AGENCY, [10 + place], agency, await decided())
    world.kid = await registerKey(world, region, agency)
    world.falseKid = await kidOf(world, region, agency, 'false key')
    const superior = region === HUNAN ? 'superior of provinces' : adminKey(levelOf(region).parent)
    await agree(world, [adminKey(region), superior], (ledger) =>
      ledger.retireAgency(retired, `0x${'00'.repeat(18)}`),
    )
  }
}

function levelOf(region: number): Level {
  const level = Object.values(LEVELS).find((one) => one.region === region)
  if (!level) throw new Error(`no level has the region ${region}`)
  return level
}

/** Registers the same key for every agency: the ledger keeps keys by agency and `kid`. */
async function registerKey(world: World, region: number, agency: string): Promise<string> {
  const kid = await kidOf(world, region, agency, 'key')
  await world
    .by(adminKey(region))
    .registerKey(agency, 2n, ethers.id('key'), ethers.ZeroHash, 1, KEY_TIME_NEVER)
  return kid
}

/** As the ledger computes it, without registering the key. */
async function kidOf(world: World, region: number, agency: string, key: string): Promise<string> {
  const args = [agency, 2n, ethers.id(key), ethers.ZeroHash, 1, KEY_TIME_NEVER]
  return await world
    .by(adminKey(region))
    .getFunction('registerKey')
    .staticCall(...args)
}
