/** A chunk of a batch from what was asked to what came of it: each item under the rules of a single verification. */
import type { LicenceType } from '@hefu/protocol'
import { type Place, ProblemError } from '@hefu/service'
import { assertLicencePermitted, assertReceivingPermitted } from '../access/permission.ts'
import { RETRIEVE } from '../access/scope.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { batchProblem } from '../routes/batch-problem.ts'
import type { BegunComparison } from '../routes/found-comparisons.ts'
import type { FindingServices } from '../routes/found-licence.ts'
import { beginComparison, findNamed } from '../routes/named-licence.ts'
import { assertNamesKnown } from '../routes/submitted-names.ts'
import { toRequestProblem } from '../routes/verification-request.ts'
import type { Evidence } from '../store/evidence.ts'
import type { Records } from '../store/records.ts'
import {
  type AskedItem,
  type BatchItem,
  type BatchSender,
  type ItemName,
  type ItemResult,
  problemOf,
  type RefusedItem,
} from './batch-items.ts'
import type { TaskOutcome, VerificationTask } from './worker-messages.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface ChunkServices extends FindingServices {
  readonly pool: Pick<WorkerPool, 'run'>
  readonly records: Pick<Records, 'nextNumber'>
  /** Hears of faults of ours. */
  readonly onFault: (fault: unknown) => void
  /** Types whose fields are judged and compared by their own rules. */
  readonly licenceTypes: readonly LicenceType[]
  /** Unix seconds. */
  readonly clock: () => number
}

/** Whose items they are. */
export interface ChunkOwner {
  readonly client: VerifierClient
  readonly sender: BatchSender
}

export interface DoneChunk {
  /** Of each item, in their order. */
  readonly results: readonly ItemResult[]
  readonly evidence: readonly Evidence[]
}

/** An item was looked at so far: it is to be verified, or refused. */
type Prepared = ({ readonly name: ItemName } & PreparedTask) | RefusedItem

interface PreparedTask {
  readonly task: VerificationTask
  readonly compared: BegunComparison
}

export async function doChunk(
  services: ChunkServices,
  owner: ChunkOwner,
  items: readonly BatchItem[],
): Promise<DoneChunk> {
  const prepared = await Promise.all(items.map((item) => prepare(services, owner, item)))
  const tasks = prepared.flatMap((one) => ('task' in one ? [one.task] : []))
  const outcomes = await services.pool.run(tasks)
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.item, outcome]))
  const evidence: Evidence[] = []
  const results = prepared.map((one): ItemResult => {
    if (!('task' in one)) return one
    const outcome = outcomeOf.get(one.name.item)
    if (outcome !== undefined && 'differs' in outcome) one.compared(outcome.differs)
    return conclude(services, owner, one.name, outcome, (kept) => evidence.push(kept))
  })
  return { results, evidence }
}

/** None of them is verified: each is refused for a fault of ours. */
export function giveUpChunk(items: readonly BatchItem[]): DoneChunk {
  return { results: items.map((item) => ('problem' in item ? item : unanswered(nameOf(item)))), evidence: [] }
}

async function prepare(services: ChunkServices, owner: ChunkOwner, item: BatchItem): Promise<Prepared> {
  if ('problem' in item) return item
  try {
    return { name: nameOf(item), ...(await createTask(services, owner, item)) }
  } catch (error) {
    if (error instanceof ProblemError) return { ...nameOf(item), problem: problemOf(error) }
    throw error
  }
}

function nameOf({ item, id, line }: ItemName): ItemName {
  return { item, id, line }
}

/** Nobody waits for an item, and nobody leaves. */
const NOBODY_WAITS: Place = {
  signal: new AbortController().signal,
  aside: (work) => work(),
  leave: () => undefined,
}

/** @throws {ProblemError} */
async function createTask(
  services: ChunkServices,
  { client, sender }: ChunkOwner,
  { item, asked }: AskedItem,
): Promise<PreparedTask> {
  const { request, useCause } = asked
  assertReceivingPermitted(client, request.receivingRegion)
  const grant = { scopes: new Set(sender.finds ? [RETRIEVE] : []), person: sender.person }
  const found = await findNamed(services, { request, useCause, client, grant, place: NOBODY_WAITS })
  const now = services.clock()
  const verified = found === null ? request : { ...request, presented: found.text }
  assertNamesKnown(verified, services.licenceTypes, now)
  const compared = beginComparison(services, client.id, found, request)
  const task: VerificationTask = {
    item,
    request: verified,
    number: services.records.nextNumber(now),
    now,
    read: {
      client: { id: client.id },
      grant: { person: sender.person },
      useCause,
      kind: found === null ? 'verification' : 'retrieval',
      shown: client.shown === 'verdict' ? 'verdict' : 'report',
      fields: Object.keys(request.submitted ?? {}),
    },
  }
  return { task, compared }
}

function conclude(
  { onFault }: ChunkServices,
  { client }: ChunkOwner,
  name: ItemName,
  outcome: TaskOutcome | undefined,
  keep: (evidence: Evidence) => void,
): ItemResult {
  if (outcome === undefined || 'fault' in outcome) {
    onFault(Object.assign(new Error('verify an item of a batch'), { name: outcome?.fault ?? 'unknown' }))
    return unanswered(name)
  }
  try {
    if ('defects' in outcome) throw toRequestProblem(outcome)
    assertLicencePermitted(client, outcome.licenceType)
  } catch (error) {
    if (error instanceof ProblemError) return { ...name, problem: problemOf(error) }
    throw error
  }
  const { evidence, code, attested, verdict, resultCode, nextStep, licenceType } = outcome
  keep({ ...evidence, replay: null })
  const { report: number, kind, shown } = evidence.reading
  return { ...name, number, code, verdict, resultCode, nextStep, licenceType, kind, shown, attested }
}

function unanswered(name: ItemName): RefusedItem {
  return { ...name, problem: problemOf(batchProblem('item-unanswered')) }
}
