/**
 * The end of a connection whose other side still sends (RFC 9112 §9.6). Closed at once it would be reset, and the answer
 * lost with it: only our half is closed, what still comes is thrown away, and the rest follows.
 */

import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { firstOf } from './first-of.ts'

/** More than any client sends before it reads, but by batches; beyond it the connection ends, whatever became of the answer. */
export const MOST_DISCARDED_BYTES = 33_554_432
/** Connections at a time. Nothing of theirs is held but their place among all: for one more the oldest ends. */
const MOST_LINGERING = 64
/** Once the server closes. */
const CLOSING_WITHIN_MS = 1_000

export interface LingeringOptions {
  /** Whether what was answered on a connection has not come whole. */
  readonly isComing: (connection: Duplex) => boolean
  /** How long it may still come, in milliseconds. */
  readonly withinMs: number
  readonly closing: AbortSignal
}

export interface Lingering {
  /** Lets a connection linger where Node would close it before all of its request has come. */
  watch(connection: Socket): void
  /** Ends a connection by its last words, whatever comes of it still. */
  endWith(connection: Duplex, words: string): void
}

export function createLingering({ isComing, withinMs, closing }: LingeringOptions): Lingering {
  const lingering = new Set<Socket>()
  closing.addEventListener('abort', () => {
    setTimeout(() => endAll(lingering), CLOSING_WITHIN_MS).unref()
  })
  const linger = (connection: Socket, isStillComing: () => boolean): void => {
    if (lingering.size >= MOST_LINGERING) firstOf(lingering, () => true)?.destroy()
    lingering.add(connection)
    connection.once('close', () => lingering.delete(connection))
    discardRest(connection, closing.aborted ? CLOSING_WITHIN_MS : withinMs, isStillComing)
  }
  return {
    watch: (connection) => {
      // By this Node ends a connection once its last answer is written.
      const endNow = connection.destroySoon.bind(connection)
      connection.destroySoon = () => {
        connection.destroySoon = endNow
        if (isComing(connection)) linger(connection, () => isComing(connection))
        else endNow()
      }
    },
    endWith: (connection, words) => {
      connection.write(words)
      // Of no request that was read is it known where it ends.
      if (connection instanceof Socket) linger(connection, () => true)
      else connection.end()
    },
  }
}

function endAll(connections: ReadonlySet<Socket>): void {
  for (const connection of connections) connection.destroy()
}

function discardRest(connection: Socket, withinMs: number, isComing: () => boolean): void {
  const most = connection.bytesRead + MOST_DISCARDED_BYTES
  const late = setTimeout(() => connection.destroy(), withinMs)
  connection.once('close', () => clearTimeout(late))
  connection.once('end', () => connection.destroySoon())
  // Behind the reader of requests, which has heard of it before.
  connection.on('data', () => {
    if (connection.bytesRead > most) connection.destroy()
    else if (!isComing()) connection.destroySoon()
  })
  connection.end()
}
