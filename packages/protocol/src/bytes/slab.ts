/** Small byte arrays cut out of larger blocks: beyond 64 bytes, engines take longer to allocate an array than to fill it. */

const BLOCK_BYTES = 16_384

/** No byte is handed out twice: what is cut keeps its block alive, and shares nothing else with its neighbours. */
let block = new Uint8Array(0)
let used = 0

/** `length` bytes, all zero. For what is no secret: the neighbours in the block are anybody's. */
export function takeBytes(length: number): Uint8Array {
  if (length > BLOCK_BYTES) return new Uint8Array(length)
  if (used + length > block.length) {
    block = new Uint8Array(BLOCK_BYTES)
    used = 0
  }
  used += length
  return block.subarray(used - length, used)
}
