/** What is typed lives in memory alone; a page says here how its own is forgotten. */

const forgetters = new Set<() => void>()

/** `forget` is called when somebody signs out, or another person signs in, until what is returned is called. */
export function onForget(forget: () => void): () => void {
  forgetters.add(forget)
  return () => forgetters.delete(forget)
}

export function forgetTyped(): void {
  for (const forget of forgetters) forget()
}
