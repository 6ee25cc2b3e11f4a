/** The vector files and their lists, as README.md describes them. */
import type {
  Challenge,
  CredentialClaims,
  CredentialDraft,
  CredentialHeader,
  Defect,
  FaceComparison,
  FieldDefect,
  FieldFormat,
  Hex,
  JsonObject,
  JsonValue,
  KeyBindingClaims,
  LedgerIdentity,
  LedgerUnavailableCode,
  LicenceId,
  LicenceType,
  MaskRule,
  PresentedKind,
  PrivateJwk,
  PublicJwk,
  ReceiptObject,
  RecheckOutcome,
  ScannedQr,
  SignatureAlgorithm,
  VerificationReport,
} from '@hefu/protocol'
import type { OpenedCarrier } from '@hefu/sdk/carriers'
import type { RecordedRegistry } from './recorded-registry.ts'
import type { RecordedLookup, VerificationVector } from './verification-vector.ts'

interface Text {
  readonly text: string
}

/** `refused` stands in the vectors that must not be read, everything else in the others. */
type Readable<Accepted> = Text & (Refused | (Accepted & { readonly refused?: never }))

interface Refused {
  readonly refused: string
}

interface Judged extends Text {
  readonly valid: boolean
}

interface Checked extends Text {
  readonly check: string
}

export interface KeyVector {
  readonly algorithm: SignatureAlgorithm
  readonly privateJwk: PrivateJwk
  readonly publicJwk: PublicJwk
  readonly canonical: string
  readonly kid: string
}

interface DisclosureVector {
  readonly name: string
  readonly value: string
  readonly encoded: string
  readonly digest: string
}

export interface IssuedVector extends CredentialDraft {
  readonly kid: string
  readonly salts: readonly Hex[]
  readonly compact: string
  readonly read: {
    readonly header: CredentialHeader
    readonly claims: CredentialClaims
    readonly disclosures: readonly DisclosureVector[]
    readonly signingInput: string
    readonly signature: Hex
    readonly leafHash: Hex
  }
}

export interface PrintedDisclosure extends Text, Refused {
  readonly encoded: string
  readonly digest: string
  readonly remade: (DisclosureVector & Text) | null
}

export interface KeyBindingVector extends Text {
  readonly holderJwk: PublicJwk
  readonly keyBinding: {
    readonly header: object
    readonly claims: KeyBindingClaims
    readonly signingInput: string
    readonly signature: Hex
  }
}

/** `refused`: codes of defects, or the one code of what is no matter of reading. */
type Attempted<Accepted> = { readonly refused: readonly string[] } | (Accepted & { readonly refused?: never })

/** `report` is the text of the report. */
export type AttestationVector = {
  readonly compact: string
  readonly verifierJwk: PublicJwk
} & Attempted<{ readonly report: string }>

export interface RecheckVector {
  readonly is: string
  /** Its text. */
  readonly report: string
  readonly presented: string
  readonly submitted?: Readonly<Record<string, string>>
  readonly challenge?: Challenge
  readonly rendition?: string
  /** The ledger that is asked again. */
  readonly ledger: LedgerIdentity
  /** As in verification.json. */
  readonly registry: RecordedRegistry | null
  /** `null`: nothing is asked of it. `unavailable`: why there is no answer. */
  readonly lookup: (RecordedLookup & { readonly unavailable?: LedgerUnavailableCode }) | null
  /** As in verification.json. */
  readonly state: Readonly<Record<string, unknown>> | null
  readonly outcome: RecheckOutcome
}

/** `named`: the file's name is the thumbprint of the key in it. */
export type KeyFileVector = Text & { readonly passphrase: string } & Attempted<{
    readonly privateJwk: PrivateJwk
    readonly named: boolean
  }>

/** Numbers but `size` and `index` are places in `nodes`. */
export interface MerkleVectors {
  readonly nodes: readonly Hex[]
  readonly leaves: readonly number[]
  readonly trees: readonly {
    readonly size: number
    readonly root: number
    readonly paths: readonly (readonly number[])[]
  }[]
  readonly refused: readonly {
    readonly leaf: number
    readonly index: number
    readonly size: number
    readonly path: readonly number[]
    readonly root: number
  }[]
}

/** Files are base64url; `refused` is a code of a `CarrierError`. */
export interface CarrierVectors {
  readonly attached: readonly ({
    readonly is: string
    readonly original: string
    readonly presented: string
  } & (Refused | { readonly update: string; readonly rendition: string; readonly isBound: boolean }))[]
  readonly opened: readonly ({ readonly is: string; readonly file: string } & (Refused | OpenedCarrier))[]
}

export interface ValidityLists {
  readonly valid: readonly string[]
  readonly invalid: readonly string[]
  readonly realButChecksumFails?: readonly string[]
}

