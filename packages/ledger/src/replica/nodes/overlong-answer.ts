/** An answer that is longer than is read: true of much that was asked for, and false of little. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { MOST_ANSWER_BYTES } from '../../chain/node-post.ts'
import type { EventLog } from '../events/decode-event.ts'
import { type Receipt, sizeOfReceipt } from './block-receipts.ts'

/** A node answered at more length than is read. Whether that is a fault is told by what others answer. */
export class OverlongAnswerError extends LedgerUnavailableError {
  constructor(options?: ErrorOptions) {
    super('answer-too-large', 'read the node’s answer: it is longer than is read', options)
  }
}

/** Names and values of a log, or of a receipt, in JSON beside what is counted: more than any engine writes. */
const BESIDE_LOG = 1_024
const BESIDE_RECEIPT = 4_096

/** Bytes of an answer of these logs, or more. */
export function bytesOfLogs(logs: readonly EventLog[]): number {
  return logs.reduce(
    (bytes, { topics, data }) => bytes + BESIDE_LOG + topics.join('').length + data.length,
    0,
  )
}

/** Bytes of an answer of these receipts, or more. */
export function bytesOfReceipts(receipts: readonly Receipt[]): number {
  return receipts.reduce(
    (bytes, receipt) => bytes + BESIDE_RECEIPT + receipt.logs.length * BESIDE_LOG + sizeOfReceipt(receipt),
    0,
  )
}

/** Whether a node that says so much, and no more, is heard to the end. */
export function isWithinOneAnswer(bytes: number): boolean {
  return bytes < MOST_ANSWER_BYTES
}
