/** A registry as data, and what a verifier that follows it trusts: runs in Node and in a browser alike. */
import {
  type LedgerBlock,
  type LedgerDirectory,
  type LedgerIdentity,
  type LedgerTrust,
  LedgerUnavailableError,
  type LedgerView,
} from '@hefu/protocol'

export interface RecordedRegistry {
  /** The block at which it is read; `null`: it cannot be reached. */
  readonly block: LedgerBlock | null
  /** All ledgers that it names, the first first. */
  readonly ledgers: readonly (LedgerIdentity & {
    readonly openedAt: number
    readonly closedAt: number | null
  })[]
}

/** The ledger of the view is pinned, or it is the one of the registry's ledgers that is to be asked. */
export function trustOf(registry: RecordedRegistry | null, view: LedgerView): LedgerTrust {
  return registry === null ? { view } : { directory: directoryOver(registry, view) }
}

function directoryOver({ block, ledgers }: RecordedRegistry, asked: LedgerView): LedgerDirectory {
  return {
    list: async ({ registryBlock }) => {
      if (block === null) throw new LedgerUnavailableError('unreachable', 'connect to the registry')
      if (registryBlock !== undefined && registryBlock !== block.hash) {
        throw new LedgerUnavailableError('block-unavailable', `read the registry at block ${registryBlock}`)
      }
      return ledgers.map(({ chainId, address, openedAt, closedAt }) => ({
        view: isOf(asked, { chainId, address }) ? asked : unaskedView({ chainId, address }),
        registration: { block, openedAt, closedAt },
      }))
    },
  }
}

function isOf({ ledger }: LedgerView, { chainId, address }: LedgerIdentity): boolean {
  return ledger.chainId === chainId && ledger.address === address
}

/** Of a ledger that the credential is not on. */
function unaskedView(ledger: LedgerIdentity): LedgerView {
  return {
    ledger,
    lookup: async () => {
      throw new Error(`ask the ledger ${ledger.address} on chain ${ledger.chainId}: another is to be asked`)
    },
  }
}
