/** A key is stolen: what the thief does with it, who ends that, and who undoes it; and that it can do nothing else. */
import { expect } from 'chai'
import { before, beforeEach, describe, it } from 'mocha'
import { chain, StatusAct } from '../ledger-fixture.ts'
import { createWorld, type Level, type World } from '../one-key-world.ts'
import { ACCOMPLICE, BYSTANDER, type Deed, SECOND_ACCOMPLICE, type Step, type StolenKey } from './deed.ts'
import { type Hearing, textOf } from './hearings.ts'
import { type State, stateOf } from './state.ts'
import {
  type ContractName,
  changingFunctions,
  contractOf,
  SUBJECTS,
  type Writes,
  writesOn,
} from './writes.ts'

/** Refusals that say "you may not", by any name; every other says "you may, but not this". */
const NOT_YOURS: ReadonlySet<string> = new Set([
  'AccessManagedUnauthorized',
  'AccessManagerUnauthorizedAccount',
  'AccessManagerUnauthorizedCall',
  'AccessManagerUnauthorizedCancel',
  'AccessManagerUnauthorizedConsume',
  'AccessManagerBadConfirmation',
  'GovernorOnlyExecutor',
  'GovernorInsufficientProposerVotes',
  'SeatNotEntitled',
  'CallerNotRegionAdmin',
  'CallerNotSuperior',
  'CallerNotOperator',
  'CallerNotNominated',
  'ProposalNotOfCaller',
])

/** Longer than a newly named superior must be in office before it confirms. */
const UNTIL_SUPERIORS_MAY_CONFIRM = 8 * 86_400

/** As the chain is put back before every test, so are the holders of the keys. */
export function givenWorld(): () => World {
  let world: World
  let restore: () => Promise<void>
  let holders: ReadonlyMap<string, ReturnType<World['holder']>>
  before(async function () {
    this.timeout(120_000)
    world = await createWorld()
    const snapshot = await chain.takeSnapshot()
    restore = () => snapshot.restore()
    holders = new Map(world.holders)
  })
  beforeEach(async () => {
    await restore()
    for (const [key, account] of holders) world.holders.set(key, account)
  })
  return () => world
}

/** Tests that each deed is undone by the keys it names, and that the key is heard in these, of whom it may, and in no more. */
export function itIsUndone(title: string, stolen: StolenKey, worldOf: () => World): void {
  describe(`One stolen key: ${title}`, () => {
    for (const deed of stolen.deeds) {
      it(`${deed.name}: ${ENDS[deed.kind]}`, async () => {
        await suffer(worldOf(), stolen, deed)
      }).timeout(60_000)
    }

    it('is refused, because it is not its to do, whatever it is not known to do', async () => {
      const known = new Set(stolen.deeds.map(({ calls }) => calls))
      const heard = await heardOf(worldOf(), stolen.key)
      expect(heard.filter(({ name }) => !known.has(name)).map(textOf)).to.deep.equal([])
      expect(heard.map(textOf).toSorted()).to.deep.equal([...stolen.hears].toSorted())
    }).timeout(120_000)

    it('is undone, whatever it did, by two keys beside its office’s next holder’s', () => {
      for (const deed of stolen.deeds) {
        const steps = [stolen.oust, ...('steps' in deed ? deed.steps : [])]
        const others = new Set(steps.flatMap(({ by }) => by).filter((key) => key !== stolen.key))
        expect(others.size, `${deed.name}: ${[...others].join(', ')}`).to.be.within(1, 2)
      }
    })
  })
}

const ENDS: Readonly<Record<Deed['kind'], string>> = {
  undone: 'undone',
  passing: 'made up for',
  excepted: 'stays, and blocks nobody',
  vain: 'nothing is changed',
  refused: 'refused',
}

const untouched = new WeakMap<World, State>()

/** Before anything was done, which every test begins with: read once. */
async function untouchedStateOf(world: World): Promise<State> {
  const state = untouched.get(world) ?? (await stateOf(world))
  untouched.set(world, state)
  return state
}

async function suffer(world: World, { key, oust }: StolenKey, deed: Deed): Promise<void> {
  const before = await untouchedStateOf(world)
  await deed.given?.(world)
  const thieves = new Set([key, ACCOMPLICE, SECOND_ACCOMPLICE].map((one) => world.holder(one).address))
  const rightful = deed.given ? await stateOf(world) : before
  if (deed.kind === 'refused') {
    expect(await refusalOf(world, deed.does(world))).to.equal(deed.error)
    return
  }
  world.signed.clear()
  await deed.does(world)
  for (const signer of world.signed) expect(thieves.has(world.holder(signer).address), signer).to.equal(true)
  const after = await stateOf(world)
  if (deed.kind === 'undone' || deed.kind === 'passing') expect(after).not.to.deep.equal(rightful)
  else expect(after).to.deep.equal(rightful)

  await take(world, oust)
  await chain.time.increase(UNTIL_SUPERIORS_MAY_CONFIRM)
  for (const step of 'steps' in deed ? deed.steps : []) await take(world, step)
  const { facts, holders } = await stateOf(world)
  expect(facts).to.deep.equal((deed.kind === 'passing' ? before : rightful).facts)
  expect(Object.entries(holders).filter(([, holder]) => thieves.has(holder))).to.deep.equal([])
}

