/** The verification that is on the screen; in memory alone. */
import type { Verification } from '@hefu/sdk/remote'
import { shallowRef } from 'vue'
import { onForget } from '../session/typed-work.ts'

export const shownVerification = shallowRef<Verification | null>(null)

onForget(() => {
  shownVerification.value = null
})
