/** @hefu/ledger/registry: the ledgers of the alliance by its registry. Apart, so that who pins one loads none of it. */
export {
  createNetworkDirectory,
  createRegistryDirectory,
  type RegistryDirectoryOptions,
} from './chain/registry-directory.ts'
export {
  type LedgersChain,
  type NamedLedger,
  networkOf,
  parseRegistryNetwork,
  parseTrustedNetwork,
  type RegistryNetwork,
} from './network/registry-network.ts'
