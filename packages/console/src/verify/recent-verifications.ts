/** The last verifications of this page, in memory alone: what each came to, and each to be opened again. */
import { shallowReadonly, shallowRef } from 'vue'
import { onForget } from '../session/typed-work.ts'
import type { ToldVerification } from './told-verification.ts'

const MOST = 20

const kept = shallowRef<readonly ToldVerification[]>([])

/** The newest first. */
export const recentVerifications = shallowReadonly(kept)

export function keepVerification(told: ToldVerification): void {
  kept.value = [told, ...kept.value].slice(0, MOST)
}

onForget(() => {
  kept.value = []
})
