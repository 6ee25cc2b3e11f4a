/** What became of an entry that needs two keys: stands now, or who has to do what until when. */
import type { CredentialPlace } from '@hefu/ledger'
import { type Bilingual, formatChinaTime } from '@hefu/protocol'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import type { Office } from '../workflow/office.ts'
import type { TwoKeyEntry } from '../workflow/two-key-entry.ts'
import { type CommonOptions, type Session, sentence, tell } from './session.ts'

/** What was entered, for a program and for a person. */
export interface EntryName {
  readonly act: string
  readonly toStatus?: string
  readonly origin?: CredentialPlace
  readonly says: Bilingual
}

export function tellTwoKeyEntry(
  session: Session,
  options: CommonOptions,
  { ledger }: Pick<Office, 'ledger'>,
  entry: TwoKeyEntry,
  { says, ...name }: EntryName,
): void {
  const event = { event: entry.outcome, ...name, ...entry, ledger: ledger.address }
  tell(session, options, event, linesOf(entry, ledger.address, says))
}

type ProposedEntry = Extract<TwoKeyEntry, { outcome: 'proposed' }>

function linesOf(entry: TwoKeyEntry, ledger: string, act: Bilingual): readonly string[] {
  const details = {
    act,
    count: entry.licenceIds.length,
    effective: formatChinaTime(entry.effectiveAt),
    blockNumber: entry.blockNumber,
  }
  if (entry.outcome === 'carried-out') return [sentence(COMMAND_TEXTS.carriedOut, details)]
  return [
    ...(entry.repeated ? [sentence(COMMAND_TEXTS.proposedBefore, { number: entry.number })] : []),
    sentence(COMMAND_TEXTS.proposed, details),
    confirmerLine(entry),
    sentence(COMMAND_TEXTS.standsUntil, { until: formatChinaTime(entry.standsUntil) }),
    sentence(COMMAND_TEXTS.confirmBy, { ledger }),
    sentence(COMMAND_TEXTS.withdrawBy, { call: entry.call }),
    `${sentence(COMMAND_TEXTS.callDigest)}  ${entry.call}`,
    `${sentence(COMMAND_TEXTS.callData)}  ${entry.callData}`,
  ]
}

function confirmerLine({ confirmer }: ProposedEntry): string {
  if (confirmer === null) return sentence(COMMAND_TEXTS.confirmerUnknown)
  const { region, name, admin } = confirmer
  if (region === null) return sentence(COMMAND_TEXTS.confirmedByAlliance)
  return sentence(COMMAND_TEXTS.confirmedByRegion, {
    region,
    name: name === null ? '' : { zh: name.zh, en: name.en === '' ? name.zh : name.en },
    admin: admin ?? '',
  })
}
