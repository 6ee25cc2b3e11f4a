/**
 * A batch from the files that are given to the last result: read and sent in parts, its results taken as they come. It
 * pauses, goes on, is taken up again after a reload, and says what keeps it. Nothing of it outlasts who is signed in.
 */
import { type LeftAlone, nothingLeftAlone } from '@hefu/sdk/carriers'
import { type ShallowRef, shallowRef } from 'vue'
import { BAD_ANSWER, ServiceProblem } from '../service/service-problem.ts'
import { BATCH_FAULTS } from '../texts/batch-texts.ts'
import { MOST_ITEMS } from './batch-bounds.ts'
import { type BatchPart, createPartWriter, type ForAll, lineOf } from './batch-lines.ts'
import { type BatchRow, type BatchRows, createBatchRows } from './batch-rows.ts'
import type { BatchResult, BatchState, SentBatch } from './batch-service.ts'
import type { GivenFile } from './given-files.ts'
import type { KeptNumber } from './kept-numbers.ts'
import { identityOf, type OpenedItem, openItems } from './opened-items.ts'
import { createPaceMeter, type Pace } from './pace.ts'
import { createPauseGate } from './pause-gate.ts'
import { toldRow } from './told-result.ts'

/**
 * `empty`: nothing is given · `running` · `done`: every result is there · `cancelled`: at the service · `expired`: the
 * service has given it up · `stopped`: it cannot go on, `problem` says why.
 */
export type BatchStage = 'empty' | 'running' | 'done' | 'cancelled' | 'expired' | 'stopped'

export interface BatchRunState {
  readonly stage: BatchStage
  /** Files are being opened here. */
  readonly isReading: boolean
  /** Files are being opened here for their names alone. */
  readonly isNaming: boolean
  readonly isPaused: boolean
  /** Since the page was loaded anew: names are not known. */
  readonly isTakenUp: boolean
  /** Items of all parts that were sent, or are known to have been. */
  readonly sent: number
  /** Those of them of which no row is known. */
  readonly unknown: number
  /** Files that are to be opened, and how many of them were. */
  readonly files: { readonly given: number; readonly opened: number }
  readonly leftAlone: LeftAlone
  /** More was given than a batch may have; what is beyond was not read. */
  readonly isCut: boolean
  /** What keeps it at present; it is tried again by itself while `running`. */
  readonly problem: ServiceProblem | null
  readonly pace: Pace
  /** Unix seconds: when the service gives up the first part; `null`: none was sent. */
  readonly expiresAt: number | null
}

/** What a run is made over. */
export interface BatchPorts {
  readonly sendPart: (part: BatchPart, key: string, signal: AbortSignal) => Promise<SentBatch>
  readonly readState: (number: string, signal: AbortSignal) => Promise<BatchState>
  readonly readResults: (
    number: string,
    after: string | null,
    signal: AbortSignal,
  ) => AsyncIterable<BatchResult>
  readonly cancelBatch: (number: string) => Promise<void>
  /** Remembers the parts over a reload of the page. */
  readonly keep: (parts: readonly KeptNumber[]) => void
  /** Waits until the service may be asked: somebody is signed in, and the page is not locked. */
  readonly untilSignedIn: (signal: AbortSignal) => Promise<void>
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** Milliseconds of a clock that only goes forward. */
  readonly ticks: () => number
  /** Unix seconds. */
  readonly now: () => number
  /** A key that nobody guesses. */
  readonly newKey: () => string
}

