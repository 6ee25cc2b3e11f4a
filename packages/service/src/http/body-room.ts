/** What all bodies under way hold together, before any of them is whole. */

/** The place of one body. */
export interface BodyPlace {
  /** So many bytes more are held for it. May end this or an older body. */
  grow(bytes: number): void
  /** Nothing is held for it any more. */
  leave(): void
}

export interface BodyRoom {
  /** `giveWay` is called when the body has to end for others. */
  enter(giveWay: () => void): BodyPlace
}

/** Room for so many bytes: beyond them the body that began first gives way, for honest ones are whole within moments. */
export function createBodyRoom(mostBytes: number): BodyRoom {
  /** Bytes of each, in the order in which they began. */
  const held = new Map<() => void, number>()
  let total = 0
  const leave = (giveWay: () => void): void => {
    total -= held.get(giveWay) ?? 0
    held.delete(giveWay)
  }
  const endOldest = (): void => {
    const [oldest] = held.keys()
    if (oldest === undefined) return
    leave(oldest)
    oldest()
  }
  return {
    enter: (giveWay) => {
      held.set(giveWay, 0)
      return {
        grow: (bytes) => {
          const before = held.get(giveWay)
          if (before === undefined) return
          held.set(giveWay, before + bytes)
          total += bytes
          while (total > mostBytes) endOldest()
        },
        leave: () => leave(giveWay),
      }
    },
  }
}
