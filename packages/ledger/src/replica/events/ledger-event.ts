/** What the ledger and its rulebooks tell, typed by their ABIs. */
import type { Hex } from '@hefu/protocol'
import type { Abi, ContractEventName, DecodeEventLogReturnType } from 'viem'
import type { councilEventsAbi } from '../../abi/council-events-abi.ts'
import type { ledgerAbi } from '../../abi/ledger-abi.ts'
import type { rulebookAbi } from '../../abi/rulebook-abi.ts'

type ArgsOf<Interface extends Abi, Name extends ContractEventName<Interface>> = DecodeEventLogReturnType<
  Interface,
  Name,
  [Hex, ...Hex[]],
  Hex,
  true
>['args']

/** The arguments of each event of a contract. */
type EventsOf<Interface extends Abi> = {
  readonly [Name in ContractEventName<Interface>]: ArgsOf<Interface, Name>
}

export type LedgerEvents = EventsOf<typeof ledgerAbi>
export type RulebookEvents = EventsOf<typeof rulebookAbi>
export type CouncilEvents = EventsOf<typeof councilEventsAbi>

/** Of what two keys agree on, of who is to be in an office, and of what is to follow what. */
export type WaitEvent = Extract<
  keyof LedgerEvents,
  | 'Proposed'
  | 'Confirmed'
  | 'ProposalWithdrawn'
  | `RegionAdmin${string}`
  | `AgencyOperator${string}`
  | `${string}SuccessionAccepted`
>
/** Of regions, agencies and keys. */
export type MemberEvent = Exclude<
  Extract<keyof LedgerEvents, `${'Region' | 'Agency' | 'Key'}${string}`>,
  WaitEvent
>
/** Of batches and licences. */
export type LicenceEvent = Exclude<
  keyof LedgerEvents,
  MemberEvent | WaitEvent | 'RulebookChanged' | 'AuthorityUpdated'
>

/** The block of an event. */
export interface EventBlock {
  readonly number: number
  /** Unix seconds. */
  readonly time: number
}

type Told<Events> = {
  readonly [Name in keyof Events]: { readonly name: Name; readonly args: Events[Name] }
}[keyof Events]

/** An event of the ledger, of a rulebook that it named, or of the council that the network file names. */
export type LedgerEvent = { readonly block: EventBlock } & (
  | ({ readonly contract: 'ledger' } & Told<LedgerEvents>)
  | ({ readonly contract: 'rulebook'; readonly rulebook: Hex } & Told<RulebookEvents>)
  | ({ readonly contract: 'council'; readonly council: Hex } & Told<CouncilEvents>)
)
