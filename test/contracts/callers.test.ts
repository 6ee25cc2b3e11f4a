/** Who may call what: one key of each role tries every function of the ledger, the rulebook and the registry, and every refusal is by name. */
import { expect } from 'chai'
import type { BaseContract, Contract, FunctionFragment } from 'ethers'
import { before, describe, it } from 'mocha'
import {
  APPROVAL,
  chain,
  decided,
  ethers,
  itemCode,
  KEY_TIME_NEVER,
  named,
  RULES,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from './ledger-fixture.ts'
import {
  adminKey,
  bodyOf,
  CATALOGUE,
  CHANGSHA,
  COUNCIL,
  createWorld,
  DEPLOYER,
  EMERGENCY,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  LICENCES,
  operatorKey,
  PLACES,
  SUPERIOR,
  TIANXIN,
  type World,
  ZHUZHOU,
} from './one-key-world.ts'
import type { Account } from './planned-deployment.ts'
import { matchSnapshot } from './snapshot.ts'

const { agency, retired } = LEVELS.county
const NEW_TYPE = `0x${Buffer.from('11100000000013338W055').toString('hex')}`
const NOBODY = `0x${'00'.repeat(18)}`

/** Whose key it is, seen from a county and its agency. */
const ACTORS: Readonly<Record<string, string>> = {
  council: COUNCIL,
  'catalogue keeper': CATALOGUE,
  emergency: EMERGENCY,
  'superior of provinces': SUPERIOR,
  'deployer after the hand-over': DEPLOYER,
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
  moveRegion: ['superior of provinces', 'province admin'],
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
  resignRegion: ['region admin'],
  resignAgency: ['operator'],
  returnRegion: ['parent region admin', 'province admin'],
  returnAgency: ['region admin', 'parent region admin', 'province admin'],
  withdrawProposal: ['operator'],
  registerKey: ['region admin'],
  endKey: ['region admin'],
  reportKeyCompromised: ['region admin'],
  narrowKeyCompromise: ['region admin'],
  correct: ['parent region admin', 'operator'],
  actLate: ['parent region admin', 'operator'],
  dissolveSuccession: ['parent region admin', 'operator'],
  changeRulebook: ['council'],
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
  registerLicenceType: ['catalogue keeper'],
  amendLicenceType: ['catalogue keeper'],
  retireLicenceType: ['catalogue keeper'],
  registerServiceItem: ['catalogue keeper'],
  amendServiceItem: ['catalogue keeper'],
  retireServiceItem: ['catalogue keeper'],
  setBaseline: ['council'],
  endBaseline: ['council'],
  delegateType: ['parent region admin'],
  endTypeDelegation: ['parent region admin'],
  assignResponsibility: ['region admin'],
  endResponsibility: ['region admin'],
  proposeAgreement: ['province admin'],
  joinAgreement: ['province admin'],
  renewAgreement: ['province admin'],
  leaveAgreement: ['province admin'],
  enterNegative: ['province admin'],
  endNegative: ['province admin'],
  'setAuthority of the rulebook': [],
  register: ['council'],
  close: ['council'],
  reopen: ['council'],
  'setAuthority of the registry': [],
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
    resignRegion: [FURONG],
    resignAgency: [agency],
    returnRegion: [FURONG],
    returnAgency: [agency],
    withdrawProposal: [confirmed.call],
    registerKey: [agency, 2n, ethers.id('other'), ethers.ZeroHash, 1, KEY_TIME_NEVER],
    endKey: [agency, world.kid, (await chain.time.latest()) + 86_400],
    reportKeyCompromised: [agency, world.kid, 1],
    narrowKeyCompromise: [agency, world.kid, KEY_TIME_NEVER],
    correct: [agency, [0], 2n, decision],
    'correct (confirmed)': confirmed.args,
    actLate: [agency, StatusAct.Revoke, [0], { ...decision, effectiveAt: 1 }],
    dissolveSuccession: [
      { issuer: agency, index: PLACES.itsSuccessor },
      { issuer: agency, index: PLACES.superseded },
      decision,
    ],
    changeRulebook: [someone],
    anchor: [agency, LICENCES, batch],
    anchorMany: [agency, LICENCES, [batch]],
    backfill: [agency, LICENCES, [batch]],
    passOver: [agency, LICENCES, 1],
    act: [agency, StatusAct.Revoke, [0], decision],
    'act (annul)': [agency, StatusAct.Annul, [0], decision],
    'act (retired agency)': [retired, StatusAct.Revoke, [0], decision],
    note: [agency, 1, [0], decision],
    liftNotice: [agency, 3, [PLACES.noted], decision],
    supersede: [{ issuer: agency, index: 1 }, { issuer: agency, index: 0 }, decision],
    transferOut: [agency, [0], GUANGDONG_AGENCY, decision],
    transferIn: [{ issuer: agency, index: 0 }, { issuer: GUANGDONG_AGENCY, index: 12 }, decision],
    setAuthority: [someone],
    ...rulesAt(await chain.time.latest()),
    'setAuthority of the rulebook': [someone],
    register: [1, someone, 1],
    close: [1, await chain.time.latest(), 0],
    reopen: [1],
    'setAuthority of the registry': [someone],
  }
}

