/** What a service item demands of a face, and what was asked beyond it. */

/** Names of fields that are not demanded; none where nothing is said of what is (`null`). */
export function fieldsBeyond(
  demanded: readonly string[] | null,
  names: readonly string[],
): readonly string[] {
  return demanded === null ? [] : names.filter((name) => !demanded.includes(name))
}
