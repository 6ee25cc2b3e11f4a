/** Which connections are kept when more come than there is room for. */
import type { Duplex } from 'node:stream'
import { firstOf } from './first-of.ts'

export interface ConnectionRoom {
  /** Takes a new connection in: for the one that has waited longest for its other side, or not at all. */
  admit(connection: Duplex): void
  /** The connection begins to wait anew: its answer was taken. */
  renew(connection: Duplex): void
  /** Ends all of them, also those that Node has let go of. */
  clear(): void
}

/**
 * Room for so many connections. Silent ones, idle ones, those that drip and those that take no answer give way to a
 * newcomer, the oldest first: an honest request is whole within moments, so that whoever would shut others out has to
 * open connections faster than they ask. A second listener would keep only the signs of life, and no service.
 */
export function createConnectionRoom(
  most: number,
  owesAnswer: (connection: Duplex) => boolean,
): ConnectionRoom {
  /** In the order in which they began to wait. */
  const held = new Set<Duplex>()
  return {
    admit: (connection) => {
      if (held.size >= most) {
        const oldest = firstOf(held, (other) => !owesAnswer(other)) ?? connection
        held.delete(oldest)
        oldest.destroy()
        if (oldest === connection) return
      }
      held.add(connection)
      connection.once('close', () => held.delete(connection))
    },
    renew: (connection) => {
      if (held.delete(connection)) held.add(connection)
    },
    clear: () => {
      for (const connection of held) connection.destroy()
    },
  }
}
