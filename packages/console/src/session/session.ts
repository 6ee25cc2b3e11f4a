/** Who is signed in. The browser holds a cookie that no script reads; what is told here is for showing, and proves nothing. */
import { computed, readonly, shallowRef } from 'vue'
import { askService, onAnswer, readProblem } from '../service/ask-service.ts'
import { ServiceProblem } from '../service/service-problem.ts'
import type { Role } from '../texts/shell-texts.ts'
import { forgetTyped } from './typed-work.ts'

/** As `GET /session` answers it. Times in Unix seconds. */
export interface Person {
  readonly name: string
  /** Opaque; tells one person from another, and no more. */
  readonly subject: string
  readonly roles: readonly Role[]
  /** Whose case they decide; `null`: any that the service allows. */
  readonly region: string | null
  readonly scopes: readonly string[]
  readonly secondFactorUntil: number | null
  readonly idleSeconds: number
  readonly expiresAt: number
}

export type Session =
  | { readonly state: 'asking' | 'unreachable' }
  | { readonly state: 'signed-out'; readonly signInAt: string | null }
  | { readonly state: 'signed-in' | 'locked'; readonly person: Person }

type SessionAnswer =
  | { readonly signedIn: false; readonly signInAt: string | null }
  | (Person & { readonly signedIn: true; readonly locked: boolean })

const current = shallowRef<Session>({ state: 'asking' })

export const session = readonly(current)

/** Whoever is signed in, also behind the lock; `null`: nobody. */
export const person = computed(() => ('person' in current.value ? current.value.person : null))

/** Asks who is signed in. Another person than before finds nothing that was typed. */
export async function askSession(): Promise<void> {
  try {
    take(await askService<SessionAnswer>('/session'))
  } catch (error) {
    if (!(error instanceof ServiceProblem)) throw error
    if (current.value.state === 'asking') current.value = { state: 'unreachable' }
  }
}

function take(answer: SessionAnswer): void {
  const before = person.value
  if (!answer.signedIn) {
    if (before !== null) forgetTyped()
    current.value = { state: 'signed-out', signInAt: answer.signInAt }
    return
  }
  const { signedIn: _, locked, ...next } = answer
  if (before !== null && before.subject !== next.subject) forgetTyped()
  current.value = { state: locked ? 'locked' : 'signed-in', person: next }
}

/** Locks the page as it stands: what was typed stays behind the lock. */
export function lock(): void {
  if (current.value.state === 'signed-in') current.value = { state: 'locked', person: current.value.person }
}

/** The session is over: nothing of it stays in the page, also where the service cannot be told. */
export async function signOut(): Promise<void> {
  forgetTyped()
  current.value = { state: 'signed-out', signInAt: '/session/sign-in' }
  try {
    const { leaveAt } = await askService<{ readonly leaveAt: string | null }>('/session/sign-out', {
      method: 'POST',
    })
    if (leaveAt !== null) location.assign(leaveAt)
  } catch (error) {
    if (!(error instanceof ServiceProblem)) throw error
    isSignOutUntold.value = true
  }
}

/** Whether the service does not know yet that somebody signed out: its session ends by itself. */
export const isSignOutUntold = shallowRef(false)

/** Where signing in begins, and leads back to this page. `second`: by a second factor, for plain values. */
export function signInAddress(factor: 'first' | 'second', back: string): string {
  const query = new URLSearchParams({ return: `/console${back}`, ...(factor === 'second' ? { factor } : {}) })
  return `/session/sign-in?${query}`
}

/** Any answer may say that the session is over or locked. */
export function watchAnswers(): void {
  onAnswer((response) => {
    if (response.status === 401) void readProblem(response.clone()).then(hearRefusal)
  })
}

function hearRefusal({ code }: ServiceProblem): void {
  if (code === 'session-locked') lock()
  if (code === 'session-missing' || code === 'session-ended') void askSession()
}
