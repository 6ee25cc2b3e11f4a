/** Small programs that a chain is asked to run without a transaction, to see which instructions it knows. */
import type { Rpc } from './json-rpc.ts'

/** Each leaves one word in memory and returns it. */
export const PROGRAMS = {
  // PUSH1 42, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN: what every EVM knows.
  control: '0x602a60005260206000f3',
  // PUSH1 42, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
  push0: '0x602a5f5260205ff3',
  // PUSH1 42, PUSH1 0, MSTORE, MCOPY of 32 bytes from 0 to 32, and returns the copy.
  mcopy: '0x602a6000526020600060205e60206020f3',
  // TIMESTAMP, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN.
  timestamp: '0x4260005260206000f3',
  // CHAINID, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN.
  chainId: '0x4660005260206000f3',
} as const

/** The word that `control`, `push0` and `mcopy` return. */
export const EXPECTED_WORD = 42n

const PROBE_ADDRESS = `0x${'4e'.repeat(20)}`

/**
 * Runs a program as a contract creation, which returns what would become the code; where a node does not simulate
 * creations, as the overridden code of an address.
 *
 * @throws what the node answers when it does neither
 */
export async function runProgram(rpc: Rpc, program: string, tag = 'latest'): Promise<bigint> {
  try {
    return parseWord(await rpc('eth_call', [{ data: program }, tag]))
  } catch (error) {
    const override = { [PROBE_ADDRESS]: { code: program } }
    const answer = rpc('eth_call', [{ to: PROBE_ADDRESS }, tag, override]).then(parseWord)
    return await answer.catch(() => Promise.reject(error))
  }
}

function parseWord(value: unknown): bigint {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{64}$/i.test(value)) {
    throw new RangeError(`run a program: got ${JSON.stringify(value)}`)
  }
  return BigInt(value)
}

/**
 * A creation that leaves a contract of `codeBytes` zero bytes and is itself `initBytes` long.
 * PUSH3 size, PUSH1 0, RETURN, and zeros.
 */
export function creationOfSize(codeBytes: number, initBytes: number): string {
  const program = `62${codeBytes.toString(16).padStart(6, '0')}6000f3`
  return `0x${program.padEnd(2 * initBytes, '0')}`
}
