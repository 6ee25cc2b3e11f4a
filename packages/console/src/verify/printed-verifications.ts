/**
 * What sheets are opened of, each under a number of its own: a sheet shows what its button or key stood beside, whatever
 * is verified or printed before somebody comes back to it. In memory alone.
 */
import type { Verification } from '@hefu/sdk/remote'
import { onForget } from '../session/typed-work.ts'

export interface PrintedVerification {
  readonly verification: Verification
  /** 用证事由 as the clerk typed it, which no report holds; `null`: none, or it is not known any more. */
  readonly useCause: string | null
}

export interface PrintedVerifications {
  /** The number that a sheet's address has. */
  keep(printed: PrintedVerification): string
  /** `null`: of this page, or of this person, none. */
  find(number: unknown): PrintedVerification | null
  forget(): void
}

/** Sheets that somebody may go back to. */
const MOST = 50

export function createPrintedVerifications(): PrintedVerifications {
  const kept = new Map<string, PrintedVerification>()
  let last = 0
  return {
    keep: (printed) => {
      const number = String(++last)
      kept.set(number, printed)
      kept.delete(String(last - MOST))
      return number
    },
    find: (number) => (typeof number === 'string' ? (kept.get(number) ?? null) : null),
    forget: () => kept.clear(),
  }
}

export const printedVerifications: PrintedVerifications = createPrintedVerifications()

onForget(printedVerifications.forget)

/** Where its sheet is. */
export function sheetOf(printed: PrintedVerification): {
  readonly name: 'sheet'
  readonly query: { readonly of: string }
} {
  return { name: 'sheet', query: { of: printedVerifications.keep(printed) } }
}
