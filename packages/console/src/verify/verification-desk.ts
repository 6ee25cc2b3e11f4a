/**
 * One question at a time, from what is given to a verdict or to why there is none. What is given while a question is under
 * way takes its place, and that is said; nothing is queued. An error is never a verdict.
 */
import type { RemoteVerificationRequest, Verification } from '@hefu/sdk/remote'
import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'
import type { CaseFault } from './case-details.ts'
import { type Failure, failureOf, nothingAnswers } from './failure.ts'
import { type GivenLicence, isSought } from './given-licence.ts'
import type { FoundLicence, ToldVerification, VerifiedBy } from './told-verification.ts'

export type DeskState =
  | { readonly stage: 'empty' | 'reading' | 'cancelled' }
  /** The case has to be completed first. */
  | { readonly stage: 'lacking'; readonly given: GivenLicence; readonly faults: readonly CaseFault[] }
  | {
      readonly stage: 'asking'
      readonly given: GivenLicence
      readonly who: VerifiedBy['who']
      /** It took the place of another that had no answer yet. */
      readonly isReplacing: boolean
    }
  /** It is asked again by itself. */
  | {
      readonly stage: 'waiting'
      readonly given: GivenLicence
      readonly failure: Failure
      readonly seconds: number
    }
  | { readonly stage: 'told'; readonly told: ToldVerification; readonly isReopened: boolean }
  /** `given` is `null` where nothing could be read. */
  | { readonly stage: 'failed'; readonly given: GivenLicence | null; readonly failure: Failure }

/** What the desk asks with. */
export interface DeskPorts {
  /** What is wrong with the case, or lacks for this licence. */
  readonly faults: (given: GivenLicence) => readonly CaseFault[]
  readonly requestOf: (given: GivenLicence) => RemoteVerificationRequest
  readonly canFind: () => boolean
  readonly isAway: () => boolean
  /** Told of every question that the service answered, or did not. */
  readonly onReach: (reached: boolean) => void
  readonly askService: (request: RemoteVerificationRequest, signal: AbortSignal) => Promise<Verification>
  readonly askForFound: (request: RemoteVerificationRequest, signal: AbortSignal) => Promise<FoundLicence>
  readonly verifyHere: (
    request: RemoteVerificationRequest,
  ) => Promise<{ readonly verification: Verification; readonly nodes: readonly string[] }>
  readonly onTold: (told: ToldVerification) => void
  /** Calls `tick` every second until what it returns is called. */
  readonly everySecond: (tick: () => void) => () => void
}

export interface VerificationDesk {
  readonly state: Readonly<ShallowRef<DeskState>>
  /** A text, or a file whose content is still to be read. */
  give(reading: GivenLicence | Promise<GivenLicence>): Promise<void>
  /** The same once more: of what is shown, was refused, or waits. */
  again(): Promise<void>
  /** Ends what is under way; what is shown stays. */
  cancel(): void
  reopen(told: ToldVerification): void
  forget(): void
}

/** Waits in a row, without an answer between them, after which a person decides. */
const MOST_WAITS = 5

export function createVerificationDesk(ports: DeskPorts): VerificationDesk {
  const state = shallowRef<DeskState>({ stage: 'empty' })
  let underWay = new AbortController()
  let stopWaiting = (): void => undefined
  let waits = 0
  let places = 0

  function begin(): AbortSignal {
    underWay.abort()
    stopWaiting()
    underWay = new AbortController()
    return underWay.signal
  }

  async function give(reading: GivenLicence | Promise<GivenLicence>): Promise<void> {
    const isReplacing = state.value.stage === 'asking' || state.value.stage === 'waiting'
    const signal = begin()
    waits = 0
    if (reading instanceof Promise) state.value = { stage: 'reading' }
    try {
      const given = await reading
      if (!signal.aborted) await ask(given, signal, isReplacing)
    } catch (error) {
      if (!signal.aborted) fail(null, failureOf(error))
    }
  }

  async function ask(given: GivenLicence, signal: AbortSignal, isReplacing: boolean): Promise<void> {
    const faults = ports.faults(given)
    if (faults.length > 0) {
      state.value = { stage: 'lacking', given, faults }
      return
    }
    const request = ports.requestOf(given)
    if (ports.isAway()) return askHere(given, request, signal)
    state.value = { stage: 'asking', given, who: 'service', isReplacing }
    try {
      const found = await askOrFind(given, request, signal)
      if (signal.aborted) return
      ports.onReach(true)
      tell({ given, request, ...found, by: { who: 'service' } })
    } catch (error) {
      if (!signal.aborted) await answerFailure(given, request, failureOf(error), signal)
    }
  }

  async function askOrFind(
    given: GivenLicence,
    request: RemoteVerificationRequest,
    signal: AbortSignal,
  ): Promise<Pick<ToldVerification, 'verification' | 'foundFace'>> {
    if (!isSought(given) || !ports.canFind())
      return { verification: await ports.askService(request, signal), foundFace: [] }
    const { verification, face } = await ports.askForFound(request, signal)
    return { verification, foundFace: face }
  }

  async function answerFailure(
    given: GivenLicence,
    request: RemoteVerificationRequest,
    failure: Failure,
    signal: AbortSignal,
  ): Promise<void> {
    if (failure.kind === 'away') {
      ports.onReach(false)
      return askHere(given, request, signal)
    }
    if (failure.kind !== 'wait' || ++waits > MOST_WAITS) return fail(given, failure)
    wait(given, failure, signal)
  }

  async function askHere(
    given: GivenLicence,
    request: RemoteVerificationRequest,
    signal: AbortSignal,
  ): Promise<void> {
    state.value = { stage: 'asking', given, who: 'page', isReplacing: false }
    try {
      const { verification, nodes } = await ports.verifyHere(request)
      if (!signal.aborted) tell({ given, request, verification, foundFace: [], by: { who: 'page', nodes } })
    } catch (error) {
      const failure = failureOf(error)
      // What loads the page's own verifier, or the settings, is away with the service.
      if (!signal.aborted) fail(given, failure.kind === 'request' ? failure : nothingAnswers())
    }
  }

  function tell(found: Omit<ToldVerification, 'place'>): void {
    waits = 0
    const told = { place: ++places, ...found }
    state.value = { stage: 'told', told, isReopened: false }
    ports.onTold(told)
  }

  function fail(given: GivenLicence | null, failure: Failure): void {
    state.value = { stage: 'failed', given, failure }
  }

  function wait(given: GivenLicence, failure: Failure, signal: AbortSignal): void {
    let seconds = failure.afterSeconds
    const show = (): void => {
      state.value = { stage: 'waiting', given, failure, seconds }
    }
    show()
    stopWaiting = ports.everySecond(() => {
      seconds--
      if (seconds > 0) return show()
      stopWaiting()
      void ask(given, signal, false)
    })
  }

  return {
    state: shallowReadonly(state),
    give,
    async again() {
      const given = givenIn(state.value)
      if (given === null) return
      waits = 0
      await ask(given, begin(), false)
    },
    cancel() {
      const { stage } = state.value
      if (stage !== 'asking' && stage !== 'waiting' && stage !== 'reading') return
      begin()
      state.value = { stage: 'cancelled' }
    },
    reopen(told) {
      begin()
      state.value = { stage: 'told', told, isReopened: true }
    },
    forget() {
      begin()
      waits = 0
      state.value = { stage: 'empty' }
    },
  }
}

function givenIn(state: DeskState): GivenLicence | null {
  if (state.stage === 'told') return state.told.given
  return 'given' in state ? state.given : null
}
