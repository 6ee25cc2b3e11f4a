/** A ledger on a chain of its own after a history in which every fact of a verification became something. */
import { createHash } from 'node:crypto'
import {
  type BaseContract,
  Contract,
  HDNodeWallet,
  type JsonRpcProvider,
  Mnemonic,
  NonceManager,
  type Overrides,
} from 'ethers'
import { encodeDeployment, readArtifact } from '../../scripts/deploy/artifact.ts'
import { type Deployment, deployLedger } from '../../scripts/deploy/deploy-ledger.ts'
import {
  BASIS,
  type Decision,
  GUANGDONG,
  HUNAN,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
  named,
  type Rulebook,
  rootOf,
  StatusAct,
  uscc,
} from './ledger-fixture.ts'
import { passTime } from './pass-time.ts'
import { CHANGSHA, changeRules, FURONG, makeRules, SICHUAN } from './proven-rules.ts'

const PHRASE = Mnemonic.fromPhrase('test test test test test test test test test test test junk')
const EIGHT_DAYS = 8 * 86_400
const ONE_YEAR = 365 * 86_400

export const TIANXIN = 430103
/** Retired after its only agency was. */
export const QINGHAI = 630000

/** 芙蓉区: the issuer that everything happened to, and one that it succeeded. */
export const ISSUER: string = usccOf('11430102MB0000001')
export const MERGED: string = usccOf('11430102MB0000002')
/** 天心区: dissolved without a successor, and its region with it. */
export const DISSOLVED: string = usccOf('11430103MB0000003')
/** 广东: where the licence came from. */
export const ORIGIN_ISSUER: string = usccOf('11440000MB0000004')
export const UNKNOWN_ISSUER: string = usccOf('11430000MB0000005')
/** 湖南: named once, nothing ever happened to its licences. The common case. */
export const PLAIN_ISSUER: string = usccOf('11430000MB0000006')
/** 青海: retired without a successor. */
export const LEFT_ISSUER: string = usccOf('11630000MB0000007')

/** Came from Guangdong, was restricted, suspended and noted, and was re-made as the next. */
export const INDEX = 60
export const REMADE = 61
/** The last of a word and the first of the next: both revoked. */
export const NEIGHBOURS = [47, 48] as const
/** Took the place of the one before it, and moved to Furong as `INDEX`. */
export const ORIGIN_INDEX = 5
export const FIRST_ORIGIN_INDEX = 4

export const ROOT: string = rootOf(2)
const COORDINATES = [`0x${'a1'.repeat(32)}`, `0x${'b2'.repeat(32)}`] as const
export const KID: string = thumbprintOf(...COORDINATES)

/** Of the ledger that follows this one, on another chain. */
const NEXT_CHAIN = 2026
const NEXT_LEDGER = `0x${'12'.repeat(20)}`

/** What a verifier reads of the registry. */
export interface Registry extends BaseContract {
  ledgerCount(overrides?: Overrides): Promise<bigint>
  ledgerAt(number: number, overrides?: Overrides): Promise<object>
}

export interface ProvenHistory {
  readonly deployment: Deployment
  readonly ledger: Ledger
  /** In force since before the first admission; the deployment's own was before it. */
  readonly rulebook: Rulebook
  /** Of two ledgers: this one, closed, and another after it. */
  readonly registry: Registry
  /** Block times (Unix seconds) of the issuer's names and of its region's, in order. */
  readonly agencyNamedAt: readonly number[]
  readonly regionNamedAt: readonly number[]
  /** Likewise of the moves of an agency, and of its county. */
  readonly agencyMovedAt: readonly number[]
  readonly regionMovedAt: readonly number[]
  /** Block time (Unix seconds) between the two editions of the rules. */
  readonly firstEditionAt: number
  /** The last block. */
  readonly blockNumber: number
}

interface Scene {
  readonly provider: JsonRpcProvider
  /** The ledger as each account calls it. */
  readonly as: Readonly<Record<Actor, Ledger>>
  /** The rulebook likewise. */
  readonly rules: Readonly<Record<Actor, Rulebook>>
  readonly address: Readonly<Record<Actor, string>>
}

