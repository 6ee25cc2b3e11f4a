/** Issuing one credential (salts, digests, claims checked, signature) against one raw ES256 signature. */
import { createCredential, suite } from '@hefu/protocol'
import { createIssuingKey, draftOf } from './anchored-licences.ts'
import { compareSpeed, type Figure } from './measure.ts'
import { rawEs256Sign } from './raw-signatures.ts'

const LICENCES = 1000

export async function benchIssueCredential(): Promise<Figure> {
  const { issuingKey } = await createIssuingKey('ES256')
  const drafts = Array.from({ length: LICENCES }, (_, i) => draftOf(i))
  const signed = await Promise.all(drafts.map((draft) => createCredential(draft, issuingKey, suite)))
  return compareSpeed(
    'issue-credential',
    {
      count: LICENCES,
      run: async () => {
        for (const draft of drafts) await createCredential(draft, issuingKey, suite)
      },
    },
    rawEs256Sign(signed.map(({ signingInput }) => signingInput)),
  )
}
