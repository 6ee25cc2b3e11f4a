/** `hefu-council vote`: a voice, for how many it counted, and what is missing still. */
import type { Confirmation, Vote } from '@hefu/ledger'
import { type Bilingual, fillIn, formatChinaTime, joinTexts, quote } from '@hefu/protocol'
import { EXIT, type ExitCode } from '../command/exit-code.ts'
import { sentence, tell } from '../command/session.ts'
import { namedCode } from './call-words.ts'
import { askFirst, blockOf, type OfficeWork } from './carry-out.ts'
import { OfficeError } from './office-error.ts'
import { OFFICE_TEXTS, SUPPORT_TEXTS } from './office-texts.ts'
import { rulebookLinesOf } from './rulebook-change.ts'
import { wordsOfVote } from './show-council.ts'

/** In the governor's order. */
const SUPPORTS = ['against', 'for', 'abstain'] as const

/**
 * Votes, where the voice counts: the council takes every account's, and counts that of none without a seat.
 *
 * @throws {OfficeError} `not-a-voice`, `vote-unknown`, `no-voice`, `not-confirmed`
 */
export async function castVote(work: OfficeWork, number: number, text: string): Promise<ExitCode> {
  const support = SUPPORTS.find((one) => one === text)
  if (support === undefined) throw new OfficeError('not-a-voice', { value: quote(text) })
  const { office } = work
  const vote = await voteOf(work, number)
  if (vote.state === 'active') await assertCounted(work, vote)
  const said = { number, support: SUPPORT_TEXTS[support], words: await wordsOfVote(vote, office) }
  const words = fillIn(OFFICE_TEXTS.voting, said)
  await askFirst(work, words, await rulebookLinesOf(vote, office))
  const args = [vote.id, SUPPORTS.indexOf(support)]
  const sent = await office.send({ contract: 'council', functionName: 'castVote', args })
  return tellCounted(work, number, words, blockOf(sent))
}

/** The vote of a number, as far as it has come. */
export async function voteOf({ office }: OfficeWork, number: number): Promise<Vote> {
  const found = (await office.votes()).find((vote) => vote.number === number)
  if (found !== undefined) return found
  throw new OfficeError('vote-unknown', { number })
}

async function assertCounted({ office }: OfficeWork, vote: Vote): Promise<void> {
  if ((await office.voicesOf(office.address, vote)) > 0) return
  const counted: Bilingual[] = []
  for (const { region, account } of await office.seats()) {
    if ((await office.voicesOf(account, vote)) > 0) counted.push(await namedCode(region, office))
  }
  throw new OfficeError('no-voice', {
    account: office.address,
    number: vote.number,
    begins: formatChinaTime(vote.beginsAt),
    seats: counted.length === 0 ? { zh: '无', en: 'nobody' } : joinTexts(counted, 'list'),
  })
}

/** What the council made of it: a seat may be lost in the very block. */
async function tellCounted(
  work: OfficeWork,
  number: number,
  words: Bilingual,
  block: Confirmation,
): Promise<ExitCode> {
  const { voices, inFavour, against, abstaining, quorum } = await voteOf(work, number)
  const weight = voices.find(({ account }) => account === work.office.address)?.weight ?? 0
  const missing = Math.max(0, quorum - inFavour - against - abstaining)
  const text = missing === 0 ? OFFICE_TEXTS.quorumReached : OFFICE_TEXTS.quorumMissing
  const counts = { weight, inFavour, against, abstaining }
  tell(work.session, work.options, { event: 'done', says: words, ...block, ...counts, quorum, missing }, [
    sentence(OFFICE_TEXTS.done, { words, blockNumber: block.blockNumber }),
    sentence(OFFICE_TEXTS.voteCounted, { ...counts, standing: fillIn(text, { quorum, missing }) }),
  ])
  return weight > 0 ? EXIT.done : EXIT.ledgerRefused
}
