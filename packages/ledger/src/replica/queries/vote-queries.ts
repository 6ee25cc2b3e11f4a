/** Lists of the council's votes, in the order in which they were proposed. */
import type { Hex, LedgerBlock } from '@hefu/protocol'
import { type Facts, keyOf, numberKey, THE_ONE, type VoteCourse, type VoteRecord } from '../facts/facts.ts'
import type { VoiceItem, VoteItem, VoteRecordItem, VoteState } from './listed-items.ts'
import { listNumbered } from './numbered-lists.ts'
import type { Page, PageRequest } from './page.ts'

/** Provinces have codes of two digits. */
const MOST_SEATS = 100

export interface VoteQueries {
  /**
   * @param state of which alone; absent: all
   * @throws {CursorUndoneError} when the chain replaced what the page before had told
   * @returns `null` where the network file names no council: that there are none is not said
   */
  votes(page: PageRequest, state?: VoteState): Page<VoteItem> | null
  vote(number: number): VoteRecordItem | null
}

export function createVoteQueries(facts: Facts, block: LedgerBlock): VoteQueries {
  const itemOf = ({ calls: _, ...vote }: VoteRecord, key: string): VoteItem => {
    const course = facts.find('voteCourses', key)
    const voices = voicesOf(facts, key)
    const heard = (support: VoiceItem['support']): number =>
      voices.filter((voice) => voice.support === support).length
    return {
      number: Number(key),
      ...vote,
      state: stateOf(vote, course, block.time),
      inFavour: heard('in-favour'),
      against: heard('against'),
      abstaining: heard('abstaining'),
      executableAt: course?.executableAt ?? null,
      endedAt: course?.end?.at ?? null,
    }
  }
  return {
    votes: (page, state) => {
      if (facts.find('council', THE_ONE) === null) return null
      const countIn = (of: Facts): number => of.find('voteCount', THE_ONE) ?? 0
      const listed = listNumbered(
        facts,
        { table: 'votes', name: state ?? '', countIn },
        page,
        (vote, [key = '']) => {
          const item = itemOf(vote, key)
          return state === undefined || item.state === state ? item : null
        },
      )
      return { ...listed, block }
    },
    vote: (number) => {
      const key = numberKey(number)
      const vote = facts.find('votes', key)
      return vote && { ...itemOf(vote, key), calls: vote.calls, voices: voicesOf(facts, key) }
    },
  }
}

/** Of one vote. */
function voicesOf(facts: Facts, key: string): readonly VoiceItem[] {
  const prefix = keyOf(key, '')
  const keys = facts.keysOf('voices', prefix, MOST_SEATS).filter((one) => one.startsWith(prefix))
  return keys.flatMap((one) => {
    const voice = facts.find('voices', one)
    return voice === null ? [] : { voter: one.slice(prefix.length) as Hex, ...voice }
  })
}

/** As the governor says it: the second of either bound is still before it. */
function stateOf(
  { beginsAt, endsAt }: Pick<VoteRecord, 'beginsAt' | 'endsAt'>,
  course: VoteCourse | null,
  time: number,
): VoteState {
  if (course?.end) return course.end.how
  if (course !== null && course.executableAt !== null) return 'queued'
  if (time <= beginsAt) return 'pending'
  return time <= endsAt ? 'active' : 'over'
}
