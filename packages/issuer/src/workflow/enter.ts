/**
 * Entries: what an agency decided is written down first, then sent, each exactly once. Whatever is stopped in between,
 * `finishEntries` goes on with it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { LedgerRefusedError, type Settlement } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { EntryWaitingError } from '../error/entry-waiting.ts'
import { IssuerError } from '../error/issuer-error.ts'
import { dispatchIdOf } from '../journal/entry-queries.ts'
import type { EntryCall, RecordedEntry } from '../journal/records.ts'
import type { ActOffice, StandingEntry } from './decision.ts'
import { digestOf, type EntryDraft, writtenDigestOf } from './entry-digest.ts'
import { reconcile } from './reconcile.ts'

export type { EntryDraft } from './entry-digest.ts'

/**
 * Enters a draft. The same decision once more is answered with the entry that stands, and with what followed it: it may
 * have been undone, and is entered again by a decision of another number.
 *
 * @throws {LedgerRefusedError} and the entry is closed
 * @throws {EntryWaitingError} when it is kept, for the ledger cannot be reached, or does not take it today, or what was
 *   entered on the licence before waits
 */
export async function enter(office: ActOffice, draft: EntryDraft): Promise<StandingEntry> {
  const unchecked = await reconcileIfReached(office)
  const proposed = unchecked === null ? await findProposed(office, draft) : null
  return proposed ?? finishWritten(office, await writeDown(office, draft), unchecked)
}

/**
 * What needs two keys, takes effect now and waits for the second: of another second it would be another proposal beside
 * the first. The ledger itself knows one of a day again.
 */
async function findProposed(
  { journal, operator }: ActOffice,
  draft: EntryDraft,
): Promise<StandingEntry | null> {
  if (!TWO_KEYS.has(draft.call.kind) || draft.effectiveAt !== null) return null
  const earlier = await findKept(journal, draft)
  if (earlier === null || earlier.settlement === null || earlier.effectiveAt === null) return null
  const { settlement, effectiveAt } = earlier
  const agreement = await operator.agreementOf(settlement)
  if (agreement.outcome !== 'proposed' || (await operator.findConfirmer(agreement)) === null) return null
  return { ...earlier, settlement, effectiveAt, repeated: true, followedBy: null }
}

/**
 * Enters drafts, each by itself: all of them are written down before the first is sent.
 *
 * @throws as `enter`; of several refusals the first, when all were tried
 */
export async function enterAll(
  office: ActOffice,
  drafts: readonly EntryDraft[],
): Promise<readonly StandingEntry[]> {
  const unchecked = await reconcileIfReached(office)
  const written: RecordedEntry[] = []
  for (const draft of drafts) written.push(await writeDown(office, draft))
  const standing: StandingEntry[] = []
  const refusals: LedgerRefusedError[] = []
  for (const entry of written) {
    try {
      standing.push(await finishWritten(office, entry, unchecked))
    } catch (error) {
      if (!(error instanceof LedgerRefusedError)) throw error
      refusals.push(error)
    }
  }
  const [first] = refusals
  if (first !== undefined) throw first
  return standing
}

/**
 * Asks whether the ledger would take a draft now; nothing is written down, and nothing sent.
 *
 * @throws {LedgerRefusedError}
 * @throws {LedgerUnavailableError}
 */
export async function rehearse({ operator }: ActOffice, { call, effectiveAt }: EntryDraft): Promise<void> {
  await operator.rehearse(withEffect(call, effectiveAt ?? (await operator.readTime())))
}

async function finishWritten(
  office: ActOffice,
  entry: RecordedEntry,
  unchecked: LedgerUnavailableError | null,
): Promise<StandingEntry> {
  const { settlement, effectiveAt } = entry
  if (settlement !== null && effectiveAt !== null) {
    if (unchecked !== null) throw unchecked
    const followedBy = await newestBehind(office.journal, entry)
    return { ...entry, settlement, effectiveAt, repeated: true, followedBy }
  }
  try {
    return await finishUpTo(office, entry)
  } catch (error) {
    if (error instanceof LedgerUnavailableError || isForToday(error))
      throw new EntryWaitingError(entry.number, error)
    throw error
  }
}

