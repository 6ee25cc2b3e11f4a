/** Bytes put together, looked for and compared. */

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i])
}

/** Where some bytes begin for the last time, looking back no further than to `from`; −1: nowhere. */
export function lastIndexOfBytes(bytes: Uint8Array, sought: Uint8Array, from = 0): number {
  const [first] = sought
  if (first === undefined) return -1
  let at = bytes.lastIndexOf(first, bytes.length - sought.length)
  while (at >= from) {
    if (sought.every((byte, i) => bytes[at + i] === byte)) return at
    at = at === 0 ? -1 : bytes.lastIndexOf(first, at - 1)
  }
  return -1
}
