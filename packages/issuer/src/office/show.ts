/** What anybody may look at: a region, an agency, and what waits for a second key. */
import type { AgencyRecord, Nominee, OfficeView, RegionRecord, WaitingProposal } from '@hefu/ledger'
import { type Bilingual, fillIn, formatChinaTime, inBoth } from '@hefu/protocol'
import { EXIT, type ExitCode } from '../command/exit-code.ts'
import { type Session, sentence, tell } from '../command/session.ts'
import { namedCode, wordsOf } from './call-words.ts'
import { parseMember } from './office-inputs.ts'
import { type OfficeOptions, openedView } from './office-session.ts'
import { OFFICE_TEXTS, STANDING_TEXTS } from './office-texts.ts'
import { confirmerSentence } from './second-key.ts'

const NONE: Bilingual = { zh: '无', en: 'none' }

/** `hefu-region show`. */
export async function showMember(session: Session, text: string, options: OfficeOptions): Promise<ExitCode> {
  const code = parseMember(text)
  const view = await openedView(session, options)
  if (code.length === 18) {
    const agency = await view.agency(code)
    tell(session, options, { event: 'agency', ...agency }, await agencyLines(agency, view))
  } else {
    const region = await view.region(code)
    tell(session, options, { event: 'region', ...region }, await regionLines(region, view))
  }
  return EXIT.done
}

async function regionLines(region: RegionRecord, view: OfficeView): Promise<readonly string[]> {
  const { code, parent, standing, admin, members, nominee, pausedUntil, name } = region
  const details = {
    code: await namedCode(code, view),
    standing: STANDING_TEXTS[standing],
    parent: parent === null ? NONE : await namedCode(parent, view),
    admin,
    members,
    contact: contactOf(name),
  }
  const paused =
    pausedUntil === null ? [] : [sentence(OFFICE_TEXTS.pausedUntil, { until: formatChinaTime(pausedUntil) })]
  return [sentence(OFFICE_TEXTS.region, details), ...paused, ...nomineeLines(nominee)]
}

async function agencyLines(agency: AgencyRecord, view: OfficeView): Promise<readonly string[]> {
  const { code, standing, region, operator, indexCount, nominee, name } = agency
  const details = {
    code: await namedCode(code, view),
    standing: STANDING_TEXTS[standing],
    region: region === '0' ? NONE : await namedCode(region, view),
    operator,
    indexCount,
    contact: contactOf(name),
  }
  return [sentence(OFFICE_TEXTS.agency, details), ...nomineeLines(nominee)]
}

function contactOf(name: RegionRecord['name']): Bilingual {
  return name === null || name.contact === '' ? NONE : inBoth(name.contact)
}

function nomineeLines(nominee: Nominee | null): readonly string[] {
  if (nominee === null) return []
  const { account, nominatedAt } = nominee
  return [sentence(OFFICE_TEXTS.nominee, { account, nominatedAt: formatChinaTime(nominatedAt) })]
}

/** `hefu-region proposals`. */
export async function showProposals(session: Session, options: OfficeOptions): Promise<ExitCode> {
  const view = await openedView(session, options)
  const waiting: { readonly proposal: WaitingProposal; readonly says: Bilingual }[] = []
  for (const proposal of await view.waitingProposals()) {
    const { call, callData } = proposal
    const says = call === null ? fillIn(OFFICE_TEXTS.proposalUnread, { callData }) : await wordsOf(call, view)
    waiting.push({ proposal, says })
  }
  const proposals = waiting.map(({ proposal: { call: _, ...rest }, says }) => ({ ...rest, says }))
  tell(
    session,
    options,
    { event: 'proposals', proposals },
    waiting.length === 0
      ? [sentence(OFFICE_TEXTS.noProposals)]
      : waiting.flatMap(({ proposal, says }) => proposalLines(proposal, says)),
  )
  return EXIT.done
}

function proposalLines(proposal: WaitingProposal, words: Bilingual): readonly string[] {
  const { number, proposer, proposedAt, standsUntil, confirmer } = proposal
  const times = { proposedAt: formatChinaTime(proposedAt), standsUntil: formatChinaTime(standsUntil) }
  return [
    sentence(OFFICE_TEXTS.proposal, { number, words, proposer: proposer.toLowerCase(), ...times }),
    `  ${confirmerSentence(confirmer)}`,
  ]
}
