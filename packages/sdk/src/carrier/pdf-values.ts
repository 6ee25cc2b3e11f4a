/** The values of PDF (ISO 32000-1, 7.3), read from bytes. Untrusted. */
import { CarrierError } from './carrier-error.ts'
import type { PdfBudget } from './pdf-budget.ts'

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
const WHITE = bytesIn('\0\t\n\f\r ')
const DELIMITER = bytesIn('()<>[]{}/%\0\t\n\f\r ')
const HEX = bytesIn('0123456789ABCDEFabcdef\0\t\n\f\r ')
const [LINE_FEED, CARRIAGE_RETURN, PERCENT, BACKSLASH, OPEN, CLOSE, GREATER] = [10, 13, 37, 92, 40, 41, 62]
const NUMBER = /^[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})$/
const WORDS = new Set(['true', 'false', 'null'])

/** By its number, whether a byte is one of some. */
function bytesIn(letters: string): readonly boolean[] {
  return Array.from({ length: 256 }, (_, byte) => letters.includes(String.fromCharCode(byte)))
}

/** Reads value after value, from a place in some bytes on. Every byte that it goes over is spent of the budget. */
export class PdfReader {
  readonly #bytes: Uint8Array
  /** Where the next token is looked for. */
  at: number
  readonly #budget: PdfBudget

  constructor(bytes: Uint8Array, at: number, budget: PdfBudget) {
    this.#bytes = bytes
    this.at = at
    this.#budget = budget
  }

  /**
   * The next value.
   *
   * @throws {CarrierError} `broken`, `beyond-bounds`
   */
  readValue(depth = 0): PdfValue {
    if (depth > MOST_DEPTH) throw new CarrierError('beyond-bounds', 'PDF')
    this.#budget.addValue()
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
    if (end < this.#bytes.length && !DELIMITER[this.#byte(end)]) return false
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
    const from = this.at
    while (this.at < this.#bytes.length) {
      const byte = this.#byte(this.at)
      if (byte === PERCENT) this.#skipLine()
      else if (WHITE[byte]) this.at++
      else break
    }
    this.#budget.scan(this.at - from)
  }

  #skipLine(): void {
    for (; this.at < this.#bytes.length; this.at++) {
      const byte = this.#byte(this.at)
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return
    }
  }

  #byte(at: number): number {
    return this.#bytes[at] ?? 0
  }

  #letter(at: number): string {
    return String.fromCharCode(this.#byte(at))
  }

  #takeRegular(): string {
    const from = this.at
    while (this.at < this.#bytes.length && !DELIMITER[this.#byte(this.at)]) {
      this.at++
      if (this.at - from > 1024) throw new CarrierError('beyond-bounds', 'PDF')
    }
    this.#budget.scan(this.at - from)
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
      const byte = this.#byte(this.at)
      if (byte === BACKSLASH) this.at++
      else if (byte === OPEN) open++
      else if (byte === CLOSE && --open === 0) return this.#endOther(from)
    }
    throw broken()
  }

  #readHex(from: number): PdfValue {
    for (this.at++; this.at < this.#bytes.length; this.at++) {
      const byte = this.#byte(this.at)
      if (byte === GREATER) return this.#endOther(from)
      if (!HEX[byte]) throw broken()
    }
    throw broken()
  }

  /** A text that ends here. */
  #endOther(from: number): PdfValue {
    this.at++
    this.#budget.scan(this.at - from)
    return { kind: 'other', from, to: this.at }
  }
}

function broken(): CarrierError {
  return new CarrierError('broken', 'PDF')
}
