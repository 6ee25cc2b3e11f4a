/**
 * Where a fact lies, from the way one would write it in Solidity: `_keys[issuer][kid]`, `_names[issuer].newest`,
 * `_nameTexts[digest][i]` for the i-th 32 bytes of a text. The compiler's layout says the rest.
 */
import { type StorageLayout, type StorageType, slotsOf, typeOf, variableOf } from './storage-layout.ts'

export interface Place {
  /** Of the first slot, as `slot-rule.ts` reads it; the others follow it. */
  readonly rule: string
  readonly slots: number
  readonly type: StorageType
  readonly layout: StorageLayout
}

/** @throws when nothing of the layout is written so */
export function placeOfPath(layout: StorageLayout, path: string): Place {
  const [variable = '', ...steps] = path.match(/^\w+|\.\w+|\[[^\]]+\]/g) ?? []
  const { slot, type: root } = variableOf(layout, variable)
  let place = { rule: slot, type: typeOf(layout, root) }
  for (const step of steps) {
    place = step.startsWith('.')
      ? memberOf(layout, place, step.slice(1))
      : elementOf(layout, place, step.slice(1, -1))
  }
  return { ...place, slots: slotsOf(place.type), layout }
}

type Point = Pick<Place, 'rule' | 'type'>

function memberOf(layout: StorageLayout, { rule, type }: Point, label: string): Point {
  const member = type.members?.find((one) => one.label === label)
  if (member === undefined) throw new Error(`${type.label} has no member ${label}`)
  if (member.offset !== 0) throw new Error(`${label} of ${type.label} begins inside a slot`)
  return {
    rule: member.slot === '0' ? rule : `${rule} + ${member.slot}`,
    type: typeOf(layout, member.type),
  }
}

function elementOf(layout: StorageLayout, { rule, type }: Point, word: string): Point {
  const operand = /^\w+$/.test(word) ? word : `(${word})`
  if (type.encoding === 'mapping') {
    return { rule: `keccak(${operand} . ${rule})`, type: typeOf(layout, type.value) }
  }
  const element = typeOfElement(layout, type)
  const size = slotsOf(element)
  return { rule: `keccak(${rule}) + ${operand}${size === 1 ? '' : ` * ${size}`}`, type: element }
}

function typeOfElement(layout: StorageLayout, type: StorageType): StorageType {
  if (type.encoding === 'dynamic_array') return typeOf(layout, type.base)
  if (type.encoding === 'bytes') return { label: '32 bytes', encoding: 'inplace', numberOfBytes: '32' }
  throw new Error(`${type.label} has no elements`)
}
