/** What an agency's file surely means: read in the spelling that is signed, and said so. */
import { type LicenceType, spellValue } from '@hefu/protocol'
import { type RowDefect, rowWarning } from '../input/row.ts'

type Values = Readonly<Record<string, unknown>>

/** A face as it is signed, with a warning for every field that was written otherwise. */
export interface SpeltFace {
  readonly face: Values
  readonly warnings: readonly RowDefect[]
}

/** Spells the texts of the fields that the type knows; everything else stays as it is, to be judged. */
export function spellFace(type: LicenceType, written: Values): SpeltFace {
  const warnings: RowDefect[] = []
  const face = Object.entries(written).map(([name, value]): [string, unknown] => {
    const field = type.fields.find((known) => known.name === name)
    if (field === undefined || typeof value !== 'string') return [name, value]
    const spelt = spellValue(field, value)
    if (spelt !== value) warnings.push(rowWarning('read-in-its-spelling', name))
    return [name, spelt]
  })
  return { face: Object.fromEntries(face), warnings }
}