/** Asked before anything is called a repetition: what a chain that lost blocks has no more is none. */
async function reconcileIfReached(office: ActOffice): Promise<LedgerUnavailableError | null> {
  try {
    await reconcile(office)
    return null
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return error
    throw error
  }
}

/** The entry of a draft: the one that was written down before, or a new one. */
async function writeDown({ journal, now }: ActOffice, draft: EntryDraft): Promise<RecordedEntry> {
  return journal.alone(async () => {
    const earlier = await findWritten(journal, draft)
    return earlier ?? journal.enter({ ...draft, digest: digestOf(draft), enteredAt: now() })
  })
}

/** Whether a draft was written down before, so that `enter` sends nothing new for it. */
export async function isWritten({ journal }: ActOffice, draft: EntryDraft): Promise<boolean> {
  return (await findWritten(journal, draft)) !== null
}

async function findKept(journal: ActOffice['journal'], draft: EntryDraft): Promise<RecordedEntry | null> {
  return (await journal.findEntry(digestOf(draft))) ?? (await journal.findEntry(writtenDigestOf(draft)))
}

async function findWritten(journal: ActOffice['journal'], draft: EntryDraft): Promise<RecordedEntry | null> {
  const earlier = await findKept(journal, draft)
  if (earlier === null || earlier.refusal !== null) return null
  return earlier.settlement === null || isOnce(draft.call) ? earlier : null
}

const TWO_KEYS: ReadonlySet<EntryCall['kind']> = new Set(['late-act', 'correction', 'dissolution'])

/** What needs two keys may be proposed again once nobody confirmed it: the ledger knows whether it stands. */
function isOnce({ kind }: EntryCall): boolean {
  return !TWO_KEYS.has(kind) && kind !== 'withdrawal'
}

async function newestBehind(journal: ActOffice['journal'], entry: RecordedEntry): Promise<number | null> {
  const { number, licenceIds, call } = entry
  const newest = (await journal.entriesBehind(number)).findLast(
    (other) => isAbout(other.call, call) && other.licenceIds.some((id) => licenceIds.includes(id)),
  )
  return newest?.number ?? null
}

/** Whether one may undo what the other entered: notices stand beside the status, each by itself. */
function isAbout(one: EntryCall, other: EntryCall): boolean {
  return noticeOf(one) === noticeOf(other)
}

function noticeOf(call: EntryCall): number | null {
  return call.kind === 'notice' || call.kind === 'notice-lifted' ? call.act.code : null
}

/**
 * Has every entry that waits stand, in their order; tells of those that the ledger refuses, and goes on.
 *
 * @throws {LedgerRefusedError} when it takes none today: they are kept
 * @throws {LedgerUnavailableError}
 */
export async function finishEntries(office: ActOffice): Promise<void> {
  await finishBefore(office, Number.POSITIVE_INFINITY)
}

/**
 * Those that were entered before a number; what was entered on a licence goes before what was entered on it later.
 *
 * @returns the licences on which something is not ready, with the number of its entry
 */
async function finishBefore(office: ActOffice, number: number): Promise<ReadonlyMap<string, number>> {
  const held = new Map<string, number>()
  for (const entry of await office.journal.waitingEntries()) {
    if (entry.number >= number || office.signal?.aborted === true) break
    const isHeld = entry.licenceIds.some((id) => held.has(id)) || !(await isReady(office, entry))
    if (!isHeld) await finishOrTell(office, entry)
    else for (const id of entry.licenceIds) held.set(id, held.get(id) ?? entry.number)
  }
  return held
}

