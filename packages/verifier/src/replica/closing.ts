/** Ends of what was opened one upon the other. */

/**
 * The last that was opened first; one that fails keeps none from being ended.
 *
 * @throws what the first failing end threw, once all are through
 */
export async function closeAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  const faults: unknown[] = []
  for (const end of ends.toReversed()) {
    try {
      await end()
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (faults.length > 0) throw faults[0]
}
