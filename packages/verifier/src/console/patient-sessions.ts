/** The sessions in the store, for who is told in time that it is silent. */
import { sessionProblem } from '@hefu/service'
import { within } from '../store/patience.ts'
import type { KeptSessions } from './kept-sessions.ts'

const PATIENCE_MS = 8_000

/** The same; whatever is wrong with the store is heard by `onFault`, and thrown as a problem `sessions-unreachable`. */
export function withPatience(kept: KeptSessions, onFault: (fault: unknown) => void): KeptSessions {
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await within(work(), PATIENCE_MS)
    } catch (fault) {
      onFault(fault)
      throw sessionProblem('sessions-unreachable')
    }
  }
  return {
    add: (session, former) => ask(() => kept.add(session, former)),
    find: (id) => ask(() => kept.find(id)),
    see: (id, now, since) => ask(() => kept.see(id, now, since)),
    lock: (id) => ask(() => kept.lock(id)),
    takeRenewal: (id) => ask(() => kept.takeRenewal(id)),
    renew: (session, content) => ask(() => kept.renew(session, content)),
    end: (id) => ask(() => kept.end(id)),
  }
}
