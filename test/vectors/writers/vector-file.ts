/** The text of a vector file: JSON with one vector a line, so that a difference shows which one changed. */

/** Name of a list of vectors, or of a member that describes them → its value. */
export type VectorFile = Readonly<Record<string, unknown>>

function encodeMember(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value)
  return `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`
}

/** Encodes a file. */
export function encodeVectorFile(file: VectorFile): string {
  const members = Object.entries(file).map(
    ([name, value]) => ` ${JSON.stringify(name)}: ${encodeMember(value)}`,
  )
  return `{\n${members.join(',\n')}\n}\n`
}
