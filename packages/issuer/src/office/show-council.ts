/** What anybody may look at in the council: seats, votes and announcements. */
import type { Announcement, OfficeView, Vote } from '@hefu/ledger'
import { type Bilingual, formatChinaTime, inBoth, joinTexts, quote, withRemark } from '@hefu/protocol'
import { EXIT, type ExitCode } from '../command/exit-code.ts'
import { type Session, sentence, tell } from '../command/session.ts'
import { fillIn } from '../texts/fill-in.ts'
import { decidedAt, namedCode, wordsOfVoted } from './call-words.ts'
import { type OfficeOptions, openedView } from './office-session.ts'
import { OFFICE_TEXTS, SUPPORT_TEXTS, VOTE_STATE_TEXTS } from './office-texts.ts'
import { rulebookLinesOf } from './rulebook-change.ts'

/** `hefu-council seats`. */
export async function showSeats(session: Session, options: OfficeOptions): Promise<ExitCode> {
  const view = await openedView(session, options)
  const seats = await view.seats()
  const lines: string[] = []
  for (const { region, account, isEntitled } of seats) {
    const text = isEntitled ? OFFICE_TEXTS.seat : OFFICE_TEXTS.deadSeat
    lines.push(sentence(text, { region: await namedCode(region, view), account }))
  }
  tell(
    session,
    options,
    { event: 'seats', seats },
    lines.length > 0 ? lines : [sentence(OFFICE_TEXTS.noSeats)],
  )
  return EXIT.done
}

/** What a vote would do, all of its calls. */
export async function wordsOfVote(vote: Vote, view: OfficeView): Promise<Bilingual> {
  const words: Bilingual[] = []
  for (const call of vote.calls) words.push(await wordsOfVoted(call, view, decidedAt(vote)))
  return joinTexts(words, 'remark')
}

interface Listed {
  readonly vote: Vote
  readonly says: Bilingual
  /** What the rulebook that it would put in force holds. */
  readonly holds: readonly string[]
}

/** `hefu-council votes`. */
export async function showVotes(session: Session, options: OfficeOptions): Promise<ExitCode> {
  const view = await openedView(session, options)
  const votes: Listed[] = []
  const all = await view.votes()
  for (const vote of all) {
    votes.push({ vote, says: await wordsOfVote(vote, view), holds: await rulebookLinesOf(vote, view) })
  }
  const seats = all.length === 0 ? new Map<string, Bilingual>() : await seatedAccounts(view)
  tell(
    session,
    options,
    { event: 'votes', votes: votes.map(({ vote, says }) => ({ ...flat(vote), says })) },
    votes.length === 0
      ? [sentence(OFFICE_TEXTS.noVotes)]
      : votes.flatMap(({ vote, says, holds }) => [
          voteLine(vote),
          `  ${says.zh} · ${says.en}`,
          ...holds.map((line) => `  ${line}`),
          ...whoLines(vote, seats),
          ...writtenLines(vote),
        ]),
  )
  return EXIT.done
}

/** Accounts that sit, by the province that each sits for. */
async function seatedAccounts(view: OfficeView): Promise<ReadonlyMap<string, Bilingual>> {
  const named = new Map<string, Bilingual>()
  for (const { region, account } of await view.seats()) named.set(account, await namedCode(region, view))
  return named
}

/** Who put it, and who said what; an account that does not sit any more by its address alone. */
function whoLines({ proposer, voices }: Vote, seats: ReadonlyMap<string, Bilingual>): readonly string[] {
  const nameOf = (account: string): Bilingual => withRemark(seats.get(account) ?? NOBODY, inBoth(account))
  const said = voices.map(({ account, support, weight }) =>
    fillIn(weight > 0 ? OFFICE_TEXTS.voice : OFFICE_TEXTS.voiceUncounted, {
      account: seats.get(account) ?? account,
      support: SUPPORT_TEXTS[support],
    }),
  )
  return [
    `  ${sentence(OFFICE_TEXTS.proposer, { account: nameOf(proposer) })}`,
    ...(said.length === 0 ? [] : [`  ${sentence(OFFICE_TEXTS.voices, { voices: joinTexts(said, 'list') })}`]),
  ]
}

const NOBODY: Bilingual = { zh: '已无席位的账户', en: 'an account without a seat' }

/** What its proposer wrote beside the words, which may be anything: quoted, cut, and never taken for what it does. */
function writtenLines({ description }: Vote): readonly string[] {
  const [, ...more] = description.split('\n')
  const reasons = more.filter((line) => !line.startsWith('#proposer='))
  return reasons.map((text) => `  ${sentence(OFFICE_TEXTS.written, { text: quote(text) })}`)
}

/** Numbers of 256 bits are texts in JSON, and bytes that are in words already are left out. */
function flat({ id, calls: _, values: __, ...vote }: Vote): object {
  return { ...vote, id: String(id) }
}

function voteLine({
  number,
  state,
  inFavour,
  against,
  abstaining,
  quorum,
  beginsAt,
  endsAt,
  executableAt,
}: Vote): string {
  const when =
    executableAt === null
      ? fillIn(OFFICE_TEXTS.voteFrom, { begins: formatChinaTime(beginsAt), ends: formatChinaTime(endsAt) })
      : fillIn(OFFICE_TEXTS.executableFrom, { at: formatChinaTime(executableAt) })
  const details = { number, state: VOTE_STATE_TEXTS[state], inFavour, against, abstaining, quorum, when }
  return sentence(OFFICE_TEXTS.voteLine, details)
}

/** `hefu-council announcements`. */
export async function showAnnouncements(session: Session, options: OfficeOptions): Promise<ExitCode> {
  const view = await openedView(session, options)
  const open: { readonly announcement: Announcement; readonly says: Bilingual }[] = []
  for (const announcement of await view.announcements()) {
    open.push({ announcement, says: await wordsOfVoted(announcement, view) })
  }
  const announcements = open.map(({ announcement: { call: _, ...rest }, says }) => ({ ...rest, says }))
  tell(
    session,
    options,
    { event: 'announcements', announcements },
    open.length === 0
      ? [sentence(OFFICE_TEXTS.noAnnouncements)]
      : open.map(({ announcement: { number, caller, readyAt }, says: words }) =>
          sentence(OFFICE_TEXTS.announcement, { number, words, caller, readyAt: formatChinaTime(readyAt) }),
        ),
  )
  return EXIT.done
}
