/** One call of an office, from what is about to be done to what became of it. */
import { createInterface } from 'node:readline/promises'
import {
  type Confirmation,
  type ConnectedOffice,
  type Entered,
  encodeOfficeCall,
  type OfficeCall,
  type OfficeOutcome,
  type Way,
} from '@hefu/ledger'
import { type Bilingual, formatChinaTime } from '@hefu/protocol'
import { durationText } from '@hefu/service'
import { refusalReasonOf } from '../command/error-sentence.ts'
import { EXIT, type ExitCode } from '../command/exit-code.ts'
import { type Session, sentence, tell } from '../command/session.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { comparedIn, decidedAt, termTexts, wordsOf } from './call-words.ts'
import { OfficeError } from './office-error.ts'
import type { OfficeOptions } from './office-session.ts'
import { OFFICE_TEXTS } from './office-texts.ts'
import { KEEPER_TEXTS } from './role-texts.ts'
import { confirmerNow, confirmerOf, confirmerSentence, isByTwoKeys } from './second-key.ts'

/** What a command works with. */
export interface OfficeWork {
  readonly session: Session
  readonly options: OfficeOptions
  readonly office: ConnectedOffice
}

/** Makes a call from this account. */
export async function carryOut(work: OfficeWork, call: OfficeCall): Promise<ExitCode> {
  const words = await wordsOf(call, work.office)
  const compared = await comparedIn(call, work.office)
  const lines = await directLines(work, call)
  await askFirst(work, words, compared === null ? lines : [...lines, sentence(compared)])
  const outcome = await work.office.send(call)
  const event = { event: outcome.outcome, says: words, ...outcome }
  if (outcome.outcome === 'done') {
    tell(work.session, work.options, event, [...outcomeLines(outcome, words), ...termLines(outcome)])
  } else if (outcome.outcome === 'proposed') {
    const confirmer = await confirmerNow(outcome.callData, work.office)
    const lines = [
      ...outcomeLines(outcome, words),
      ...proposedLines(outcome, confirmerSentence(confirmer, call.functionName)),
    ]
    tell(work.session, work.options, { ...event, confirmer }, lines)
  } else tell(work.session, work.options, event, outcomeLines(outcome, words))
  return EXIT.done
}

async function directLines({ office }: OfficeWork, call: OfficeCall): Promise<readonly string[]> {
  if (!isByTwoKeys(call)) return [sentence(OFFICE_TEXTS.atOnce)]
  if (call.functionName === 'accreditAgency') return [sentence(OFFICE_TEXTS.maybeTwoKeys)]
  return [sentence(OFFICE_TEXTS.twoKeys), confirmerSentence(await confirmerOf(call, office))]
}

function proposedLines(
  { callData, call, standsUntil }: Extract<OfficeOutcome, { outcome: 'proposed' }>,
  confirmer: string,
): readonly string[] {
  return [
    confirmer,
    sentence(COMMAND_TEXTS.standsUntil, { until: formatChinaTime(standsUntil) }),
    sentence(OFFICE_TEXTS.confirmBy),
    `${sentence(COMMAND_TEXTS.callDigest)}  ${call}`,
    `${sentence(COMMAND_TEXTS.callData)}  ${callData}`,
  ]
}

function outcomeLines({ outcome, blockNumber }: OfficeOutcome, words: Bilingual): readonly string[] {
  const text = outcome === 'proposed' ? OFFICE_TEXTS.proposed : OFFICE_TEXTS.done
  return [sentence(text, { words, blockNumber })]
}

/** What was entered, by the contract's own events: a day that was past is not what stands. */
function termLines({ terms }: Entered): readonly string[] {
  return terms.map(({ from, until }) =>
    from === null
      ? sentence(OFFICE_TEXTS.enteredEnd, termTexts({ from: 0, until }))
      : sentence(OFFICE_TEXTS.enteredTerm, termTexts({ from, until })),
  )
}

/** What a restricted call is made with beside the work: the reason of a vote, and whether it is put against all odds. */
export interface RestrictedWork extends OfficeWork {
  readonly reason?: string
  /** Put to the vote although the contract would refuse it today. */
  readonly isAnyway?: boolean
}

/**
 * Makes a call that is restricted to roles, in the way that this account has: at once, announced, or put to the vote.
 *
 * @param look what is shown beside the call before anything is sent, and may keep it from being sent
 * @throws {OfficeError} `no-power`, `keepers-power`, `council-powerless`, `vote-in-vain`, `not-ready`, `not-confirmed`
 */
export async function carryOutRestricted(
  work: RestrictedWork,
  call: OfficeCall,
  look: () => Promise<readonly string[]> = async () => [],
): Promise<ExitCode> {
  const way = await work.office.wayOf(call)
  const words = await wordsOf(call, work.office)
  if (way.way === 'nobody') throw powerless(work, way)
  if (way.way === 'waiting') throw new OfficeError('not-ready', { until: formatChinaTime(way.until) })
  if (way.way === 'vote' && work.isAnyway !== true) await assertNotInVain(work, call)
  await askFirst(work, words, [wayLine(way), ...(await look())])
  if (way.way === 'announce') return announce(work, call, words, way.delay)
  if (way.way === 'vote') return putToVote(work, call, words)
  return finish(work, words, await work.office.send(call))
}

