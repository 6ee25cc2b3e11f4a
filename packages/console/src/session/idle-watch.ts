/** Locks the page where nobody has done anything for as long as the service allows. */
import { askService } from '../service/ask-service.ts'
import { lock, session } from './session.ts'

const SIGNS = ['pointerdown', 'keydown', 'wheel'] as const
const LOOK_EVERY_MS = 5_000
/** The service hears of somebody who reads or types, and asks it nothing. */
const TOUCH_EVERY_MS = 60_000

/** Watches until the page is left. */
export function watchIdleness(): void {
  let lastSign = Date.now()
  let lastTouch = Date.now()
  for (const sign of SIGNS)
    addEventListener(sign, () => (lastSign = Date.now()), { passive: true, capture: true })
  setInterval(() => {
    if (session.value.state !== 'signed-in') {
      lastSign = Date.now()
      return
    }
    if (Date.now() - lastSign >= session.value.person.idleSeconds * 1_000) return lock()
    if (lastSign > lastTouch && Date.now() - lastTouch >= TOUCH_EVERY_MS) {
      lastTouch = Date.now()
      askService('/session/touch', { method: 'POST' }).catch(() => undefined)
    }
  }, LOOK_EVERY_MS)
}
