/** Who may call what: one key of each role tries every function of the ledger and of the rulebook, and every refusal is by name. */
import { expect } from 'chai'
import type { BaseContract, FunctionFragment } from 'ethers'
import { before, describe, it } from 'mocha'
import { ROLES } from '../../scripts/deploy/roles.ts'
import {
  APPROVAL,
  BASIS,
  blockTime,
  deployWithCatalogue,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  itemCode,
  KEY_TIME_NEVER,
  type Ledger,
  RESOURCES_MINISTRY,
  RULES,
  type Rulebook,
  rootOf,
  SAFETY_MANAGER,
  TERM_OPEN,
} from './ledger-fixture.ts'
import { matchSnapshot } from './snapshot.ts'

type Account = Awaited<ReturnType<typeof ethers.getSigners>>[number]

const ACTORS = [
  'deployer after hand-over',
  'admission',
  'catalogue',
  'baseline',
  'emergency',
  'rulebook',
  'region admin',
  'parent region admin',
  'other region admin',
  'nominated admin',
  'operator',
  'other operator',
  'nominated operator',
  'stranger',
] as const
type Actor = (typeof ACTORS)[number]

const CHANGSHA = 430100
const NEW_TYPE = `0x${Buffer.from('11100000000013338W055').toString('hex')}`
const KID = ethers.id('kid')

/** Each function's rightful callers, where its subject is Changsha, its agency or its parent; all others are refused. */
const RIGHTFUL: Readonly<Record<string, readonly Actor[]>> = {
  ...Object.fromEntries(
    Object.entries(ROLES).flatMap(
      ([
        role,
        {
          functions: { ledger = [], rulebook = [] },
        },
      ]) => [...ledger, ...rulebook].map((name) => [name, [role as Actor]]),
    ),
  ),
  accreditRegion: ['parent region admin'],
  suspendRegion: ['parent region admin'],
  resumeRegion: ['parent region admin'],
  retireRegion: ['parent region admin'],
  nominateRegionAdmin: ['region admin', 'parent region admin'],
  acceptRegionAdmin: ['nominated admin'],
  accreditAgency: ['region admin'],
  suspendAgency: ['region admin'],
  resumeAgency: ['region admin'],
  retireAgency: ['region admin'],
  nominateOperator: ['region admin'],
  acceptOperator: ['nominated operator'],
  registerKey: ['region admin'],
  endKey: ['region admin'],
  reportKeyCompromised: ['region admin'],
  assignResponsibility: ['region admin'],
  endResponsibility: ['region admin'],
  delegateType: ['parent region admin'],
  endTypeDelegation: ['parent region admin'],
  anchor: ['operator'],
  anchorMany: ['operator'],
  backfill: ['operator'],
  act: ['operator'],
  transferIn: ['operator'],
  proposeAgreement: ['parent region admin'],
  joinAgreement: ['parent region admin'],
  renewAgreement: ['parent region admin'],
  leaveAgreement: ['parent region admin'],
  enterNegative: ['parent region admin'],
  endNegative: ['parent region admin'],
  setAuthority: [],
  'setAuthority of the rulebook': [],
}

/** Refusals that say "you may not", by any name; every other says "you may, but not this". */
const NOT_YOURS = new Set([
  'AccessManagedUnauthorized',
  'CallerNotRegionAdmin',
  'CallerNotNominatedAdmin',
  'CallerNotOperator',
  'CallerNotNominatedOperator',
])

interface CalledFunction {
  readonly name: string
  readonly contract: Ledger | Rulebook
  readonly fragment: FunctionFragment
}

/** The functions that change anything. A name that both contracts have is told apart by its contract. */
function functionsOf(contract: Ledger | Rulebook, suffix: string): CalledFunction[] {
  return contract.interface.fragments
    .filter((one): one is FunctionFragment => one.type === 'function' && !(one as FunctionFragment).constant)
    .map((fragment) => {
      const isShared = fragment.name === 'setAuthority'
      return { name: isShared ? `${fragment.name}${suffix}` : fragment.name, contract, fragment }
    })
}

