/** A random life of the rules: what the catalogue's keeper, provinces and regions enter on any of the rulebooks. */
import type { EventLog } from 'ethers'
import { selectorsOf } from '../../scripts/deploy/role-proof.ts'
import { ROLES } from '../../scripts/deploy/roles.ts'
import {
  type AgreementDraft,
  chain,
  type Demand,
  deployRulebook,
  HolderClass,
  itemCode,
  type LicenceTypeRules,
  type NegativeEntry,
  named,
  type Rulebook,
  rootOf,
  TERM_OPEN,
} from './ledger-fixture.ts'
import {
  adminKey,
  CATALOGUE,
  CHANGSHA,
  COUNCIL,
  DEPLOYER,
  FURONG,
  GUANGDONG,
  HUNAN,
  STREET,
  TIANXIN,
  type World,
} from './one-key-world.ts'
import { LIVE, pickFrom, type Random, type Steps } from './random-history.ts'

const DAY = 86_400
export const KINDS = ['011', '032', '033', '034', '035', '036'].map(
  (place) => `0x${Buffer.from(`11100000000013338W${place}`).toString('hex')}`,
)
export const ITEMS = ['SX-0001', 'SX-0002', 'SX-0003'].map(itemCode)
const FIELD_LISTS = ['name', 'name\nvalidUntil', 'employer\nholderName\nname\nvalidFrom\nvalidUntil']
const NUMBERS = ['粤政函〔2026〕1号', '湘政务函〔2026〕128号（关于不予认可有关证照的补充通知）']
/** Beside Hunan and Guangdong: so many that the members of an agreement fill more than a slot. */
const NEIGHBOURS = [310000, 320000, 330000, 350000, 360000, 510000, 520000, 530000, 610000, 620000]
export const PROVINCES = [HUNAN, GUANGDONG, ...NEIGHBOURS]
const DELEGATED = [CHANGSHA, FURONG, TIANXIN, STREET]
/** One more than an answer looks at. */
const BURYING = 9

export async function admitNeighbours(world: World): Promise<void> {
  for (const province of NEIGHBOURS) {
    const { address } = await world.fresh(adminKey(province))
    await world.by(COUNCIL).admitRegion(province, address, named(`省${province}`))
  }
}

/** Another rulebook of the ledger, whose functions the access manager restricts as the first one's. */
export async function anotherRulebook(world: World): Promise<Rulebook> {
  const rulebook = await deployRulebook(world.ledger, world.holder(DEPLOYER))
  const restrict = world.at('manager', COUNCIL).getFunction('setTargetFunctionRole')
  for (const role of [ROLES.catalogue, ROLES.baseline]) {
    await restrict(await rulebook.getAddress(), selectorsOf(role, 'rulebook'), role.id)
  }
  return rulebook
}

/** Types and items of each rulebook to begin with. */
export async function openCatalogues(world: World, rulebooks: readonly Rulebook[]): Promise<void> {
  const rules = {
    schemaDigest: rootOf(0),
    holderClass: HolderClass.Person,
    validityMonths: 0,
    reviewMonths: 0,
  }
  for (const rulebook of rulebooks) {
    const keeper = rulebook.connect(world.holder(CATALOGUE))
    for (const kind of KINDS.slice(1)) await keeper.registerLicenceType(kind, rules)
    await keeper.registerServiceItem(ITEMS[0] ?? '', [
      { licenceType: KINDS[1] ?? '', fields: Buffer.from('name') },
    ])
  }
}

