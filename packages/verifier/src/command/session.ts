/** What one run of `hefu-ledger` has from its surroundings. */
import type { Network } from '@hefu/ledger'
import type { RegistryNetwork } from '@hefu/ledger/registry'
import type { Environment, ExplainedError, PassphrasePrompt } from '@hefu/service'
import type { KeyTerm } from '../store/key-history.ts'

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

/** What an operator does by the environment of the service. */
export interface Operations {
  /** What is wrong with the configuration and all that it names: none, it is right. Nothing is changed. */
  check(): Promise<readonly ExplainedError[]>
  /** Every key that reports were ever signed with. */
  keys(): Promise<readonly KeyTerm[]>
  /** Ends the term of a key, for good; from when on (Unix seconds). */
  endKey(kid: string): Promise<number>
  /** Makes a key file that deposits are sealed under; its name. */
  makeDepositKey(path: string): Promise<string>
  /** Seals what is deposited under the first of the keys; how many. */
  resealDeposits(): Promise<number>
}

/** What one run of `hefu-verifier` has. */
export type VerifierSession = PassphrasePrompt &
  Pick<Session, 'stdout' | 'output' | 'signal'> & { readonly operations: Operations }
