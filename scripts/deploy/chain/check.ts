/** What a check of a chain asks, and what it may answer. */
import type { Sentence } from '../proof-line.ts'
import type { Rpc } from './json-rpc.ts'

/** `unknown` is never taken for `yes`. */
export type Answer = 'yes' | 'no' | 'unknown'

export interface Judgement extends Sentence {
  readonly answer: Answer
}

export interface Circumstances {
  readonly rpc: Rpc
  /** The chain that is meant; any when it is not said. */
  readonly chainId?: number | undefined
  /** Unix seconds of this machine. */
  readonly now: number
}

export interface ChainCheck {
  readonly name: string
  /** A ledger is not deployed unless the answer is yes. */
  readonly isRequired: boolean
  /** May throw what the node answers: the answer is unknown then. */
  readonly run: (circumstances: Circumstances) => Promise<Judgement>
}

export function yes(zh: string, en: string): Judgement {
  return { answer: 'yes', zh, en }
}

export function no(zh: string, en: string): Judgement {
  return { answer: 'no', zh, en }
}

export function unknown(zh: string, en: string): Judgement {
  return { answer: 'unknown', zh, en }
}