export interface BatchRun {
  readonly state: Readonly<ShallowRef<BatchRunState>>
  readonly rows: BatchRows
  /** Changes with the rows; at most some times a second. */
  readonly version: Readonly<ShallowRef<number>>
  /** Begins anew with what is given; does nothing while one is under way. */
  begin(given: readonly GivenFile[], forAll: ForAll): Promise<void>
  /** Goes on with what was begun before the page was loaded. */
  takeUp(parts: readonly KeptNumber[]): Promise<void>
  /** Names rows again by the same files; nothing is sent. */
  nameAgain(given: readonly GivenFile[]): Promise<void>
  pause(): void
  goOn(): void
  /** At the service first: where that does not say so, nothing is forgotten. @throws {ServiceProblem} */
  cancel(): Promise<void>
  /** Forgets it, and has the service give up what it keeps of what is done: an office has few batches at a time. */
  release(): void
  forget(): void
  /** Where a result is asked for again; `null`: it has none, or no more. */
  placeOf(row: BatchRow): ResultPlace | null
  /** 用证事由 of all items as it was typed; `null`: none, or the page was loaded anew since. */
  useCause(): string | null
  /** Batches of the service in their order. */
  numbers(): readonly string[]
}

export interface ResultPlace {
  readonly number: string
  /** `null`: it is the first. */
  readonly after: string | null
}

interface SentPart extends KeptNumber {
  readonly items: number
  /** Unix seconds, before it was sent for the first time: nothing that answers it is older. */
  readonly askedAt: number
  /** `after` of each result that was read, by its place from 1. */
  readonly after: string[]
  read: number
  /** At the service. */
  isCancelled: boolean
}

const NOTHING: BatchRunState = {
  stage: 'empty',
  isReading: false,
  isNaming: false,
  isPaused: false,
  isTakenUp: false,
  sent: 0,
  unknown: 0,
  files: { given: 0, opened: 0 },
  leftAlone: nothingLeftAlone(),
  isCut: false,
  problem: null,
  pace: { rate: null, restSeconds: null },
  expiresAt: null,
}
/** So long the service keeps a batch from when it has all of it. */
const KEPT_SECONDS = 86_400
const ASK_EVERY_MS = 1_000
const FIRST_WAIT_MS = 1_000
const MOST_WAIT_MS = 30_000
const MOST_SENDING_MS = 5_000
const SHOW_EVERY_MS = 400
/** After so long the page has time for who sits before it. */
const BREATHE_EVERY_MS = 40
const WAITABLE: readonly number[] = [0, 401, 408, 429, 500, 502, 503, 504]
/** Of another status; whoever waits, or ends a batch of the office, mends them. */
const WAITABLE_CODES: readonly string[] = ['batches-full', 'request-under-way']

