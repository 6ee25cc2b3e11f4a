/** Headers whose hash was made already: the next node that tells the same one is compared, and nothing is hashed again. */
import type { Hex } from '@hefu/protocol'
import type { Engine } from '../../network/network.ts'
import { type HashOf, hashHeader, headerText } from './block-header.ts'

/** As many as are under way together. */
const MOST_HEADERS = 512
/** Characters of a header that is remembered: one of a hundred validators’ seals has as many. */
const LONGEST_TEXT = 16 * 1024

export class HashedHeaders {
  readonly #engine: Engine
  /** Headers as texts, by their hashes. */
  readonly #texts = new Map<unknown, string>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** As {@link hashHeader} makes it. */
  readonly hashOf: HashOf = (header): Hex => {
    const text = headerText(header)
    const told = header['hash']
    if (this.#texts.get(told) === text) return told as Hex
    const hash = hashHeader(header, this.#engine)
    if (text.length <= LONGEST_TEXT) this.#remember(hash, text)
    return hash
  }

  #remember(hash: Hex, text: string): void {
    this.#texts.set(hash, text)
    const [oldest] = this.#texts.keys()
    if (this.#texts.size > MOST_HEADERS) this.#texts.delete(oldest)
  }
}
