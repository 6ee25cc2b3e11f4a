/** A bar on a terminal; nothing anywhere else. */
import { Presets, SingleBar } from 'cli-progress'
import type { CommonOptions, Session } from './session.ts'

export interface Progress {
  /** Begins a new bar. */
  begin(label: string, total: number): void
  reach(value: number): void
  advance(by: number): void
  end(): void
}

const SILENT: Progress = {
  begin: () => undefined,
  reach: () => undefined,
  advance: () => undefined,
  end: () => undefined,
}

/** A progress bar for a person who waits. */
export function createProgress({ output }: Session, { json }: CommonOptions): Progress {
  if (json === true || output.isTTY !== true) return SILENT
  const bar = new SingleBar(
    { format: '{label} {bar} {percentage}% · {eta_formatted}', stream: output, hideCursor: true },
    Presets.shades_classic,
  )
  return {
    begin: (label, total) => {
      bar.stop()
      bar.start(Math.max(total, 1), 0, { label })
    },
    reach: (value) => bar.update(value),
    advance: (by) => bar.increment(by),
    end: () => bar.stop(),
  }
}
