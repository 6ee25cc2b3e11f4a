/** What a rulebook holds today, in force or not: events tell what was ever entered, and the newest of each how it stands. */
import type { Hex } from '@hefu/protocol'
import { getAbiItem, keccak256, type PublicClient, toFunctionSelector } from 'viem'
import { rulebookAbi } from '../abi/rulebook-abi.ts'
import { textOf } from '../abi/text-bytes.ts'
import type { AllianceNetwork } from '../network/alliance-network.ts'
import { answered } from '../write/account.ts'
import { isRulebookOf } from './contract-addresses.ts'
import { readRole } from './council-way.ts'
import { readEvents } from './event-pages.ts'
import { RULEBOOK_ROLES } from './rulebook-roles.ts'

export interface RulebookContents {
  /** GB/T 36903 codes of the types in its catalogue. */
  readonly licenceTypes: readonly string[]
  /** Codes of the service items in its catalogue. */
  readonly serviceItems: readonly string[]
  /** Types that are on the baseline, or will be. */
  readonly baseline: readonly string[]
  /** Of an agency for a type, those that hold now or will. */
  readonly responsibilities: number
  /** Of a type to a region, likewise. */
  readonly delegations: number
  /** Of negative lists, likewise. */
  readonly negatives: number
  /** That were ever proposed. */
  readonly agreements: number
  /** The role of each function that only some may call, by its name. */
  readonly roles: ReadonlyMap<string, number>
  /** The Keccak-256 of its code: of another code than one that is known, events may tell what is not so. */
  readonly codeHash: Hex
}

const RESTRICTED = Object.values(RULEBOOK_ROLES).flatMap(({ functions }) => [...functions])

/**
 * @param now Unix seconds
 * @returns `null`: no rulebook of this ledger stands there
 * @throws {LedgerUnavailableError}
 */
export async function readRulebookContents(
  reader: PublicClient,
  network: AllianceNetwork,
  rulebook: Hex,
  now: number,
): Promise<RulebookContents | null> {
  if (!(await isRulebookOf(reader, network, rulebook))) return null
  const asked: Asked = { reader, rulebook, fromBlock: network.deploymentBlock }
  const at = { address: rulebook, abi: rulebookAbi } as const
  const count = await answered(reader.readContract({ ...at, functionName: 'agreementCount' }))
  const baseline = await readStanding(asked, 'BaselineSet', 'BaselineEnded', now)
  return {
    licenceTypes: (await readActive(asked, 'LicenceTypeRegistered', 'LicenceTypeRetired')).map(visible),
    serviceItems: (await readActive(asked, 'ServiceItemRegistered', 'ServiceItemRetired')).map(visible),
    baseline: baseline.map(visible),
    responsibilities: (await readStanding(asked, 'ResponsibilityAssigned', 'ResponsibilityEnded', now))
      .length,
    delegations: (await readStanding(asked, 'TypeDelegated', 'TypeDelegationEnded', now)).length,
    negatives: (await readStanding(asked, 'NegativeEntered', 'NegativeEnded', now)).length,
    agreements: Number(count),
    roles: await readRoles(reader, network, rulebook),
    codeHash: keccak256((await answered(reader.getCode(at))) ?? '0x'),
  }
}

interface Asked {
  readonly reader: PublicClient
  readonly rulebook: Hex
  readonly fromBlock: number
}

/** An event of which something follows for what it is about, wherever its block is. */
interface Told {
  readonly subject: string
  readonly place: number
  /** Unix seconds until which it stands; zero once it stands no more. */
  readonly until: number
}

type EventName = Extract<(typeof rulebookAbi)[number], { type: 'event' }>['name']

async function readTold(
  { reader, rulebook, fromBlock }: Asked,
  name: EventName,
  untilOf: (args: Readonly<Record<string, unknown>>) => number,
): Promise<readonly Told[]> {
  const logs = await readEvents(reader, rulebook, getAbiItem({ abi: rulebookAbi, name }), fromBlock)
  return logs.map(({ args, blockNumber, logIndex }) => {
    const given = args as Readonly<Record<string, unknown>>
    return {
      subject: subjectOf(given),
      place: Number(blockNumber) * LOGS_A_BLOCK + logIndex,
      until: untilOf(given),
    }
  })
}

/** More than there are. */
const LOGS_A_BLOCK = 1_000_000

/** What an event is about: all that it tells but versions, rules, times and approvals. */
function subjectOf({
  licenceType,
  item,
  agency,
  region,
  receiving,
  entry,
}: Readonly<Record<string, unknown>>): string {
  return [licenceType, item, agency, region, receiving, ...Object.values(entry ?? {})]
    .filter((part) => part !== undefined)
    .join(' ')
}

/** By what the newest event of each says. */
function newestOf(told: readonly Told[]): ReadonlyMap<string, Told> {
  return new Map(told.toSorted((one, other) => one.place - other.place).map((one) => [one.subject, one]))
}

async function readActive(
  asked: Asked,
  registered: EventName,
  retired: EventName,
): Promise<readonly string[]> {
  const told = [...(await readTold(asked, registered, () => 1)), ...(await readTold(asked, retired, () => 0))]
  return [...newestOf(told).values()].filter(({ until }) => until > 0).map(({ subject }) => subject)
}

async function readStanding(
  asked: Asked,
  begun: EventName,
  ended: EventName,
  now: number,
): Promise<readonly string[]> {
  const untilOf = ({ until }: Readonly<Record<string, unknown>>): number => Number(until)
  const told = [...(await readTold(asked, begun, untilOf)), ...(await readTold(asked, ended, untilOf))]
  return [...newestOf(told).values()].filter(({ until }) => until > now).map(({ subject }) => subject)
}

/** Codes are padded with zeros. */
function visible(code: string): string {
  return textOf(code as Hex).replace(/\0+$/, '')
}

async function readRoles(
  reader: PublicClient,
  network: AllianceNetwork,
  rulebook: Hex,
): Promise<ReadonlyMap<string, number>> {
  const roles = new Map<string, number>()
  for (const name of RESTRICTED) {
    const selector = toFunctionSelector(getAbiItem({ abi: rulebookAbi, name }))
    roles.set(name, await readRole(reader, network, rulebook, selector))
  }
  return roles
}
