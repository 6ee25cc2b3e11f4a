/** What reading a credential yields, whatever the form it came in. */
import type { CredentialClaims, CredentialHeader } from './claims.ts'
import type { Disclosure } from './disclosure.ts'

/** A credential that has been read. Nothing is proven yet: every member is whatever was presented. */
export interface UnverifiedCredential {
  readonly header: CredentialHeader
  readonly claims: CredentialClaims
  readonly disclosures: readonly Disclosure[]
  /** `header.payload`, ASCII: what is signed, and the leaf of the batch. */
  readonly signingInput: string
  /** 64 bytes. */
  readonly signature: Uint8Array
}
