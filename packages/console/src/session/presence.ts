/** When a person last did something, in whichever tab of this browser. */

let signAt = Date.now()

export function noteSign(): void {
  signAt = Date.now()
}

export function millisecondsSinceSign(): number {
  return Date.now() - signAt
}