const ACTORS = [
  'council',
  'hunan',
  'guangdong',
  'changsha',
  'furong',
  'tianxin',
  'issuer',
  'merged',
  'dissolved',
  'origin',
  'sichuan',
  'qinghai',
  'plain',
  'left',
] as const
type Actor = (typeof ACTORS)[number]

/** Deploys as the alliance would, and lets all of it happen. */
export async function makeHistory(rpcUrl: string, provider: JsonRpcProvider): Promise<ProvenHistory> {
  // One block a second, however quickly they are mined: what is asked as of a time is what stood at that block.
  await provider.send('anvil_setBlockTimestampInterval', [1])
  const deployment = await deployLedger({ rpcUrl, deployer: walletOf('council') })
  const scene = sceneAt(provider, deployment.ledger, await nameRulebook(provider, deployment))
  const responsible = { county: ISSUER, province: PLAIN_ISSUER }
  await admitEveryone(scene)
  await move(scene)
  await makeRules(provider, scene.rules, responsible)
  // Who confirms has been in office for a week.
  await passTime(provider, EIGHT_DAYS)
  await nameAgain(scene, '二')
  await issue(scene)
  await moveLicences(scene)
  await nameAgain(scene, '三')
  const firstEditionAt = (await provider.getBlock('latest'))?.timestamp ?? 0
  await changeRules(provider, scene.rules, responsible)
  await reform(scene)
  await leave(scene)
  const ledger = scene.as.council
  await wait(ledger.pauseRegion(GUANGDONG))
  const registry = await succeed(scene, deployment)
  return {
    deployment,
    ledger,
    rulebook: scene.rules.council,
    registry,
    firstEditionAt,
    agencyNamedAt: await timesOf(ledger, ['AgencyAccredited', 'AgencyRenamed'], ISSUER),
    regionNamedAt: await timesOf(ledger, ['RegionAccredited', 'RegionRenamed'], FURONG),
    agencyMovedAt: await timesOf(ledger, ['AgencyMoved'], MERGED),
    regionMovedAt: await timesOf(ledger, ['RegionMoved'], FURONG),
    blockNumber: await provider.getBlockNumber(),
  }
}

/** Another rulebook in the place of the deployment's, on which nothing was ever entered. */
async function nameRulebook(
  provider: JsonRpcProvider,
  { accessManager, ledger }: Deployment,
): Promise<string> {
  const council = walletOf('council').connect(provider)
  const data = await encodeDeployment('contracts/Rulebook.sol/Rulebook.json', [accessManager, ledger])
  const receipt = await (await council.sendTransaction({ data })).wait()
  const address = receipt?.contractAddress ?? ''
  const { abi } = readArtifact('contracts/interfaces/ILedger.sol/ILedger.json')
  await wait((new Contract(ledger, abi, council) as unknown as Ledger).changeRulebook(address))
  return address
}

function sceneAt(provider: JsonRpcProvider, ledger: string, rulebook: string): Scene {
  const { abi } = readArtifact('contracts/interfaces/ILedger.sol/ILedger.json')
  const { abi: abiOfRules } = readArtifact('contracts/Rulebook.sol/Rulebook.json')
  const signers = ACTORS.map((actor) => new NonceManager(walletOf(actor).connect(provider)))
  const byActor = <Value>(of: (signer: NonceManager) => Value): Readonly<Record<Actor, Value>> =>
    Object.fromEntries(ACTORS.map((actor, place) => [actor, of(signers[place] as NonceManager)])) as Record<
      Actor,
      Value
    >
  return {
    provider,
    as: byActor((signer) => new Contract(ledger, abi, signer) as unknown as Ledger),
    rules: byActor((signer) => new Contract(rulebook, abiOfRules, signer) as unknown as Rulebook),
    address: Object.fromEntries(ACTORS.map((actor) => [actor, walletOf(actor).address])) as Scene['address'],
  }
}

function walletOf(actor: Actor): HDNodeWallet {
  return HDNodeWallet.fromMnemonic(PHRASE, `m/44'/60'/0'/0/${ACTORS.indexOf(actor)}`)
}

