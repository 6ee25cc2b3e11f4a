/** The values of PDF (ISO 32000-1, 7.3), read from bytes. Untrusted. */
import { CarrierError } from './carrier-error.ts'

interface Placed {
  /** Where it begins, and where what follows it does. */
  readonly from: number
  readonly to: number
}

export interface PdfDict extends Placed {
  readonly kind: 'dict'
  readonly entries: ReadonlyMap<string, PdfValue>
}
export interface PdfReference extends Placed {
  readonly kind: 'reference'
  readonly object: number
  readonly generation: number
}
export interface PdfArray extends Placed {
  readonly kind: 'array'
  readonly items: readonly PdfValue[]
}

export type PdfValue =
  | PdfDict
  | PdfReference
  | PdfArray
  | (Placed & { readonly kind: 'name'; readonly name: string })
  | (Placed & { readonly kind: 'number'; readonly value: number })
  | (Placed & { readonly kind: 'other' })

const MOST_DEPTH = 32
/** Values in one object: a page tree or a list of places of a large file has thousands. */
const MOST_VALUES = 200_000
const WHITE = /[\0\t\n\f\r ]/
const DELIMITER = /[()<>[\]{}/%\0\t\n\f\r ]/
const NUMBER = /^[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})$/
const WORDS = new Set(['true', 'false', 'null'])

/** Reads value after value, from a place in some bytes on. */
export class PdfReader {
  readonly #bytes: Uint8Array
  /** Where the next token is looked for. */
  at: number
  #values = 0

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  /**
   * The next value.
   *
   * @throws {CarrierError} `broken`, `beyond-bounds`
   */
  readValue(depth = 0): PdfValue {
    if (depth > MOST_DEPTH || ++this.#values > MOST_VALUES) throw new CarrierError('beyond-bounds', 'PDF')
    this.skipWhite()
    const from = this.at
    const letter = this.#letter(from)
    if (letter === '/') return { kind: 'name', name: this.#readName(), from, to: this.at }
    if (letter === '(') return this.#readString(from)
    if (letter === '[') return this.#readArray(from, depth)
    if (letter === '<')
      return this.#letter(from + 1) === '<' ? this.#readDict(from, depth) : this.#readHex(from)
    return this.#readWord(from)
  }

  /** Whether a word stands next; if so, it is passed. */
  passWord(word: string): boolean {
    this.skipWhite()
    const end = this.at + word.length
    for (let i = 0; i < word.length; i++) if (this.#letter(this.at + i) !== word[i]) return false
    if (end < this.#bytes.length && !DELIMITER.test(this.#letter(end))) return false
    this.at = end
    return true
  }

  /** A whole number from 0 on. @throws {CarrierError} `broken` */
  readCount(): number {
    const value = this.#readNumber()
    if (value !== null && Number.isSafeInteger(value) && value >= 0) return value
    throw broken()
  }

  skipWhite(): void {
    while (this.at < this.#bytes.length) {
      const letter = this.#letter(this.at)
      if (letter === '%') this.#skipLine()
      else if (WHITE.test(letter)) this.at++
      else return
    }
  }

  #skipLine(): void {
    while (this.at < this.#bytes.length && !/[\n\r]/.test(this.#letter(this.at))) this.at++
  }

  #letter(at: number): string {
    return String.fromCharCode(this.#bytes[at] ?? 0)
  }

  #takeRegular(): string {
    const from = this.at
    while (this.at < this.#bytes.length && !DELIMITER.test(this.#letter(this.at))) {
      this.at++
      if (this.at - from > 1024) throw new CarrierError('beyond-bounds', 'PDF')
    }
    return String.fromCharCode(...this.#bytes.subarray(from, this.at))
  }

  #readName(): string {
    this.at++
    return this.#takeRegular().replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  #readNumber(): number | null {
    this.skipWhite()
    const word = this.#takeRegular()
    return NUMBER.test(word) ? Number(word) : null
  }

  /** A number, a reference of two numbers and `R`, or a word. */
  #readWord(from: number): PdfValue {
    const word = this.#takeRegular()
    if (WORDS.has(word)) return { kind: 'other', from, to: this.at }
    if (!NUMBER.test(word)) throw broken()
    const to = this.at
    const object = Number(word)
    if (/^[0-9]+$/.test(word)) {
      const generation = this.#readNumber()
      if (generation !== null && generation >= 0 && Number.isInteger(generation) && this.passWord('R'))
        return { kind: 'reference', object, generation, from, to: this.at }
      this.at = to
    }
    return { kind: 'number', value: object, from, to }
  }

  #readArray(from: number, depth: number): PdfArray {
    this.at++
    const items: PdfValue[] = []
    for (;;) {
      this.skipWhite()
      if (this.#letter(this.at) === ']') break
      items.push(this.readValue(depth + 1))
    }
    this.at++
    return { kind: 'array', items, from, to: this.at }
  }

  #readDict(from: number, depth: number): PdfDict {
    this.at += 2
    const entries = new Map<string, PdfValue>()
    for (;;) {
      this.skipWhite()
      if (this.#letter(this.at) === '>') break
      const key = this.readValue(depth + 1)
      if (key.kind !== 'name' || entries.has(key.name)) throw broken()
      entries.set(key.name, this.readValue(depth + 1))
    }
    if (this.#letter(this.at + 1) !== '>') throw broken()
    this.at += 2
    return { kind: 'dict', entries, from, to: this.at }
  }

  /** What a text says is of no matter here: where it ends is. */
  #readString(from: number): PdfValue {
    let open = 0
    for (; this.at < this.#bytes.length; this.at++) {
      const letter = this.#letter(this.at)
      if (letter === '\\') this.at++
      else if (letter === '(') open++
      else if (letter === ')' && --open === 0) {
        this.at++
        return { kind: 'other', from, to: this.at }
      }
    }
    throw broken()
  }

  #readHex(from: number): PdfValue {
    for (this.at++; this.at < this.#bytes.length; this.at++) {
      const letter = this.#letter(this.at)
      if (letter === '>') {
        this.at++
        return { kind: 'other', from, to: this.at }
      }
      if (!/[0-9A-Fa-f]/.test(letter) && !WHITE.test(letter)) throw broken()
    }
    throw broken()
  }
}

function broken(): CarrierError {
  return new CarrierError('broken', 'PDF')
}
