/** Texts one behind the other: the number of its UTF-8 bytes, then these. */
import { RowLog } from './row-log.ts'

const ENCODER = new TextEncoder()
// A mark of byte order at the beginning of a text is of the text.
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const WORD_BYTES = 4

export class TextLog {
  readonly words: RowLog = new RowLog(1)

  /** @returns where it stands: never 0 */
  add(text: string): number {
    const bytes = ENCODER.encode(text)
    const words = new Uint32Array(1 + wordsOf(bytes.length))
    words[0] = bytes.length
    new Uint8Array(words.buffer, WORD_BYTES).set(bytes)
    return this.words.append(words) + 1
  }

  /** The text that stands there. */
  read(place: number): string {
    const length = this.words.get(place - 1, 0)
    const words = this.words.slice(place, wordsOf(length))
    return DECODER.decode(new Uint8Array(words.buffer, 0, length))
  }

  /** All of them in their order. */
  *texts(): Iterable<string> {
    for (let place = 1; place <= this.words.length; place += 1 + wordsOf(this.words.get(place - 1, 0)))
      yield this.read(place)
  }
}

function wordsOf(bytes: number): number {
  return Math.ceil(bytes / WORD_BYTES)
}
