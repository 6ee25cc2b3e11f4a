/** What a call of the ledger is, by the first bytes of its data alone, however much there is. */
import { type AbiFunction, type Hex, hexToNumber, slice, toFunctionSelector } from 'viem'
import { decodeUscc } from './codes.ts'
import { ledgerAbi } from './ledger-abi.ts'

const WORD_BYTES = 32
const SELECTOR_BYTES = 4
const USCC_BYTES = 18

export interface CalledFunction {
  /** `null`: none that this version knows. */
  readonly functionName: string | null
  /** Code of the region, or USCC of the agency, that it is about; `null`: of none. */
  readonly region: number | null
  readonly agency: string | null
}

const UNKNOWN: CalledFunction = { functionName: null, region: null, agency: null }

const FUNCTIONS: ReadonlyMap<Hex, AbiFunction> = new Map(
  ledgerAbi
    .filter((entry) => entry.type === 'function')
    .map((entry) => [toFunctionSelector(entry), entry] as const),
)

/** @param data call data, which the ledger has carried out once or kept */
export function calledFunction(data: Hex): CalledFunction {
  const found = FUNCTIONS.get(data.slice(0, 2 + 2 * SELECTOR_BYTES) as Hex)
  if (found === undefined) return UNKNOWN
  const { name: functionName, inputs } = found
  const word = slice(data, SELECTOR_BYTES, SELECTOR_BYTES + WORD_BYTES)
  const type = inputs[0]?.type
  return {
    functionName,
    region: type === 'uint32' ? hexToNumber(word) : null,
    agency: type === 'bytes18' ? decodeUscc(slice(word, 0, USCC_BYTES)) : null,
  }
}
