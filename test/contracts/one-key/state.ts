/** What a verifier reads of the ledger and the rulebook, and who holds which office: what two keys must be able to give back. */
import type { BigNumberish } from 'ethers'
import {
  chain,
  ethers,
  LegalStatus,
  type LookupFacts,
  type LookupQuery,
  SAFETY_MANAGER,
} from '../ledger-fixture.ts'
import {
  AGENCIES,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  OPEN_ITEM,
  operatorKey,
  REFUSED_ITEM,
  REGIONS,
  type World,
} from '../one-key-world.ts'

export interface State {
  /** Facts by what they are of. */
  readonly facts: Readonly<Record<string, unknown>>
  /** Accounts by the office they hold. */
  readonly holders: Readonly<Record<string, string>>
}

/** The places that deeds touch, by what can be entered beside their statuses. */
const NOTED = [0, 1, 2, 3]
const REPLACED = [0, 1, 2, 4, 5, 7]
const REPLACING = [1, 6, 7]
/** Of the agency of Guangdong, what is in transit to the others. */
const IN_TRANSIT = [10, 11, 12, 13]

/**
 * As of now, without times, versions, counts of acts and of indices: those tell what happened, which stays. The words
 * are asked whole, so that a status is seen wherever it changed.
 */
export async function stateOf(world: World): Promise<State> {
  const facts: Record<string, unknown> = {}
  const holders: Record<string, string> = {}
  await readRegions(world, facts, holders)
  await readRules(world, facts)
  const { lens, ledger } = world.planned
  for (const agency of AGENCIES) {
    const [answer] = await lens.lookupMany([queryOf(agency, world.kid)])
    if (!answer) throw new Error('the lens answers less than it was asked')
    facts[operatorKey(agency)] = factsOf(answer)
    holders[operatorKey(agency)] = answer.agency.operator
    const { algorithm, compromisedFrom } = await ledger.key(agency, world.falseKid)
    facts[`false key of ${agency}`] = algorithm !== 0n && compromisedFrom !== 0n
    facts[`reported key of ${agency}`] = (await ledger.key(agency, world.reportedKid)).compromisedFrom
    const statuses = answer.statusWord & ALL_STATUSES
    for (const [name, fact] of await linksOf(world, agency, statuses)) {
      facts[`${operatorKey(agency)}, ${name}`] = fact
    }
  }
  return { facts, holders }
}

const ALL_STATUSES = 2n ** 192n - 1n

/** What stands beside the statuses; a destination only of what is in transit. */
async function linksOf(
  { ledger }: World,
  agency: string,
  statuses: bigint,
): Promise<readonly (readonly [name: string, fact: unknown])[]> {
  const facts: [string, unknown][] = []
  for (const index of NOTED) {
    const { standing, suspensionEnd, restrictionEnd } = await ledger.notesOf(agency, index)
    facts.push([`notes of ${index}`, [standing, suspensionEnd, restrictionEnd]])
  }
  for (const index of agency === GUANGDONG_AGENCY ? [...REPLACED, ...IN_TRANSIT] : REPLACED) {
    const { issuer, index: place, since } = await ledger.successorOf(agency, index)
    const isOut = ((statuses >> BigInt(4 * index)) & 0xfn) === LegalStatus.TransferredOut
    if (since !== 0n || isOut) facts.push([`successor of ${index}`, [issuer, place, since !== 0n]])
  }
  for (const index of REPLACING) {
    const { issuer, index: place, since } = await ledger.originOf(agency, index)
    if (since !== 0n) facts.push([`origin of ${index}`, [issuer, place]])
  }
  return facts
}

/** Of no anchor: names and responsibility are then answered as they are now. */
function queryOf(issuer: string, kid: string): LookupQuery {
  return {
    issuer,
    root: ethers.ZeroHash,
    kid,
    statusIndex: 0,
    licenceType: SAFETY_MANAGER,
    receiving: GUANGDONG,
    item: OPEN_ITEM,
    recognisedAt: 0,
  }
}

function factsOf(answer: LookupFacts): Readonly<Record<string, unknown>> {
  const { agency, region, responsible, key, rules } = answer
  return {
    agency: [agency.region, agency.status, answer.agencyName],
    region: [region.status, region.parent, region.members, answer.regionName, answer.regionActive],
    responsible: [responsible.capacity, responsible.agency, responsible.region, responsible.name],
    key: [key.algorithm, key.compromisedFrom],
    isAnchored: answer.isAnchoredIndex,
    statuses: (answer.statusWord & ALL_STATUSES).toString(16),
    rulebook: answer.rulebook,
    licenceType: [rules.licenceType.status, ...rulesOf(rules.licenceType.rules)],
    isResponsible: rules.responsibility.until !== 0n,
    recognition: [rules.recognition.recognised, rules.recognition.rule],
    demanded: rules.demanded.fields,
  }
}

function rulesOf(rules: LookupFacts['rules']['licenceType']['rules']): readonly BigNumberish[] {
  return [rules.schemaDigest, rules.holderClass, rules.validityMonths, rules.reviewMonths]
}

async function readRegions(
  { ledger, planned }: World,
  facts: Record<string, unknown>,
  holders: Record<string, string>,
): Promise<void> {
  const now = await chain.time.latest()
  const regions = await planned.lens.regions(REGIONS)
  for (const [place, { admin, status, parent, members, pausedUntil }] of regions.entries()) {
    const code = REGIONS[place] ?? 0
    const name = await ledger.regionNameAt(code, now)
    facts[`region ${code}`] = [status, parent, members, Number(pausedUntil) > now, name]
    holders[`region ${code}`] = admin
  }
  for (const province of [HUNAN, GUANGDONG]) {
    const seat: string = await planned.seats.getFunction('seatOf')(province)
    facts[`seat of ${province}`] = await planned.seats.getFunction('isSeated')(seat)
    holders[`seat of ${province}`] = seat
  }
}

/** What lookups do not tell: the way from Guangdong, the item that is refused, and delegations one by one. */
async function readRules({ rulebook }: World, facts: Record<string, unknown>): Promise<void> {
  const now = await chain.time.latest()
  for (const [issuing, receiving] of [
    [HUNAN, GUANGDONG],
    [GUANGDONG, HUNAN],
  ] as const) {
    for (const item of [REFUSED_ITEM, OPEN_ITEM]) {
      const question = { receiving, issuing, licenceType: SAFETY_MANAGER, item }
      const { recognised, rule, approval } = await rulebook.recognised(question, now)
      facts[`recognition of ${issuing} in ${receiving}, ${item}`] = [
        recognised,
        rule,
        approval.number,
        approval.documentDigest,
      ]
    }
  }
  for (const { region } of Object.values(LEVELS)) {
    const { until } = await rulebook.delegationAt(region, SAFETY_MANAGER, now)
    facts[`delegation to ${region}`] = until
  }
  for (const item of [REFUSED_ITEM, OPEN_ITEM]) {
    const { status } = await rulebook.serviceItem(item)
    facts[`service item ${item}`] = [status, await rulebook.demandOf(item, SAFETY_MANAGER)]
  }
}
