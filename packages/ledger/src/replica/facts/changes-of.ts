/** What one event changes: facts in, changes out, and nothing else. */
import type { Hex } from '@hefu/protocol'
import type { EventBlock, LedgerEvent, LedgerEvents } from '../events/ledger-event.ts'
import { APPLY_LICENCES } from './apply-licences.ts'
import { APPLY_MEMBERS } from './apply-members.ts'
import { APPLY_RULES } from './apply-rules.ts'
import { APPLY_VOTES } from './apply-votes.ts'
import { APPLY_WAITS } from './apply-waits.ts'
import { type Change, type Facts, THE_ONE } from './facts.ts'

type Apply<Args> = (facts: Facts, args: Args, block: EventBlock) => readonly Change[]

/** Complete: an event that the ledger's ABI has and this table has not does not compile. */
const APPLY: { readonly [Name in keyof LedgerEvents]: Apply<LedgerEvents[Name]> } = {
  ...APPLY_MEMBERS,
  ...APPLY_LICENCES,
  ...APPLY_WAITS,
  // Which access manager there is, the hand-over proves.
  AuthorityUpdated: () => [],
  RulebookChanged: (facts, { rulebook, from }) => {
    const fact = { since: from, fact: rulebook.toLowerCase() as Hex }
    return [{ table: 'rulebooks', key: THE_ONE, fact: [...(facts.find('rulebooks', THE_ONE) ?? []), fact] }]
  },
}

/**
 * What an event changes in these facts, which stay as they are.
 *
 * @throws {UnknownFactError} when it speaks of something no event before it told of
 * @throws {RangeError} for a code that this version does not know
 */
export function changesOf(facts: Facts, event: LedgerEvent): readonly Change[] {
  // Name and arguments belong together, which the compiler does not follow through a table.
  if (event.contract === 'ledger')
    return (APPLY[event.name] as Apply<unknown>)(facts, event.args, event.block)
  if (event.contract === 'council') {
    const { council } = event
    const applyVote = APPLY_VOTES[event.name] as (
      votes: { readonly facts: Facts; readonly council: Hex },
      args: unknown,
      block: EventBlock,
    ) => readonly Change[]
    return applyVote({ facts, council }, event.args, event.block)
  }
  const { rulebook } = event
  const apply = APPLY_RULES[event.name] as (
    rules: { readonly facts: Facts; readonly rulebook: Hex },
    args: unknown,
    block: EventBlock,
  ) => readonly Change[]
  return apply({ facts, rulebook }, event.args, event.block)
}
