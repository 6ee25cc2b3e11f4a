/** Which facts are compared when not all of them are: the same ones again for the same seed. */
import { grouped } from './grouped.ts'

/** Whole numbers from 0 up to, and without, a bound of at most 2⁵³. */
export type Draw = (bound: number) => number

/** Seeds are below it. */
export const SEEDS: number = 2 ** 48

const LOW = 2 ** 32
/** So many numbers are thrown away until every bit of the seed has its part in the next. */
const WARM_UP = 16

/**
 * Draws that a seed decides: whoever audits names it afterwards, and nobody can know it before.
 *
 * @param seed a whole number below {@link SEEDS}
 */
export function createDraw(seed: number): Draw {
  // Small Fast Counting (sfc32): a sample has to be even, not secret.
  let [a, b, c, counter] = [seed >>> 0, Math.floor(seed / LOW) >>> 0, 0x9e3779b9, 1]
  const next = (): number => {
    const drawn = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + drawn) >>> 0
    return drawn
  }
  for (let thrown = 0; thrown < WARM_UP; thrown++) next()
  return (bound) => Math.floor((((next() >>> 11) * LOW + next()) / 2 ** 53) * bound)
}

/** Keys of one owner, by their places. */
export interface OwnKeys {
  /** USCC or region; `''`: nobody's. */
  readonly owner: string
  /** In which the owner is; `''`: in none. */
  readonly province: string
  readonly size: number
  /** @param place below `size` */
  at(place: number): string
}

/** Keys that are compared. */
export interface ChosenKeys {
  readonly size: number
  readonly keys: Iterable<string>
  /** Provinces of which more keys are known than are all compared: so many were drawn. */
  readonly partly: readonly string[]
}

/** Keys of one province that are all compared: words of statuses of two hundred million licences. */
export const MOST_OF_PROVINCE: number = 2 ** 22

/**
 * All keys; of a province with very many only so many, by whose they are: a member that uses up indices keeps nobody from
 * coming to an end.
 */
export function chooseAll(
  owners: readonly OwnKeys[],
  draw: Draw,
  most: number = MOST_OF_PROVINCE,
): ChosenKeys {
  const provinces = [...grouped(owners, ({ province }) => province)].map(([province, own]) => {
    const size = sizeOf(own)
    return { province, own, size, isWhole: size <= most }
  })
  return {
    size: provinces.reduce((sum, { size }) => sum + Math.min(size, most), 0),
    keys: keysIn(),
    partly: provinces.filter(({ isWhole }) => !isWhole).map(({ province }) => province),
  }

  function* keysIn(): Iterable<string> {
    for (const { own, isWhole } of provinces) yield* isWhole ? wholly(own) : drawn([own], most, draw)
  }
}

/**
 * So many keys at most, each at most once. A province is drawn first, then an owner in it, then one of its keys: whoever
 * has very many keys keeps those of others out of the sample no more than with one, and whoever makes owners in a
 * province those of other provinces no more.
 */
export function chooseSome(owners: readonly OwnKeys[], most: number, draw: Draw): ChosenKeys {
  const provinces = [...grouped(owners, ({ province }) => province).values()]
  const keys = [...drawn(provinces, most, draw)]
  return { size: keys.length, keys, partly: [] }
}

/** Keys in all. */
export function sizeOf(owners: readonly OwnKeys[]): number {
  return owners.reduce((sum, { size }) => sum + size, 0)
}

function* wholly(owners: readonly OwnKeys[]): Iterable<string> {
  for (const { size, at } of owners) for (let place = 0; place < size; place++) yield at(place)
}

function* drawn(provinces: readonly (readonly OwnKeys[])[], most: number, draw: Draw): Iterable<string> {
  const inPlay = provinces
    .map((owners) => owners.filter(({ size }) => size > 0).map(drawnOnce))
    .filter((owners) => owners.length > 0)
  for (let count = 0; count < most && inPlay.length > 0; count++) {
    const province = draw(inPlay.length)
    const owners = inPlay[province] as OnceDrawn[]
    const owner = draw(owners.length)
    const { take, isSpent } = owners[owner] as OnceDrawn
    yield take(draw)
    if (isSpent()) removeAt(owners, owner)
    if (owners.length === 0) removeAt(inPlay, province)
  }
}

interface OnceDrawn {
  take(draw: Draw): string
  isSpent(): boolean
}

/** A shuffle of Fisher and Yates of which only the places that were touched are held. */
function drawnOnce({ size, at }: OwnKeys): OnceDrawn {
  const moved = new Map<number, number>()
  let left = size
  return {
    isSpent: () => left === 0,
    take: (draw) => {
      const place = draw(left)
      left -= 1
      const taken = moved.get(place) ?? place
      moved.set(place, moved.get(left) ?? left)
      moved.delete(left)
      return at(taken)
    },
  }
}

/** In whatever order the rest stands. */
function removeAt<Item>(items: Item[], place: number): void {
  items[place] = items.at(-1) as Item
  items.pop()
}
