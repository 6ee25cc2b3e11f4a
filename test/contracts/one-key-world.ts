/** An alliance with every level of region, an agency and a retired agency in each, and every key of the system. */
import type { Contract, ContractRunner, ContractTransactionResponse } from 'ethers'
import { DEFAULT_DELAYS, type Delays } from '../../scripts/deploy/holders.ts'
import { ROLES, type Role } from '../../scripts/deploy/roles.ts'
import {
  type AgreementDraft,
  APPROVAL,
  chain,
  type Demand,
  decided,
  ethers,
  itemCode,
  KEY_TIME_NEVER,
  type Ledger,
  type NegativeEntry,
  named,
  RULES,
  type Rulebook,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
  uscc,
} from './ledger-fixture.ts'
import {
  type Account,
  delayed,
  deployPlanned,
  handOverTo,
  type PlannedDeployment,
} from './planned-deployment.ts'

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
export const REGIONS: readonly number[] = [HUNAN, CHANGSHA, FURONG, STREET, GUANGDONG, ZHUZHOU, TIANXIN]
export const AGENCIES: readonly string[] = [
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

export const COUNCIL = 'council'
export const SUPERIOR = 'superior of provinces'
export const SECOND_SUPERIOR = 'second superior of provinces'
export const CATALOGUE = 'catalogue keeper'
export const EMERGENCY = 'emergency keeper'
export const DEPLOYER = 'deployer'

/** What is announced is done at once: for those to whom it does not matter how the council comes to act. */
const NO_DELAYS: Delays = { council: 0, catalogue: 0 }

/** Who holds which key. For the council stands its own contract, as after a vote. */
export class World {
  readonly planned: PlannedDeployment
  /** Seconds from what a key announces to the access manager to what it does; keys that act at once have none. */
  private readonly delays: ReadonlyMap<string, number>
  readonly holders = new Map<string, Account>()
  /** Keys that signed since this was cleared. */
  readonly signed = new Set<string>()
  /** Of the key every agency has, of one that is reported compromised, and of the one a thief registers. */
  kid = ''
  reportedKid = ''
  falseKid = ''
  private serial = 0

  constructor(planned: PlannedDeployment, { council, catalogue }: Delays) {
    this.planned = planned
    const delays: [string, number][] = [
      [COUNCIL, council],
      [CATALOGUE, catalogue],
    ]
    this.delays = new Map(delays.filter(([, seconds]) => seconds > 0))
    this.holders.set(DEPLOYER, planned.deployer)
  }

  get ledger(): Ledger {
    return this.planned.ledger
  }

  get rulebook(): Rulebook {
    return this.planned.rulebook
  }

  holder(key: string): Account {
    const account = this.holders.get(key)
    if (!account) throw new Error(`nobody holds the key ${key}`)
    return account
  }

  /** The ledger, called with a key; that it signed is remembered. */
  by(key: string): Ledger {
    return this.ledger.connect(this.runner(key))
  }

  /** The rulebook, called with a key. */
  ruledBy(key: string): Rulebook {
    return this.rulebook.connect(this.runner(key))
  }

  /** Another contract of the deployment, called with a key. */
  at(contract: 'registry' | 'seats' | 'council' | 'manager', key: string): Contract {
    return this.planned[contract].connect(this.runner(key)) as Contract
  }

  /** Puts another account, of the same key's name, in the place of the one that holds it. */
  async fresh(key: string): Promise<Account> {
    const address = ethers.getAddress(`0x${ethers.id(`account ${this.serial++} of ${key}`).slice(26)}`)
    return await this.impersonate(key, address)
  }

  async impersonate(key: string, address: string): Promise<Account> {
    await chain.setBalance(address, 10n ** 20n)
    const account = await ethers.getImpersonatedSigner(address)
    this.holders.set(key, account)
    return account
  }

  /** Grants a role to a key, by the council. */
  async grant({ id }: Role, key: string): Promise<void> {
    const delay = this.delays.get(key) ?? 0
    await this.at('manager', COUNCIL).getFunction('grantRole')(id, this.holder(key).address, delay)
  }

  /** Takes a role from a key, by the council. */
  async revoke({ id }: Role, key: string): Promise<void> {
    await this.at('manager', COUNCIL).getFunction('revokeRole')(id, this.holder(key).address)
  }

  private runner(key: string): ContractRunner {
    this.signed.add(key)
    const [account, delay] = [this.holder(key), this.delays.get(key)]
    return delay === undefined ? account : delayed(account, this.planned.manager, delay)
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

/** Deployed and handed over as planned, with rules laid down. */
export async function createWorld(): Promise<World> {
  const world = await found(DEFAULT_DELAYS)
  await layDownRules(world)
  await settle(world)
  return world
}

/** The same, with an empty rulebook and a council and a catalogue keeper that act at once. */
export async function createUnruledWorld(): Promise<World> {
  const world = await found(NO_DELAYS)
  await settle(world)
  return world
}

async function found(delays: Delays): Promise<World> {
  const planned = await deployPlanned()
  const world = new World(planned, delays)
  await world.impersonate(COUNCIL, await planned.council.getAddress())
  const keys = [SUPERIOR, SECOND_SUPERIOR, CATALOGUE, EMERGENCY]
  for (const key of keys) await world.fresh(key)
  for (const key of ['accomplice', 'second accomplice', 'bystander']) await world.fresh(key)
  await admitAll(world)
  const [superior, catalogue, emergency] = [SUPERIOR, CATALOGUE, EMERGENCY].map(
    (key) => world.holder(key).address,
  )
  if (!superior || !catalogue || !emergency) throw new Error('a keeper is missing')
  await handOverTo({ superior, catalogue, emergency }, planned, delays)
  await world.grant(ROLES.superior, SECOND_SUPERIOR)
  return world
}

/** All have been in office for eight days, and licences stand in every way. */
async function settle(world: World): Promise<void> {
  await chain.time.increase(8 * 86_400)
  await fillRegisters(world)
  await agree(world, [adminKey(ZHUZHOU), adminKey(HUNAN)], (one) => one.retireRegion(ZHUZHOU, 0))
  world.signed.clear()
}

async function admitAll(world: World): Promise<void> {
  for (const region of REGIONS) await world.fresh(adminKey(region))
  const admin = (region: number): string => world.holder(adminKey(region)).address
  for (const region of [HUNAN, GUANGDONG]) {
    await world.ledger.admitRegion(region, admin(region), named(`省${region}`))
    await world.at('seats', adminKey(region)).getFunction('take')(region)
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

/** The item that GUANGDONG refuses Hunan's licences for, and one that it does not. */
export const REFUSED_ITEM = itemCode('1')
export const OPEN_ITEM = itemCode('2')

/** A type that the regions have from above and their agencies are responsible for; what is agreed on, and refused. */
async function layDownRules(world: World): Promise<void> {
  const keeper = world.ruledBy(CATALOGUE)
  await keeper.registerLicenceType(SAFETY_MANAGER, RULES)
  await keeper.registerServiceItem(REFUSED_ITEM, DEMANDS)
  await keeper.registerServiceItem(OPEN_ITEM, DEMANDS)
  for (const { region, parent, agency } of Object.values(LEVELS)) {
    if (parent !== 0) {
      await world.ruledBy(adminKey(parent)).delegateType(region, SAFETY_MANAGER, 0, TERM_OPEN)
    }
    await world.ruledBy(adminKey(region)).assignResponsibility(agency, SAFETY_MANAGER, 0, TERM_OPEN)
  }
  const guangdong = world.ruledBy(adminKey(GUANGDONG))
  await guangdong.assignResponsibility(GUANGDONG_AGENCY, SAFETY_MANAGER, 0, TERM_OPEN)
  await agreeOnRecognition(world)
  await guangdong.enterNegative(GUANGDONG, negativeOf(HUNAN), 0, TERM_OPEN, APPROVAL)
  await world.ruledBy(adminKey(HUNAN)).enterNegative(HUNAN, negativeOf(GUANGDONG), 0, TERM_OPEN, APPROVAL)
}

/** Hunan proposes, Guangdong joins. */
export async function agreeOnRecognition(world: World): Promise<void> {
  await world.ruledBy(adminKey(HUNAN)).proposeAgreement(HUNAN, agreementOf(GUANGDONG))
  const number = await world.rulebook.agreementCount()
  await world.ruledBy(adminKey(GUANGDONG)).joinAgreement(number, GUANGDONG)
}

export const DEMANDS: Demand[] = [{ licenceType: SAFETY_MANAGER, fields: Buffer.from('holderName') }]

export function negativeOf(issuing: number, item: string = REFUSED_ITEM): NegativeEntry {
  return { issuing, licenceType: SAFETY_MANAGER, item }
}

/** Without end, and left with a second's notice. */
export function agreementOf(partner: number): AgreementDraft {
  return {
    partners: [partner],
    licenceTypes: [SAFETY_MANAGER],
    from: 0,
    until: TERM_OPEN,
    noticeSeconds: 1,
  }
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
    await ledger.supersede(
      { issuer: agency, index: PLACES.itsSuccessor },
      { issuer: agency, index: PLACES.superseded },
      decision,
    )
    const destination = agency === GUANGDONG_AGENCY ? LEVELS.province.agency : GUANGDONG_AGENCY
    await ledger.transferOut(agency, [PLACES.transferredOut], destination, decision)
  }
  // In transit to every agency: from the agency of the other province.
  const guangdong = world.by(operatorKey(GUANGDONG_AGENCY))
  for (const [place, { agency, region, retired }] of Object.values(LEVELS).entries()) {
    await guangdong.transferOut(GUANGDONG_AGENCY, [10 + place], agency, await decided())
    world.kid = await registerKey(world, region, agency, 'key')
    world.reportedKid = await registerKey(world, region, agency, 'reported key')
    await world.by(adminKey(region)).reportKeyCompromised(agency, world.reportedKid, 1000)
    world.falseKid = await kidOf(world, region, agency, 'false key')
    const superior = region === HUNAN ? SUPERIOR : adminKey(levelOf(region).parent)
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
async function registerKey(world: World, region: number, agency: string, key: string): Promise<string> {
  const kid = await kidOf(world, region, agency, key)
  await world.by(adminKey(region)).registerKey(agency, 2n, ethers.id(key), ethers.ZeroHash, 1, KEY_TIME_NEVER)
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
