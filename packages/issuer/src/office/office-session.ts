/** What every command of an office takes, and what it is opened with. */
import { readFile } from 'node:fs/promises'
import {
  type ConnectedOffice,
  createOfficeView,
  type OfficeNetwork,
  type OfficeView,
  parseAllianceNetwork,
  parseNetwork,
} from '@hefu/ledger'
import { type Hex, MalformedError } from '@hefu/protocol'
import { reasonOf, requestPassphrase } from '@hefu/service'
import type { Session } from '../command/session.ts'
import { OfficeError } from './office-error.ts'
import { openOffice } from './office-home.ts'
import { parseAddress } from './office-inputs.ts'

/** Options of every command. */
export interface OfficeOptions {
  readonly home?: string
  readonly network?: string
  readonly json?: boolean
  readonly yes?: boolean
  /** Address of a rulebook that is not in force. */
  readonly rulebook?: string
}

/** The account's folder, from the option or the environment. */
export function officeHomeOf({ home }: OfficeOptions, { env }: Session): string {
  const folder = home ?? env['HEFU_OFFICE_HOME']
  if (folder !== undefined && folder !== '') return folder
  throw new OfficeError('home-needed')
}

/** The office, its key opened. */
export async function openedOffice(session: Session, options: OfficeOptions): Promise<ConnectedOffice> {
  const home = officeHomeOf(options, session)
  const network = await readOfficeNetwork(session, options)
  const passphrase = await requestPassphrase(session)
  if (options.rulebook === undefined) return openOffice(home, network, passphrase)
  const otherRulebook = parseAddress(options.rulebook)
  await assertRulebook(createOfficeView(network), otherRulebook)
  return openOffice(home, { ...network, otherRulebook }, passphrase)
}

/**
 * A call of an address without code would do nothing, and be said to be done.
 *
 * @throws {OfficeError} `rulebook-missing`, `rulebook-foreign`
 */
export async function assertRulebook(view: OfficeView, address: Hex): Promise<void> {
  const found = await view.rulebookAt(address)
  if (found === 'none') throw new OfficeError('rulebook-missing', { address })
  if (found === 'foreign') throw new OfficeError('rulebook-foreign', { address })
}

/** What anybody may ask: no key is opened. */
export async function openedView(session: Session, options: OfficeOptions): Promise<OfficeView> {
  return createOfficeView(await readOfficeNetwork(session, options))
}

async function readOfficeNetwork({ env }: Session, options: OfficeOptions): Promise<OfficeNetwork> {
  const file = options.network ?? env['HEFU_NETWORK']
  if (file === undefined || file === '') throw new OfficeError('network-needed')
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new OfficeError('network-unreadable', { file, reason: reasonOf(error) })
  })
  try {
    return parseAllianceNetwork(text)
  } catch (error) {
    // A region needs no more than its ledger; whoever needs the council is told that the file names none.
    if (error instanceof MalformedError) return parseNetwork(text)
    throw error
  }
}
