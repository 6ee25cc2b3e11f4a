import { createRpcLedgerView, readLicenceActs } from '@hefu/ledger'
import { type Bilingual, formatChinaTime, keyIdOf, parseLicenceId, type StatusEntry } from '@hefu/protocol'
import type { Agency } from '../home/agency-file.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { fillIn } from '../texts/fill-in.ts'
import { noticeText } from '../texts/notice-texts.ts'
import { CHANGE_TEXTS } from '../texts/refusal-details.ts'
import { STATUS_TEXTS } from '../texts/status-texts.ts'
import { statusIndexesOf } from '../workflow/licence-places.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type ChoiceOptions, chooseLicences } from './licence-choice.ts'
import { withJournal } from './open-office.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface ActsOptions extends CommonOptions, ChoiceOptions {}

/** `hefu-issuer acts`: needs no passphrase, and takes from the journal no more than where the licences stand. */
export async function acts(
  session: Session,
  licenceIds: readonly string[],
  options: ActsOptions,
): Promise<ExitCode> {
  const groups = await chooseLicences(licenceIds, options)
  await withJournal(session, homeOf(options, session), async (journal, agency) => {
    const { agency: issuer, network } = agency
    for (const group of groups) {
      const indexes = await statusIndexesOf({ journal }, group)
      for (const [place, statusIndex] of indexes.entries()) {
        const licenceId = group[place] ?? ''
        const entered = await readLicenceActs(network, { issuer, statusIndex })
        const notices = await readNotices(agency, licenceId, statusIndex)
        const lines = [
          sentence(COMMAND_TEXTS.actsOn, { licenceId, statusIndex, count: entered.length }),
          ...entered.map(actLine),
          ...notices.map((code) => `  ${sentence(COMMAND_TEXTS.noticeOn, { notice: noticeText(code) })}`),
        ]
        tell(session, options, { event: 'acts', licenceId, statusIndex, acts: entered, notices }, lines)
      }
    }
  })
  return EXIT.done
}

/** The notices that stand, by their codes: the ledger lists them beside the acts. */
async function readNotices(
  { agency, kid, region, network }: Agency,
  licenceId: string,
  statusIndex: number,
): Promise<readonly number[]> {
  const { licenceType } = parseLicenceId(licenceId, 'licenceId')
  const view = createRpcLedgerView(network)
  const query = { issuer: agency, keyId: keyIdOf(kid), statusIndex, licenceType, receivingRegion: region }
  return (await view.lookup(query)).notices
}

function actLine(entry: StatusEntry): string {
  const { effectiveAt, endsAt, decisionNumber = '' } = entry
  const details = {
    act: nameOf(entry),
    effective: formatChinaTime(effectiveAt),
    decisionNumber,
    end: endsAt === undefined ? '' : formatChinaTime(endsAt),
  }
  return `  ${sentence(endsAt === undefined ? COMMAND_TEXTS.actOn : COMMAND_TEXTS.actUntil, details)}`
}

function nameOf(entry: StatusEntry): Bilingual {
  if (entry.act !== 'correct') return CHANGE_TEXTS[entry.act]
  return fillIn(COMMAND_TEXTS.correction, { status: STATUS_TEXTS[entry.status] })
}