/** `type` is a code; in a comparison `null` stands for a type that nobody knows. */
export interface LicenceTypeVectors {
  readonly types: readonly {
    readonly type: LicenceType
    readonly display: JsonObject
    readonly schema: JsonObject
    readonly canonical: string
    readonly digest: Hex
  }[]
  readonly normal: readonly (Text & { readonly format: FieldFormat; readonly normal: string })[]
  readonly compared: readonly (FaceComparison & {
    readonly type: string | null
    readonly disclosed: Readonly<Record<string, string>>
    readonly submitted: Readonly<Record<string, string>>
  })[]
  readonly face: readonly {
    readonly type: string
    readonly face: JsonObject
    readonly today: string
    readonly valid: boolean
    readonly defects: readonly Pick<FieldDefect, 'field' | 'code'>[]
  }[]
  readonly masked: readonly { readonly mask: MaskRule; readonly value: string; readonly shown: string }[]
}

/** File → list → vectors; in domain.json a member that is no list is one vector. */
export interface VectorFiles {
  readonly domain: {
    readonly certificateIdentifier: ValidityLists
    readonly mod37_36: readonly (readonly [string, string])[]
    readonly uscc: ValidityLists
    readonly residentId: ValidityLists
    readonly foodLicence: ValidityLists & { readonly mod11_10: readonly (readonly [string, string])[] }
    /** Text → digest, bare hexadecimal. */
    readonly sm3: Readonly<Record<string, string>>
    readonly sm2: Readonly<Record<'id' | 'msg' | 'd' | 'pub' | 'r' | 's', string>>
  }
  readonly encodings: {
    readonly jsonMaxLength: number
    readonly base64url: readonly Readable<{ readonly bytes: Hex }>[]
    readonly hex: readonly (Readable<{ readonly bytes: readonly number[] }> & { readonly length: number })[]
    readonly utf8: readonly (Readable<unknown> & { readonly bytes: Hex })[]
    readonly strictJson: readonly Readable<{ readonly value: JsonValue }>[]
    readonly displayText: readonly Readable<unknown>[]
  }
  readonly identifiers: {
    readonly licenceId: readonly Readable<{ readonly parts: LicenceId; readonly rightCheck: boolean }>[]
    readonly mod37_36: readonly Checked[]
    readonly mod11_10: readonly Checked[]
    readonly uscc: readonly Judged[]
    readonly residentId: readonly Judged[]
    readonly residentIdInText: readonly Judged[]
    readonly foodLicenceNumber: readonly Judged[]
    readonly calendarDate: readonly (Text & {
      readonly valid?: false
      readonly startOfDay?: number
      readonly endOfDay?: number
    })[]
    readonly regionCode: readonly (Judged & { readonly province?: string })[]
  }
  readonly signatures: {
    readonly keys: readonly { readonly publicJwk: PublicJwk; readonly usable: boolean }[]
    readonly signatures: readonly {
      readonly algorithm: SignatureAlgorithm
      readonly publicJwk: PublicJwk
      readonly message: string
      readonly signature: Hex
      readonly verified: boolean
    }[]
  }
  readonly merkle: MerkleVectors
  readonly 'licence-types': LicenceTypeVectors
  readonly credential: {
    readonly keys: readonly KeyVector[]
    readonly issued: readonly IssuedVector[]
    readonly refused: readonly { readonly compact: string; readonly refused: readonly string[] }[]
    readonly unfounded: readonly { readonly compact: string; readonly finding: string }[]
    readonly rfc9901: readonly PrintedDisclosure[]
  }
  readonly receipt: {
    readonly proofs: readonly {
      readonly signingInput: string
      readonly leafHash: Hex
      readonly receipt: ReceiptObject
      readonly included: boolean
    }[]
    readonly refused: readonly { readonly value: JsonValue; readonly refused: string }[]
  }
  readonly bundle: {
    readonly read: readonly (Text & { readonly credential: string; readonly receipt: ReceiptObject | null })[]
    readonly refused: readonly (Text & Refused)[]
  }
  readonly presentation: {
    readonly read: readonly KeyBindingVector[]
    readonly refused: readonly (Text & Refused)[]
    readonly qr: readonly Readable<{ readonly presented: string; readonly scanned: ScannedQr }>[]
  }
  readonly carriers: CarrierVectors
  readonly verification: { readonly vectors: readonly VerificationVector[] }
  readonly report: {
    readonly read: readonly (Text & { readonly report: VerificationReport })[]
    readonly refused: readonly (Text & { readonly refused: readonly string[] })[]
    readonly malformed: readonly {
      readonly presented: string
      readonly refused: readonly Defect[]
      readonly finding: string
    }[]
    readonly notLicences: readonly { readonly presented: string; readonly presentedAs: PresentedKind }[]
    readonly attested: readonly AttestationVector[]
    readonly rechecked: readonly RecheckVector[]
    readonly keyFiles: readonly KeyFileVector[]
  }
}
