/** Since when a contract stands. */
import type { Provider } from 'ethers'

/**
 * The first block in which code stands at the address.
 *
 * @throws when the node keeps no state of the past
 */
export async function blockOfCode(provider: Provider, address: string): Promise<number> {
  let [without, withCode] = [-1, await provider.getBlockNumber()]
  while (withCode - without > 1) {
    const middle = without + Math.floor((withCode - without) / 2)
    if ((await provider.getCode(address, middle)) === '0x') without = middle
    else withCode = middle
  }
  return withCode
}
