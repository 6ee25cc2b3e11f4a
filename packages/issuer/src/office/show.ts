/** What anybody may look at: a region, an agency, and what waits for a second key. */
import type {
  AgencyKey,
  AgencyRecord,
  AgencyResponsibility,
  AgreementRecord,
  FormerHolder,
  Nominee,
  OfficeView,
  RegionRecord,
  WaitingProposal,
} from '@hefu/ledger'
import { type Bilingual, fillIn, formatChinaTime, inBoth } from '@hefu/protocol'
import { EXIT, type ExitCode } from '../command/exit-code.ts'
import { type Session, sentence, tell } from '../command/session.ts'
import { agreementText, namedCode, termTexts, typeText, wordsOf } from './call-words.ts'
import { OfficeError } from './office-error.ts'
import { parseMember } from './office-inputs.ts'
import { type OfficeOptions, openedView } from './office-session.ts'
import { OFFICE_TEXTS, STANDING_TEXTS } from './office-texts.ts'
import { confirmerSentence } from './second-key.ts'

const NONE: Bilingual = { zh: '无', en: 'none' }

/**
 * `hefu-region show`.
 *
 * @throws {OfficeError} `member-unknown`
 */
export async function showMember(session: Session, text: string, options: OfficeOptions): Promise<ExitCode> {
  const code = parseMember(text)
  const view = await openedView(session, options)
  if (code.length === 18) {
    const agency = await view.agency(code)
    assertKnown(agency)
    const keys = await view.keysOf(code)
    const responsibilities = await view.responsibilitiesOf(code)
    tell(session, options, { event: 'agency', ...agency, keys, responsibilities }, [
      ...(await agencyLines(agency, view)),
      ...keyLines(keys),
      ...responsibilityLines(responsibilities),
    ])
  } else {
    const region = await view.region(code)
    assertKnown(region)
    const agreements = region.parent === null ? await view.agreementsOf(code) : []
    tell(session, options, { event: 'region', ...region, agreements }, [
      ...(await regionLines(region, view)),
      ...(await agreementLines(agreements, view)),
    ])
  }
  return EXIT.done
}

function assertKnown({ code, standing }: RegionRecord | AgencyRecord): void {
  if (standing === 'none') throw new OfficeError('member-unknown', { code })
}

async function regionLines(region: RegionRecord, view: OfficeView): Promise<readonly string[]> {
  const { code, parent, standing, admin, heldSince, members, pausedUntil, name } = region
  const details = {
    code: await namedCode(code, view),
    standing: STANDING_TEXTS[standing],
    parent: parent === null ? NONE : await namedCode(parent, view),
    admin,
    since: sinceText(admin, heldSince),
    members,
    contact: contactOf(name),
  }
  const paused =
    pausedUntil === null ? [] : [sentence(OFFICE_TEXTS.pausedUntil, { until: formatChinaTime(pausedUntil) })]
  return [sentence(OFFICE_TEXTS.region, details), ...paused, ...(await officeLines(region, view))]
}

async function agencyLines(agency: AgencyRecord, view: OfficeView): Promise<readonly string[]> {
  const { code, standing, region, operator, heldSince, indexCount, name } = agency
  const details = {
    code: await namedCode(code, view),
    standing: STANDING_TEXTS[standing],
    region: region === '0' ? NONE : await namedCode(region, view),
    operator,
    since: sinceText(operator, heldSince),
    indexCount,
    contact: contactOf(name),
  }
  return [sentence(OFFICE_TEXTS.agency, details), ...(await officeLines(agency, view))]
}

function contactOf(name: RegionRecord['name']): Bilingual {
  return name === null || name.contact === '' ? NONE : inBoth(name.contact)
}

function sinceText(holder: string, heldSince: number): Bilingual {
  if (/^0x0{40}$/.test(holder)) return OFFICE_TEXTS.vacant
  return fillIn(OFFICE_TEXTS.since, { since: formatChinaTime(heldSince) })
}

async function successorLine(successor: string | null, view: OfficeView): Promise<string> {
  if (successor === null) return sentence(OFFICE_TEXTS.noSuccessor)
  return sentence(OFFICE_TEXTS.successor, { successor: await namedCode(successor, view) })
}

async function agreementLines(
  agreements: readonly AgreementRecord[],
  view: OfficeView,
): Promise<readonly string[]> {
  const lines: string[] = []
  for (const agreement of agreements) {
    const terms = await agreementText(agreement, view)
    lines.push(sentence(OFFICE_TEXTS.agreement, { number: agreement.number, terms }))
  }
  return lines
}

/** Who follows what was retired, and whom an office may come to. */
async function officeLines(
  { standing, successor, nominee, former }: RegionRecord | AgencyRecord,
  view: OfficeView,
): Promise<readonly string[]> {
  return [
    ...(standing === 'retired' ? [await successorLine(successor, view)] : []),
    ...(nominee === null ? [] : [nomineeLine(nominee, await view.now())]),
    ...(former === null ? [] : [formerLine(former)]),
  ]
}

function nomineeLine({ account, nominatedAt, standsUntil }: Nominee, now: number): string {
  const text = standsUntil <= now ? OFFICE_TEXTS.nomineeLapsed : OFFICE_TEXTS.nominee
  const times = { nominatedAt: formatChinaTime(nominatedAt), standsUntil: formatChinaTime(standsUntil) }
  return sentence(text, { account, ...times })
}

function formerLine({ account, returnsUntil }: FormerHolder): string {
  return sentence(OFFICE_TEXTS.former, { account, returnsUntil: formatChinaTime(returnsUntil) })
}

function keyLines(keys: readonly AgencyKey[]): readonly string[] {
  if (keys.length === 0) return [sentence(OFFICE_TEXTS.noKeys)]
  return keys.map(({ kid, algorithm, validFrom, validUntil, compromisedFrom }) => {
    const compromise =
      compromisedFrom === null
        ? OFFICE_TEXTS.notCompromised
        : fillIn(OFFICE_TEXTS.compromised, { since: formatChinaTime(compromisedFrom) })
    const { from, until } = termTexts({ from: validFrom, until: validUntil })
    return sentence(OFFICE_TEXTS.agencyKey, {
      kid,
      algorithm,
      validFrom: from,
      validUntil: until,
      compromise,
    })
  })
}

function responsibilityLines(responsibilities: readonly AgencyResponsibility[]): readonly string[] {
  if (responsibilities.length === 0) return [sentence(OFFICE_TEXTS.noResponsibilities)]
  return responsibilities.map(({ licenceType, term }) =>
    sentence(OFFICE_TEXTS.responsibility, { licenceType: typeText(licenceType), ...termTexts(term) }),
  )
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
  const { number, proposer, proposedAt, standsUntil, confirmer, call } = proposal
  const times = { proposedAt: formatChinaTime(proposedAt), standsUntil: formatChinaTime(standsUntil) }
  return [
    sentence(OFFICE_TEXTS.proposal, { number, words, proposer: proposer.toLowerCase(), ...times }),
    `  ${confirmerSentence(confirmer, call?.functionName)}`,
  ]
}
