/** The key that the service signs its reports with. */
import type { KeyFile } from '@hefu/protocol'
import { openSigningKey, type SigningKey } from '@hefu/service'
import { VerifierStartError } from './error/start-error.ts'

/**
 * @throws {KeyError}
 * @throws {VerifierStartError} `key-of-other-kind` for a key that this service does not sign with
 */
export async function openReportKey(file: KeyFile, passphrase: string): Promise<SigningKey> {
  const key = await openSigningKey(file, 'verifier-signing', passphrase)
  if (key.publicJwk.crv === 'SM2') throw new VerifierStartError('key-of-other-kind', file.name)
  return key
}
