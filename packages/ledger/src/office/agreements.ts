/** Agreements of provinces, as the rulebook in force has them. */
import { PROVINCES, type TermFact } from '@hefu/protocol'
import type { PublicClient } from 'viem'
import { decodeTime } from '../abi/codes.ts'
import { rulebookAbi } from '../abi/rulebook-abi.ts'
import { textOf } from '../abi/text-bytes.ts'
import type { Network } from '../network/network.ts'
import { answered } from '../write/account.ts'
import { addressOf } from './contract-addresses.ts'

/** What an agreement says, and who is bound by it. */
export interface AgreementRecord {
  readonly number: number
  /** Provinces that proposed it or were invited, and since when each is bound; `null`: it has not joined. */
  readonly members: readonly { readonly region: string; readonly bound: TermFact | null }[]
  /** GB/T 36903 codes. */
  readonly licenceTypes: readonly string[]
  /** Unix seconds; `until` is `null` for no end. */
  readonly term: TermFact
  readonly noticeSeconds: number
  /** Unix seconds from which on nobody joins any more. */
  readonly openUntil: number
}

/**
 * `null`: there is none of this number.
 *
 * @throws {LedgerUnavailableError}
 */
export async function readAgreement(
  reader: PublicClient,
  network: Network,
  number: number,
): Promise<AgreementRecord | null> {
  const at = { address: await addressOf(reader, network, 'rulebook'), abi: rulebookAbi } as const
  const [{ term, noticeSeconds, openUntil }, types] = await answered(
    Promise.all([
      reader.readContract({ ...at, functionName: 'agreement', args: [number] }),
      reader.readContract({ ...at, functionName: 'agreementTypes', args: [number] }),
    ]),
  )
  if (types.length === 0) return null
  // The ledger lists who has joined, and tells of each province whether it was invited.
  const parts = await answered(
    Promise.all(
      Object.keys(PROVINCES).map(async (region) => {
        const args = [number, Number(region)] as const
        return { region, ...(await reader.readContract({ ...at, functionName: 'membership', args })) }
      }),
    ),
  )
  const members = parts
    .filter(({ invited }) => invited)
    .map(({ region, term: bound }) => ({ region, bound: bound.until === 0 ? null : factOf(bound) }))
  return {
    number,
    members,
    licenceTypes: types.map((type) => textOf(type)),
    term: factOf(term),
    noticeSeconds,
    openUntil,
  }
}

function factOf({ from, until }: { readonly from: number; readonly until: number }): TermFact {
  return { from, until: decodeTime(until) }
}

/**
 * The agreements that a province proposed, was invited to or has joined, in their order.
 *
 * @throws {LedgerUnavailableError}
 */
export async function readAgreementsOf(
  reader: PublicClient,
  network: Network,
  region: string,
): Promise<readonly AgreementRecord[]> {
  const at = { address: await addressOf(reader, network, 'rulebook'), abi: rulebookAbi } as const
  const count = await answered(reader.readContract({ ...at, functionName: 'agreementCount' }))
  const found: AgreementRecord[] = []
  for (let number = 1; number <= count; number++) {
    const args = [number, Number(region)] as const
    const { invited } = await answered(reader.readContract({ ...at, functionName: 'membership', args }))
    const agreement = invited ? await readAgreement(reader, network, number) : null
    if (agreement !== null) found.push(agreement)
  }
  return found
}
