/**
 * Signing in again in a window of its own: the page behind it stays as it is, with what was typed. The window tells all
 * pages of this origin that it is done, and nothing else.
 */
import { shallowRef } from 'vue'
import { askSession, signInAddress } from './session.ts'

const CHANNEL = 'hefu.session'
const FEATURES = 'popup,width=520,height=720'

/** Whether the browser kept the window from opening. */
export const isWindowBlocked = shallowRef(false)

/** `second`: by a second factor. */
export function signInBeside(factor: 'first' | 'second'): void {
  const opened = open(signInAddress(factor, '/signed-in'), 'hefu-sign-in', FEATURES)
  isWindowBlocked.value = opened === null
}

/** Asks anew who is signed in, once a window says that somebody has. */
export function watchSignIns(): void {
  new BroadcastChannel(CHANNEL).addEventListener('message', () => void askSession())
}

/** Told by the window, which then closes. */
export function tellSignedIn(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('signed-in')
  channel.close()
  close()
}
