/**
 * How deposits are sealed: each text with a key of its own, that key under one from the configuration. A key of the
 * configuration is changed by sealing the small keys anew; the texts stay as they are.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { parsePresented } from '@hefu/protocol'
import type { SealingKey } from '@hefu/service'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import type { VerifierSchema } from './schema.ts'
import { open, openText, seal, sealText } from './sealing.ts'

/** The first seals what comes; the others open what was sealed under them. */
export type DepositKeys = readonly [SealingKey, ...SealingKey[]]

/** A key of its own, sealed. */
export interface SealedKey {
  readonly sealed_under: string
  readonly sealed_key: Uint8Array
}

type SealedDeposit = SealedKey & Pick<Selectable<VerifierSchema['deposit']>, 'sealed_text'>

type DepositRow = Selectable<VerifierSchema['deposit']>

/** What a deposit is of: none is taken for another's, whoever exchanges rows. Its key is bound to it. */
export type DepositIdentity = Pick<DepositRow, 'digest' | 'issuer' | 'licence'>

/** Who finds it, before which others, and for how long. The text is bound to that, too. */
export type DepositTerms = DepositIdentity &
  Pick<DepositRow, 'depositor' | 'client' | 'signed_at' | 'deposited_at' | 'expires_at'>

export function sealDeposit(text: string, of: DepositTerms, [first]: DepositKeys): SealedDeposit {
  const key = randomBytes(32)
  return { ...sealKey(key, first, nameOf(of)), sealed_text: sealText(text, key, termsOf(of)) }
}

/** A row that was altered, or damaged: asking again does not help. */
export class DepositAlteredError extends Error {
  override readonly name = 'DepositAlteredError'
}

/**
 * @throws {VerifierStartError} `deposit-key-missing`
 * @throws {DepositAlteredError}
 */
export function openDeposit(row: SealedDeposit & DepositTerms, keys: DepositKeys): string {
  try {
    return openBound(row, openKey(row, keys, nameOf(row)))
  } catch (cause) {
    if (cause instanceof VerifierStartError) throw cause
    throw new DepositAlteredError('open a deposit: it is not what was sealed', { cause })
  }
}

function openBound(row: SealedDeposit & DepositTerms, key: Uint8Array): string {
  try {
    return openText(row.sealed_text, key, termsOf(row))
  } catch {
    return openFormer(row, key)
  }
}

/** What a holder presents is kept so long from its signing on, and no longer: sending it again does not prolong it. */
export const HOLDER_SECONDS = 600

/**
 * A text that an earlier version sealed, which was bound to its identity alone: of its terms holds what the text itself
 * says.
 */
function openFormer(row: SealedDeposit & DepositTerms, key: Uint8Array): string {
  const text = openText(row.sealed_text, key, nameOf(row))
  const { credential, keyBinding } = parsePresented(text)
  const isHolders = keyBinding !== null
  const isAsKept =
    row.depositor === (isHolders ? 'holder' : 'agency') &&
    Number(row.signed_at) === credential.claims.iat &&
    (!isHolders || Number(row.expires_at) === keyBinding.claims.iat + HOLDER_SECONDS)
  if (!isAsKept) throw new Error('the terms of a deposit are not those of its text')
  return text
}

/** The key of a deposit, sealed under the first of the keys. */
export function resealDeposit(row: SealedKey & DepositIdentity, keys: DepositKeys): SealedKey {
  return sealKey(openKey(row, keys, nameOf(row)), keys[0], nameOf(row))
}

function nameOf({ digest, issuer, licence }: DepositIdentity): string {
  return `hefu deposit\n${digest}\n${issuer}\n${Buffer.from(licence).toString('base64url')}`
}

/** Only the last may have any characters. */
function termsOf({ depositor, client, signed_at, deposited_at, expires_at, ...of }: DepositTerms): string {
  const times = [signed_at, deposited_at, expires_at].map(Number)
  return [nameOf(of), 'terms', depositor, ...times, client].join('\n')
}

/** A key of one's own under one of the configuration; `about`: what it is of. */
export function sealKey(key: Uint8Array, { name, key: under }: SealingKey, about: string): SealedKey {
  return { sealed_under: name, sealed_key: seal(key, under, about) }
}

/** @throws {VerifierStartError} `deposit-key-missing` */
export function openKey(
  { sealed_under: name, sealed_key }: SealedKey,
  keys: DepositKeys,
  about: string,
): Buffer {
  const under = keys.find((key) => key.name === name)
  if (under === undefined) throw new VerifierStartError('deposit-key-missing', name)
  return open(sealed_key, under.key, about)
}

/** What a licence identifier is found by; without the key nobody finds one by trying. */
export type LicenceHash = (licenceId: string) => Uint8Array

const INDEX = 'hefu deposit index'

/**
 * By the store's own key, which the first process draws.
 *
 * @throws {VerifierStartError} `deposit-key-missing`
 */
export async function openLicenceHash(db: Kysely<VerifierSchema>, keys: DepositKeys): Promise<LicenceHash> {
  await db
    .insertInto('deposit_index')
    .values({ one: 1, ...sealKey(randomBytes(32), keys[0], INDEX) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const key = openKey(await readIndex(db), keys, INDEX)
  return (licenceId) => createHmac('sha256', key).update(licenceId).digest()
}

/** Seals that key under the first of the keys. */
export async function resealIndex(trx: Transaction<VerifierSchema>, keys: DepositKeys): Promise<void> {
  const key = openKey(await readIndex(trx), keys, INDEX)
  await trx
    .updateTable('deposit_index')
    .set(sealKey(key, keys[0], INDEX))
    .execute()
}

function readIndex(db: Kysely<VerifierSchema>): Promise<SealedKey> {
  return db.selectFrom('deposit_index').select(['sealed_under', 'sealed_key']).executeTakeFirstOrThrow()
}
