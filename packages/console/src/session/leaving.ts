/** Whoever signs out while work of theirs goes on at the service is asked what becomes of it. */
import type { Bilingual } from '@hefu/protocol'
import { shallowRef, watch } from 'vue'
import { signOut } from './session.ts'

/** Work that outlasts the page. */
export interface WorkElsewhere {
  readonly title: Bilingual
  readonly says: Bilingual
  /** Ends it at the service. @throws {ServiceProblem} */
  readonly cancel: () => Promise<void>
}

/** `null`: nothing goes on. */
export const workElsewhere = shallowRef<WorkElsewhere | null>(null)

export const isAskedToLeave = shallowRef(false)

// With the work goes the question: of the next nobody has asked yet.
watch(
  workElsewhere,
  (work) => {
    if (work === null) isAskedToLeave.value = false
  },
  { flush: 'sync' },
)

export function askToSignOut(): void {
  if (workElsewhere.value === null) void signOut()
  else isAskedToLeave.value = true
}
