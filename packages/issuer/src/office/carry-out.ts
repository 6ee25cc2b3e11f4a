/** One call of an office, from what is about to be done to what became of it. */
import { createInterface } from 'node:readline/promises'
import {
  type Confirmation,
  type ConnectedOffice,
  encodeOfficeCall,
  type OfficeCall,
  type OfficeOutcome,
  type Way,
} from '@hefu/ledger'
import { type Bilingual, formatChinaTime } from '@hefu/protocol'
import { durationText } from '@hefu/service'
import { EXIT, type ExitCode } from '../command/exit-code.ts'
import { type Session, sentence, tell } from '../command/session.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { comparedIn, wordsOf } from './call-words.ts'
import { OfficeError } from './office-error.ts'
import type { OfficeOptions } from './office-session.ts'
import { OFFICE_TEXTS } from './office-texts.ts'
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
  if (outcome.outcome === 'proposed') {
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

/**
 * Makes a call that is restricted to roles, in the way that this account has: at once, announced, or put to the vote.
 *
 * @throws {OfficeError} `no-power`, `not-ready`, `not-confirmed`
 */
export async function carryOutRestricted(
  work: OfficeWork & { readonly reason?: string },
  call: OfficeCall,
): Promise<ExitCode> {
  const way = await work.office.wayOf(call)
  const words = await wordsOf(call, work.office)
  if (way.way === 'nobody') throw new OfficeError('no-power', { account: work.office.address })
  if (way.way === 'waiting') throw new OfficeError('not-ready', { until: formatChinaTime(way.until) })
  await askFirst(work, words, [wayLine(way)])
  if (way.way === 'announce') return announce(work, call, words, way.delay)
  if (way.way === 'vote') return putToVote(work, call, words)
  return finish(work, words, await work.office.send(call))
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
  const event = { event: 'announced', says: words, ...confirmation, readyAt: blockTime + delay }
  const details = { words, blockNumber, delay: durationText(delay) }
  tell(session, options, event, [sentence(OFFICE_TEXTS.announced, details)])
  return EXIT.done
}

/** The last line keeps anybody else from making this very proposal before its proposer. */
async function putToVote(
  { session, options, office, reason }: OfficeWork & { readonly reason?: string },
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
  const event = { event: 'put-to-vote', number, id: String(own?.id ?? ''), says: words, ...confirmation }
  tell(session, options, event, [sentence(OFFICE_TEXTS.putToVote, { number, words, blockNumber, begins })])
  return EXIT.done
}

/** Shows what is about to be done, sends it, and tells that it stands. */
export async function carryOutKnown(
  work: OfficeWork,
  words: Bilingual,
  send: () => Promise<Confirmation>,
): Promise<ExitCode> {
  await askFirst(work, words, [])
  return finish(work, words, await send())
}

function finish({ session, options }: OfficeWork, words: Bilingual, confirmation: Confirmation): ExitCode {
  const { blockNumber, blockHash, blockTime } = confirmation
  tell(session, options, { event: 'done', says: words, blockNumber, blockHash, blockTime }, [
    sentence(OFFICE_TEXTS.done, { words, blockNumber }),
  ])
  return EXIT.done
}

/** @throws {OfficeError} `not-confirmed` */
async function askFirst(
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
