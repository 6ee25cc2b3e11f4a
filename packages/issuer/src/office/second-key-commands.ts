/** `hefu-region confirm` and `withdraw`: proposals by their numbers. */
import type { WaitingProposal } from '@hefu/ledger'
import type { Bilingual } from '@hefu/protocol'
import { fillIn } from '@hefu/protocol'
import type { ExitCode } from '../command/exit-code.ts'
import { wordsOf } from './call-words.ts'
import { carryOutKnown, type OfficeWork } from './carry-out.ts'
import { OfficeError } from './office-error.ts'
import { OFFICE_TEXTS } from './office-texts.ts'
import { confirmerSentence } from './second-key.ts'

/** Makes the call that another key proposed. */
export async function confirmWaiting(work: OfficeWork, number: number): Promise<ExitCode> {
  const { session, office } = work
  const proposal = await waitingOf(work, number)
  session.output.write(`${confirmerSentence(proposal.confirmer, proposal.call?.functionName)}\n`)
  const words = fillIn(OFFICE_TEXTS.confirming, { number, words: await wordsOfWaiting(work, proposal) })
  return carryOutKnown(work, words, () => office.confirmProposal(proposal.callData))
}

/** Takes back what this account proposed. */
export async function withdrawWaiting(work: OfficeWork, number: number): Promise<ExitCode> {
  const proposal = await waitingOf(work, number)
  const words = fillIn(OFFICE_TEXTS.withdrawing, { number, words: await wordsOfWaiting(work, proposal) })
  const call = { contract: 'ledger', functionName: 'withdrawProposal', args: [proposal.id] } as const
  return carryOutKnown(work, words, () => work.office.send(call))
}

async function waitingOf({ office }: OfficeWork, number: number): Promise<WaitingProposal> {
  const found = (await office.waitingProposals()).find((proposal) => proposal.number === number)
  if (found !== undefined) return found
  throw new OfficeError('proposal-unknown', { number })
}

async function wordsOfWaiting(
  { office }: Pick<OfficeWork, 'office'>,
  { call, callData }: WaitingProposal,
): Promise<Bilingual> {
  return call === null ? fillIn(OFFICE_TEXTS.proposalUnread, { callData }) : wordsOf(call, office)
}
