/** A look at something that anybody may ask for, however often: one answers for all. */

/**
 * The same look, done at most once in so long: who asks while it is under way, or soon after it began, has its result,
 * be it that it failed.
 *
 * @param clock milliseconds that only go forward
 */
export function shareLook(
  look: () => Promise<void>,
  milliseconds: number,
  clock: () => number = () => performance.now(),
): () => Promise<void> {
  let last: { readonly began: number; readonly found: Promise<void>; isOver: boolean } | undefined
  return () => {
    if (last !== undefined && (!last.isOver || clock() - last.began < milliseconds)) return last.found
    const begun = { began: clock(), found: look(), isOver: false }
    const end = (): void => {
      begun.isOver = true
    }
    begun.found.then(end, end)
    last = begun
    return begun.found
  }
}
