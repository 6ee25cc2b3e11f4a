/** What is typed lives in memory alone; a page says here how its own is forgotten. */

const forgetters = new Set<() => void>()

/** `forget` is called when somebody signs out, or another person signs in, until what is returned is called. */
export function onForget(forget: () => void): () => void {
  forgetters.add(forget)
  return () => forgetters.delete(forget)
}

export function forgetTyped(): void {
  for (const forget of forgetters) forget()
  try {
    // What a page keeps over a reload of the tab is of whoever was here.
    sessionStorage.clear()
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
