/** Taking back what this agency's key proposed and nobody has confirmed. */
import type { Submission } from '@hefu/ledger'
import type { Hex } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { type ActOffice, enteredOf } from './decision.ts'
import { enter } from './enter.ts'

/** A proposal that stands no more. */
export interface Withdrawal extends Submission {
  /** Keccak-256 of its call data. */
  readonly call: Hex
  readonly blockNumber: number
}

const DIGEST = /^0x[0-9a-f]{64}$/

/**
 * Takes a proposal back: nobody can confirm it any more.
 *
 * @throws {IssuerError} `not-a-proposal`
 * @throws {LedgerRefusedError} such as `ProposalNotOfCaller`
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function withdrawProposal(office: ActOffice, text: string): Promise<Withdrawal> {
  if (!DIGEST.test(text))
    throw new IssuerError('not-a-proposal', { value: JSON.stringify(text.slice(0, 80)) })
  const call = text as Hex
  const draft = { call: { kind: 'withdrawal', call }, licenceIds: [], effectiveAt: null } as const
  const { transactionHash, blockNumber } = enteredOf(await enter(office, draft))
  return { call, transactionHash, blockNumber }
}
