/** Whether the service answers. While it does not, it is looked for, so that nobody has to. */
import { shallowReadonly, shallowRef } from 'vue'

const LOOK_EVERY_MS = 5_000
const LOOK_MS = 4_000

const away = shallowRef(false)
let looking: ReturnType<typeof setInterval> | undefined

export const isServiceAway = shallowReadonly(away)

/** Told by a question that nobody answered. */
export function serviceIsAway(): void {
  away.value = true
  looking ??= setInterval(() => void look(), LOOK_EVERY_MS)
}

/** Told by any answer. */
export function serviceAnswers(): void {
  away.value = false
  clearInterval(looking)
  looking = undefined
}

async function look(): Promise<void> {
  const signal = AbortSignal.timeout(LOOK_MS)
  const answer = await fetch('/health/live', { signal, cache: 'no-store' }).catch(() => null)
  if (answer?.ok === true) serviceAnswers()
}
