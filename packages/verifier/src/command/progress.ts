/** A bar on a terminal; nothing anywhere else. */
import { Presets, SingleBar } from 'cli-progress'
import type { Session } from './session.ts'

export interface Progress {
  /** A new label is a new bar. */
  reach(label: string, done: number, all: number): void
  end(): void
}

export function createProgress({ output }: Session): Progress {
  if (output.isTTY !== true) return { reach: () => undefined, end: () => undefined }
  const bar = new SingleBar(
    { format: '{label} {bar} {percentage}% · {eta_formatted}', stream: output, hideCursor: true },
    Presets.shades_classic,
  )
  let shown = ''
  return {
    reach: (label, done, all) => {
      if (label !== shown) {
        bar.stop()
        bar.start(Math.max(all, 1), 0, { label })
        shown = label
      }
      bar.update(done)
    },
    end: () => bar.stop(),
  }
}