/** On all rulebooks alike: one that the ledger does not name is filled, and one that it named goes on. */
export function ruleSteps(world: World, rulebooks: readonly Rulebook[], random: Random): Steps {
  const pick = pickFrom(random)
  const by = (key: string): Rulebook => pick(rulebooks).connect(world.holder(key))
  const soon = async (days = 20): Promise<number> => (await chain.time.latest()) + random(days * DAY)
  const term = async (): Promise<[number, number]> => [
    pick([0, await soon()]),
    pick([TERM_OPEN, await soon()]),
  ]
  const rules = (): LicenceTypeRules => ({
    schemaDigest: rootOf(random(50)),
    holderClass: pick([HolderClass.Person, HolderClass.Organisation]),
    validityMonths: random(600),
    reviewMonths: random(60),
  })
  const demands = (): Demand[] =>
    [...new Set([pick(KINDS), pick(KINDS)])].map((licenceType) => ({
      licenceType,
      fields: Buffer.from(pick(FIELD_LISTS)),
    }))
  const draft = async (partners: number[]): Promise<AgreementDraft> => ({
    partners,
    licenceTypes: [...new Set([pick(KINDS), pick(KINDS)])],
    from: pick([0, await soon()]),
    until: pick([TERM_OPEN, await soon()]),
    noticeSeconds: random(30 * DAY),
  })
  const entry = (): NegativeEntry => ({
    issuing: pick([0, ...PROVINCES]),
    licenceType: pick(KINDS),
    item: pick([itemCode(''), ...ITEMS]),
  })

  /** What was once entered on one of the rulebooks, with that rulebook. */
  const entered = async (event: string): Promise<readonly [Rulebook, EventLog['args']]> => {
    const rulebook = pick(rulebooks)
    const found = pick((await rulebook.queryFilter(event)).filter((one) => 'args' in one))
    if (found === undefined) throw new Error(`no ${event} yet`)
    return [rulebook, found.args]
  }
  const as = (rulebook: Rulebook, region: bigint | number): Rulebook =>
    rulebook.connect(world.holder(adminKey(Number(region))))

  return {
    licenceType: [
      8,
      async () => {
        const [rulebook, kind] = [by(CATALOGUE), pick(KINDS)]
        if (random(30) === 0) return rulebook.retireLicenceType(kind)
        return random(3) === 0
          ? rulebook.amendLicenceType(kind, rules())
          : rulebook.registerLicenceType(kind, rules())
      },
    ],
    serviceItem: [
      6,
      async () => {
        const [rulebook, item] = [by(CATALOGUE), pick(ITEMS)]
        if (random(12) === 0) return rulebook.retireServiceItem(item)
        return random(2) === 0
          ? rulebook.amendServiceItem(item, demands())
          : rulebook.registerServiceItem(item, demands())
      },
    ],
    delegation: [
      6,
      async () => {
        const region = pick(DELEGATED)
        const { parent } = await world.ledger.region(region)
        return by(adminKey(Number(parent))).delegateType(region, pick(KINDS), ...(await term()))
      },
    ],
    endDelegation: [
      3,
      async () => {
        const [rulebook, { region, licenceType }] = await entered('TypeDelegated')
        const { parent } = await world.ledger.region(region)
        return as(rulebook, parent).endTypeDelegation(region, licenceType, await soon(5))
      },
    ],
    responsibility: [
      6,
      async () => {
        const agency = pick(LIVE)
        const { region } = await world.ledger.agency(agency)
        return by(adminKey(Number(region))).assignResponsibility(agency, pick(KINDS), ...(await term()))
      },
    ],
    endResponsibility: [
      3,
      async () => {
        const [rulebook, { agency, licenceType }] = await entered('ResponsibilityAssigned')
        const { region } = await world.ledger.agency(agency)
        return as(rulebook, region).endResponsibility(agency, licenceType, await soon(5))
      },
    ],
    baseline: [
      4,
      async () => {
        const rulebook = by(COUNCIL)
        return random(2) === 0
          ? rulebook.endBaseline(pick(KINDS), await soon())
          : rulebook.setBaseline(pick(KINDS), ...(await term()))
      },
    ],
    agreement: [
      4,
      async () => {
        const [rulebook, proposer] = [pick(rulebooks), pick(PROVINCES)]
        const partners = PROVINCES.filter((province) => province !== proposer && random(5) > 0)
        await as(rulebook, proposer).proposeAgreement(proposer, await draft(partners))
        const number = await rulebook.agreementCount()
        for (const partner of partners.filter(() => random(4) > 0)) {
          await as(rulebook, partner)
            .joinAgreement(number, partner)
            .catch(() => undefined)
        }
      },
    ],
    leave: [
      3,
      async () => {
        const [rulebook, { agreement, region }] = await entered('AgreementJoined')
        return as(rulebook, region).leaveAgreement(agreement, region)
      },
    ],
    renew: [
      1,
      async () => {
        const rulebook = pick(rulebooks)
        const standing = { ...(await draft([GUANGDONG])), from: 0, until: TERM_OPEN }
        const first = (await rulebook.agreementCount()) + 1n
        for (let count = 0n; count < BURYING; count++) {
          await as(rulebook, HUNAN).proposeAgreement(HUNAN, standing)
          await as(rulebook, GUANGDONG).joinAgreement(first + count, GUANGDONG)
        }
        const [kind = ''] = standing.licenceTypes
        return as(rulebook, HUNAN).renewAgreement(first, HUNAN, GUANGDONG, kind)
      },
    ],
    negative: [
      6,
      async () => {
        const receiving = pick(PROVINCES)
        const approval = { number: pick(NUMBERS), documentDigest: rootOf(random(50)) }
        return by(adminKey(receiving)).enterNegative(receiving, entry(), ...(await term()), approval)
      },
    ],
    endNegative: [
      6,
      async () => {
        const [rulebook, { receiving, entry: refused }] = await entered('NegativeEntered')
        const { issuing, licenceType, item } = refused
        const end = await soon(5)
        return as(rulebook, receiving).endNegative(receiving, { issuing, licenceType, item }, end)
      },
    ],
    rulebook: [1, async () => world.by(COUNCIL).changeRulebook(await pick(rulebooks).getAddress())],
  }
}
