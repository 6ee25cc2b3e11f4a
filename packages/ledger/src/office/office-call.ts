/** One call of an office, apart from how it comes about: sent at once, announced, or put to the council's vote. */
import { type Hex, suite, thumbprint } from '@hefu/protocol'
import { type Abi, type AbiParameter, decodeFunctionData, encodeFunctionData } from 'viem'
import { accessManagerAbi } from '../abi/access-manager-abi.ts'
import { councilAbi } from '../abi/council-abi.ts'
import { publicJwkOf } from '../abi/keys.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { registryKeeperAbi } from '../abi/registry-keeper-abi.ts'
import { rulebookAbi } from '../abi/rulebook-abi.ts'
import { seatsAbi } from '../abi/seats-abi.ts'

/** The contracts that offices call. */
export type OfficeContract = 'ledger' | 'rulebook' | 'registry' | 'accessManager' | 'council' | 'seats'

const ABIS: Readonly<Record<OfficeContract, Abi>> = {
  ledger: ledgerAbi,
  rulebook: rulebookAbi,
  registry: registryKeeperAbi,
  accessManager: accessManagerAbi,
  council: councilAbi,
  seats: seatsAbi,
}

export interface OfficeCall {
  readonly contract: OfficeContract
  readonly functionName: string
  readonly args: readonly unknown[]
}

/** What a contract refuses with may come from one behind it: from the access manager, or from what a vote decided. */
const REFUSALS: Abi = Object.values(ABIS).flatMap((abi) => abi.filter(({ type }) => type === 'error'))

/** The interface of a contract, with every refusal that a call of it may come to. */
export function abiOf(contract: OfficeContract): Abi {
  const own = ABIS[contract]
  return [...own.filter(({ type }) => type !== 'error'), ...REFUSALS]
}

/** The values of a refusal, by its name; none for one that no contract of ours has. */
export function refusalInputs(name: string): readonly AbiParameter[] {
  const found = REFUSALS.find((entry) => entry.type === 'error' && entry.name === name)
  return found?.type === 'error' ? found.inputs : []
}

/** The call data. */
export function encodeOfficeCall({ contract, functionName, args }: OfficeCall): Hex {
  return encodeFunctionData({ abi: ABIS[contract], functionName, args })
}

/** The call in call data that anybody may have made; `null`: no call that this version knows, in its one form. */
export function decodeOfficeCall(contract: OfficeContract, data: Hex): OfficeCall | null {
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi: ABIS[contract], data })
    const call = { contract, functionName, args }
    return encodeOfficeCall(call) === data ? call : null
  } catch {
    // Its bytes are shown instead.
    return null
  }
}

/** Names of the functions that a selector calls in a rulebook, by it; `undefined`: it has none such. */
export function rulebookFunction(selector: string): string | undefined {
  return rulebookAbi.find((entry) => entry.type === 'function' && entry.selector === selector)?.name
}

/** The selectors of a rulebook's functions. */
export function rulebookSelectors(names: readonly string[]): readonly Hex[] {
  return rulebookAbi.flatMap((entry) =>
    entry.type === 'function' && names.includes(entry.name) ? [entry.selector] : [],
  )
}

/** The thumbprint of the key that a call registers, from its coordinates; `null`: it registers none. */
export function registeredKid({ functionName, args }: OfficeCall): string | null {
  if (functionName !== 'registerKey') return null
  const [, algorithm, x, y] = args as readonly [Hex, number, Hex, Hex]
  try {
    const publicJwk = publicJwkOf({ algorithm, x, y })
    return publicJwk === null ? null : thumbprint(publicJwk, suite)
  } catch (error) {
    // Of an algorithm that no ledger of this version takes, nor names a key of.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** An argument with the name that the contract gives it; of a structure each member, and not the structure. */
export interface NamedArgument {
  /** Of a member whose name another has too, with its structure's before it: `originIndex`. */
  readonly name: string
  /** In Solidity. */
  readonly type: string
  readonly value: unknown
}

export function argumentsOf({ contract, functionName, args }: OfficeCall): readonly NamedArgument[] {
  const found = ABIS[contract].find((entry) => entry.type === 'function' && entry.name === functionName)
  const inputs = found?.type === 'function' ? found.inputs : []
  const members = inputs.flatMap((input, place) => flatten(input, args[place], ''))
  return members.map(({ structure, ...member }) => {
    const isAlone = members.filter(({ name }) => name === member.name).length === 1
    return isAlone ? member : { ...member, name: `${structure}${capitalised(member.name)}` }
  })
}

function flatten(
  input: AbiParameter,
  value: unknown,
  structure: string,
): readonly (NamedArgument & { readonly structure: string })[] {
  const { name = '', type } = input
  if (type !== 'tuple' || !('components' in input)) return [{ name, type, value, structure }]
  const members = value as Readonly<Record<string, unknown>>
  return input.components.flatMap((component) => flatten(component, members[component.name ?? ''], name))
}

function capitalised(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}