/** Whose call it is, where that is known: a vote is no way to what the council may not do. */
function powerless({ office }: OfficeWork, { role, isSeated }: Extract<Way, { way: 'nobody' }>): OfficeError {
  const keeper = KEEPER_TEXTS.get(role)
  if (keeper !== undefined) return new OfficeError('keepers-power', { account: office.address, keeper })
  return new OfficeError(isSeated ? 'council-powerless' : 'no-power', { account: office.address })
}

/** What the contract refuses today would be voted on for ten days, and be refused then. */
async function assertNotInVain({ office }: OfficeWork, call: OfficeCall): Promise<void> {
  const refusal = await office.councilRefusal(call)
  if (refusal !== null) throw new OfficeError('vote-in-vain', { reason: refusalReasonOf(refusal) })
}

function wayLine(way: Way): string {
  if (way.way === 'announce') return sentence(OFFICE_TEXTS.announce, { delay: durationText(way.delay) })
  if (way.way === 'vote') return sentence(OFFICE_TEXTS.vote)
  return sentence(way.way === 'ready' ? OFFICE_TEXTS.ready : OFFICE_TEXTS.atOnce)
}

async function announce(
  { session, options, office }: OfficeWork,
  call: OfficeCall,
  words: Bilingual,
  delay: number,
): Promise<ExitCode> {
  const confirmation = await office.announce(call)
  const { blockNumber, blockTime } = confirmation
  const event = { event: 'announced', says: words, ...blockOf(confirmation), readyAt: blockTime + delay }
  const details = { words, blockNumber, delay: durationText(delay) }
  tell(session, options, event, [sentence(OFFICE_TEXTS.announced, details)])
  return EXIT.done
}

/** The last line keeps anybody else from making this very proposal before its proposer. */
async function putToVote(
  { session, options, office, reason }: RestrictedWork,
  call: OfficeCall,
  words: Bilingual,
): Promise<ExitCode> {
  const lines = [`${words.zh} · ${words.en}`, reason, `#proposer=${office.address}`]
  const confirmation = await office.propose([call], lines.filter((line) => line !== undefined).join('\n'))
  const votes = await office.votes()
  const data = encodeOfficeCall(call)
  const own = votes.findLast(({ proposer, calls }) => proposer === office.address && calls[0]?.data === data)
  const number = own?.number ?? votes.length
  const { blockNumber } = confirmation
  const begins = formatChinaTime(own?.beginsAt ?? confirmation.blockTime)
  const says = own === undefined ? words : await wordsOf(call, office, decidedAt(own))
  const event = { event: 'put-to-vote', number, id: String(own?.id ?? ''), says, ...blockOf(confirmation) }
  tell(session, options, event, [
    sentence(OFFICE_TEXTS.putToVote, { number, words: says, blockNumber, begins }),
  ])
  return EXIT.done
}

/** Shows what is about to be done, sends it, and tells that it stands. */
export async function carryOutKnown(
  work: OfficeWork,
  words: Bilingual,
  send: () => Promise<Confirmation | Entered>,
  lines: readonly string[] = [],
): Promise<ExitCode> {
  await askFirst(work, words, lines)
  return finish(work, words, await send())
}

function finish(
  { session, options }: OfficeWork,
  words: Bilingual,
  confirmation: Confirmation | Entered,
): ExitCode {
  const { blockNumber } = confirmation
  const terms = 'terms' in confirmation ? confirmation.terms : []
  tell(session, options, { event: 'done', says: words, ...blockOf(confirmation), terms }, [
    sentence(OFFICE_TEXTS.done, { words, blockNumber }),
    ...termLines({ ...confirmation, terms }),
  ])
  return EXIT.done
}

/** The block alone, whatever else the office tells. */
export function blockOf({ blockNumber, blockHash, blockTime }: Confirmation): Confirmation {
  return { blockNumber, blockHash, blockTime }
}

/**
 * Shows what is about to be done, and asks whether to go on.
 *
 * @throws {OfficeError} `not-confirmed`
 */
export async function askFirst(
  { session, options, office }: OfficeWork,
  words: Bilingual,
  lines: readonly string[],
): Promise<void> {
  const shown = [
    sentence(OFFICE_TEXTS.about, { words }),
    sentence(OFFICE_TEXTS.account, { account: office.address }),
    ...lines,
  ]
  for (const line of shown) session.output.write(`${line}\n`)
  if (options.yes === true) return
  if (!(await isAgreed(session))) throw new OfficeError('not-confirmed')
}

async function isAgreed({ input, output }: Session): Promise<boolean> {
  if (input.isTTY !== true) return false
  const reader = createInterface({ input, output })
  try {
    return (await reader.question(`${sentence(OFFICE_TEXTS.ask)}: `)).trim() === 'yes'
  } finally {
    reader.close()
  }
}
