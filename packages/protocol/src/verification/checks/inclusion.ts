import { usccOf } from '../../credential/claims.ts'
import { verifyInclusion } from '../../receipt/receipt.ts'
import { finding } from '../../report/findings.ts'
import type { PresentationCheck } from '../check.ts'

/** RFC 9162 §2.1.3.2 over the signing input: the receipt is of this credential and of its issuer. */
export const inclusionCheck: PresentationCheck<'inclusion'> = {
  name: 'inclusion',
  reads: 'presentation',
  run: ({ presentation: { credential, receipt }, suite }) => {
    if (receipt === null) return finding('inclusion/no-receipt')
    const facts = { root: receipt.root, index: receipt.index, size: receipt.size }
    if (receipt.issuer !== usccOf(credential.claims)) return finding('inclusion/other-issuer', facts)
    const included = verifyInclusion(credential.signingInput, receipt, suite)
    return finding(included ? 'inclusion/included' : 'inclusion/root-mismatch', facts)
  },
}