/** A licence takes the place of another once both are anchored; one that never will be is for the ledger to refuse. */
async function isReady({ journal }: ActOffice, { call }: RecordedEntry): Promise<boolean> {
  if (call.kind !== 'supersession') return true
  for (const index of [call.act.statusIndex, call.act.successor]) {
    const batch = await journal.batchOf(index)
    if (batch === null || (batch.anchoredAt === null && batch.givenUpAt === null)) return false
  }
  return true
}

/** Those that were entered before come first. */
async function finishUpTo(office: ActOffice, entry: RecordedEntry): Promise<StandingEntry> {
  const held = await finishBefore(office, entry.number)
  const earlier = entry.licenceIds.map((id) => held.get(id)).find((number) => number !== undefined)
  if (earlier !== undefined) {
    const cause = new IssuerError('earlier-entry-waits', { number: earlier })
    throw new EntryWaitingError(entry.number, cause)
  }
  return { ...(await finish(office, entry)), repeated: false, followedBy: null }
}

async function finishOrTell(office: ActOffice, entry: RecordedEntry): Promise<void> {
  const { number, licenceIds } = entry
  const told = { number, entry: entry.call.kind, licences: licenceIds.length }
  try {
    const { settlement } = await finish(office, entry)
    office.onEvent?.({ event: 'entry-stands', ...told, blockNumber: settlement.blockNumber })
  } catch (error) {
    if (!(error instanceof LedgerRefusedError) || isForToday(error)) throw error
    office.onEvent?.({ event: 'entry-refused', ...told, refusal: error })
  }
}

async function finish(
  office: ActOffice,
  entry: RecordedEntry,
): Promise<RecordedEntry & Pick<StandingEntry, 'effectiveAt' | 'settlement'>> {
  const effectiveAt = entry.effectiveAt ?? (await fixEffect(office, entry))
  const send = (): Promise<Settlement> =>
    office.operator.send(dispatchIdOf(entry), withEffect(entry.call, effectiveAt))
  try {
    const settlement = await send().catch(async (error: unknown) => {
      const wait = waitBefore(error)
      if (wait === null) throw error
      await pause(wait * 1000)
      return send()
    })
    return { ...entry, effectiveAt, settlement }
  } catch (error) {
    if (error instanceof LedgerRefusedError && !isForToday(error)) {
      const { code, args } = error
      await office.journal.closeRefused(entry, { code, args: args.map(String) })
    }
    throw error
  }
}

/** Seconds; chains that lost blocks, and nodes behind a balancer, are behind by so much. */
const LONGEST_WAIT = 60

/**
 * How long to wait before a call is tried once more, in seconds; `null`: not at all. What was refused in the chain, where
 * it had been lost and came again, is refused with its reason, or taken. What takes effect in a moment is taken then.
 */
function waitBefore(error: unknown): number | null {
  if (!(error instanceof LedgerRefusedError)) return null
  if (error.code === 'Reverted') return 0
  if (error.code !== 'StatusEffectiveInFuture') return null
  const ahead = Number(error.args[0]) - Number(error.args[1])
  return ahead <= LONGEST_WAIT ? ahead + 1 : null
}

async function fixEffect(office: ActOffice, entry: RecordedEntry): Promise<number> {
  const now = await office.operator.readTime()
  await office.journal.fixEffect(entry, now)
  return now
}

function withEffect(call: EntryCall, effectiveAt: number): EntryCall {
  if (call.kind === 'withdrawal') return call
  // Every decided call has its decision in `act`, whatever else is there.
  return { ...call, act: { ...call.act, effectiveAt } } as EntryCall
}

/** Refusals that say nothing about the entry: who may act, who pays, and what is now, changes. */
const FOR_TODAY: ReadonlySet<LedgerRefusedError['code']> = new Set([
  'StatusEffectiveInFuture',
  'AccountUnfunded',
  'AgencyNotActive',
  'RegionNotActive',
  'CallerNotOperator',
])

function isForToday(error: unknown): boolean {
  return error instanceof LedgerRefusedError && FOR_TODAY.has(error.code)
}
