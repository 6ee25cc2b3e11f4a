/** Where the compiler put what the contracts keep: slots are read here, and nowhere typed by hand. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const ARTIFACTS = join(import.meta.dirname, '../../artifacts')

/** A variable of a contract or a member of a struct; `slot` counts from where the contract or the struct begins. */
export interface Variable {
  readonly label: string
  readonly slot: string
  /** In bytes, from the lowest. */
  readonly offset: number
  readonly type: string
}

export interface StorageType {
  readonly label: string
  readonly encoding: 'inplace' | 'mapping' | 'dynamic_array' | 'bytes'
  readonly numberOfBytes: string
  /** Of a mapping. */
  readonly value?: string
  /** Of a list. */
  readonly base?: string
  /** Of a struct. */
  readonly members?: readonly Variable[]
}

export interface StorageLayout {
  readonly storage: readonly Variable[]
  readonly types: Readonly<Record<string, StorageType>>
}

/** The layout of the contract that has the name of its file, e.g. `contracts/Ledger.sol`. */
export function readLayout(source: string): StorageLayout {
  const name = basename(source, '.sol')
  const { buildInfoId } = JSON.parse(readFileSync(join(ARTIFACTS, source, `${name}.json`), 'utf8'))
  const buildInfo = join(ARTIFACTS, 'build-info', `${buildInfoId}.output.json`)
  const { output } = JSON.parse(readFileSync(buildInfo, 'utf8'))
  return output.contracts[`project/${source}`][name].storageLayout
}

/** One line a variable, then one a member of each struct: slot, byte in it, name, type. */
export function describeLayout({ storage, types }: StorageLayout): string {
  const line = ({ slot, offset, label, type }: Variable): string =>
    `${slot}+${offset} ${label}: ${types[type]?.label ?? type}`
  const structs = Object.values(types)
    .filter(({ members }) => members !== undefined)
    .toSorted((a, b) => a.label.localeCompare(b.label))
    .map(({ label, members = [] }) =>
      [`\n${label}`, ...members.map((member) => `  ${line(member)}`)].join('\n'),
    )
  return `${[...storage.map(line), ...structs].join('\n')}\n`
}

/** @throws when the contract keeps nothing under this name */
export function variableOf({ storage }: StorageLayout, label: string): Variable {
  const found = storage.find((variable) => variable.label === label)
  if (found === undefined) throw new Error(`no variable ${label}`)
  return found
}

/** @throws when the layout does not know the type */
export function typeOf({ types }: StorageLayout, id: string | undefined): StorageType {
  const found = id === undefined ? undefined : types[id]
  if (found === undefined) throw new Error(`no type ${id}`)
  return found
}

/** How many slots a value of the type takes where it lies. */
export function slotsOf({ numberOfBytes }: StorageType): number {
  return Math.ceil(Number(numberOfBytes) / 32)
}

/**
 * The members of a struct out of its slots, each as the number its bytes are; of any other type the one member `value`.
 *
 * @param words The slots in order.
 */
export function decodeSlots(
  layout: StorageLayout,
  type: StorageType,
  words: readonly bigint[],
): Readonly<Record<string, bigint>> {
  // A list keeps its length where it lies.
  if (type.members === undefined) return { value: bitsOf(words[0], 0, Number(type.numberOfBytes)) }
  return Object.fromEntries(
    type.members.map(({ label, slot, offset, type: id }) => [
      label,
      bitsOf(words[Number(slot)], offset, Number(typeOf(layout, id).numberOfBytes)),
    ]),
  )
}

function bitsOf(word: bigint | undefined, offset: number, bytes: number): bigint {
  if (word === undefined) throw new Error('a slot is missing')
  return BigInt.asUintN(8 * bytes, word >> BigInt(8 * offset))
}
