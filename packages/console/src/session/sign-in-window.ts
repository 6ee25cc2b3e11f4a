/**
 * Signing in again in a window of its own: the page behind it stays as it is, with what was typed. The window tells all
 * pages of this origin that it is done, and nothing else.
 */
import { shallowRef } from 'vue'
import { type SignInWay, signInAddress } from './session.ts'
import { tellOthers } from './session-channel.ts'

const FEATURES = 'popup,width=520,height=720'

/** Whether the browser kept the window from opening. */
export const isWindowBlocked = shallowRef(false)

export function signInBeside(way: SignInWay): void {
  const opened = open(signInAddress(way, '/signed-in'), 'hefu-sign-in', FEATURES)
  isWindowBlocked.value = opened === null
}

/** Told by the window, which then closes. */
export function tellSignedIn(): void {
  tellOthers('changed')
  close()
}