async function admitEveryone({ as, address }: Scene): Promise<void> {
  await wait(as.council.admitRegion(HUNAN, address.hunan, named('湖南省')))
  await wait(as.council.admitRegion(GUANGDONG, address.guangdong, named('广东省')))
  await wait(as.council.admitRegion(SICHUAN, address.sichuan, named('四川省')))
  await wait(as.council.admitRegion(QINGHAI, address.qinghai, named('青海省')))
  await wait(as.hunan.accreditRegion(CHANGSHA, HUNAN, address.changsha, named('长沙市')))
  await wait(as.changsha.accreditRegion(FURONG, CHANGSHA, address.furong, named('芙蓉区')))
  await wait(as.changsha.accreditRegion(TIANXIN, CHANGSHA, address.tianxin, named('天心区')))
  await wait(as.furong.accreditAgency(ISSUER, FURONG, address.issuer, named('芙蓉区住房和城乡建设局')))
  await wait(as.furong.accreditAgency(MERGED, FURONG, address.merged, named('芙蓉区建设局')))
  await wait(as.tianxin.accreditAgency(DISSOLVED, TIANXIN, address.dissolved, named('天心区建设局')))
  await wait(
    as.guangdong.accreditAgency(ORIGIN_ISSUER, GUANGDONG, address.origin, named('广东省住房和城乡建设厅')),
  )
  await wait(as.hunan.accreditAgency(PLAIN_ISSUER, HUNAN, address.plain, named('湖南省住房和城乡建设厅')))
  await wait(as.qinghai.accreditAgency(LEFT_ISSUER, QINGHAI, address.left, named('青海省住房和城乡建设厅')))
}

/** A county and one of its agencies, there and back. */
async function move({ as }: Scene): Promise<void> {
  for (const [region, agencyRegion] of [
    [HUNAN, CHANGSHA],
    [CHANGSHA, FURONG],
  ] as const) {
    await wait(as.hunan.moveRegion(FURONG, region))
    await wait(as.hunan.moveAgency(MERGED, agencyRegion))
  }
}

async function nameAgain({ as }: Scene, ordinal: string): Promise<void> {
  const more = { en: 'Furong District', contact: '0731-00000000' }
  await wait(as.furong.renameAgency(ISSUER, { ...more, zh: `芙蓉区住房和城乡建设局(${ordinal})` }))
  await wait(as.changsha.renameRegion(FURONG, { ...more, zh: `芙蓉区(${ordinal})` }))
}

async function issue({ as }: Scene): Promise<void> {
  await wait(as.furong.registerKey(ISSUER, KeyAlgorithm.ES256, ...COORDINATES, 1_700_000_000, KEY_TIME_NEVER))
  await wait(as.furong.reportKeyCompromised(ISSUER, KID, 1_750_000_000))
  await wait(as.issuer.passOver(ISSUER, 0, 3))
  await wait(as.issuer.anchor(ISSUER, 3, { root: rootOf(1), size: 10 }))
  await wait(as.issuer.passOver(ISSUER, 13, 4))
  await wait(as.issuer.backfill(ISSUER, 17, [{ root: ROOT, size: 64 }]))
  await wait(as.origin.anchor(ORIGIN_ISSUER, 0, { root: rootOf(3), size: 8 }))
  await wait(
    as.hunan.registerKey(PLAIN_ISSUER, KeyAlgorithm.ES256, ...COORDINATES, 1_700_000_000, KEY_TIME_NEVER),
  )
  await wait(as.plain.anchor(PLAIN_ISSUER, 0, { root: ROOT, size: 64 }))
}

