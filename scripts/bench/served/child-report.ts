/** What a process that is measured tells the one that measures. */

/** Where and how it is asked. */
export interface Served {
  readonly url: string
  readonly live: string
  readonly authorization: string
  readonly bodies: readonly string[]
}

export interface ProcessUse {
  /** Of the whole process. */
  readonly residentBytes: number
  /** Processor time of all its threads, in milliseconds. */
  readonly cpuMs: number
}

export function processUse(): ProcessUse {
  const { user, system } = process.cpuUsage()
  return { residentBytes: process.memoryUsage().rss, cpuMs: (user + system) / 1_000 }
}

/** Tells the parent once that it serves, and what it uses whenever it is asked; `close` when the parent is done. */
export function reportToParent(served: Served, close: () => Promise<void>): void {
  process.on('message', () => process.send?.(processUse()))
  process.once('disconnect', () => void close())
  process.send?.(served)
}
