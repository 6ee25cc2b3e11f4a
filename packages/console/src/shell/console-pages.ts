/** The pages that one can go to, in their order, and whose each is. */
import type { Bilingual } from '@hefu/protocol'
import { type Role, SHELL_TEXTS } from '../texts/shell-texts.ts'

export interface ConsolePage {
  /** Of its route. */
  readonly name: string
  readonly says: Bilingual
  readonly keys: string
  readonly roles: readonly Role[]
}

/** Who decides cases at a counter. */
export const DECIDING: readonly Role[] = ['clerk', 'reviewer']
/** Who may have reports shown that were made before. */
export const READING: readonly Role[] = [...DECIDING, 'supervisor', 'auditor', 'audit-admin']

export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { name: 'verify', says: SHELL_TEXTS.verify, keys: 'Alt+1', roles: DECIDING },
  { name: 'batch', says: SHELL_TEXTS.batch, keys: 'Alt+2', roles: DECIDING },
  { name: 'sheets', says: SHELL_TEXTS.sheets, keys: 'Alt+3', roles: READING },
]

/** Those of a person with these roles. */
export function pagesOf(roles: readonly Role[]): readonly ConsolePage[] {
  return CONSOLE_PAGES.filter((page) => page.roles.some((role) => roles.includes(role)))
}
