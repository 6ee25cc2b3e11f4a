/** The requests of one connection are handled one after another, however many of them are sent at once. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Requests that wait on one connection for the answers before theirs; one that sends more is ended behind them. */
const MOST_WAITING = 8
/** Of all connections, requests beyond those: Node holds them, though nobody answers them, until the others are. */
const MOST_BEYOND = 4_096

interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  /** The answers before it are taken, or will never be. */
  readonly begins: Promise<void>
  readonly ends: Promise<void>
  /** Its answer is taken, or will never be. */
  hasEnded: boolean
}

interface Turn {
  /** Whose turn it is. */
  current: Exchange | undefined
  /** The last that was sent. */
  newest: Exchange | undefined
  waiting: number
  /** Requests that came beyond {@link MOST_WAITING}, and those after them. */
  beyond: number
}

/** The requests of all connections, each connection's in turn. */
export interface Turns {
  readonly listener: RequestListener
  /** Whether a whole request waits for us, and not for its sender to send the rest or to take the answer. */
  owesAnswer(connection: Duplex): boolean
  /** Resolves once every request that came whole on this connection is answered. */
  wholeAnswered(connection: Duplex): Promise<void>
  /** Whether the last request has its answer, though not all of it came. */
  isAnsweredBeforeItsEnd(connection: Duplex): boolean
}

/**
 * When what waits behind an answer may begin: the other connections have their turn before it, or one that sends a
 * hundred requests at once would make everybody wait for all of them.
 */
async function afterOthers(before: Exchange | undefined): Promise<void> {
  // What is sent once the answer before it was taken waits behind nothing: it is read when its connection's turn is.
  if (before === undefined || before.hasEnded) return
  await before.ends
  await new Promise<void>((resolve) => setImmediate(resolve))
}

/**
 * Node would hand on all that came in one piece of a connection, a thousand small requests and more: their answers
 * would be held together until somebody takes them. `onAnswered` hears of every answer that was taken.
 */
export function takeTurns(listener: RequestListener, onAnswered: (connection: Duplex) => void): Turns {
  const turns = new WeakMap<Duplex, Turn>()
  let beyondInAll = 0
  const turnAway = (turn: Turn, socket: Duplex): void => {
    if (turn.beyond === 0) {
      turn.newest?.res.setHeader('Connection', 'close')
      socket.once('close', () => {
        beyondInAll -= turn.beyond
      })
    }
    turn.beyond += 1
    beyondInAll += 1
    if (beyondInAll > MOST_BEYOND) socket.destroy()
  }
  return {
    listener: (req, res) => {
      const turn = turns.get(req.socket) ?? { current: undefined, newest: undefined, waiting: 0, beyond: 0 }
      turns.set(req.socket, turn)
      if (turn.waiting >= MOST_WAITING || turn.beyond > 0) {
        turnAway(turn, req.socket)
        return
      }
      const ends = new Promise<void>((resolve) => res.once('close', () => resolve()))
      const exchange: Exchange = { req, res, begins: afterOthers(turn.newest), ends, hasEnded: false }
      turn.newest = exchange
      turn.waiting += 1
      void ends.then(() => {
        exchange.hasEnded = true
        onAnswered(req.socket)
      })
      void exchange.begins.then(() => {
        turn.waiting -= 1
        // Of a request whose connection is gone nothing would ever tell that it is over: what it holds would stay.
        if (req.socket.destroyed || !req.socket.writable) return
        turn.current = exchange
        listener(req, res)
      })
    },
    owesAnswer: (connection) => {
      const current = turns.get(connection)?.current
      return current?.req.complete === true && !current.res.writableEnded
    },
    wholeAnswered: async (connection) => {
      const newest = turns.get(connection)?.newest
      await (newest?.req.complete === true ? newest.ends : newest?.begins)
    },
    isAnsweredBeforeItsEnd: (connection) => {
      const newest = turns.get(connection)?.newest
      return newest?.req.complete === false && newest.res.headersSent
    },
  }
}
