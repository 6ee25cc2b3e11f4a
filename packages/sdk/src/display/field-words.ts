/** Fields of the face as people read them: their names, their masked values, and what stands behind a code. */
import { type Bilingual, HOLDER_ID_TYPES, inBoth, type LicenceType, showField } from '@hefu/protocol'

/** What a field is called on the face; the name of a disclosure where its type does not know it. */
export function labelOf(type: LicenceType | undefined, name: string): Bilingual {
  return type?.fields.find((field) => field.name === name)?.label ?? inBoth(name)
}

/** The value as it may be shown of a holder of this kind; absent: it is not shown. */
export function shownValueOf(
  type: LicenceType | undefined,
  name: string,
  value: string,
  holderIdType?: string,
): Bilingual {
  return spellOut(name, showField(type, name, value, holderIdType))
}

/** A kind of document by its name: `111` says nothing to who reads it. Takes a value that is masked already. */
export function spellOut(name: string, shown: string): Bilingual {
  const kind = name === 'holderIdType' ? HOLDER_ID_TYPES.find(({ code }) => code === shown) : undefined
  return kind?.label ?? inBoth(shown)
}
