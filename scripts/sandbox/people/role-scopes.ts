/** What each role may be given at the verifier service. Nobody deposits: agencies' systems do. */
import type { Role } from './sample-people.ts'

const COUNTER = ['verify', 'reports', 'retrieve', 'unmask', 'ledger:read'] as const
const OVERSIGHT = ['reports', 'ledger:read'] as const
const LEDGER = ['ledger:read'] as const

const SCOPES: Readonly<Record<Role, readonly string[]>> = {
  clerk: COUNTER,
  reviewer: COUNTER,
  supervisor: OVERSIGHT,
  auditor: OVERSIGHT,
  'audit-admin': OVERSIGHT,
  'system-admin': LEDGER,
  'security-admin': LEDGER,
  maker: LEDGER,
  checker: LEDGER,
  publisher: LEDGER,
}

export function scopesOf(role: Role): readonly string[] {
  return SCOPES[role]
}
