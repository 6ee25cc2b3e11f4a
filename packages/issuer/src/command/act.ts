import { formatChinaTime, type StatusAct } from '@hefu/protocol'
import { ACT_TEXTS } from '../texts/act-texts.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { actOnLicences } from '../workflow/act-on-licences.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withActOffice } from './open-office.ts'
import { type Session, sentence, tell } from './session.ts'

export interface ActOptions extends EntryOptions {
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
  const request = {
    act: statusAct,
    licenceIds,
    ...decisionOf(options),
    ...(options.until === undefined ? {} : { until: options.until }),
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.by === undefined ? {} : { by: options.by }),
  }
  const outcome = await withActOffice(session, options, (office) => actOnLicences(office, request))
  const details = {
    act: ACT_TEXTS[statusAct],
    count: licenceIds.length,
    effective: formatChinaTime(outcome.effectiveAt),
    blockNumber: outcome.blockNumber,
    number: outcome.number,
  }
  const said = outcome.repeated ? COMMAND_TEXTS.actedBefore : COMMAND_TEXTS.acted
  tell(session, options, { event: 'acted', ...outcome }, [sentence(said, details)])
  return EXIT.done
}
