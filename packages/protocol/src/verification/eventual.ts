/** Values that are at hand in one runtime and to be waited for in another: Node's suite answers at once, a browser's later. */

export type Eventual<T> = T | Promise<T>

/**
 * Whether a value is still to come. Told by its `then` and not by its class: a page may have put another Promise
 * in the engine's place, and what was not waited for would be taken for an answer.
 */
export function isPending<T>(value: Eventual<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value
}

/** Goes on with a value, at once where it is at hand: waiting a turn for it would cost more than most checks do. */
export function whenReady<T, U>(value: Eventual<T>, goOn: (value: T) => Eventual<U>): Eventual<U> {
  return isPending(value) ? Promise.resolve(value).then(goOn) : goOn(value)
}
