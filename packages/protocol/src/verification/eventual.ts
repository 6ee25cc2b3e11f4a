/** Values that are at hand in one runtime and to be waited for in another: Node's suite answers at once, a browser's later. */

export type Eventual<T> = T | Promise<T>

/** Goes on with a value, at once where it is at hand: waiting a turn for it would cost more than most checks do. */
export function whenReady<T, U>(value: Eventual<T>, goOn: (value: T) => Eventual<U>): Eventual<U> {
  return value instanceof Promise ? value.then(goOn) : goOn(value)
}