function argumentsAt(now: number): Readonly<Record<string, readonly unknown[]>> {
  const batch = { root: rootOf(7), size: 1 }
  const negative = { issuing: GUANGDONG, licenceType: SAFETY_MANAGER, item: ethers.ZeroHash }
  const demands = [{ licenceType: SAFETY_MANAGER, fields: Buffer.from('holderName') }]
  const draft = {
    partners: [GUANGDONG],
    licenceTypes: [SAFETY_MANAGER],
    from: now,
    until: TERM_OPEN,
    noticeSeconds: 1,
  }
  const ref = (issuer: string) => ({ issuer, index: 0 })
  const someone = `0x${'12'.repeat(20)}`
  return {
    admitRegion: [110000, someone],
    accreditRegion: [430200, HUNAN, someone],
    suspendRegion: [CHANGSHA],
    resumeRegion: [CHANGSHA],
    retireRegion: [CHANGSHA],
    nominateRegionAdmin: [CHANGSHA, someone],
    acceptRegionAdmin: [CHANGSHA],
    accreditAgency: [RESOURCES_MINISTRY, CHANGSHA, someone],
    suspendAgency: [HOUSING_MINISTRY],
    resumeAgency: [HOUSING_MINISTRY],
    retireAgency: [HOUSING_MINISTRY],
    pauseAgency: [HOUSING_MINISTRY],
    unpauseAgency: [HOUSING_MINISTRY],
    nominateOperator: [HOUSING_MINISTRY, someone],
    acceptOperator: [HOUSING_MINISTRY],
    registerKey: [HOUSING_MINISTRY, ethers.id('new'), 2n, 0, KEY_TIME_NEVER, Buffer.of()],
    endKey: [KID, now + 1000],
    reportKeyCompromised: [KID, 1],
    anchor: [HOUSING_MINISTRY, batch],
    anchorMany: [HOUSING_MINISTRY, [batch]],
    backfill: [HOUSING_MINISTRY, [batch]],
    act: [HOUSING_MINISTRY, 0, [5], now, BASIS, '1'],
    transferIn: [ref(HOUSING_MINISTRY), ref(HUNAN_HOUSING), '1'],
    registerLicenceType: [NEW_TYPE, RULES],
    amendLicenceType: [SAFETY_MANAGER, RULES],
    retireLicenceType: [SAFETY_MANAGER],
    registerServiceItem: [itemCode('1'), demands],
    amendServiceItem: [itemCode('1'), demands],
    retireServiceItem: [itemCode('1')],
    delegateType: [CHANGSHA, SAFETY_MANAGER, now, TERM_OPEN],
    endTypeDelegation: [CHANGSHA, SAFETY_MANAGER, now + 1000],
    assignResponsibility: [HOUSING_MINISTRY, SAFETY_MANAGER, now, TERM_OPEN],
    endResponsibility: [HOUSING_MINISTRY, SAFETY_MANAGER, now + 1000],
    setBaseline: [SAFETY_MANAGER, now, TERM_OPEN],
    endBaseline: [SAFETY_MANAGER, now + 1000],
    proposeAgreement: [HUNAN, draft],
    joinAgreement: [1, HUNAN],
    renewAgreement: [1, HUNAN, GUANGDONG, SAFETY_MANAGER],
    leaveAgreement: [1, HUNAN],
    enterNegative: [HUNAN, negative, now, TERM_OPEN, APPROVAL],
    endNegative: [HUNAN, negative, now + 1000],
    setAuthority: [someone],
    'setAuthority of the rulebook': [someone],
    changeRulebook: [someone],
  }
}

