/** What an agency's operator may have mined, as plain data: it can be written down before anything is sent. */
import type { Hex } from '@hefu/protocol'
import { encodeFunctionData } from 'viem'
import { encodeUscc } from '../abi/codes.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import {
  actCall,
  type Correction,
  correctionCall,
  type Dissolution,
  dissolutionCall,
  type LegalAct,
  lateActCall,
  liftNoticeCall,
  type Notice,
  noteCall,
  type Supersession,
  supersessionCall,
  type TransferIn,
  type TransferOut,
  transferInCall,
  transferOutCall,
} from './act-calls.ts'
import type { LedgerCall } from './contract-call.ts'
import type { EncodedCall } from './outbox.ts'
import { assertPublic } from './public-text.ts'

/** A batch as the ledger takes it. */
export interface AnchorEntry {
  readonly root: Hex
  /** Leaves, at most 2^24. */
  readonly size: number
}

/** A decision of an agency; its decision is among the members. */
export type DecidedCall =
  | { readonly kind: 'act'; readonly issuer: string; readonly act: LegalAct }
  /** An act of more than 31 days ago; by two keys. */
  | { readonly kind: 'late-act'; readonly issuer: string; readonly act: LegalAct }
  | { readonly kind: 'supersession'; readonly issuer: string; readonly act: Supersession }
  | { readonly kind: 'transfer-out'; readonly issuer: string; readonly act: TransferOut }
  | { readonly kind: 'transfer-in'; readonly act: TransferIn }
  | { readonly kind: 'notice'; readonly issuer: string; readonly act: Notice }
  | { readonly kind: 'notice-lifted'; readonly issuer: string; readonly act: Notice }
  /** By two keys: the same call proposes it, and carries it out when the superior of the region makes it. */
  | { readonly kind: 'correction'; readonly issuer: string; readonly act: Correction }
  /** By two keys, likewise. */
  | { readonly kind: 'dissolution'; readonly act: Dissolution }

export type OperatorCall =
  /** One batch behind the other, the first beginning at `firstIndex`. */
  | {
      readonly kind: 'anchors'
      readonly issuer: string
      readonly firstIndex: number
      readonly entries: readonly AnchorEntry[]
    }
  /** Gives up the indices of a batch that was signed and will not be anchored. */
  | {
      readonly kind: 'pass-over'
      readonly issuer: string
      readonly firstIndex: number
      readonly size: number
    }
  | DecidedCall
  /** Takes back what this account proposed; `call`: the Keccak-256 of its call data. */
  | { readonly kind: 'withdrawal'; readonly call: Hex }

/**
 * A call as the ledger takes it.
 *
 * @throws {RangeError} when a text of it may not become public
 */
export function encodeOperatorCall(ledger: Hex, call: OperatorCall): EncodedCall {
  const { functionName, args } = toLedgerCall(call)
  assertPublic({ functionName, args })
  // Name and arguments belong together by `LedgerCall`; the encoder cannot follow a union of all of them.
  const data = encodeFunctionData({ abi: ledgerAbi, functionName, args } as Parameters<
    typeof encodeFunctionData<typeof ledgerAbi>
  >[0])
  return { to: ledger, data }
}

function toLedgerCall(call: OperatorCall): LedgerCall {
  switch (call.kind) {
    case 'anchors':
      return anchorCall(encodeUscc(call.issuer), call.firstIndex, call.entries)
    case 'pass-over':
      return { functionName: 'passOver', args: [encodeUscc(call.issuer), call.firstIndex, call.size] }
    case 'act':
      return actCall(call.issuer, call.act)
    case 'late-act':
      return lateActCall(call.issuer, call.act)
    case 'supersession':
      return supersessionCall(call.issuer, call.act)
    case 'transfer-out':
      return transferOutCall(call.issuer, call.act)
    case 'transfer-in':
      return transferInCall(call.act)
    case 'notice':
      return noteCall(call.issuer, call.act)
    case 'notice-lifted':
      return liftNoticeCall(call.issuer, call.act)
    case 'correction':
      return correctionCall(call.issuer, call.act)
    case 'dissolution':
      return dissolutionCall(call.act)
    case 'withdrawal':
      return { functionName: 'withdrawProposal', args: [call.call] }
  }
}

/** One batch costs less by the call that is made for one. */
export function anchorCall(issuer: Hex, firstIndex: number, entries: readonly AnchorEntry[]): LedgerCall {
  const [first] = entries
  if (first !== undefined && entries.length === 1) {
    return { functionName: 'anchor', args: [issuer, firstIndex, first] }
  }
  return { functionName: 'anchorMany', args: [issuer, firstIndex, entries] }
}
