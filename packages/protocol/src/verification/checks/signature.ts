import { finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import { whenReady } from '../eventual.ts'

/** RFC 7515 §5.2 with the key and the algorithm that the ledger holds for `kid`, never with the header's say. */
export const signatureCheck: LedgerCheck<'signature'> = {
  name: 'signature',
  reads: 'ledger',
  run: ({ bundle: { credential }, facts: { key }, suite, importedKeys }) => {
    const { kid } = credential.header
    if (key === null) return finding('signature/no-key', { kid })
    const { algorithm, publicJwk } = key
    const facts = { kid, algorithm }
    return whenReady(importedKeys.import(kid, publicJwk), (verifyingKey) => {
      if (verifyingKey === null) {
        return finding('signature/unusable-key', facts)
      }
      const verified = suite.verify(verifyingKey, algorithm, credential.signingInput, credential.signature)
      return whenReady(verified, (isVerified) =>
        finding(isVerified === true ? 'signature/verified' : 'signature/mismatch', facts),
      )
    })
  },
}
