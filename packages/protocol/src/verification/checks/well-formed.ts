import { endsInRightCheck } from '../../identifiers/licence-id.ts'
import type { UnverifiedPresentation } from '../../presentation/presentation.ts'
import { type Finding, finding } from '../../report/findings.ts'

/**
 * What could be read is well formed; a wrong check character of the licence identifier is a warning on
 * another province's licence (domain rule), since identifiers made before the rule exist.
 */
export function checkWellFormed({ credential }: UnverifiedPresentation): Finding {
  const { jti } = credential.claims
  return finding(endsInRightCheck(jti) ? 'wellFormed/read' : 'wellFormed/licence-id-check', {
    licenceId: jti,
  })
}
