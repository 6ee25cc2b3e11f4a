/**
 * Proof from when on the anchors of the first ledger count. The registry's constructor is told the time of the ledger's
 * block; until the hand-over the deployer can correct that, as the council can afterwards.
 */
import type { Provider } from 'ethers'
import { timeOfBlock } from './contract-proof.ts'
import type { Deployment } from './deployment-plan.ts'
import { type EventPlace, isBefore } from './event-log.ts'
import { type ProofLine, prove } from './proof-line.ts'
import { FIRST_LEDGER } from './untouched.ts'
import { lastOf, type ReadTold } from './withheld-proof.ts'

/** By the last event of before the hand-over: a false opening that was put right leaves nothing. */
export function proveOpening(
  provider: Provider,
  { deploymentBlock }: Deployment,
  handedOver: EventPlace | undefined,
  readTold: ReadTold,
): Promise<ProofLine> {
  const claim = {
    zh: '移交之前，登记簿中第一个互认链合约自其部署之时起开放',
    en: 'before the hand-over, the first ledger of the registry is open from the time of its own block on',
  }
  return prove(claim, async () => {
    const told = (await readTold()).filter((event) => isBefore(event, handedOver))
    const found: bigint | undefined = lastOf(told, ['LedgerRegistered'], FIRST_LEDGER)?.args['openedAt']
    const planned = BigInt(await timeOfBlock(provider, deploymentBlock))
    if (found === planned) return []
    return [
      {
        zh: `开放时间为 ${found ?? '—'}，应为 ${planned}`,
        en: `it is open from ${found ?? '—'}, not from ${planned}`,
      },
    ]
  })
}
