/** Which facts of a kind there are to compare: those that were told of, and those of which nothing was told. */
import { STATUSES_PER_WORD } from '../../slots/licence-slots.ts'
import { keyOf } from '../facts/facts.ts'
import { type Draw, sampleOf } from './audit-sample.ts'
import type { AuditSubject } from './audit-subject.ts'
import { wordKey } from './audit-tally.ts'

export interface AuditKeys {
  readonly size: number
  all(): Iterable<string>
  /** So many at most. */
  sample(most: number, draw: Draw): readonly string[]
}

/** Keys that are known. */
export function knownKeys(keys: ReadonlySet<string>): AuditKeys {
  return { size: keys.size, all: () => keys, sample: (most, draw) => sampleOf([...keys], most, draw) }
}

/** Every word of statuses below the running counts: of one whose acts were all withheld no event told. */
export function everyWord({ tally }: AuditSubject): AuditKeys {
  return keysBelow(tally.indexCounts, STATUSES_PER_WORD, wordKey)
}

/** Licences, whatever was told of them: of a notice that was withheld nothing tells, and they are too many to look at each. */
export function someLicences({ tally }: AuditSubject): AuditKeys {
  return keysBelow(tally.indexCounts, 1, keyOf)
}

/** One key for so many indices, below what each agency used up. */
function keysBelow(
  counts: ReadonlyMap<string, number>,
  indicesEach: number,
  key: (uscc: string, index: number) => string,
): AuditKeys {
  const agencies = [...counts].map(([uscc, count]) => ({ uscc, keys: Math.ceil(count / indicesEach) }))
  const size = agencies.reduce((sum, { keys }) => sum + keys, 0)
  return {
    size,
    all,
    sample: (most, draw) => {
      if (most >= size) return [...all()]
      const drawn = new Set<number>()
      // A few of very many: one that is drawn twice is drawn again, a while.
      for (let tries = 0; drawn.size < most && tries < 4 * most; tries++) drawn.add(draw(size))
      return [...drawn].map((place) => keyAt(place))
    },
  }

  function* all(): Iterable<string> {
    for (const { uscc, keys } of agencies)
      for (let place = 0; place < keys; place++) yield key(uscc, place * indicesEach)
  }

  function keyAt(place: number): string {
    let left = place
    for (const { uscc, keys } of agencies) {
      if (left < keys) return key(uscc, left * indicesEach)
      left -= keys
    }
    throw new RangeError(`draw the key ${place}: there are ${size}`)
  }
}
