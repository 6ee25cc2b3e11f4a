/** What the identity provider keeps between requests: in memory, bounded, gone with the process. */
import type { Adapter, AdapterPayload } from 'oidc-provider'

interface Kept {
  readonly payload: AdapterPayload
  /** Unix milliseconds. */
  readonly endsAt: number
}

/**
 * A store for each model. Of more than `mostOfAModel` the oldest gives way; what has ended is not found.
 *
 * @param now Unix milliseconds
 */
export function createProviderStore(
  mostOfAModel: number,
  now: () => number = Date.now,
): (model: string) => Adapter {
  const models = new Map<string, Map<string, Kept>>()
  const keptOf = (model: string): Map<string, Kept> => {
    const kept = models.get(model) ?? new Map<string, Kept>()
    models.set(model, kept)
    return kept
  }
  return (model) => createAdapter(keptOf(model), mostOfAModel, now)
}

function createAdapter(kept: Map<string, Kept>, most: number, now: () => number): Adapter {
  const read = (id: string): AdapterPayload | undefined => {
    const found = kept.get(id)
    if (found !== undefined && found.endsAt > now()) return found.payload
    kept.delete(id)
    return undefined
  }
  const findBy = (name: 'uid' | 'userCode', value: string): AdapterPayload | undefined => {
    const [id] = [...kept].find(([, { payload }]) => payload[name] === value) ?? []
    return id === undefined ? undefined : read(id)
  }
  return {
    find: async (id) => read(id),
    findByUid: async (uid) => findBy('uid', uid),
    findByUserCode: async (userCode) => findBy('userCode', userCode),
    upsert: async (id, payload, expiresIn) => {
      // What is written anew is the newest.
      kept.delete(id)
      kept.set(id, { payload, endsAt: endOf(expiresIn, now()) })
      makeRoom(kept, most)
    },
    consume: async (id) => {
      const payload = read(id)
      if (payload !== undefined) payload.consumed = Math.floor(now() / 1000)
    },
    destroy: async (id) => void kept.delete(id),
    revokeByGrantId: async (grantId) => {
      for (const [id, { payload }] of kept) if (payload.grantId === grantId) kept.delete(id)
    },
  }
}

function endOf(expiresInSeconds: number | undefined, now: number): number {
  return expiresInSeconds === undefined ? Number.POSITIVE_INFINITY : now + expiresInSeconds * 1000
}

/** Those that were written first are the first of a map. */
function makeRoom(kept: Map<string, Kept>, most: number): void {
  for (const id of kept.keys()) {
    if (kept.size <= most) return
    kept.delete(id)
  }
}
