/**
 * All that the access manager ever told by events: the roles, accounts, targets, functions and operations there may
 * be. What became of each is asked from its state; the events say where to look.
 */
import { getAddress, type Provider } from 'ethers'
import { ACCESS_MANAGER } from './deployment-plan.ts'
import { type EventPlace, readEvents, type ToldEvent } from './event-log.ts'

export interface RoleHistory {
  /** Every role that was named, and the accounts that were ever granted it. */
  readonly members: ReadonlyMap<bigint, ReadonlySet<string>>
  readonly labels: ReadonlyMap<bigint, string>
  /** Seconds; the last that was announced for a role, in force or still to come (the state tells the former alone). */
  readonly grantDelays: ReadonlyMap<bigint, bigint>
  /** Every target that was named, and the selectors whose role was ever set. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>
  /** Seconds; the last that was announced for a target, in force or still to come. */
  readonly adminDelays: ReadonlyMap<string, bigint>
  /** All operations that were ever scheduled, as each was the last time, by identifier. */
  readonly operations: ReadonlyMap<string, ScheduledOperation>
  /** Each loss of a role, in their order. */
  readonly revocations: readonly Revocation[]
  /** Where the role of a target's function was last set, by target. */
  readonly assignedAt: ReadonlyMap<string, EventPlace>
}

/** A call that was announced. */
export interface ScheduledOperation extends EventPlace {
  readonly target: string
  readonly selector: string
}

/** An account lost a role. */
export interface Revocation extends EventPlace {
  readonly role: bigint
  readonly account: string
}

/** The same while it is written. */
interface History {
  readonly members: Map<bigint, Set<string>>
  readonly labels: Map<bigint, string>
  readonly grantDelays: Map<bigint, bigint>
  readonly functions: Map<string, Set<string>>
  readonly adminDelays: Map<string, bigint>
  readonly operations: Map<string, ScheduledOperation>
  readonly revocations: Revocation[]
  readonly assignedAt: Map<string, EventPlace>
}

type Entry = (history: History, args: ToldEvent['args'], at: EventPlace) => void

/** What each event of the access manager adds. */
const ENTRIES: Readonly<Record<string, Entry>> = {
  RoleGranted: ({ members }, [role, account]) => place(members, role).add(account),
  RoleRevoked: ({ members, revocations }, [role, account], at) => {
    place(members, role).add(account)
    revocations.push({ role, account, ...at })
  },
  RoleAdminChanged: ({ members }, [role]) => place(members, role),
  RoleGuardianChanged: ({ members }, [role]) => place(members, role),
  RoleGrantDelayChanged: ({ members, grantDelays }, [role, delay]) => {
    place(members, role)
    grantDelays.set(role, delay)
  },
  RoleLabel: ({ members, labels }, [role, label]) => {
    place(members, role)
    labels.set(role, label)
  },
  TargetFunctionRoleUpdated: ({ functions, assignedAt }, [target, selector], at) => {
    place(functions, target).add(selector)
    assignedAt.set(target, at)
  },
  TargetAdminDelayUpdated: ({ functions, adminDelays }, [target, delay]) => {
    place(functions, target)
    adminDelays.set(target, delay)
  },
  TargetClosed: ({ functions }, [target]) => place(functions, target),
  OperationScheduled: ({ operations }, [operation, , , , target, data], at) => {
    operations.set(operation, { target: getAddress(target), selector: String(data).slice(0, 10), ...at })
  },
  // What became of an operation is asked from the state.
  OperationExecuted: () => {},
  OperationCanceled: () => {},
}

/**
 * Replays the events of the access manager from its own block on.
 *
 * @throws {RangeError} when it tells an event that this script does not know
 */
export async function readRoleHistory(provider: Provider, accessManager: string): Promise<RoleHistory> {
  const history: History = {
    members: new Map(),
    labels: new Map(),
    grantDelays: new Map(),
    functions: new Map(),
    adminDelays: new Map(),
    operations: new Map(),
    revocations: [],
    assignedAt: new Map(),
  }
  for (const { name, args, blockNumber, index } of await readEvents(provider, accessManager, [
    ACCESS_MANAGER,
  ])) {
    const enter = ENTRIES[name]
    if (enter === undefined) throw new RangeError(`replay the access manager: an unknown event ${name}`)
    enter(history, args, { blockNumber, index })
  }
  return history
}

/** The set of a key, made when the key is new. */
function place<Key>(sets: Map<Key, Set<string>>, key: Key): Set<string> {
  const found = sets.get(key) ?? new Set()
  sets.set(key, found)
  return found
}
