/** The references: bare signatures by `node:crypto` in its fastest form, DER with an imported key, and nothing else. */
import {
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import type { Workload } from './measure.ts'

/** One ES256 verification a message. */
export function rawEs256Verify(messages: readonly string[]): Workload {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signed = messages.map((text) => {
    const message = Buffer.from(text)
    return { message, signature: sign('sha256', message, privateKey) }
  })
  return {
    count: signed.length,
    run: () => {
      for (const { message, signature } of signed) {
        if (!verify('sha256', message, publicKey, signature)) throw new Error('a signature failed')
      }
    },
  }
}

/** One ES256 signature a message. */
export function rawEs256Sign(messages: readonly string[]): Workload {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const bytes = messages.map((text) => Buffer.from(text))
  return {
    count: bytes.length,
    run: () => {
      for (const message of bytes) sign('sha256', message, privateKey)
    },
  }
}

/** One SM2 verification a message, Z computed beforehand. */
export function rawSm2Verify(messages: readonly string[]): Workload {
  const { privateKey, publicKey, z } = createRawSm2Key()
  const signed = messages.map((text) => {
    const message = Buffer.from(text)
    return { message, signature: createSign('sm3').update(z).update(message).sign(privateKey) }
  })
  return {
    count: signed.length,
    run: () => {
      for (const { message, signature } of signed) {
        if (!createVerify('sm3').update(z).update(message).verify(publicKey, signature))
          throw new Error('a signature failed')
      }
    },
  }
}

/** Any 32 bytes cost as much as the right Z; a key is one of SM2 only once it was read from DER. */
function createRawSm2Key(): { privateKey: KeyObject; publicKey: KeyObject; z: Buffer } {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'SM2',
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    publicKeyEncoding: { format: 'der', type: 'spki' },
  })
  return {
    privateKey: createPrivateKey({ key: pair.privateKey, format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: pair.publicKey, format: 'der', type: 'spki' }),
    z: hash('sm3', 'Z', 'buffer'),
  }
}
