/** AES-256-GCM: nonce, tag, and what is sealed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * @param key 32 bytes
 * @param about what it is of: only who says the same opens it
 */
export function seal(bytes: Uint8Array, key: Uint8Array, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  const sealed = [cipher.update(bytes), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
}

/** @throws {Error} where it was sealed with another key, about something else, or altered */
export function open(sealed: Uint8Array, key: Uint8Array, about: string): Buffer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  }).setAAD(Buffer.from(about))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}

export function sealText(text: string, key: Uint8Array, about: string): Buffer {
  return seal(Buffer.from(text), key, about)
}

/** @throws {Error} as {@link open} */
export function openText(sealed: Uint8Array, key: Uint8Array, about: string): string {
  return open(sealed, key, about).toString('utf8')
}
