/** How far a long run is, on standard error, for who sits at a terminal. */

const SLOW_AFTER_MS = 1_000
const EVERY_MS = 200
const CLEAR = '\r\u001b[K'

export interface Progress {
  readonly tell: (done: number) => void
  /** Takes the line away, so that something else can be written. */
  readonly clear: () => void
}

/** @param isWanted nothing is ever written otherwise, and nothing where nobody sits at a terminal */
export function showProgress(isWanted: boolean): Progress {
  if (!isWanted || process.stderr.isTTY !== true) return { tell: () => {}, clear: () => {} }
  let due = performance.now() + SLOW_AFTER_MS
  let isShown = false
  return {
    tell: (done) => {
      if (performance.now() < due) return
      due = performance.now() + EVERY_MS
      isShown = true
      process.stderr.write(`${CLEAR}正在核验，已完成 ${done}… Verifying, ${done} done…`)
    },
    clear: () => {
      if (isShown) process.stderr.write(CLEAR)
      isShown = false
    },
  }
}
