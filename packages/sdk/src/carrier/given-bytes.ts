/** What a program hands over as a file: its bytes, or a `TypeError` that says what was expected. */

/** A `Buffer` is a `Uint8Array`; `File.arrayBuffer()` and `Response.arrayBuffer()` give the other. */
export type GivenBytes = Uint8Array | ArrayBuffer

/**
 * The same bytes, not copied.
 *
 * @param whatFor begins the sentence
 * @throws {TypeError} for anything else, a view of wider elements and a `Blob` among it
 */
export function bytesOf(given: GivenBytes, whatFor: string): Uint8Array {
  const tag = tagOf(given)
  // By its tag, for a page, a worker and a test runner each have classes of their own.
  if (tag === 'Uint8Array' && ArrayBuffer.isView(given)) return given
  if (tag === 'ArrayBuffer') return new Uint8Array(given as ArrayBuffer)
  const hint = tag === 'Blob' || tag === 'File' ? ', which its arrayBuffer() gives' : ''
  throw new TypeError(`${whatFor}: expected a Uint8Array or an ArrayBuffer${hint}, found ${nameOf(tag)}`)
}

function tagOf(given: unknown): string {
  return Object.prototype.toString.call(given).slice('[object '.length, -1)
}

/** Never what it holds. */
function nameOf(tag: string): string {
  if (tag === 'Undefined' || tag === 'Null') return tag.toLowerCase()
  return `${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${/^\w{1,40}$/.test(tag) ? tag : 'value of another kind'}`
}
