/** The legal acts on a licence in any status, for the agency that issued it: a verification needs those that decide. */
import { LedgerUnavailableError, type StatusEntry, statusAt } from '@hefu/protocol'
import { encodeUscc } from '../abi/codes.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { type LedgerNode, takeNode } from '../network/network.ts'
import { answering, connectLedger, findBlock } from './ledger-source.ts'
import { decodeWord, readActs } from './legal-acts.ts'
import type { RpcLedgerViewOptions } from './node-post.ts'
import { askContract } from './node-questions.ts'

/**
 * All acts that were entered on one licence so far, in the order of the ledger, by the one node of `rpcUrl`. None where
 * there was none, or no such licence.
 *
 * @throws {LedgerUnavailableError} `history-too-long` for more than are followed; `inconsistent` when the node hides,
 *   adds or alters one
 * @throws {MalformedError} for a network that no network file could say
 */
export async function readLicenceActs(
  given: LedgerNode,
  licence: { readonly issuer: string; readonly statusIndex: number },
  options: RpcLedgerViewOptions = {},
): Promise<readonly StatusEntry[]> {
  const network = takeNode(given)
  const source = connectLedger(network, options)
  const { client } = source
  const { issuer, statusIndex } = licence
  return answering({}, async () => {
    const block = await findBlock(source, {})
    const asked = { functionName: 'statusWordOf', args: [encodeUscc(issuer), statusIndex] } as const
    const at = { address: network.ledger, abi: ledgerAbi, blockHash: block.hash }
    const word = decodeWord(await askContract(client, { ...at, ...asked }), statusIndex)
    const acts = await readActs(client, network, licence, word)
    if (statusAt(acts, block.time) === word.status) return acts
    throw new LedgerUnavailableError(
      'inconsistent',
      'read the legal acts on a licence: the node’s events and the ledger’s state differ',
    )
  })
}
