/** Circles in a graph of files. */

/** Every file that can be come back to, each circle once: from its first file in the order of the graph. */
export function findCircles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: (readonly string[])[] = []
  const finished = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    const begun = path.indexOf(file)
    if (begun !== -1) {
      circles.push([...path.slice(begun), file])
      return
    }
    if (finished.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    finished.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return circles
}
