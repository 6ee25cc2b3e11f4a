/**
 * What was done here and the service may not have been told: kept over a reload of the tab, until it knows. Of the
 * session stands there when it ends (Unix seconds), and of the person nothing.
 */

/** The page was locked, or somebody signed out. */
export type Untold = 'locked' | 'left'

const KEY = 'hefu.untold'

export function keepUntold(untold: Untold, endsAt: number): void {
  try {
    sessionStorage.setItem(KEY, `${untold} ${endsAt}`)
  } catch {
    // A browser that keeps nothing knows no more after a reload than the service does.
  }
}

/** Of the session that ends then; of every other it says nothing. */
export function recallUntold(endsAt: number): Untold | null {
  const [untold, at] = read().split(' ')
  return at === String(endsAt) && (untold === 'locked' || untold === 'left') ? untold : null
}

export function hasUntold(): boolean {
  return read() !== ''
}

export function forgetUntold(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Then nothing was kept.
  }
}

function read(): string {
  try {
    return sessionStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}
