/**
 * All that a contract's storage holds, slot by slot, from its variables by their names: as the compiler lays them out,
 * by this side's own code.
 */
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { concat, encodeRlp, getBytes, hexlify, keccak256, stripZerosLeft, toBeHex } from 'ethers'
import { type StorageLayout, type StorageType, slotsOf, typeOf } from './storage-layout.ts'

/** A number, or bytes of fixed length as hex; a text; a list; a mapping by the words of its keys; a struct. */
export type Stored =
  | bigint
  | boolean
  | string
  | Uint8Array
  | readonly Stored[]
  | ReadonlyMap<bigint, Stored>
  | { readonly [member: string]: Stored }

/** Slots that are not zero. */
export type StorageImage = ReadonlyMap<bigint, bigint>

interface Writing {
  readonly layout: StorageLayout
  readonly slots: Map<bigint, bigint>
}
interface Spot {
  readonly type: StorageType
  readonly slot: bigint
  /** In bytes, from the lowest. */
  readonly offset: number
}

/** @throws when a variable of the contract is not told, or told in another shape than its type has */
export function imageOf(layout: StorageLayout, variables: Readonly<Record<string, Stored>>): StorageImage {
  const writing = { layout, slots: new Map<bigint, bigint>() }
  for (const { label, slot, offset, type } of layout.storage) {
    write(writing, { type: typeOf(layout, type), slot: BigInt(slot), offset }, variables[label])
  }
  return new Map([...writing.slots].filter(([, value]) => value !== 0n))
}

function write(writing: Writing, spot: Spot, value: Stored | undefined): void {
  const { type, slot, offset } = spot
  if (value instanceof Map) writeMapping(writing, spot, value)
  else if (value instanceof Uint8Array) writeText(writing, slot, value)
  else if (Array.isArray(value)) writeList(writing, spot, value)
  else if (typeof value === 'object') writeStruct(writing, spot, value as Record<string, Stored>)
  else if (value === undefined || type.encoding !== 'inplace' || type.members !== undefined) {
    throw new Error(`${type.label} at ${slot} is not told: ${value}`)
  } else {
    const before = writing.slots.get(slot) ?? 0n
    writing.slots.set(slot, before | (BigInt(value) << BigInt(8 * offset)))
  }
}

function writeMapping(writing: Writing, { type, slot }: Spot, entries: ReadonlyMap<bigint, Stored>): void {
  if (type.encoding !== 'mapping') throw new Error(`${type.label} is no mapping`)
  for (const [key, value] of entries) {
    write(writing, { type: typeOf(writing.layout, type.value), slot: hashOf(key, slot), offset: 0 }, value)
  }
}

function writeStruct(writing: Writing, { type, slot }: Spot, value: Readonly<Record<string, Stored>>): void {
  if (type.members === undefined) throw new Error(`${type.label} is no struct`)
  for (const member of type.members) {
    const spot = { type: typeOf(writing.layout, member.type), slot: slot + BigInt(member.slot) }
    write(writing, { ...spot, offset: member.offset }, value[member.label])
  }
}

function writeList(writing: Writing, { type, slot }: Spot, values: readonly Stored[]): void {
  if (type.encoding !== 'dynamic_array') throw new Error(`${type.label} is no list`)
  const element = typeOf(writing.layout, type.base)
  const bytes = Number(element.numberOfBytes)
  const perSlot = Math.max(1, Math.floor(32 / bytes))
  writing.slots.set(slot, BigInt(values.length))
  for (const [place, value] of values.entries()) {
    const first = BigInt(Math.floor(place / perSlot) * slotsOf(element))
    write(writing, { type: element, slot: hashOf(slot) + first, offset: (place % perSlot) * bytes }, value)
  }
}

/** Less than 32 bytes lie in the slot itself, with twice their number; more of them elsewhere, from its hash on. */
function writeText({ slots }: Writing, slot: bigint, text: Uint8Array): void {
  const wordAt = (place: number): bigint => {
    const word = new Uint8Array(32)
    word.set(text.subarray(place, place + 32))
    return BigInt(hexlify(word))
  }
  if (text.length < 32) {
    slots.set(slot, wordAt(0) | BigInt(2 * text.length))
    return
  }
  slots.set(slot, BigInt(2 * text.length + 1))
  for (let place = 0; place < text.length; place += 32) {
    slots.set(hashOf(slot) + BigInt(place / 32), wordAt(place))
  }
}

function hashOf(...words: readonly bigint[]): bigint {
  return BigInt(keccak256(concat(words.map((word) => toBeHex(word, 32)))))
}

/** The root that an account has whose storage holds this and nothing else. */
export async function storageRootOf(image: StorageImage): Promise<string> {
  const trie = new MerklePatriciaTrie({ useKeyHashing: true })
  for (const [slot, value] of image) {
    await trie.put(getBytes(toBeHex(slot, 32)), getBytes(encodeRlp(stripZerosLeft(toBeHex(value)))))
  }
  return hexlify(trie.root())
}

/** A mapping of mappings, by the words of the keys, the outermost first. */
export function nested(
  entries: Iterable<readonly [keys: readonly bigint[], Stored]>,
): ReadonlyMap<bigint, Stored> {
  const root = new Map<bigint, Stored>()
  for (const [keys, value] of entries) {
    const [last = 0n, ...outer] = [...keys].reverse()
    let inner = root
    for (const key of outer.reverse()) {
      const next = inner.get(key) ?? new Map<bigint, Stored>()
      inner.set(key, next)
      inner = next as Map<bigint, Stored>
    }
    inner.set(last, value)
  }
  return root
}
