/** What may be spent on one PDF, however its parts name each other: what is read once costs once, what overlaps costs each time. */
import { CarrierError } from './carrier-error.ts'

/** As many as the largest file has: who reads each byte once stays within it. */
const MOST_SCANNED_BYTES = 33_554_432
/** Values are kept: numbers, names, lists and what is in them. */
const MOST_VALUES = 500_000
/** Bytes of all streams that are read to find what is attached, packed or not. */
const MOST_STREAMED_BYTES = 67_108_864

export class PdfBudget {
  #scanned = MOST_SCANNED_BYTES
  #values = MOST_VALUES
  #streamed = MOST_STREAMED_BYTES

  /** Bytes that streams may still have. */
  get streamed(): number {
    return this.#streamed
  }

  /** @throws {CarrierError} `beyond-bounds` */
  scan(bytes: number): void {
    this.#scanned -= bytes
    if (this.#scanned < 0) throw beyondBounds()
  }

  /** @throws {CarrierError} `beyond-bounds` */
  addValue(): void {
    if (--this.#values < 0) throw beyondBounds()
  }

  /** @throws {CarrierError} `beyond-bounds` */
  stream(bytes: number): void {
    this.#streamed -= bytes
    if (this.#streamed < 0) throw beyondBounds()
  }
}

function beyondBounds(): CarrierError {
  return new CarrierError('beyond-bounds', 'PDF')
}
