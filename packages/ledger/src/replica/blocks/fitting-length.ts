/** How much is asked for at once: half of what was too much, and after what was taken a little more. */

/** After what was taken the next is longer by this share of it. */
const GROWTH = 1 / 8

export class FittingLength {
  readonly #most: number
  #length: number

  constructor(most: number) {
    this.#most = most
    this.#length = most
  }

  /** From 1 on. */
  get length(): number {
    return this.#length
  }

  taken(): void {
    this.#length = Math.min(this.#most, this.#length + Math.ceil(this.#length * GROWTH))
  }

  /** @param length of what was refused, which may be less than was thought to fit */
  refused(length: number): void {
    this.#length = Math.max(1, Math.min(this.#length, Math.floor(length / 2)))
  }
}
