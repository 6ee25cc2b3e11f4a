/** Where an alliance's ledger is, and what stands around it: what its council and its keepers have to know. */
import { type Hex, parseHex } from '@hefu/protocol'
import { type Network, parseNetwork, parseNetworkMembers } from './network.ts'

/** A ledger with its council, as `npm run deploy` records them. Addresses in lower case. */
export interface AllianceNetwork extends Network {
  readonly accessManager: Hex
  readonly seats: Hex
  readonly council: Hex
  readonly registry: Hex
}

/**
 * Reads the record of a deployment (JSON), by the rules of a network file.
 *
 * @throws {MalformedError}
 */
export function parseAllianceNetwork(text: string): AllianceNetwork {
  const network = parseNetwork(text)
  const value = parseNetworkMembers(text)
  const addressOf = (name: string): Hex => parseHex(value[name], 20, `network.${name}`)
  return {
    ...network,
    accessManager: addressOf('accessManager'),
    seats: addressOf('seats'),
    council: addressOf('council'),
    registry: addressOf('registry'),
  }
}
