/** Who is signed in. The browser holds a cookie that no script reads; what is told here is for showing, and proves nothing. */
import { computed, readonly, shallowRef } from 'vue'
import { askAs, askService, onAnswer, readProblem } from '../service/ask-service.ts'
import { ServiceProblem } from '../service/service-problem.ts'
import type { Role } from '../texts/shell-texts.ts'
import { millisecondsSinceSign, noteSign } from './presence.ts'
import { hearOthers, tellOthers } from './session-channel.ts'
import { forgetTyped } from './typed-work.ts'
import { forgetUntold, keepUntold, recallUntold } from './untold.ts'

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

/** Whose the page was when it was left, or while it is asked whose it is; `null`: whoever it shows. */
let former: Person | null = null

/** The browser may keep the page as it is and bring it back with Back, to whoever sits there then. */
export function setAside(): void {
  former = person.value ?? former
  current.value = { state: 'asking' }
}

function take(answer: SessionAnswer): void {
  const before = person.value ?? former
  former = null
  if (!answer.signedIn) {
    if (before !== null) forgetTyped()
    forgetUntold()
    current.value = { state: 'signed-out', signInAt: answer.signInAt }
    return
  }
  const { signedIn: _, locked, ...next } = answer
  if (before !== null && before.subject !== next.subject) forgetTyped()
  const untold = locked ? null : recallUntold(next.expiresAt)
  if (untold === 'left') return void leave(next)
  if (untold === null) forgetUntold()
  current.value = { state: locked || untold === 'locked' ? 'locked' : 'signed-in', person: next }
  if (untold === 'locked') void tellLocked()
}

/** Locks the page as it stands, and every other of this browser: what was typed stays behind the lock. */
export function lock(): void {
  if (current.value.state !== 'signed-in') return
  showLocked(current.value.person)
  tellOthers('locked')
  void tellLocked()
}

/** Until the service knows, a reload of the page finds it locked by what the tab kept. */
function showLocked(of: Person): void {
  keepUntold('locked', of.expiresAt)
  current.value = { state: 'locked', person: of }
}

async function tellLocked(): Promise<void> {
  if (await isHeard('/session/lock')) forgetUntold()
}

/** The session is over: nothing of it stays in the page, also where the service cannot be told. */
export async function signOut(): Promise<void> {
  if (person.value !== null) await leave(person.value)
}

async function leave(who: Person): Promise<void> {
  showSignedOut(who)
  tellOthers('signed-out')
  try {
    const { leaveAt } = await askService<{ readonly leaveAt: string | null }>('/session/sign-out', {
      method: 'POST',
      keepalive: true,
    })
    forgetUntold()
    isSignOutUntold.value = false
    tellOthers('changed')
    if (leaveAt !== null) leavePage(leaveAt)
  } catch (error) {
    if (!(error instanceof ServiceProblem)) throw error
    isSignOutUntold.value = true
  }
}

function showSignedOut(who: Person): void {
  former = null
  forgetTyped()
  keepUntold('left', who.expiresAt)
  current.value = { state: 'signed-out', signInAt: '/session/sign-in' }
}

let leavePage: (address: string) => void = () => undefined

/** `leave` leads the page to where whoever signed out does so at the provider, too. */
export function onLeave(leave: (address: string) => void): void {
  leavePage = leave
}

/** Whether the service took note. */
async function isHeard(path: string): Promise<boolean> {
  try {
    await askService(path, { method: 'POST', keepalive: true })
    return true
  } catch (error) {
    if (!(error instanceof ServiceProblem)) throw error
    return false
  }
}

/** Whether the service does not know yet that somebody signed out: its session ends by itself. */
export const isSignOutUntold = shallowRef(false)

/** What other tabs of this browser tell: one session is everywhere one person’s, and everywhere in the same state. */
export function watchTabs(): void {
  hearOthers((told) => {
    if (told === 'changed') void askSession()
    if (told === 'locked' && current.value.state === 'signed-in') showLocked(current.value.person)
    const who = person.value ?? former
    if (told === 'signed-out' && who !== null) showSignedOut(who)
    if (told === 'present') noteSign()
  })
}

/** Asks who is signed in, and has every other tab ask: whoever signs in leads this one here. */
export async function beginSession(): Promise<void> {
  await askSession()
  tellOthers('changed')
}

/** How somebody signs in. `anew`: whatever the provider remembers · `second`: by a second factor, for plain values. */
export type SignInWay = 'first' | 'anew' | 'second'

const ASKED: Readonly<Record<SignInWay, Readonly<Record<string, string>>>> = {
  first: {},
  anew: { fresh: '1' },
  second: { factor: 'second' },
}

/** Where signing in begins, and leads back to this page. */
export function signInAddress(way: SignInWay, back: string): string {
  return `/session/sign-in?${new URLSearchParams({ return: `/console${back}`, ...ASKED[way] })}`
}

/** Any answer may say that the session is over, locked, or another’s; and every question says whose page asks. */
export function watchAnswers(): void {
  askAs({
    subject: () => person.value?.subject ?? null,
    isPresent: () => millisecondsSinceSign() < PRESENT_MS,
  })
  onAnswer((response) => {
    if (response.status === 401) void readProblem(response.clone()).then(hearRefusal)
  })
}

/** What a page asks so shortly after a sign of somebody is theirs. */
const PRESENT_MS = 10_000

function hearRefusal({ code }: ServiceProblem): void {
  if (code === 'session-locked' && current.value.state === 'signed-in') {
    current.value = { state: 'locked', person: current.value.person }
    void askSession()
  }
  if (code === 'session-of-another') {
    // Nothing is shown to the next before the service has said who that is.
    forgetTyped()
    current.value = { state: 'asking' }
  }
  if (OVER.includes(code)) void askSession()
}

const OVER: readonly string[] = ['session-missing', 'session-ended', 'session-of-another']
