/** What a thief can do with one key, and what one or two other keys do to undo it. */
import { blockTime, type CredentialRef, chain, decided } from '../ledger-fixture.ts'
import {
  adminKey,
  agree,
  COUNCIL,
  GUANGDONG,
  HUNAN,
  type Level,
  SUPERIOR,
  type World,
} from '../one-key-world.ts'

export const NOBODY = `0x${'00'.repeat(18)}`
export const ACCOMPLICE = 'accomplice'
export const SECOND_ACCOMPLICE = 'second accomplice'
export const BYSTANDER = 'bystander'

export type Act = (world: World) => Promise<unknown>

/** Of one or two keys, who sign nothing but this. */
export interface Step {
  readonly by: readonly [string] | readonly [string, string]
  readonly how: Act
}

interface DeedFacts {
  readonly name: string
  /** The function it is done by. */
  readonly calls: string
  /** What stood before the theft. */
  readonly given?: Act
  readonly does: Act
}

/** It changed something, and the steps undo it; where there are none, the end of the theft does. */
export interface UndoneDeed extends DeedFacts {
  readonly kind: 'undone'
  readonly steps: readonly Step[]
}

/** An anchor, an ended key, a used-up index: it stays, and the steps show that it blocks nobody. */
export interface ExceptedDeed extends DeedFacts {
  readonly kind: 'excepted'
  readonly steps: readonly Step[]
}

/** It cut short what ends by itself: the steps make up for that, and what stood before it stands again. */
export interface PassingDeed extends DeedFacts {
  readonly kind: 'passing'
  readonly steps: readonly Step[]
}

/** It waits for another key, or is of no account: nothing that a verifier reads is changed. */
export interface VainDeed extends DeedFacts {
  readonly kind: 'vain'
}

/** The key is heard, and refused all the same. */
export interface RefusedDeed extends DeedFacts {
  readonly kind: 'refused'
  readonly error: string
}

export type Deed = UndoneDeed | ExceptedDeed | PassingDeed | VainDeed | RefusedDeed

export interface StolenKey {
  readonly key: string
  /** Ends the theft: the office passes to another account. */
  readonly oust: Step
  /** What it is heard in, and about whom: see hearings.ts. */
  readonly hears: readonly string[]
  readonly deeds: readonly Deed[]
}

type Facts = Omit<DeedFacts, 'name' | 'calls'>

export function undone(name: string, calls: string, facts: Facts, ...steps: Step[]): UndoneDeed {
  return { kind: 'undone', name, calls, ...facts, steps }
}

export function excepted(name: string, calls: string, facts: Facts, ...steps: Step[]): ExceptedDeed {
  return { kind: 'excepted', name, calls, ...facts, steps }
}

export function passing(name: string, calls: string, facts: Facts, ...steps: Step[]): PassingDeed {
  return { kind: 'passing', name, calls, ...facts, steps }
}

export function vain(name: string, calls: string, facts: Facts): VainDeed {
  return { kind: 'vain', name, calls, ...facts }
}

export function refused(name: string, calls: string, error: string, does: Act): RefusedDeed {
  return { kind: 'refused', name, calls, error, does }
}

export function step(by: Step['by'], how: Act): Step {
  return { by, how }
}

/** By two keys, from now on: the first proposes it, the second confirms. */
export function correction(
  keys: readonly [string, string],
  agency: string,
  index: number,
  status: bigint,
): Step {
  return step(keys, async (world) => {
    const decision = await decided('更正')
    await agree(world, keys, (ledger) => ledger.correct(agency, [index], status, decision))
  })
}

/** By two keys: what took the place of an origin takes it no more. */
export function dissolution(
  keys: readonly [string, string],
  successor: CredentialRef,
  origin: CredentialRef,
): Step {
  return step(keys, async (world) => {
    const decision = await decided('更正')
    await agree(world, keys, (ledger) => ledger.dissolveSuccession(successor, origin, decision))
  })
}

/** An act on one licence. */
export function act(key: string, agency: string, code: bigint, index: number, endsAt = 0): Act {
  return async (world) => world.by(key).act(agency, code, [index], await decided('1', { endsAt }))
}

/** Puts an account of the name of a key into a region's office. */
export async function appointAdmin(world: World, by: string, region: number, key: string): Promise<void> {
  await world.by(by).nominateRegionAdmin(region, world.holder(key).address)
  await world.by(key).acceptRegionAdmin(region)
}

/** Puts an account of the name of a key into an agency's office. */
export async function appointOperator(world: World, by: string, agency: string, key: string): Promise<void> {
  await world.by(by).nominateOperator(agency, world.holder(key).address)
  await world.by(key).acceptOperator(agency)
}

/** Who confirms for a region. */
export function superiorKey({ region, parent }: Pick<Level, 'region' | 'parent'>): string {
  return isProvince(region) ? SUPERIOR : adminKey(parent)
}

/** Suspends the region, names another admin, and resumes it; a province takes its seat again. */
export function oustAdmin({ region, parent }: Pick<Level, 'region' | 'parent'>): Step {
  const [key, above] = [adminKey(region), isProvince(region) ? COUNCIL : adminKey(parent)]
  return step([above, key], async (world) => {
    await world.by(above).suspendRegion(region)
    await world.fresh(key)
    await appointAdmin(world, above, region, key)
    await world.by(above).resumeRegion(region)
    if (isProvince(region)) await world.at('seats', key).getFunction('take')(region)
  })
}

function isProvince(region: number): boolean {
  return region === HUNAN || region === GUANGDONG
}

/** Ends a term in an hour, and lets that pass: the clock of the chain follows that of the machine, which may be slow. */
export async function endSoon(end: (until: number) => Promise<unknown>): Promise<void> {
  // The clock has run on since the last block, by as long as the tests before took.
  await chain.mine()
  await end((await blockTime()) + 3600)
  await chain.time.increase(7200)
}
