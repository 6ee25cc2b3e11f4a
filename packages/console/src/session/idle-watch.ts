/** Locks the page where nobody has done anything for as long as the service allows, in whichever tab of this browser. */
import { askService } from '../service/ask-service.ts'
import { millisecondsSinceSign, noteSign } from './presence.ts'
import { askSession, lock, session } from './session.ts'
import { tellOthers } from './session-channel.ts'
import { hasUntold } from './untold.ts'

const SIGNS = ['pointerdown', 'keydown', 'wheel'] as const
const LOOK_EVERY_MS = 5_000
/** The service hears of somebody who reads or types, and asks it nothing. */
const TOUCH_EVERY_MS = 60_000

/** Watches until the page is left. */
export function watchIdleness(): void {
  let lastTouch = Date.now()
  let isSignNew = false
  const hear = (): void => {
    noteSign()
    isSignNew = true
  }
  for (const sign of SIGNS) addEventListener(sign, hear, { passive: true, capture: true })
  setInterval(() => {
    if (session.value.state !== 'signed-in') {
      noteSign()
      // What the service could not be told is told once it answers.
      if (session.value.state === 'locked' && hasUntold()) void askSession()
      return
    }
    const { idleSeconds } = session.value.person
    if (millisecondsSinceSign() >= idleSeconds * 1_000) return lock()
    if (!isSignNew) return
    tellOthers('present')
    if (Date.now() - lastTouch < Math.min(TOUCH_EVERY_MS, idleSeconds * 250)) return
    isSignNew = false
    lastTouch = Date.now()
    askService('/session/touch', { method: 'POST' }).catch(() => undefined)
  }, LOOK_EVERY_MS)
}