describe('Who may call what', () => {
  let ledger: Ledger
  let rulebook: Rulebook
  let now: number
  let functions: readonly CalledFunction[]
  let kid = KID
  const accounts = new Map<Actor, Account>()
  const table = new Map<string, Map<Actor, string>>()

  before(async () => {
    const fixture = await deployWithCatalogue()
    ;({ ledger, rulebook } = fixture)
    const signers = await ethers.getSigners()
    const [changshaAdmin, changshaOperator] = [signers[9], signers[10]]
    if (!changshaAdmin || !changshaOperator) throw new Error('too few accounts')
    await ledger.connect(fixture.hunanAdmin).accreditRegion(CHANGSHA, HUNAN, changshaAdmin.address)
    const asChangsha = ledger.connect(changshaAdmin)
    await asChangsha.accreditAgency(HOUSING_MINISTRY, CHANGSHA, changshaOperator.address)
    const jwk = Buffer.from('{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}')
    kid = ethers.sha256(jwk)
    await asChangsha.registerKey(HOUSING_MINISTRY, kid, 2n, 1, KEY_TIME_NEVER, jwk)
    const given: [Actor, Account | undefined][] = [
      ['deployer after hand-over', fixture.council],
      ['admission', signers[11]],
      ['catalogue', signers[12]],
      ['baseline', signers[13]],
      ['emergency', signers[14]],
      ['rulebook', signers[17]],
      ['region admin', changshaAdmin],
      ['parent region admin', fixture.hunanAdmin],
      ['other region admin', fixture.guangdongAdmin],
      ['nominated admin', signers[15]],
      ['operator', changshaOperator],
      ['other operator', fixture.operator],
      ['nominated operator', signers[16]],
      ['stranger', fixture.stranger],
    ]
    for (const [actor, account] of given) if (account) accounts.set(actor, account)
    const addressOf = (actor: Actor): string => accounts.get(actor)?.address ?? ''
    await asChangsha.nominateRegionAdmin(CHANGSHA, addressOf('nominated admin'))
    await asChangsha.nominateOperator(HOUSING_MINISTRY, addressOf('nominated operator'))
    const manager = (await ethers.getContractAt('AccessManager', await ledger.authority())) as BaseContract
    const send = async (name: string, ...args: unknown[]) => (await manager.getFunction(name)(...args)).wait()
    for (const [name, { id, functions }] of Object.entries(ROLES)) {
      const tried = [
        [ledger, functions.ledger ?? []],
        [rulebook, functions.rulebook ?? []],
      ] as const
      if (tried.every(([, names]) => names.length === 0)) continue
      for (const [contract, names] of tried) {
        const selectors = names.map((one) => contract.interface.getFunction(one)?.selector)
        await send('setTargetFunctionRole', await contract.getAddress(), selectors, id)
      }
      await send('grantRole', id, addressOf(name as Actor), 0)
    }
    await send('renounceRole', 0, fixture.council.address)
    now = await blockTime()
    functions = [...functionsOf(ledger, ''), ...functionsOf(rulebook, ' of the rulebook')]
    await tryAll()
  })

  async function tryAll(): Promise<void> {
    const all = argumentsAt(now)
    for (const { name, contract, fragment } of functions) {
      const row = new Map<Actor, string>()
      for (const [actor, account] of accounts) {
        const args = (all[name] ?? []).map((arg) => (arg === KID ? kid : arg))
        row.set(actor, await outcomeOf(contract.connect(account), fragment.name, args))
      }
      table.set(name, row)
    }
  }

  /** `yes`, or the name of the refusal. Nothing is sent: every call is tried on the same state. */
  async function outcomeOf(
    caller: Ledger | Rulebook,
    name: string,
    args: readonly unknown[],
  ): Promise<string> {
    try {
      await caller.getFunction(name).staticCall(...args)
      return 'yes'
    } catch (error) {
      const data = (error as { data?: string }).data ?? '0x'
      return caller.interface.parseError(data)?.name ?? `without a name: ${(error as Error).message}`
    }
  }

  it('every function that changes anything has its rightful callers stated, and none is stated in vain', () => {
    expect(functions.map(({ name }) => name).toSorted()).to.deep.equal(Object.keys(RIGHTFUL).toSorted())
    expect(Object.keys(argumentsAt(0)).toSorted()).to.deep.equal(Object.keys(RIGHTFUL).toSorted())
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
    expect(refusals).to.be.greaterThan(400)
  })

  it('each hears its rightful callers', () => {
    for (const [name, row] of table) {
      for (const actor of RIGHTFUL[name] ?? []) {
        expect(NOT_YOURS.has(row.get(actor) ?? ''), `${name} by ${actor}: ${row.get(actor)}`).to.equal(false)
      }
    }
  })

  it('is the committed table', () => {
    const heard = (row: Map<Actor, string>): string =>
      [...row]
        .filter(([, outcome]) => !NOT_YOURS.has(outcome))
        .map(([actor]) => actor)
        .join(', ') || '(nobody)'
    const others = (row: Map<Actor, string>): string =>
      [...new Set(row.values())]
        .filter((outcome) => NOT_YOURS.has(outcome))
        .toSorted()
        .join(', ')
    const rows = [...table].toSorted(([a], [b]) => a.localeCompare(b))
    const lines = rows.map(([name, row]) => `${name}: ${heard(row)} | others: ${others(row)}`)
    const preface = [
      'Who may call what, written by test/contracts/callers.test.ts from what the ledger and the rulebook answer.',
      'The subject is a city, its agency, and its province (the parent region).',
    ]
    matchSnapshot('callers.txt', `${[...preface, '', ...lines].join('\n')}\n`)
  })
})