async function moveLicences({ provider, as }: Scene): Promise<void> {
  const origin = { issuer: ORIGIN_ISSUER, index: ORIGIN_INDEX }
  const decision = await decidedOn(provider)
  const ended = { ...decision, endsAt: Number(decision.effectiveAt) + ONE_YEAR }
  await wait(as.origin.supersede(origin, { issuer: ORIGIN_ISSUER, index: FIRST_ORIGIN_INDEX }, decision))
  await wait(as.origin.note(ORIGIN_ISSUER, 2, [FIRST_ORIGIN_INDEX, ORIGIN_INDEX], decision))
  await wait(as.origin.transferOut(ORIGIN_ISSUER, [ORIGIN_INDEX], ISSUER, decision))
  await wait(as.issuer.transferIn({ issuer: ISSUER, index: INDEX }, origin, decision))
  await wait(as.issuer.act(ISSUER, StatusAct.Revoke, [...NEIGHBOURS], decision))
  await wait(as.issuer.note(ISSUER, 0, [INDEX], decision))
  await wait(as.issuer.note(ISSUER, 111, [INDEX], decision))
  await wait(as.issuer.act(ISSUER, StatusAct.Restrict, [INDEX], ended))
  await wait(as.issuer.act(ISSUER, StatusAct.Suspend, [INDEX], { ...ended, endsAt: ended.endsAt + 1 }))
  await wait(
    as.issuer.supersede({ issuer: ISSUER, index: REMADE }, { issuer: ISSUER, index: INDEX }, decision),
  )
}

/** 机构改革. */
async function reform({ as }: Scene): Promise<void> {
  const none = `0x${'00'.repeat(18)}`
  await wait(as.issuer.acceptAgencySuccession(MERGED, ISSUER))
  await wait(as.furong.acceptRegionSuccession(TIANXIN, FURONG))
  for (const [proposer, call] of [
    [as.furong, (ledger: Ledger) => ledger.retireAgency(MERGED, ISSUER)],
    [as.tianxin, (ledger: Ledger) => ledger.retireAgency(DISSOLVED, none)],
    [as.tianxin, (ledger: Ledger) => ledger.retireRegion(TIANXIN, FURONG)],
  ] as const) {
    await wait(call(proposer))
    await wait(call(as.changsha))
  }
}

/** A province leaves the alliance; whom the council named is its superior. */
async function leave({ as }: Scene): Promise<void> {
  const none = `0x${'00'.repeat(18)}`
  for (const call of [
    (ledger: Ledger) => ledger.retireAgency(LEFT_ISSUER, none),
    (ledger: Ledger) => ledger.retireRegion(QINGHAI, 0),
  ]) {
    await wait(call(as.qinghai))
    await wait(call(as.council))
  }
}

/** The ledger is closed in the registry, and another one follows it. */
async function succeed({ provider, as }: Scene, deployment: Deployment): Promise<Registry> {
  const { abi } = readArtifact('contracts/governance/Registry.sol/Registry.json')
  const registry = new Contract(deployment.registry, abi, as.council.runner)
  const closedAt = (await provider.getBlock('latest'))?.timestamp ?? 0
  await wait(registry.getFunction('register')(NEXT_CHAIN, NEXT_LEDGER, closedAt + 1))
  await wait(registry.getFunction('close')(1, closedAt, 2))
  return registry as BaseContract as Registry
}

async function decidedOn(provider: JsonRpcProvider): Promise<Decision> {
  const block = await provider.getBlock('latest')
  return { effectiveAt: block?.timestamp ?? 0, endsAt: 0, legalBasis: BASIS, number: '湘建许决〔2025〕1号' }
}

async function timesOf(
  ledger: Ledger,
  events: readonly string[],
  subject: string | number,
): Promise<number[]> {
  const times: number[] = []
  for (const name of events) {
    const filter = ledger.filters[name]?.(subject)
    if (filter === undefined) throw new Error(`no event ${name}`)
    for (const event of await ledger.queryFilter(filter, 0)) times.push((await event.getBlock()).timestamp)
  }
  return times
}

async function wait(sent: ReturnType<Ledger['suspendRegion']>): Promise<void> {
  await (await sent).wait()
}

/** RFC 7638, of a P-256 key. */
function thumbprintOf(x: string, y: string): string {
  const encode = (hex: string): string => Buffer.from(hex.slice(2), 'hex').toString('base64url')
  const jwk = `{"crv":"P-256","kty":"EC","x":"${encode(x)}","y":"${encode(y)}"}`
  return `0x${createHash('sha256').update(jwk).digest('hex')}`
}

/** GB 32100-2015: the code with its check character. */
function usccOf(first17: string): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  let [sum, weight] = [0, 1]
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return uscc(first17 + alphabet[(31 - (sum % 31)) % 31])
}
