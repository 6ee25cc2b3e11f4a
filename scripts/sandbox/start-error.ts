/** A reason not to start that the person at the keyboard can do something about: one sentence in each language. */
export class StartError extends Error {
  override readonly name = 'StartError'

  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options)
  }
}