export function createBatchRun(ports: BatchPorts): BatchRun {
  const state = shallowRef(NOTHING)
  const version = shallowRef(0)
  const rows = createBatchRows()
  const meter = createPaceMeter()
  const gate = createPauseGate()
  let parts: SentPart[] = []
  let names = new Map<string, string>()
  let forAll: ForAll | null = null
  let unknown = 0
  /** The part that is on its way to the service. */
  let sending: Promise<unknown> = Promise.resolve()
  let life = new AbortController()
  let shownAt = Number.NEGATIVE_INFINITY
  let breathedAt = Number.NEGATIVE_INFINITY

  const change = (changes: Partial<BatchRunState>): void => {
    state.value = { ...state.value, ...changes }
  }

  /** What there is to see; not each of a hundred thousand rows by itself. */
  function show(): void {
    shownAt = ports.ticks()
    version.value += 1
    const { waiting, unread: _, ...told } = rows.counts()
    const done = Object.values(told).reduce((sum, some) => sum + some, 0)
    change({ unknown, pace: meter.read(shownAt, done, done + waiting + unknown) })
  }

  function showNowAndThen(): void {
    if (ports.ticks() - shownAt >= SHOW_EVERY_MS) show()
  }

  /** Lets the page answer whoever sits before it. @throws the reason of the signal */
  async function breathe(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (ports.ticks() - breathedAt < BREATHE_EVERY_MS) return
    await ports.pause(0, signal)
    breathedAt = ports.ticks()
  }

  async function pass(signal: AbortSignal): Promise<void> {
    await gate.pass(signal)
    await ports.untilSignedIn(signal)
  }

  /** Asks until it is answered; what cannot be mended by waiting is thrown. */
  async function insist<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MOST_WAIT_MS)) {
      await pass(signal)
      try {
        const answer = await ask()
        if (state.value.problem !== null) change({ problem: null })
        return answer
      } catch (error) {
        signal.throwIfAborted()
        if (!isWorthWaiting(error)) throw error
        change({ problem: error })
        await ports.pause((error.retryAfterSeconds ?? 0) * 1_000 || waitMs, signal)
      }
    }
  }

  async function begin(given: readonly GivenFile[], all: ForAll): Promise<void> {
    if (state.value.stage === 'running') return
    forget()
    const { signal } = life
    forAll = all
    change({ stage: 'running', isReading: true, files: { given: given.length, opened: 0 } })
    await guarded(signal, async () => {
      await Promise.all([sendAll(given, all, signal), readAll(signal)])
    })
  }

  async function sendAll(given: readonly GivenFile[], all: ForAll, signal: AbortSignal): Promise<void> {
    const leftAlone = nothingLeftAlone()
    for await (const part of partsOf(given, all, leftAlone, signal)) {
      show()
      const key = ports.newKey()
      const askedAt = ports.now()
      const sent = await insist(() => {
        const answer = ports.sendPart(part, key, signal)
        sending = answer.catch(() => undefined)
        return answer
      }, signal)
      addPart(sent, sent.items, askedAt)
      keepParts()
    }
    change({ isReading: false, leftAlone })
    show()
  }

  async function* partsOf(
    given: readonly GivenFile[],
    all: ForAll,
    leftAlone: LeftAlone,
    signal: AbortSignal,
  ): AsyncGenerator<BatchPart, undefined, undefined> {
    const writer = createPartWriter(all)
    let row = 0
    for await (const item of openItems(watched(given, signal), leftAlone)) {
      await pass(signal)
      await breathe(signal)
      if (row === MOST_ITEMS) {
        change({ isCut: true })
        break
      }
      row += 1
      const line = takeItem(row, item)
      const full = line === null ? null : writer.add(row, line)
      if (full !== null) yield full
      showNowAndThen()
    }
    const last = writer.end()
    if (last !== null) yield last
  }

  /** Its row, and the line that is sent of it; `null`: nothing is. */
  function takeItem(row: number, { name, found }: OpenedItem): string | null {
    const line = 'asked' in found ? lineOf({ row, asked: found.asked }, forAll?.asOf) : null
    if ('asked' in found && line !== null) {
      rows.put({ ...BARE_ROW, row, name, ...identityOf(found.asked.presented) })
      return line
    }
    const { code, says } =
      'fault' in found ? found.fault : { code: 'long-item', says: BATCH_FAULTS['long-item'] }
    rows.put({ ...BARE_ROW, row, name, outcome: 'unread', reason: rows.keep(`file:${code}`, says) })
    return null
  }

  /** Counts files as they are opened, and lets the page breathe between them. */
  async function* watched(
    given: readonly GivenFile[],
    signal: AbortSignal,
  ): AsyncGenerator<GivenFile, undefined, undefined> {
    for (const [opened, file] of given.entries()) {
      await breathe(signal)
      yield file
      change({ files: { given: given.length, opened: opened + 1 } })
    }
  }

  function addPart({ number, expiresAt }: KeptNumber, items: number, askedAt: number): void {
    parts.push({ number, expiresAt, items, askedAt, after: [], read: 0, isCancelled: false })
    change({ sent: state.value.sent + items, expiresAt: Math.min(...parts.map((part) => part.expiresAt)) })
  }

  function keepParts(): void {
    const going = parts.filter(({ isCancelled }) => !isCancelled)
    ports.keep(going.map(({ number, expiresAt }) => ({ number, expiresAt })))
  }

  /** Results of one part after another, until no more parts come. */
  async function readAll(signal: AbortSignal): Promise<void> {
    for (let i = 0; state.value.isReading || i < parts.length; ) {
      if (i === parts.length) await ports.pause(ASK_EVERY_MS, signal)
      else {
        await readPart(i, signal)
        i += 1
      }
    }
    change({ stage: 'done' })
    show()
  }

  async function readPart(i: number, signal: AbortSignal): Promise<void> {
    const part = parts[i]
    while (part !== undefined && part.read < part.items) {
      const before = part.read
      await insist(() => readMore(part, i, signal), signal)
      show()
      if (part.read === part.items) return
      const { state: told } = await insist(() => ports.readState(part.number, signal), signal)
      if (told === 'cancelled') throw new Ended('cancelled')
      if (part.read === before) await ports.pause(ASK_EVERY_MS, signal)
    }
  }

  /** What is done by now; a pause ends it, and it is gone on with behind the last result. */
  async function readMore(part: SentPart, i: number, signal: AbortSignal): Promise<void> {
    const paused = gate.untilPause()
    try {
      const after = part.after[part.read] ?? null
      for await (const result of ports.readResults(part.number, after, AbortSignal.any([signal, paused])))
        settle(result, part, i)
    } catch (error) {
      if (!paused.aborted || signal.aborted) throw error
    }
  }

  function settle(result: BatchResult, part: SentPart, i: number): void {
    const before = rows.at(result.row)
    // Results come in order, each once, of rows that were sent: anything else is no answer to this batch.
    const isKnown = before !== undefined || state.value.isTakenUp
    if (result.item !== part.read + 1 || result.item > part.items || !isKnown)
      throw new ServiceProblem(200, 'bad-answer', BAD_ANSWER)
    part.read = result.item
    part.after[result.item] = result.after
    if (before === undefined) unknown -= 1
    const { askedAt } = part
    const nameOf = (digest: string): string | null => names.get(digest) ?? null
    const known = { before, forAll, askedAt, now: ports.now(), nameOf }
    const place = { part: i, item: result.item }
    rows.put({ ...toldRow(result, known, rows.keep), row: result.row, place })
    showNowAndThen()
  }

  async function takeUp(kept: readonly KeptNumber[]): Promise<void> {
    if (kept.length === 0 || state.value.stage !== 'empty') return
    const { signal } = life
    change({ stage: 'running', isTakenUp: true })
    await guarded(signal, async () => {
      for (const { number } of kept) {
        const told = await insist(() => ports.readState(number, signal), signal)
        if (told.state === 'cancelled') throw new Ended('cancelled')
        unknown += told.items
        addPart({ number, expiresAt: told.expiresAt }, told.items, told.expiresAt - KEPT_SECONDS)
      }
      await readAll(signal)
    })
  }

  async function nameAgain(given: readonly GivenFile[]): Promise<void> {
    const { signal } = life
    change({ isNaming: true, files: { given: given.length, opened: 0 } })
    try {
      for await (const { name, found } of openItems(watched(given, signal), nothingLeftAlone())) {
        if ('asked' in found) names.set(identityOf(found.asked.presented).digest, name)
      }
    } catch (error) {
      if (signal.aborted) return
      throw error
    } finally {
      if (!signal.aborted) change({ isNaming: false })
    }
    for (const row of rows.all()) {
      const name = row.digest === null ? undefined : names.get(row.digest)
      if (row.name === null && name !== undefined) rows.put({ ...row, name })
    }
    show()
  }

  /** What ends a run is said; of one that is forgotten nothing is. */
  async function guarded(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (signal.aborted) return
      stopWork()
      const ended = endOf(error)
      change({ ...ended, isReading: false, isPaused: false })
      if (ended.stage !== 'stopped') ports.keep([])
      show()
    }
  }

  function stopWork(): void {
    life.abort()
    life = new AbortController()
    gate.goOn()
    meter.restart()
  }

  function forget(): void {
    stopWork()
    parts = []
    names = new Map()
    forAll = null
    unknown = 0
    rows.forget()
    state.value = NOTHING
    ports.keep([])
    version.value += 1
  }

  /** Ends every part at the service, also those of which another could not be ended. @throws {ServiceProblem} */
  async function cancelParts(): Promise<void> {
    const asked = parts
      .filter(({ isCancelled }) => !isCancelled)
      .map(async (part) => {
        await ports.cancelBatch(part.number).catch(assertStillThere)
        part.isCancelled = true
      })
    const failed = (await Promise.allSettled(asked)).find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  /** Sends and fetches nothing meanwhile; the part that is under way has a number once it was sent. */
  async function cancel(): Promise<void> {
    const { signal } = life
    const wasPaused = state.value.isPaused
    gate.pause()
    await Promise.race([sending, ports.pause(MOST_SENDING_MS, signal).catch(() => undefined)])
    // It was forgotten in the meantime.
    if (signal.aborted) return
    try {
      await cancelParts()
    } catch (error) {
      if (signal.aborted) return
      if (parts.some(({ isCancelled }) => isCancelled)) change({ isPaused: true })
      else if (!wasPaused) gate.goOn()
      if (state.value.stage === 'running') keepParts()
      throw error
    }
    if (signal.aborted) return
    stopWork()
    change({ stage: 'cancelled', isReading: false, isPaused: false, problem: null })
    ports.keep([])
    show()
  }

  return {
    state,
    rows,
    version,
    begin,
    takeUp,
    nameAgain,
    pause: () => {
      if (state.value.stage !== 'running') return
      gate.pause()
      change({ isPaused: true })
    },
    goOn: () => {
      meter.restart()
      change({ isPaused: false })
      gate.goOn()
    },
    cancel,
    forget,
    release: () => {
      const numbers = state.value.stage === 'done' ? parts.map(({ number }) => number) : []
      forget()
      // Where the service is not reached it gives them up by itself, a day later.
      for (const number of numbers) ports.cancelBatch(number).catch(() => undefined)
    },
    placeOf: ({ place }) => {
      const part = place === null ? undefined : parts[place.part]
      if (part === undefined || place === null || !KEPT_STAGES.includes(state.value.stage)) return null
      return { number: part.number, after: part.after[place.item - 1] ?? null }
    },
    useCause: () => forAll?.all.useCause ?? null,
    numbers: () => (KEPT_STAGES.includes(state.value.stage) ? parts.map(({ number }) => number) : []),
  }
}

