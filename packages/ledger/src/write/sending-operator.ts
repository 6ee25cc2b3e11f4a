/** An agency's operator whose calls are each mined once: all of them go through one sender. */
import type { AnchorFact, Hex } from '@hefu/protocol'
import type { Network } from '../network/network.ts'
import { connectAccount, connectReader, type LedgerAccount } from './account.ts'
import { type Agreement, confirmAgreement, type Proposed } from './agreement.ts'
import { findFinalBlock } from './finality.ts'
import { connectLedgerReading, type LedgerReading } from './ledger-reading.ts'
import { encodeOperatorCall, type OperatorCall } from './operator-call.ts'
import type { Outbox, Settlement } from './outbox.ts'
import { type Confirmer, findConfirmer } from './proposals.ts'
import { createSender, reopenLost, type SenderOptions, settleMined } from './sender.ts'
import { tryOut } from './transactions.ts'

/** How long is waited for one call. */
export type SendingTimes = Pick<SenderOptions, 'timeoutMs' | 'bumpAfterMs' | 'mostFeeFactor' | 'pollingMs'>

/**
 * What is asked of the ledger for an agency. Every function throws `LedgerUnavailableError` when the node cannot be
 * asked.
 */
export interface OperatorReading extends Omit<LedgerReading, 'findAnchor'> {
  readonly address: Hex
  /** The anchor of a root under an issuer's name, once it stands for good; or `null`. */
  findAnchor(issuer: string, root: Hex): Promise<AnchorFact | null>
  /** Takes back the settlements that the chain has no more. */
  reopenLost(): Promise<void>
  /** Notes the settlements of what an earlier run sent, and is mined for good meanwhile. */
  settleMined(): Promise<void>
}

/**
 * Every function throws `LedgerRefusedError` when the contract refuses, `LedgerUnavailableError` when the node cannot be
 * asked.
 */
export interface SendingOperator extends OperatorReading {
  /** Asks whether the ledger would take a call now; nothing is sent. */
  rehearse(call: OperatorCall): Promise<void>
  /** See `Sender`: a call is mined once for each `id`, and final when this returns. */
  send(id: string, call: OperatorCall): Promise<Settlement>
  /** Finishes what was begun, and what a chain that lost blocks has no more. */
  resume(): Promise<void>
  /** Of a call that needs two keys: whether it was proposed or carried out. */
  agreementOf(settlement: Settlement): Promise<Agreement>
  /** Who confirms what was proposed; `null` when the ledger does not say, for it stands no more. */
  findConfirmer(proposed: Proposed): Promise<Confirmer | null>
}

/** Reads for the account of an operator, whose key is not needed for it. */
export function connectOperatorReading(network: Network, address: Hex, outbox: Outbox): OperatorReading {
  return readingOf(network, { address, reader: connectReader(network) }, outbox)
}

/** An operator over a network's node, which sends what its outbox has written down. */
export function connectSendingOperator({
  network,
  privateKey,
  outbox,
  times = {},
}: {
  readonly network: Network
  readonly privateKey: Hex
  readonly outbox: Outbox
  readonly times?: SendingTimes
}): SendingOperator {
  const account = connectAccount(network, privateKey)
  const sender = createSender({ account, outbox, finality: finalityOf(network), ...times })
  return {
    ...readingOf(network, account, outbox),
    rehearse: (call) => tryOut(account, encodeOperatorCall(network.ledger, call)),
    send: (id, call) => sender.send(id, encodeOperatorCall(network.ledger, call)),
    resume: () => sender.resume(),
    agreementOf: (settlement) => confirmAgreement(account, network, settlement),
    findConfirmer: (proposed) => findConfirmer(account, network, proposed),
  }
}

function finalityOf({ finality = 'finalized' }: Network): SenderOptions['finality'] {
  return finality
}

function readingOf(
  network: Network,
  { address, reader }: Pick<LedgerAccount, 'address' | 'reader'>,
  outbox: Outbox,
): OperatorReading {
  const reading = connectLedgerReading(network, reader)
  return {
    address,
    ...reading,
    findAnchor: async (issuer, root) => {
      const fact = await reading.findAnchor(issuer, root)
      if (fact === null) return null
      return fact.blockNumber <= (await findFinalBlock(reader, finalityOf(network))) ? fact : null
    },
    reopenLost: async () => void (await reopenLost({ reader }, outbox)),
    settleMined: () => settleMined({ reader }, outbox, finalityOf(network)),
  }
}
