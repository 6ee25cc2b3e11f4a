import { passesSelfTest, type Sm2 } from './sm2.ts'

let tested = false

/**
 * SM2 in JavaScript, fetched when the first SM2 key is met: whoever meets none never loads it.
 *
 * @throws {Error} when it cannot be loaded or fails its self-test: no key is usable then
 */
export async function loadPortableSm2(): Promise<Sm2> {
  const { portableSm2 } = await import('./portable-sm2.ts')
  tested ||= passesSelfTest(portableSm2)
  if (tested) return portableSm2
  throw new Error('use SM2: the implementation does not give the known answer of GB/T 32918.5 A.2')
}