/** In which the service has results still. */
const KEPT_STAGES: readonly BatchStage[] = ['running', 'done', 'stopped']

/** What the service does not have is over there. */
function assertStillThere(error: unknown): void {
  if (!(error instanceof ServiceProblem) || error.code !== 'batch-not-found') throw error
}

function isWorthWaiting(error: unknown): error is ServiceProblem {
  if (!(error instanceof ServiceProblem)) return false
  return WAITABLE.includes(error.status) || WAITABLE_CODES.includes(error.code)
}

function endOf(error: unknown): Pick<BatchRunState, 'stage' | 'problem'> {
  if (error instanceof Ended) return { stage: error.stage, problem: null }
  if (!(error instanceof ServiceProblem)) throw error
  return error.code === 'batch-not-found'
    ? { stage: 'expired', problem: null }
    : { stage: 'stopped', problem: error }
}

const BARE_ROW: Omit<BatchRow, 'row'> = {
  name: null,
  outcome: 'waiting',
  reason: null,
  nextStep: null,
  resultCode: null,
  number: null,
  digest: null,
  sought: null,
  licence: null,
  place: null,
}

/** Somebody ended it. */
class Ended extends Error {
  readonly stage: BatchStage

  constructor(stage: BatchStage) {
    super(stage)
    this.stage = stage
  }
}
