/** What one run of `hefu-ledger` has from its surroundings. */
import type { Network } from '@hefu/ledger'
import type { RegistryNetwork } from '@hefu/ledger/registry'
import type { Environment, PassphrasePrompt } from '@hefu/service'

export interface Session {
  readonly env: Environment
  readonly stdout: NodeJS.WritableStream
  /** Where progress and errors are shown. */
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** @throws {VerifierStartError} `bad-network` */
  readNetwork(path: string): Promise<Network | RegistryNetwork>
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal
}

/** What one run of `hefu-verifier` has. */
export type VerifierSession = PassphrasePrompt & Pick<Session, 'stdout' | 'output' | 'signal'>
