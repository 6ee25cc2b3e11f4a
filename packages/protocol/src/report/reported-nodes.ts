/** The nodes behind an answer of a ledger: how many, and none of them by name. */

/** By what the logs are held: headers made by the engine's rule, agreement of nodes, or the word of one. */
export const LOG_HOLDERS = ['header', 'agreement', 'one-node'] as const

/** One of {@link LOG_HOLDERS}. */
export type LogHolder = (typeof LOG_HOLDERS)[number]

/** As whoever answered saw them then. */
export interface ReportedNodes {
  /** How many have to tell the same. */
  readonly needed: number
  /** How many told of the answer's block. */
  readonly agreeing: number
  /** Number of the newest block that so many as are needed told of; `null`: not known. */
  readonly newest: number | null
  readonly logsHeldBy: LogHolder
}
