/** The licence types that a verifier knows, and the digest of each description: what the ledger's catalogue is held against. */
import type { Hex } from '../bytes/hex.ts'
import type { LicenceType } from '../licence/licence-type.ts'
import { schemaDigest } from '../licence/schema.ts'
import type { Suite } from '../suite/suite.ts'

/** A type whose fields are compared and masked by this description. */
export interface DescribedType {
  readonly type: LicenceType
  /** See `schemaDigest`. */
  readonly digest: Hex
}

export interface DescribedTypes {
  readonly all: readonly LicenceType[]
  /** `undefined` for a type that this verifier has no description of. */
  find(code: string): DescribedType | undefined
}

/** Digests are taken when they are first asked for: of most types no licence is ever seen. */
export function createDescribedTypes(licenceTypes: readonly LicenceType[], suite: Suite): DescribedTypes {
  const described = new Map<string, DescribedType>()
  return {
    all: licenceTypes,
    find: (code) => {
      const known = described.get(code)
      if (known !== undefined) return known
      const type = licenceTypes.find((one) => one.code === code)
      if (type === undefined) return undefined
      const found: DescribedType = { type, digest: schemaDigest(type, suite) }
      described.set(code, found)
      return found
    },
  }
}
