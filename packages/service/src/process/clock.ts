/** The only place where a service asks what time it is. */

/** Unix seconds. */
export function readClock(): number {
  return Math.floor(Date.now() / 1000)
}
