/**
 * @hefu/sdk/registry: trusting the alliance's registry of ledgers instead of one ledger. Apart, so that who pins a
 * ledger loads none of it.
 */
export {
  createRegistryDirectory,
  parseRegistryNetwork,
  type RegistryDirectoryOptions,
  type RegistryNetwork,
} from '@hefu/ledger/registry'
