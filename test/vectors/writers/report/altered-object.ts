/** An object with a member less, or in another order. */

export type Json = Readonly<Record<string, unknown>>

export function drop(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([own]) => own !== name))
}

export function reversed(object: object): object {
  return Object.fromEntries(Object.entries(object).toReversed())
}
