/** The file that names the ledger, or the registry, to trust. */
import { readFile } from 'node:fs/promises'
import type { Network } from '@hefu/ledger/chain-view'
import { parseTrustedNetwork, type RegistryNetwork } from '@hefu/ledger/registry'
import { MalformedError } from '@hefu/protocol'
import { pathReason } from '@hefu/service'
import { VerifierStartError } from './error/start-error.ts'

/** @throws {VerifierStartError} `bad-network` */
export async function readNetworkFile(path: string): Promise<Network | RegistryNetwork> {
  try {
    return parseTrustedNetwork(await readFile(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof MalformedError) && !isSystemError(error)) throw error
    throw new VerifierStartError('bad-network', pathReason(path, error), { cause: error })
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
