import { finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'

/** The receipt's root is anchored on the trusted ledger under the issuer's name, at the time asked about already. */
export const anchorCheck: LedgerCheck<'anchor'> = {
  name: 'anchor',
  reads: 'ledger',
  run: ({ bundle: { receipt }, ledger, facts: { anchor }, at }) => {
    if (receipt === null) return finding('anchor/no-receipt')
    const { root, chainId } = receipt
    if (chainId !== ledger.chainId || receipt.ledger !== ledger.address) {
      return finding('anchor/foreign-ledger', { chainId, ledger: receipt.ledger })
    }
    if (anchor === null) return finding('anchor/not-found', { root })
    const found = { root, anchoredAt: anchor.anchoredAt, blockNumber: anchor.blockNumber }
    if (anchor.size !== receipt.size) return finding('anchor/size-mismatch', { ...found, size: anchor.size })
    return finding(anchor.anchoredAt > at ? 'anchor/after-as-of' : 'anchor/found', found)
  },
}