/** Of the rulebook: what is laid down by the council, by a province, and by a region for its agency. */
function rulesAt(now: number): Readonly<Record<string, readonly unknown[]>> {
  const negative = { issuing: GUANGDONG, licenceType: SAFETY_MANAGER, item: ethers.ZeroHash }
  const demands = [{ licenceType: SAFETY_MANAGER, fields: Buffer.from('holderName') }]
  const term = { from: now, until: TERM_OPEN }
  const draft = { partners: [GUANGDONG], licenceTypes: [SAFETY_MANAGER], ...term, noticeSeconds: 1 }
  return {
    registerLicenceType: [NEW_TYPE, RULES],
    amendLicenceType: [SAFETY_MANAGER, RULES],
    retireLicenceType: [SAFETY_MANAGER],
    registerServiceItem: [itemCode('1'), demands],
    amendServiceItem: [itemCode('1'), demands],
    retireServiceItem: [itemCode('1')],
    setBaseline: [SAFETY_MANAGER, now, TERM_OPEN],
    endBaseline: [SAFETY_MANAGER, now + 1000],
    delegateType: [FURONG, SAFETY_MANAGER, now, TERM_OPEN],
    endTypeDelegation: [FURONG, SAFETY_MANAGER, now + 1000],
    assignResponsibility: [agency, SAFETY_MANAGER, now, TERM_OPEN],
    endResponsibility: [agency, SAFETY_MANAGER, now + 1000],
    proposeAgreement: [HUNAN, draft],
    joinAgreement: [1, HUNAN],
    renewAgreement: [1, HUNAN, GUANGDONG, SAFETY_MANAGER],
    leaveAgreement: [1, HUNAN],
    enterNegative: [HUNAN, negative, now, TERM_OPEN, APPROVAL],
    endNegative: [HUNAN, negative, now + 1000],
  }
}

/** A call that waits for its second key. */
async function proposedCorrection(world: World): Promise<{ args: readonly unknown[]; call: string }> {
  const args = [agency, [1], 2n, await decided('更正')] as const
  await world.by(operatorKey(agency)).correct(args[0], [...args[1]], args[2], args[3])
  const data = world.ledger.interface.encodeFunctionData('correct', args)
  return { args, call: ethers.keccak256(data) }
}

function changingFunctions(contract: BaseContract): readonly string[] {
  return contract.interface.fragments
    .filter((fragment): fragment is FunctionFragment => fragment.type === 'function')
    .filter(({ constant }) => !constant)
    .map(({ name }) => name)
}

describe('Who may call what', () => {
  let contracts: Readonly<Record<'ledger' | 'rulebook' | 'registry', BaseContract>>
  let manager: BaseContract
  let functions: readonly string[]
  let tried: Readonly<Record<string, readonly unknown[]>>
  const table = new Map<string, Map<string, string>>()

  before(async () => {
    const world = await createWorld()
    const { ledger, rulebook, registry } = world.planned
    contracts = { ledger, rulebook, registry }
    manager = world.planned.manager
    tried = await argumentsOf(world)
    const nominees = {
      admin: world.holder('accomplice').address,
      operator: world.holder('second accomplice').address,
    }
    await world.by(adminKey(CHANGSHA)).nominateRegionAdmin(FURONG, nominees.admin)
    await world.by(adminKey(FURONG)).nominateOperator(agency, nominees.operator)
    functions = Object.values(contracts).flatMap(changingFunctions)
    for (const [title, args] of Object.entries(tried)) {
      const row = new Map<string, string>()
      for (const [actor, key] of Object.entries(ACTORS)) {
        row.set(actor, await outcomeOf(world.holder(key), title, args))
      }
      table.set(title, row)
    }
  })

  /**
   * `yes`, or the name of the refusal. Nothing is sent: every call is tried on the same state. Whose acts are delayed is
   * told that it has not scheduled them.
   */
  async function outcomeOf(caller: Account, title: string, args: readonly unknown[]): Promise<string> {
    const [name = title] = title.split(' ')
    const contract = contractOf(title, name)
    try {
      await (contract.connect(caller) as Contract).getFunction(name).staticCall(...args)
      return 'yes'
    } catch (error) {
      const data = (error as { data?: string }).data ?? '0x'
      const known = contract.interface.parseError(data) ?? manager.interface.parseError(data)
      return known?.name ?? `without a name: ${(error as Error).message}`
    }
  }

  /** The one that the title names, or else the first that has the function. */
  function contractOf(title: string, name: string): BaseContract {
    const named = Object.entries(contracts).find(([contract]) => title.endsWith(`of the ${contract}`))
    const found = named?.[1] ?? Object.values(contracts).find((one) => one.interface.hasFunction(name))
    if (!found) throw new Error(`no contract has the function ${name}`)
    return found
  }

  it('every function that changes anything has its rightful callers stated, and none is stated in vain', () => {
    const stated = new Set(Object.keys(RIGHTFUL).map((title) => title.split(' ')[0]))
    expect([...stated].toSorted()).to.deep.equal([...new Set(functions)].toSorted())
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
    expect(refusals).to.be.greaterThan(1000)
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
      'Who may call what, written by test/contracts/callers.test.ts from what the ledger, the rulebook and the registry answer.',
      'The council’s, and the catalogue keeper’s after a day’s notice, are those of the table in scripts/deploy/roles.ts.',
      'The subject is a county and its agency; a retired, an empty region beside it; its city (the parent region).',
      'Of what takes two keys, who may propose; as an example of the second key, who confirms a correction.',
    ]
    matchSnapshot('callers.txt', `${[...preface, '', ...lines].join('\n')}\n`)
  })
})
