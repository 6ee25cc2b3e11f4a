import { finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'

/** RFC 7515 §5.2 with the key and the algorithm that the ledger holds for `kid`, never with the header's say. */
export const signatureCheck: LedgerCheck<'signature'> = {
  name: 'signature',
  reads: 'ledger',
  run: async ({ presentation: { credential }, facts: { key }, suite, importedKeys }) => {
    const { kid } = credential.header
    if (key === null) return finding('signature/no-key', { kid })
    const { algorithm, publicJwk } = key
    const facts = { kid, algorithm }
    const verifyingKey = await importedKeys.import(kid, publicJwk)
    if (verifyingKey === null) return finding('signature/unusable-key', facts)
    const verified = await suite.verify(
      verifyingKey,
      algorithm,
      credential.signingInput,
      credential.signature,
    )
    return finding(verified === true ? 'signature/verified' : 'signature/mismatch', facts)
  },
}
