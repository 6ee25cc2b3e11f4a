/** By what the attestation of an item is known again. */
import { createHash } from 'node:crypto'

/** SHA-256, base64url. */
export function digestOfAttestation(attestation: string): string {
  return createHash('sha256').update(attestation).digest('base64url')
}
