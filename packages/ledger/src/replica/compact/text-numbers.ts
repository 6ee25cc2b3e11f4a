/** Numbers for texts that come again and again: agencies, provisions. */
import { TextLog } from './text-log.ts'

export class TextNumbers {
  readonly log: TextLog = new TextLog()
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = []

  /** 0: it has none yet. */
  find(text: string): number {
    return this.#numbers.get(text) ?? 0
  }

  /** The number that it has, or has from now on. */
  give(text: string): number {
    const known = this.find(text)
    if (known !== 0) return known
    this.log.add(text)
    return this.#note(text)
  }

  /** The text of a number that was given. */
  textOf(number: number): string {
    return this.#texts[number - 1] as string
  }

  /** After the log was filled by who had saved it. */
  index(): void {
    for (const text of this.log.texts()) this.#note(text)
  }

  #note(text: string): number {
    const number = this.#texts.push(text)
    this.#numbers.set(text, number)
    return number
  }
}
