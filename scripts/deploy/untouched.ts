/**
 * What no event may have told before the hand-over, by contract: a deployment begins empty, but for its provinces and
 * what the constructors made. Whatever else is on it by then was entered by the deployer or by whom it let in.
 */
import type { ContractName } from './deployment-plan.ts'
import type { ToldEvent } from './event-log.ts'
import type { Sentence } from './proof-line.ts'

/** Contracts whose contents are replayed. */
export type KeptContract = Extract<ContractName, 'ledger' | 'rulebook' | 'registry'>

export interface Topic extends Sentence {
  /** Names of the events that contradict it. */
  readonly events: readonly string[]
}

export const TOPICS: Readonly<Record<KeptContract, readonly Topic[]>> = {
  ledger: [
    {
      zh: '互认链上没有省级以下的区划，也没有区划变动、撤并',
      en: 'the ledger has no region below the provinces, and none was moved or retired',
      events: [
        'RegionAccredited',
        'RegionMoved',
        'RegionRetired',
        'RegionReinstated',
        'RegionSuccessionAccepted',
      ],
    },
    {
      zh: '没有省份停止新存证',
      en: 'no province is closed for anchors',
      events: ['RegionClosedForAnchors'],
    },
    {
      zh: '没有省份被暂停过，应急保管者随时可以暂停',
      en: 'no province was ever paused: the emergency keeper can pause each at once',
      events: ['RegionPaused'],
    },
    {
      zh: '互认链上没有机构，也没有操作账户',
      en: 'the ledger has no agency and no operator',
      events: [
        'AgencyAccredited',
        'AgencyRenamed',
        'AgencySuspended',
        'AgencyResumed',
        'AgencyRetired',
        'AgencyReinstated',
        'AgencySuccessionAccepted',
        'AgencyMoved',
        'AgencyPaused',
        'AgencyUnpaused',
        'AgencyOperatorNominated',
        'AgencyOperatorChanged',
        'AgencyOperatorResigned',
        'AgencyOperatorReturned',
      ],
    },
    {
      zh: '互认链上没有签名密钥',
      en: 'the ledger has no issuing key',
      events: ['KeyRegistered', 'KeyEnded', 'KeyCompromised', 'KeyCompromiseNarrowed'],
    },
    {
      zh: '互认链上没有存证',
      en: 'the ledger has no anchor',
      events: ['Anchored', 'Backfilled', 'IndicesPassedOver'],
    },
    {
      zh: '互认链上没有证照状态变更、标注和转移',
      en: 'the ledger has no act, notice or transfer',
      events: [
        'StatusActed',
        'Noted',
        'NoticeLifted',
        'Superseded',
        'TransferredOut',
        'TransferredIn',
        'SuccessionDissolved',
      ],
    },
    {
      zh: '互认链上没有等待第二把钥匙的提议，也没有经两把钥匙办成的事',
      en: 'the ledger has no proposal that waits for a second key, and nothing was done by two',
      events: ['Proposed', 'Confirmed'],
    },
  ],
  rulebook: [
    {
      zh: '规则手册中没有证照类型和事项：目录由目录保管者移交后录入',
      en: 'the rulebook has no licence type and no service item: its keeper enters the catalogue after the hand-over',
      events: ['LicenceTypeRegistered', 'LicenceTypeRetired', 'ServiceItemRegistered', 'ServiceItemRetired'],
    },
    {
      zh: '全国互认清单中没有证照类型',
      en: 'the rulebook has no baseline',
      events: ['BaselineSet', 'BaselineEnded'],
    },
    {
      zh: '规则手册中没有委托和职责',
      en: 'the rulebook has no delegation and no responsibility',
      events: ['TypeDelegated', 'TypeDelegationEnded', 'ResponsibilityAssigned', 'ResponsibilityEnded'],
    },
    {
      zh: '规则手册中没有互认协议',
      en: 'the rulebook has no agreement',
      events: ['AgreementProposed', 'AgreementJoined', 'AgreementRenewed', 'AgreementLeft'],
    },
    {
      zh: '规则手册中没有负面清单条目',
      en: 'the rulebook has no negative entry',
      events: ['NegativeEntered', 'NegativeEnded'],
    },
  ],
  registry: [
    {
      zh: '登记簿中只有第一个互认链合约',
      en: 'the registry has the first ledger alone',
      events: ['LedgerRegistered'],
    },
    {
      zh: '登记簿中的互认链合约没有关闭',
      en: 'no ledger of the registry is closed',
      events: ['LedgerClosed'],
    },
  ],
}

/** What the proof asks from the state, or what ends one of the events above. */
export const TOLD_ELSEWHERE: Readonly<Record<KeptContract, readonly string[]>> = {
  ledger: [
    'AuthorityUpdated',
    'RulebookChanged',
    'RegionAdmitted',
    'RegionRenamed',
    'RegionAdminNominated',
    'RegionAdminChanged',
    'RegionAdminResigned',
    'RegionAdminReturned',
    'RegionSuspended',
    'RegionResumed',
    'RegionReopened',
    'ProposalWithdrawn',
  ],
  rulebook: ['AuthorityUpdated'],
  registry: ['AuthorityUpdated', 'LedgerReopened'],
}

/** What ends an event, leaving nothing of it, when its first argument is the same. */
const UNDONE_BY: Readonly<Record<string, string>> = {
  RegionClosedForAnchors: 'RegionReopened',
  Proposed: 'ProposalWithdrawn',
  LedgerClosed: 'LedgerReopened',
}

/** By which command somebody does what ends an event; of a region or a ledger its number follows. */
const UNDONE_HOW: Readonly<Record<string, (subject: string) => Sentence>> = {
  RegionClosedForAnchors: (region) => ofCommand(`hefu-council reopen-region ${region}`),
  LedgerClosed: (ledger) => ofCommand(`hefu-council reopen-ledger ${ledger}`),
  Proposed: () => ({
    zh: '由提出人撤回：hefu-region proposals、hefu-region withdraw 编号',
    en: 'who proposed it takes it back: hefu-region proposals, then hefu-region withdraw NUMBER',
  }),
}

function ofCommand(command: string): Sentence {
  return { zh: `请运行 ${command}`, en: `run ${command}` }
}

/** How an event that contradicts is undone; undefined: by nothing. */
export function undoingOf({ name, args }: ToldEvent): Sentence | undefined {
  return UNDONE_HOW[name]?.(String(args[0]))
}

/** Made by the constructor; what it was told, and what was told of it after, is proven apart. */
export const FIRST_LEDGER = 1n

/** Those of the events that contradict the topic still, by the last of them. */
export function contradictions({ events }: Topic, told: readonly ToldEvent[]): readonly ToldEvent[] {
  return told.filter((event, place) => {
    if (!events.includes(event.name)) return false
    if (event.name === 'LedgerRegistered' && event.args[0] === FIRST_LEDGER) return false
    const undoing = UNDONE_BY[event.name]
    const later = told.slice(place + 1)
    return !later.some(({ name, args }) => name === undoing && args[0] === event.args[0])
  })
}
