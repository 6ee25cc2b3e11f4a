/** Who may call what: one key of each role tries every function of the ledger, and every refusal is by name. */
import { expect } from 'chai'
import type { FunctionFragment } from 'ethers'
import { before, describe, it } from 'mocha'
import {
  chain,
  decided,
  ethers,
  KEY_TIME_NEVER,
  type Ledger,
  named,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'
import {
  type Account,
  adminKey,
  bodyOf,
  CHANGSHA,
  createWorld,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  LICENCES,
  operatorKey,
  PLACES,
  TIANXIN,
  type World,
  ZHUZHOU,
} from './one-key-world.ts'
import { matchSnapshot } from './snapshot.ts'

const { agency, retired } = LEVELS.county
const NOBODY = `0x${'00'.repeat(18)}`

/** Whose key it is, seen from a county and its agency. */
const ACTORS: Readonly<Record<string, string>> = {
  council: 'council',
  emergency: 'emergency keeper',
  'superior of provinces': 'superior of provinces',
  'region admin': adminKey(FURONG),
  'parent region admin': adminKey(CHANGSHA),
  'province admin': adminKey(HUNAN),
  'other province admin': adminKey(GUANGDONG),
  'admin of a retired region': adminKey(ZHUZHOU),
  'admin of an empty region': adminKey(TIANXIN),
  'nominated admin': 'accomplice',
  operator: operatorKey(agency),
  'other operator': operatorKey(GUANGDONG_AGENCY),
  'nominated operator': 'second accomplice',
  stranger: 'bystander',
}

/** Each function's rightful callers, where its subject is Furong, its agency, or what `argumentsOf` names instead. */
const RIGHTFUL: Readonly<Record<string, readonly string[]>> = {
  admitRegion: ['council'],
  accreditRegion: ['region admin'],
  renameRegion: ['parent region admin'],
  nominateRegionAdmin: ['region admin', 'parent region admin'],
  acceptRegionAdmin: ['nominated admin'],
  suspendRegion: ['parent region admin'],
  resumeRegion: ['parent region admin'],
  closeRegion: ['parent region admin'],
  reopenRegion: ['parent region admin'],
  moveRegion: ['council', 'province admin'],
  retireRegion: ['admin of an empty region'],
  reinstateRegion: ['admin of a retired region'],
  acceptRegionSuccession: ['region admin'],
  pauseRegion: ['emergency'],
  extendPause: ['emergency'],
  endPause: ['emergency'],
  accreditAgency: ['region admin'],
  renameAgency: ['region admin'],
  suspendAgency: ['region admin'],
  resumeAgency: ['region admin'],
  retireAgency: ['region admin'],
  reinstateAgency: ['region admin'],
  acceptAgencySuccession: ['operator'],
  moveAgency: ['superior of provinces', 'parent region admin', 'province admin'],
  pauseAgency: ['emergency'],
  unpauseAgency: ['emergency'],
  nominateOperator: ['region admin'],
  acceptOperator: ['nominated operator'],
  withdrawProposal: ['operator'],
  registerKey: ['region admin'],
  endKey: ['region admin'],
  reportKeyCompromised: ['region admin'],
  narrowKeyCompromise: ['region admin'],
  correct: ['operator'],
  actLate: ['operator'],
  'correct (confirmed)': ['parent region admin'],
  anchor: ['operator'],
  anchorMany: ['operator'],
  backfill: ['operator'],
  passOver: ['operator'],
  act: ['operator'],
  'act (annul)': ['parent region admin', 'operator'],
  'act (retired agency)': ['region admin'],
  note: ['operator'],
  liftNotice: ['operator'],
  supersede: ['operator'],
  transferOut: ['operator'],
  transferIn: ['operator'],
  setAuthority: [],
}

/** Refusals that say "you may not", by any name; every other says "you may, but not this". */
const NOT_YOURS = new Set([
  'AccessManagedUnauthorized',
  'CallerNotRegionAdmin',
  'CallerNotSuperior',
  'CallerNotOperator',
  'CallerNotNominated',
  'ProposalNotOfCaller',
])

async function argumentsOf(world: World): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const someone = `0x${'12'.repeat(20)}`
  const batch = { root: rootOf(77), size: 1 }
  const decision = await decided()
  await world.by(adminKey(FURONG)).reportKeyCompromised(agency, world.kid, 1000)
  const confirmed = await proposedCorrection(world)
  return {
    admitRegion: [110000, someone, named('北京市')],
    accreditRegion: [430102003, FURONG, someone, named('某街道')],
    renameRegion: [FURONG, named('某区')],
    nominateRegionAdmin: [FURONG, someone],
    acceptRegionAdmin: [FURONG],
    suspendRegion: [FURONG],
    resumeRegion: [FURONG],
    closeRegion: [FURONG],
    reopenRegion: [FURONG],
    moveRegion: [FURONG, HUNAN],
    retireRegion: [TIANXIN, 0],
    reinstateRegion: [ZHUZHOU],
    acceptRegionSuccession: [TIANXIN, FURONG],
    pauseRegion: [HUNAN],
    extendPause: [HUNAN, someone, ethers.ZeroHash],
    endPause: [HUNAN],
    accreditAgency: [bodyOf(FURONG, 55), FURONG, someone, named('某局')],
    renameAgency: [agency, named('某局')],
    suspendAgency: [agency],
    resumeAgency: [agency],
    retireAgency: [agency, NOBODY],
    reinstateAgency: [retired],
    acceptAgencySuccession: [GUANGDONG_AGENCY, agency],
    moveAgency: [agency, TIANXIN],
    pauseAgency: [agency],
    unpauseAgency: [agency],
    nominateOperator: [agency, someone],
    acceptOperator: [agency],
    withdrawProposal: [confirmed.call],
    registerKey: [agency, 2n, ethers.id('other'), ethers.ZeroHash, 1, KEY_TIME_NEVER],
    endKey: [agency, world.kid, (await chain.time.latest()) + 86_400],
    reportKeyCompromised: [agency, world.kid, 1],
    narrowKeyCompromise: [agency, world.kid, KEY_TIME_NEVER],
    correct: [agency, [0], 2n, decision],
    'correct (confirmed)': confirmed.args,
    actLate: [agency, StatusAct.Revoke, [0], decision],
    anchor: [agency, LICENCES, batch],
    anchorMany: [agency, LICENCES, [batch]],
    backfill: [agency, LICENCES, [batch]],
    passOver: [agency, LICENCES, 1],
    act: [agency, StatusAct.Revoke, [0], decision],
    'act (annul)': [agency, StatusAct.Annul, [0], decision],
    'act (retired agency)': [retired, StatusAct.Revoke, [0], decision],
    note: [agency, 1, [0], decision],
    liftNotice: [agency, 3, [PLACES.noted], decision],
    supersede: [agency, [0], [1], decision],
    transferOut: [agency, [0], GUANGDONG_AGENCY, decision],
    transferIn: [{ issuer: agency, index: 0 }, GUANGDONG_AGENCY, [12], decision],
    setAuthority: [someone],
  }
}

