import { MAX_LEDGER_LEAD_SECONDS } from '../../report/block-time.ts'
import { type FindingFacts, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { LedgerRegistration } from '../ledger-directory.ts'

/**
 * The receipt's root is anchored on a trusted ledger under the issuer's name, while that ledger was open, not before the
 * credential was signed, which is in the batch, and at the time asked about already. Nobody anchors what is yet to be
 * signed: either the ledger is misreported or the credential is dated ahead, and from neither follows when it was issued.
 */
export const anchorCheck: LedgerCheck<'anchor'> = {
  name: 'anchor',
  reads: 'ledger',
  run: ({
    presentation: { credential, receipt },
    trusted: { view, registration },
    facts: { anchor },
    at,
  }) => {
    const registered = registeredFacts(registration)
    if (receipt === null) return finding('anchor/no-receipt', registered)
    const { root, chainId, ledger } = receipt
    if (chainId !== view.ledger.chainId || ledger !== view.ledger.address) {
      return finding('anchor/foreign-ledger', { chainId, ledger, ...registered })
    }
    if (anchor === null) return finding('anchor/not-found', { root, ...registered })
    const { anchoredAt, blockNumber, size } = anchor
    const found = { root, anchoredAt, blockNumber, ...registered }
    if (size !== receipt.size) return finding('anchor/size-mismatch', { ...found, size })
    if (!isOpenAt(registration, anchoredAt)) return finding('anchor/ledger-not-open', found)
    const { iat } = credential.claims
    if (iat > anchoredAt + MAX_LEDGER_LEAD_SECONDS)
      return finding('anchor/before-signing', { ...found, signedAt: iat })
    return finding(anchoredAt > at ? 'anchor/after-as-of' : 'anchor/found', found)
  },
}

function isOpenAt(registration: LedgerRegistration | null, time: number): boolean {
  if (registration === null) return true
  const { openedAt, closedAt } = registration
  return openedAt <= time && (closedAt === null || time < closedAt)
}

/** What a registry says of the ledger that was asked: from it the finding can be judged again. */
function registeredFacts(registration: LedgerRegistration | null): FindingFacts {
  if (registration === null) return {}
  const { openedAt, closedAt, block } = registration
  return { openedAt, ...(closedAt === null ? {} : { closedAt }), registryBlock: block.hash }
}
