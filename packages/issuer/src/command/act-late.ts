import { ACT_TEXTS } from '../texts/act-texts.ts'
import { actLate, draftLateAct, type LateActRequest } from '../workflow/act-late.ts'
import { enterDrafts, type RehearsalOptions } from './enter-drafts.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type ChoiceOptions, chooseLicences } from './licence-choice.ts'
import { withActOffice } from './open-office.ts'
import type { Session } from './session.ts'
import { tellTwoKeyEntry } from './two-key-lines.ts'

export interface LateActOptions extends EntryOptions, ChoiceOptions, RehearsalOptions {
  readonly until?: string
}

/** `hefu-issuer act suspend|reinstate|revoke|… --late`. */
export async function lateAct(
  session: Session,
  statusAct: LateActRequest['act'],
  named: readonly string[],
  options: LateActOptions,
): Promise<ExitCode> {
  // One proposal: whoever confirms it makes one call.
  const licenceIds = (await chooseLicences(named, options)).flat()
  const request = {
    act: statusAct,
    licenceIds,
    ...decisionOf(options),
    ...(options.until === undefined ? {} : { until: options.until }),
  }
  await withActOffice(session, options, async (office) => {
    if (options.rehearse === true) {
      await enterDrafts(session, options, office, [await draftLateAct(office, request)], () => undefined)
      return
    }
    const entry = await actLate(office, request)
    tellTwoKeyEntry(session, options, office, entry, { act: statusAct, says: ACT_TEXTS[statusAct] })
  })
  return EXIT.done
}
