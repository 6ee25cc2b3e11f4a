/** The licence that an applicant brings from another agency: where it stands, by what its issuer signed. */

import { readFile } from 'node:fs/promises'
import type { CredentialPlace } from '@hefu/ledger'
import {
  type LedgerIdentity,
  MalformedError,
  parsePresented,
  readPresented,
  statusListUri,
  type UnverifiedCredential,
  usccOf,
} from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'

/**
 * Reads issuer and status index from a bundle, a presentation or a credential. Nothing of it is proven: the ledger
 * alone tells whether that licence was transferred out to this agency.
 *
 * @throws {IssuerError} `origin-unreadable`; `origin-foreign` when its status is on another ledger
 */
export async function readOriginFile(file: string, ledger: LedgerIdentity): Promise<OriginFile> {
  const { credential } = await parseOrigin(file)
  const { claims } = credential
  const { idx, uri } = claims.status.status_list
  const issuer = usccOf(claims)
  if (uri !== statusListUri(ledger, issuer)) throw new IssuerError('origin-foreign', { file })
  return { place: { issuer, statusIndex: idx }, credential }
}

/** A licence as its file says; nothing of it is proven. */
export interface OriginFile {
  readonly place: CredentialPlace
  readonly credential: UnverifiedCredential
}

async function parseOrigin(file: string) {
  try {
    return parsePresented(readPresented(await readFile(file, 'utf8')))
  } catch (error) {
    // The reason of a malformed text would quote what a holder showed.
    const reason = error instanceof MalformedError ? error.code : reasonOf(error)
    throw new IssuerError('origin-unreadable', { file, reason }, { cause: error })
  }
}
