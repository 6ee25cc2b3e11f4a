/** Connections on which a body comes that may take longer than a request usually may: its own reader watches over it. */
import type { Duplex } from 'node:stream'

const taking = new WeakSet<Duplex>()

/** From now on until what is returned is called, only its reader ends the request for being slow. */
export function takeLong(connection: Duplex): () => void {
  taking.add(connection)
  return () => void taking.delete(connection)
}

export function isTakingLong(connection: Duplex): boolean {
  return taking.has(connection)
}
