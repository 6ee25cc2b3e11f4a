/**
 * Plain values of a face: named, asked for with case and use, recorded by the service, and on the screen for a minute or
 * until another licence takes its place. A person who has no second factor yet is asked for it, and it goes on by itself.
 */
import type { FaceField } from '@hefu/sdk/remote'
import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'
import { ServiceProblem } from '../service/service-problem.ts'
import { RESULT_TEXTS } from '../texts/result-texts.ts'
import { type Failure, failureOf } from './failure.ts'
import { isFound, type ToldVerification } from './told-verification.ts'

export type PlainState =
  | { readonly stage: 'hidden' }
  /** What will be shown is named, and the case completed. */
  | { readonly stage: 'confirming' | 'asking' | 'second-factor'; readonly told: ToldVerification }
  | {
      readonly stage: 'shown'
      readonly told: ToldVerification
      readonly values: ReadonlyMap<string, string>
      /** Asked for, and not shown. */
      readonly withheld: readonly string[]
      readonly seconds: number
    }
  /** The item demands nothing of it, or it was not shown. */
  | { readonly stage: 'nothing'; readonly told: ToldVerification }
  | { readonly stage: 'failed'; readonly told: ToldVerification; readonly failure: Failure }

/** For which case and for what values are seen: all of it has to be said. */
export interface PlainCase {
  readonly receivingRegion: string
  readonly caseNo: string
  readonly useCause: string
  readonly serviceItem: string
}

export interface PlainPorts {
  readonly post: <T>(path: string, body: object, signal: AbortSignal) => Promise<T>
  readonly signInBeside: () => void
  readonly everySecond: (tick: () => void) => () => void
}

export interface PlainValues {
  readonly state: Readonly<ShallowRef<PlainState>>
  confirm(told: ToldVerification): void
  /** @param fields names of what is to be seen, where the licence is not at hand */
  show(about: PlainCase, fields: readonly string[]): Promise<void>
  /** Somebody signed in: what waited for it goes on. */
  signedIn(): Promise<void>
  hide(): void
}

const SHOWN_SECONDS = 60
const NEEDS_FACTOR = 'second-factor-missing'

export function createPlainValues(ports: PlainPorts): PlainValues {
  const state = shallowRef<PlainState>({ stage: 'hidden' })
  let asked: { readonly about: PlainCase; readonly fields: readonly string[] } | undefined
  let underWay = new AbortController()
  let stopCounting = (): void => undefined

  function hide(): void {
    underWay.abort()
    stopCounting()
    asked = undefined
    state.value = { stage: 'hidden' }
  }

  async function show(): Promise<void> {
    if (asked === undefined || !('told' in state.value)) return
    const { about, fields } = asked
    const { told } = state.value
    underWay.abort()
    underWay = new AbortController()
    const { signal } = underWay
    state.value = { stage: 'asking', told }
    try {
      const { presented } = told.request
      const { values } = await ports.post<Unmasked>('/v1/unmaskings', { presented, fields, ...about }, signal)
      if (!signal.aborted) count(told, readPlain(told, fields, values))
    } catch (error) {
      if (!signal.aborted) refuse(told, error)
    }
  }

  function refuse(told: ToldVerification, error: unknown): void {
    if (!(error instanceof ServiceProblem && error.code === NEEDS_FACTOR)) {
      state.value = { stage: 'failed', told, failure: failureOf(error) }
      return
    }
    state.value = { stage: 'second-factor', told }
    ports.signInBeside()
  }

  function count(told: ToldVerification, shown: PlainAnswer): void {
    if (shown.values.size === 0) {
      state.value = { stage: 'nothing', told }
      return
    }
    let seconds = SHOWN_SECONDS
    const tell = (): void => {
      state.value = { stage: 'shown', told, ...shown, seconds }
    }
    tell()
    stopCounting()
    stopCounting = ports.everySecond(() => {
      seconds--
      if (seconds > 0) tell()
      else hide()
    })
  }

  return {
    state: shallowReadonly(state),
    confirm(told) {
      hide()
      state.value = { stage: 'confirming', told }
    },
    async show(about, fields) {
      asked = { about, fields }
      await show()
    },
    async signedIn() {
      const { stage } = state.value
      const isSession = stage === 'failed' && state.value.failure.kind === 'session'
      if (stage === 'second-factor' || isSession) await show()
    },
    hide,
  }
}

interface Unmasked {
  readonly values: Readonly<Record<string, string>>
}

interface PlainAnswer {
  readonly values: ReadonlyMap<string, string>
  readonly withheld: readonly string[]
}

/**
 * Of what was presented the values are at hand: the service says which of them may be seen, and is believed in none.
 *
 * @throws {ServiceProblem} where it told others
 */
function readPlain(
  told: ToldVerification,
  fields: readonly string[],
  values: Readonly<Record<string, string>>,
): PlainAnswer {
  const isOther = ({ name, value }: FaceField): boolean =>
    Object.hasOwn(values, name) && values[name] !== value
  if (!isFound(told) && told.verification.faceData.some(isOther))
    throw new ServiceProblem(200, 'other-values', RESULT_TEXTS.plainOther)
  const seen = fields.filter((name) => Object.hasOwn(values, name))
  return {
    values: new Map(seen.map((name) => [name, values[name] ?? ''])),
    withheld: fields.filter((name) => !seen.includes(name)),
  }
}
