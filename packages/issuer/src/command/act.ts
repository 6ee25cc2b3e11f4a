import { readLicenceActs } from '@hefu/ledger'
import { formatChinaTime, type StatusAct } from '@hefu/protocol'
import { readAgency } from '../home/agency-home.ts'
import { ACT_TEXTS } from '../texts/act-texts.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { draftAct } from '../workflow/act-on-licences.ts'
import { assertNotOnLedger, type ReadActs } from '../workflow/acts-on-ledger.ts'
import { type ActOffice, enteredOf, type StandingEntry } from '../workflow/decision.ts'
import { assertSucceeds, findSubject, type SuccessionDoubt } from '../workflow/succession.ts'
import { enterDrafts, type RehearsalOptions } from './enter-drafts.ts'
import { linesOfEnteredBefore } from './entered-before.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type ChoiceOptions, chooseLicences } from './licence-choice.ts'
import { withActOffice } from './open-office.ts'
import { homeOf, type Session, sentence, tell } from './session.ts'

export interface ActOptions extends EntryOptions, ChoiceOptions, RehearsalOptions {
  readonly until?: string
  readonly to?: string
  readonly by?: string
  /** Of a supersession: what a person has compared. */
  readonly confirm?: readonly SuccessionDoubt[]
}

/** `hefu-issuer act suspend|reinstate|revoke|…`: one command for each legal act. */
export async function act(
  session: Session,
  statusAct: StatusAct,
  licenceIds: readonly string[],
  options: ActOptions,
): Promise<ExitCode> {
  const groups = await chooseLicences(licenceIds, options)
  const request = {
    act: statusAct,
    ...decisionOf(options),
    ...(options.until === undefined ? {} : { until: options.until }),
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.by === undefined ? {} : { by: options.by }),
  }
  const { network } = await readAgency(homeOf(options, session))
  await withActOffice(session, options, async (office) => {
    const readActs: ReadActs = (statusIndex) =>
      readLicenceActs(network, { issuer: office.agency, statusIndex })
    await assertSuccessor(office, groups.flat(), options)
    const drafts = []
    for (const group of groups) drafts.push(await draftAct(office, { ...request, licenceIds: group }))
    for (const draft of drafts) await assertNotOnLedger(office, statusAct, draft, readActs)
    await enterDrafts(session, options, office, drafts, (entry) =>
      tellAct(session, options, statusAct, entry),
    )
  })
  return EXIT.done
}

/** @throws {IssuerError} as `assertSucceeds` */
async function assertSuccessor(
  { journal }: ActOffice,
  [earlier = '']: readonly string[],
  { by, confirm }: ActOptions,
): Promise<void> {
  if (by === undefined) return
  const [successor, superseded] = [await findSubject(journal, by), await findSubject(journal, earlier)]
  assertSucceeds(successor, superseded, new Set(confirm))
}

function tellAct(session: Session, options: ActOptions, statusAct: StatusAct, entry: StandingEntry): void {
  const outcome = { act: statusAct, ...enteredOf(entry) }
  const details = {
    act: ACT_TEXTS[statusAct],
    count: outcome.licenceIds.length,
    effective: formatChinaTime(outcome.effectiveAt),
    blockNumber: outcome.blockNumber,
  }
  const lines = outcome.repeated
    ? linesOfEnteredBefore(outcome, details.act)
    : [sentence(COMMAND_TEXTS.acted, details)]
  tell(session, options, { event: 'acted', ...outcome }, lines)
}
