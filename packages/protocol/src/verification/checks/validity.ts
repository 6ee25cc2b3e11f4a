import { finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'

/** `nbf` ≤ time < `exp` (RFC 7519 §4.1.4–5), the time being the one asked about; no `exp` is 长期. */
export const validityCheck: LedgerCheck<'validity'> = {
  name: 'validity',
  reads: 'ledger',
  run: ({ presentation: { credential }, at }) => {
    const { nbf, exp } = credential.claims
    const facts = { at, nbf, ...(exp === undefined ? {} : { exp }) }
    if (at < nbf) return finding('validity/not-yet', facts)
    return finding(exp !== undefined && at >= exp ? 'validity/expired' : 'validity/in-force', facts)
  },
}
