/** The time in Unix seconds, by this machine's clock. */
export function readClock(): number {
  return Math.floor(Date.now() / 1000)
}
