/**
 * Plain values of a face: named, asked for with case and use, recorded by the service, and on the screen for a minute or
 * until another licence takes its place. A person who has no second factor yet is asked for it, and it goes on by itself.
 */
import { parsePresented } from '@hefu/protocol'
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
  show(about: PlainCase): Promise<void>
  /** Somebody signed in: what waited for it goes on. */
  signedIn(): Promise<void>
  hide(): void
}

const SHOWN_SECONDS = 60
const NEEDS_FACTOR = 'second-factor-missing'

export function createPlainValues(ports: PlainPorts): PlainValues {
  const state = shallowRef<PlainState>({ stage: 'hidden' })
  let about: PlainCase | undefined
  let underWay = new AbortController()
  let stopCounting = (): void => undefined

  function hide(): void {
    underWay.abort()
    stopCounting()
    about = undefined
    state.value = { stage: 'hidden' }
  }

  async function show(): Promise<void> {
    if (about === undefined || !('told' in state.value)) return
    const { told } = state.value
    underWay.abort()
    underWay = new AbortController()
    const { signal } = underWay
    state.value = { stage: 'asking', told }
    try {
      const shown = await readPlain(told, about, (path, body) => ports.post(path, body, signal))
      if (!signal.aborted) count(told, shown)
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
    async show(asked) {
      about = asked
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

interface PlainAnswer {
  readonly values: ReadonlyMap<string, string>
  readonly withheld: readonly string[]
}

type Post = <T>(path: string, body: object) => Promise<T>

function readPlain(told: ToldVerification, about: PlainCase, post: Post): Promise<PlainAnswer> {
  return isFound(told) ? readFound(told, about, post) : readPresented(told, about, post)
}

/** What was presented is at hand: the service says what of it may be seen, and is believed in no value. */
async function readPresented(
  { request: { presented }, verification: { faceData } }: ToldVerification,
  about: PlainCase,
  post: Post,
): Promise<PlainAnswer> {
  const fields = faceData.map(({ name }) => name)
  const { values } = await post<{ readonly values: Readonly<Record<string, string>> }>('/v1/unmaskings', {
    presented,
    fields,
    ...about,
  })
  const seen = faceData.filter(({ name }) => Object.hasOwn(values, name))
  if (seen.some(({ name, value }) => values[name] !== value)) throw otherValues()
  return {
    values: new Map(seen.map(({ name, value }) => [name, value])),
    withheld: fields.filter((name) => !Object.hasOwn(values, name)),
  }
}

/** What was found is given with what the item demands, and no more. Nothing but its values is kept, for a minute. */
async function readFound(
  { request: { presented }, verification: { report } }: ToldVerification,
  about: PlainCase,
  post: Post,
): Promise<PlainAnswer> {
  const { bundle } = await post<{ readonly bundle: string | null }>('/v1/retrievals/bundle', {
    licence: presented,
    ...about,
  })
  if (bundle === null) return { values: new Map(), withheld: [] }
  const { claims, disclosures } = parsePresented(bundle).credential
  if (claims.jti !== report.licence?.licenceId) throw otherValues()
  return { values: new Map(disclosures.map(({ name, value }) => [name, value])), withheld: [] }
}

function otherValues(): ServiceProblem {
  return new ServiceProblem(200, 'other-values', RESULT_TEXTS.plainOther)
}
