import { formatChinaTime, type StatusAct } from '@hefu/protocol'
import { ACT_TEXTS } from '../texts/act-texts.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { actOnLicences } from '../workflow/act-on-licences.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withOffice } from './open-office.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface ActOptions extends CommonOptions {
  readonly decision: string
  readonly effective: string
  readonly basis?: string
  readonly until?: string
  readonly to?: string
  readonly by?: string
}

/** `hefu-issuer act suspend|reinstate|revoke|…`: one command for each legal act. */
export async function act(
  session: Session,
  statusAct: StatusAct,
  licenceIds: readonly string[],
  options: ActOptions,
): Promise<ExitCode> {
  const home = homeOf(options, session)
  const request = {
    act: statusAct,
    licenceIds,
    decisionNumber: options.decision,
    effective: options.effective,
    ...(options.basis === undefined ? {} : { legalBasis: options.basis }),
    ...(options.until === undefined ? {} : { until: options.until }),
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.by === undefined ? {} : { by: options.by }),
  }
  const outcome = await withOffice(session, { home, out: undefined, onEvent: () => undefined }, (office) =>
    actOnLicences(office, request),
  )
  const details = {
    act: ACT_TEXTS[statusAct],
    count: licenceIds.length,
    effective: formatChinaTime(outcome.effectiveAt),
    blockNumber: outcome.blockNumber,
  }
  tell(session, options, { event: 'acted', ...outcome }, [sentence(COMMAND_TEXTS.acted, details)])
  return EXIT.done
}
