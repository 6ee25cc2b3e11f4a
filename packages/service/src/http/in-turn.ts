/** The requests of one connection are handled one after another, however many of them are sent at once. */
import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'

/** Requests that wait on one connection for the answers before theirs; one that sends more is ended. */
const MOST_WAITING = 8

interface Turn {
  /** The answer before is taken, or will never be. */
  last: Promise<void>
  waiting: number
}

/**
 * Node would hand on all that came in one piece of a connection, a thousand small requests and more: their answers
 * would be held together until somebody takes them.
 */
export function inTurn(listener: RequestListener): RequestListener {
  const turns = new WeakMap<Socket, Turn>()
  return (req, res) => {
    const turn = turns.get(req.socket) ?? { last: Promise.resolve(), waiting: 0 }
    turns.set(req.socket, turn)
    if (turn.waiting >= MOST_WAITING) {
      req.socket.destroy()
      return
    }
    const before = turn.last
    turn.waiting += 1
    turn.last = new Promise((resolve) => res.once('close', () => resolve()))
    void before.then(() => {
      turn.waiting -= 1
      listener(req, res)
    })
  }
}
