/** What a person can put right. */
import type { Bilingual } from '@hefu/protocol'

/** An error that says in both languages what is wrong; every kind of it has a closed union of codes. */
export abstract class ExplainedError extends Error {
  abstract readonly code: string
  readonly says: Bilingual

  constructor(says: Bilingual, options?: ErrorOptions) {
    super(says.en, options)
    this.says = says
  }
}

/** The system's own words for a failed operation, without a stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
