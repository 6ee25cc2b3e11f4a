/** Re-checks of another case than that of the report. */
import type { RecheckedCase } from '@hefu/protocol'
import { FACE_DATA } from '../../../fixtures/sample-credential.ts'
import { CHALLENGE } from '../../../fixtures/sample-presentation.ts'
import { deterministicSuite } from '../deterministic-suite.ts'
import type { Named } from './named.ts'
import type { Rechecked } from './recheck-vector.ts'
import { type Scene, SUBMITTED } from './report-scene.ts'
import { RENDITION } from './reports.ts'

export async function otherCases({ sample, presented, verify }: Scene): Promise<readonly Rechecked[]> {
  const report = await verify({ request: { submitted: SUBMITTED, challenge: CHALLENGE } })
  const { holderName, post } = SUBMITTED
  const given: Named<Partial<RecheckedCase>> = [
    ['another presentation: the bundle without key binding', { presented: sample.bundle }],
    ['a line feed after what was presented: the same case', { presented: `${presented}\n` }],
    ['a line feed within what was presented', { presented: presented.replace('{', '{\n') }],
    ['values of other fields', { submitted: { post } }],
    ['the fields in another order', { submitted: { post, holderName } }],
    ['another value of a field', { submitted: { holderName, post: FACE_DATA['post'] ?? '' } }],
    ['another challenge', { challenge: { ...CHALLENGE, maxAgeSeconds: 301 } }],
    ['all of them', { presented: 'x', submitted: {}, challenge: { ...CHALLENGE, maxAgeSeconds: 1 } }],
  ]
  const other = { rendition: deterministicSuite.sha256Base64url('another file') }
  const carried = await verify({ request: { rendition: RENDITION } })
  return [
    { is: 'another rendition', report: carried, given: other },
    { is: 'a rendition where none was named', report: await verify(), given: other },
    ...given.map(([is, own]) => ({ is, report, given: own })),
    { is: 'a challenge where none was given', report: await verify(), given: { challenge: CHALLENGE } },
    { is: 'values where none were submitted', report: await verify(), given: { submitted: SUBMITTED } },
  ]
}