/** Carries a step out; only the keys it names may sign. */
export async function take(world: World, { by, how }: Step): Promise<void> {
  world.signed.clear()
  await how(world)
  expect([...world.signed].toSorted(), 'signed by other keys than the step names').to.deep.equal(
    [...by].toSorted(),
  )
}

/** In what a key is heard, whatever is asked, and not as anybody would be. */
export async function heardOf(world: World, key: string): Promise<readonly Hearing[]> {
  const heard: Hearing[] = []
  for (const [level, writes, anybody] of await openedOf(world)) {
    for (const [place, { contract, name, act, outcome }] of (
      await outcomesOf(world, key, writes)
    ).entries()) {
      const isHeard = !NOT_YOURS.has(outcome) && outcome !== anybody[place]?.outcome
      if (isHeard) heard.push({ region: level.region, contract, name, act })
    }
  }
  return heard
}

type Opened = readonly (readonly [subject: Level, writes: Writes, outcomes: readonly Outcome[]])[]

const opened = new WeakMap<World, Opened>()

/** What anybody achieves, subject by subject: tried once, on the world that every test begins with. */
async function openedOf(world: World): Promise<Opened> {
  const known = opened.get(world)
  if (known) return known
  const found: Opened[number][] = []
  for (const subject of SUBJECTS) {
    const writes = await writesOn(world, subject)
    found.push([subject, writes, await outcomesOf(world, BYSTANDER, writes)])
  }
  opened.set(world, found)
  return found
}

interface Outcome {
  readonly contract: ContractName
  readonly name: string
  /** The legal act, of the functions that are for all of them. */
  readonly act: string | null
  readonly args: readonly unknown[]
  /** `done`, or the name of the refusal. */
  readonly outcome: string
}

/** Who is heard in one act is not thereby heard in another: the arguments with each act in turn. */
function everyActOf(
  name: string,
  args: readonly unknown[],
): readonly (readonly [string | null, typeof args])[] {
  if (name !== 'act' && name !== 'actLate') return [[null, args]]
  const [agency, , ...rest] = args
  return Object.entries(StatusAct).map(([act, code]) => [act, [agency, code, ...rest]])
}

/** Nothing is sent: every call is tried on the same state. */
export async function outcomesOf(world: World, key: string, writes: Writes): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const [contract, functions] of Object.entries(writes) as [ContractName, Writes[ContractName]][]) {
    const called = contractOf(world, contract).connect(world.holder(key)) as ReturnType<typeof contractOf>
    for (const [name, given] of Object.entries(functions)) {
      for (const [act, args] of everyActOf(name, given)) {
        const tried = called.getFunction(name).staticCall(...args)
        outcomes.push({ contract, name, act, args, outcome: await refusalOf(world, tried) })
      }
    }
  }
  return outcomes
}

/** `done`, or the name of the refusal. */
async function refusalOf(world: World, tried: Promise<unknown>): Promise<string> {
  try {
    await tried
    return 'done'
  } catch (error) {
    const { data, message } = error as Error & { data?: string | { data?: string } }
    // A signer wraps what its node answers.
    const answer = (typeof data === 'string' ? data : data?.data) ?? '0x'
    if (answer === '0x') return `without a name: ${message}`
    return refusalNames(world).get(answer.slice(0, 10)) ?? `without a name: ${message}`
  }
}

const CONTRACTS: readonly ContractName[] = ['ledger', 'rulebook', 'registry', 'seats', 'council', 'manager']
const named = new WeakMap<World, ReadonlyMap<string, string>>()

/** Selector → name of every refusal that the contracts know: thousands of calls are tried. */
function refusalNames(world: World): ReadonlyMap<string, string> {
  const known = named.get(world)
  if (known) return known
  // What the compiler knows of itself.
  const names = new Map([
    ['0x08c379a0', 'Error'],
    ['0x4e487b71', 'Panic'],
  ])
  for (const contract of CONTRACTS) {
    contractOf(world, contract).interface.forEachError(({ selector, name }) => names.set(selector, name))
  }
  named.set(world, names)
  return names
}

/** That nothing which a contract can do was forgotten. */
export async function expectEveryFunction(world: World): Promise<void> {
  for (const subject of SUBJECTS) {
    const writes = await writesOn(world, subject)
    for (const [contract, functions] of Object.entries(writes) as [ContractName, Writes[ContractName]][]) {
      const changing = changingFunctions(contractOf(world, contract))
      expect(Object.keys(functions).toSorted(), contract).to.deep.equal([...changing].toSorted())
    }
  }
}