/** A call that waits for its second key. */
async function proposedCorrection(world: World): Promise<{ args: readonly unknown[]; call: string }> {
  const args = [agency, [1], 2n, await decided('更正')] as const
  await world.by(operatorKey(agency)).correct(args[0], [...args[1]], args[2], args[3])
  const data = world.ledger.interface.encodeFunctionData('correct', args)
  return { args, call: ethers.keccak256(data) }
}

describe('Who may call what', () => {
  let ledger: Ledger
  let functions: readonly FunctionFragment[]
  let tried: Readonly<Record<string, readonly unknown[]>>
  const table = new Map<string, Map<string, string>>()

  before(async () => {
    const world = await createWorld()
    ledger = world.ledger
    tried = await argumentsOf(world)
    const nominees = {
      admin: world.holder('accomplice').address,
      operator: world.holder('second accomplice').address,
    }
    await world.by(adminKey(CHANGSHA)).nominateRegionAdmin(FURONG, nominees.admin)
    await world.by(adminKey(FURONG)).nominateOperator(agency, nominees.operator)
    functions = ledger.interface.fragments.filter(
      (fragment): fragment is FunctionFragment =>
        fragment.type === 'function' && !(fragment as FunctionFragment).constant,
    )
    for (const [title, args] of Object.entries(tried)) {
      const row = new Map<string, string>()
      for (const [actor, key] of Object.entries(ACTORS)) {
        row.set(actor, await outcomeOf(world.holder(key), title.split(' ')[0] ?? title, args))
      }
      table.set(title, row)
    }
  })

  /** `yes`, or the name of the refusal. Nothing is sent: every call is tried on the same state. */
  async function outcomeOf(caller: Account, name: string, args: readonly unknown[]): Promise<string> {
    try {
      await ledger
        .connect(caller)
        .getFunction(name)
        .staticCall(...args)
      return 'yes'
    } catch (error) {
      const data = (error as { data?: string }).data ?? '0x'
      return ledger.interface.parseError(data)?.name ?? `without a name: ${(error as Error).message}`
    }
  }

  it('every function that changes anything has its rightful callers stated, and none is stated in vain', () => {
    const stated = new Set(Object.keys(RIGHTFUL).map((title) => title.split(' ')[0]))
    expect([...stated].toSorted()).to.deep.equal(functions.map(({ name }) => name).toSorted())
    expect(Object.keys(tried).toSorted()).to.deep.equal(Object.keys(RIGHTFUL).toSorted())
  })

  it('each refuses all but its rightful callers, by name', () => {
    let refusals = 0
    for (const [name, row] of table) {
      for (const [actor, outcome] of row) {
        if (RIGHTFUL[name]?.includes(actor)) continue
        expect(NOT_YOURS.has(outcome), `${name} by ${actor}: ${outcome}`).to.equal(true)
        refusals++
      }
    }
    expect(refusals).to.be.greaterThan(550)
  })

  it('each hears its rightful callers', () => {
    for (const [name, row] of table) {
      for (const actor of RIGHTFUL[name] ?? []) {
        expect(NOT_YOURS.has(row.get(actor) ?? ''), `${name} by ${actor}: ${row.get(actor)}`).to.equal(false)
      }
    }
  })

  it('is the committed table', () => {
    const heard = (row: Map<string, string>): string =>
      [...row]
        .filter(([, outcome]) => !NOT_YOURS.has(outcome))
        .map(([actor]) => actor)
        .join(', ') || '(nobody)'
    const others = (row: Map<string, string>): string =>
      [...new Set(row.values())]
        .filter((outcome) => NOT_YOURS.has(outcome))
        .toSorted()
        .join(', ')
    const rows = [...table].toSorted(([a], [b]) => a.localeCompare(b))
    const lines = rows.map(([name, row]) => `${name}: ${heard(row)} | others: ${others(row)}`)
    const preface = [
      'Who may call what, written by test/contracts/callers.test.ts from what the ledger answers.',
      'The subject is a county and its agency; a retired, an empty region beside it; its city (the parent region).',
      'Of what takes two keys, who may propose; as an example of the second key, who confirms a correction.',
    ]
    matchSnapshot('callers.txt', `${[...preface, '', ...lines].join('\n')}\n`)
  })
})
