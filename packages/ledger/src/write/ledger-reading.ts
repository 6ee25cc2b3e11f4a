/** What an agency asks of the ledger before it writes. */
import type { AnchorFact, Hex } from '@hefu/protocol'
import type { PublicClient } from 'viem'
import { decodeUscc, encodeUscc } from '../abi/codes.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import type { Network } from '../network/network.ts'
import { answered, connectReader } from './account.ts'
import type { CredentialPlace } from './act-calls.ts'

/** Every function throws `LedgerUnavailableError` when the node cannot be asked. */
export interface LedgerReading {
  /** The anchor of a root under an issuer's name, or `null` when the ledger has none. */
  findAnchor(issuer: string, root: Hex): Promise<AnchorFact | null>
  /** Whether an anchor covers the index; none covers what was passed over. */
  isAnchoredIndex(issuer: string, index: number): Promise<boolean>
  /** The status index at which the issuer's next batch begins. */
  nextIndex(issuer: string): Promise<number>
  /** Whose place a credential took; `null`: nobody's, or the link was dissolved. */
  findOrigin(successor: CredentialPlace): Promise<CredentialPlace | null>
  /** What is now for the ledger: the time of the block that comes next. Unix seconds. */
  readTime(): Promise<number>
  /** Whether an account can pay for a transaction. */
  canPay(account: Hex): Promise<boolean>
}

/** What an anchor or an act costs at least. */
const LEAST_GAS = 100_000n

/** What is asked over a network's node. */
export function connectLedgerReading(
  network: Network,
  reader: PublicClient = connectReader(network),
): LedgerReading {
  const ledger = { address: network.ledger, abi: ledgerAbi }
  return {
    findAnchor: async (issuer, root) => {
      const args = [encodeUscc(issuer), root] as const
      const asked = reader.readContract({ ...ledger, functionName: 'anchorOf', args })
      const { anchoredAt, blockNumber, size, firstIndex } = await answered(asked)
      return anchoredAt === 0 ? null : { anchoredAt, blockNumber, size, firstIndex }
    },
    isAnchoredIndex: async (issuer, index) => {
      const args = [encodeUscc(issuer), index] as const
      return answered(reader.readContract({ ...ledger, functionName: 'isAnchoredIndex', args }))
    },
    nextIndex: async (issuer) => {
      const args = [encodeUscc(issuer)] as const
      const asked = reader.readContract({ ...ledger, functionName: 'agency', args })
      return (await answered(asked)).indexCount
    },
    findOrigin: async ({ issuer, statusIndex }) => {
      const args = [encodeUscc(issuer), statusIndex] as const
      const origin = await answered(reader.readContract({ ...ledger, functionName: 'originOf', args }))
      return origin.since === 0 ? null : { issuer: decodeUscc(origin.issuer), statusIndex: origin.index }
    },
    canPay: async (address) => {
      const asked = Promise.all([reader.getBalance({ address }), reader.getGasPrice()])
      const [balance, price] = await answered(asked)
      return balance >= price * LEAST_GAS
    },
    readTime: async () => Number((await answered(reader.getBlock({ blockTag: 'pending' }))).timestamp),
  }
}
