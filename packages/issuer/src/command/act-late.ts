import { ACT_TEXTS } from '../texts/act-texts.ts'
import { actLate, type LateActRequest } from '../workflow/act-late.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withActOffice } from './open-office.ts'
import type { Session } from './session.ts'
import { tellTwoKeyEntry } from './two-key-lines.ts'

export interface LateActOptions extends EntryOptions {
  readonly until?: string
}

/** `hefu-issuer act suspend|reinstate|revoke|… --late`. */
export async function lateAct(
  session: Session,
  statusAct: LateActRequest['act'],
  licenceIds: readonly string[],
  options: LateActOptions,
): Promise<ExitCode> {
  const request = {
    act: statusAct,
    licenceIds,
    ...decisionOf(options),
    ...(options.until === undefined ? {} : { until: options.until }),
  }
  await withActOffice(session, options, async (office) => {
    const entry = await actLate(office, request)
    tellTwoKeyEntry(session, options, office, entry, { act: statusAct, says: ACT_TEXTS[statusAct] })
  })
  return EXIT.done
}
