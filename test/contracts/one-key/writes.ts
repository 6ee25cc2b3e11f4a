/** Every function of every contract that changes anything, with arguments that its rightful caller could use. */
import type { Contract, FunctionFragment } from 'ethers'
import {
  APPROVAL,
  blockTime,
  decided,
  ethers,
  itemCode,
  KEY_TIME_NEVER,
  LegalStatus,
  named,
  RULES,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from '../ledger-fixture.ts'
import {
  agreementOf,
  bodyOf,
  CHANGSHA,
  DEMANDS,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  type Level,
  LICENCES,
  negativeOf,
  OPEN_ITEM,
  PLACES,
  STREET,
  TIANXIN,
  type World,
  ZHUZHOU,
} from '../one-key-world.ts'
import { BYSTANDER, NOBODY } from './deed.ts'

export type ContractName = 'ledger' | 'rulebook' | 'registry' | 'seats' | 'council' | 'manager'
type Arguments = Readonly<Record<string, readonly unknown[]>>
/** By contract and function. */
export type Writes = Readonly<Record<ContractName, Arguments>>

const NEW_TYPE = `0x${Buffer.from('11100000000013338W055').toString('hex')}`

/** A region that could be accredited in each. */
export const FALSE_REGIONS: Readonly<Record<number, number>> = {
  [HUNAN]: 430300,
  [CHANGSHA]: 430104,
  [FURONG]: 430102002,
  [STREET]: 430102009,
}

/** Functions of the contract that change anything, whichever part of it has them. */
export function changingFunctions(contract: Contract): readonly string[] {
  return contract.interface.fragments
    .filter((one): one is FunctionFragment => one.type === 'function' && !(one as FunctionFragment).constant)
    .map(({ name }) => name)
}

export function contractOf(world: World, name: ContractName): Contract {
  return world.planned[name] as unknown as Contract
}

/** With a region, what lies in it, and its agencies as their subject. */
export async function writesOn(world: World, level: Level): Promise<Writes> {
  return {
    ledger: { ...regionWrites(world, level), ...(await agencyWrites(world, level)) },
    rulebook: await rulebookWrites(level),
    ...governanceWrites(world, await blockTime()),
  }
}

function regionWrites(world: World, { region, parent, child = region }: Level): Arguments {
  const someone = world.holder(BYSTANDER).address
  const inside = child
  return {
    admitRegion: [110000, someone, named('北京市')],
    accreditRegion: [FALSE_REGIONS[region] ?? 0, region, someone, named('某区')],
    renameRegion: [inside, named('某区')],
    nominateRegionAdmin: [region, someone],
    acceptRegionAdmin: [region],
    resignRegion: [region],
    returnRegion: [region],
    suspendRegion: [inside],
    resumeRegion: [inside],
    closeRegion: [inside],
    reopenRegion: [inside],
    moveRegion: [FURONG, HUNAN],
    retireRegion: [region === CHANGSHA ? CHANGSHA : TIANXIN, 0],
    reinstateRegion: [ZHUZHOU],
    acceptRegionSuccession: [TIANXIN, region],
    pauseRegion: [parent === 0 ? region : HUNAN],
    extendPause: [HUNAN, someone, ethers.ZeroHash],
    endPause: [HUNAN],
    changeRulebook: [someone],
    setAuthority: [someone],
  }
}

async function agencyWrites(world: World, { region, parent, agency, retired }: Level): Promise<Arguments> {
  const someone = world.holder(BYSTANDER).address
  const batch = { root: rootOf(77), size: 1 }
  const decision = await decided()
  const point = [ethers.id('other'), ethers.ZeroHash]
  return {
    accreditAgency: [bodyOf(region > 1_000_000 ? FURONG : region, 55), region, someone, named('某局')],
    renameAgency: [agency, named('某局')],
    suspendAgency: [agency],
    resumeAgency: [agency],
    retireAgency: [agency, NOBODY],
    reinstateAgency: [retired],
    acceptAgencySuccession: [GUANGDONG_AGENCY, agency],
    moveAgency: [agency, parent === 0 ? CHANGSHA : parent],
    pauseAgency: [agency],
    unpauseAgency: [agency],
    nominateOperator: [agency, someone],
    acceptOperator: [agency],
    resignAgency: [agency],
    returnAgency: [agency],
    withdrawProposal: [ethers.ZeroHash],
    registerKey: [agency, 2n, ...point, 1, KEY_TIME_NEVER],
    endKey: [agency, world.kid, (await blockTime()) + 86_400],
    reportKeyCompromised: [agency, world.kid, 1],
    narrowKeyCompromise: [agency, world.reportedKid, KEY_TIME_NEVER],
    correct: [agency, [0], LegalStatus.Revoked, decision],
    actLate: [agency, StatusAct.Revoke, [0], { ...decision, effectiveAt: 1 }],
    dissolveSuccession: [
      { issuer: agency, index: PLACES.itsSuccessor },
      { issuer: agency, index: PLACES.superseded },
      decision,
    ],
    anchor: [agency, LICENCES, batch],
    anchorMany: [agency, LICENCES, [batch]],
    backfill: [agency, LICENCES, [batch]],
    passOver: [agency, LICENCES, 1],
    act: [agency, StatusAct.Annul, [0], decision],
    note: [agency, 1, [0], decision],
    liftNotice: [agency, 3, [PLACES.noted], decision],
    supersede: [{ issuer: agency, index: 1 }, { issuer: agency, index: 0 }, decision],
    transferOut: [agency, [0], agency === GUANGDONG_AGENCY ? retired : GUANGDONG_AGENCY, decision],
    transferIn: [{ issuer: agency, index: 0 }, { issuer: GUANGDONG_AGENCY, index: 12 }, decision],
  }
}

/** What the region gives the one inside, its agency is to do, and its province agrees on. */
async function rulebookWrites({ region, child = region, agency }: Level): Promise<Arguments> {
  const now = await blockTime()
  const partner = region === GUANGDONG ? HUNAN : GUANGDONG
  const term = [now, TERM_OPEN]
  const negative = negativeOf(partner, OPEN_ITEM)
  return {
    registerLicenceType: [NEW_TYPE, RULES],
    amendLicenceType: [SAFETY_MANAGER, RULES],
    retireLicenceType: [SAFETY_MANAGER],
    registerServiceItem: [itemCode('3'), DEMANDS],
    amendServiceItem: [OPEN_ITEM, DEMANDS],
    retireServiceItem: [OPEN_ITEM],
    setBaseline: [SAFETY_MANAGER, ...term],
    endBaseline: [SAFETY_MANAGER, now + 1000],
    delegateType: [child, SAFETY_MANAGER, ...term],
    endTypeDelegation: [child, SAFETY_MANAGER, now + 1000],
    assignResponsibility: [agency, SAFETY_MANAGER, ...term],
    endResponsibility: [agency, SAFETY_MANAGER, now + 1000],
    proposeAgreement: [region, agreementOf(partner)],
    joinAgreement: [1, region],
    renewAgreement: [1, region, partner, SAFETY_MANAGER],
    leaveAgreement: [1, region],
    enterNegative: [region, negative, ...term, APPROVAL],
    endNegative: [region, negative, now + 1000],
    setAuthority: [`0x${'12'.repeat(20)}`],
  }
}

function governanceWrites(world: World, now: number): Omit<Writes, 'ledger' | 'rulebook'> {
  const { ledger, rulebook, council } = world.planned
  const someone = world.holder(BYSTANDER).address
  const data = ledger.interface.encodeFunctionData('suspendRegion', [GUANGDONG])
  const plan = [[ledger.target], [0], [data]] as const
  const retirement = rulebook.interface.encodeFunctionData('retireServiceItem', [OPEN_ITEM])
  const selector = data.slice(0, 10)
  const vote = [1, 1] as const
  return {
    registry: {
      register: [1, someone, 1],
      close: [1, now, 0],
      reopen: [1],
      setAuthority: [someone],
    },
    seats: {
      take: [HUNAN],
      sync: [HUNAN],
      syncAll: [],
    },
    council: {
      propose: [...plan, '停用'],
      queue: [...plan, ethers.ZeroHash],
      execute: [...plan, ethers.ZeroHash],
      cancel: [...plan, ethers.ZeroHash],
      castVote: [...vote],
      castVoteWithReason: [...vote, ''],
      castVoteWithReasonAndParams: [...vote, '', '0x'],
      castVoteBySig: [...vote, someone, '0x'],
      castVoteWithReasonAndParamsBySig: [...vote, someone, '', '0x', '0x'],
      relay: [ledger.target, 0, data],
      setVotingDelay: [86_400],
      setVotingPeriod: [7 * 86_400],
      setProposalThreshold: [1],
      setBaseDelaySeconds: [2 * 86_400],
      setAccessManagerIgnored: [ledger.target, [selector], true],
      onERC721Received: [someone, someone, 1, '0x'],
      onERC1155Received: [someone, someone, 1, 1, '0x'],
      onERC1155BatchReceived: [someone, someone, [1], [1], '0x'],
    },
    manager: {
      labelRole: [4, '某'],
      grantRole: [4, someone, 0],
      revokeRole: [4, world.holder('emergency keeper').address],
      renounceRole: [4, someone],
      setRoleAdmin: [4, 5],
      setRoleGuardian: [4, 5],
      setGrantDelay: [4, 1],
      setTargetFunctionRole: [ledger.target, [selector], 4],
      setTargetAdminDelay: [ledger.target, 1],
      setTargetClosed: [ledger.target, true],
      updateAuthority: [ledger.target, someone],
      schedule: [rulebook.target, retirement, 0],
      execute: [rulebook.target, retirement],
      cancel: [council.target, ledger.target, data],
      consumeScheduledOp: [council.target, data],
      multicall: [[]],
    },
  }
}

/** All levels, and Guangdong beside them, each as the subject of what could be done to it. */
export const SUBJECTS: readonly Level[] = [
  ...Object.values(LEVELS),
  {
    region: GUANGDONG,
    parent: 0,
    child: undefined,
    agency: GUANGDONG_AGENCY,
    retired: LEVELS.province.retired,
  },
]
