/** Opening everything that a command works with, and closing it whatever happens. */
import { identityOf } from '@hefu/ledger'
import type { IssuingKey } from '@hefu/protocol'
import { requestPassphrase } from '@hefu/service'
import type { Agency } from '../home/agency-file.ts'
import { openOperator, openSigningKey, pathsOf, readAgency } from '../home/agency-home.ts'
import type { Journal } from '../journal/journal.ts'
import { openJournal } from '../journal/open-journal.ts'
import type { OnEvent } from '../workflow/events.ts'
import type { Office } from '../workflow/office.ts'
import { type CommonOptions, homeOf, type Session } from './session.ts'

export interface OfficeOptions {
  readonly home: string
  readonly out: string | undefined
  readonly onEvent: OnEvent
}

/** Runs `work` with the journal of a folder. */
export async function withJournal<T>(
  session: Session,
  home: string,
  work: (journal: Journal, agency: Agency) => Promise<T>,
): Promise<T> {
  const agency = await readAgency(home)
  const journal = await openJournal(home, agency, session.env['DATABASE_URL'])
  try {
    return await work(journal, agency)
  } finally {
    await journal.close()
  }
}

/** Runs `work` with the operator's key opened. */
export async function withOffice<T>(
  session: Session,
  { home, out, onEvent }: OfficeOptions,
  work: (office: Office) => Promise<T>,
): Promise<T> {
  const agency = await readAgency(home)
  const { address, connect } = await openOperator(home, agency, await requestPassphrase(session))
  const bundles = out ?? pathsOf(home).bundles
  return withJournal(session, home, (journal) => {
    const operator = connect(journal.outboxOf(address))
    return work(officeOf(session, agency, { journal, operator, onEvent, bundles }))
  })
}

/** Runs `work` with all that an entry needs: nothing is signed, and no file is written. */
export async function withActOffice<T>(
  session: Session,
  options: CommonOptions,
  work: (office: Office) => Promise<T>,
): Promise<T> {
  const home = homeOf(options, session)
  return withOffice(session, { home, out: undefined, onEvent: () => undefined }, work)
}

/** Runs `work` with both keys opened under one passphrase. */
export async function withSigningOffice<T>(
  session: Session,
  { home, out, onEvent }: OfficeOptions,
  work: (office: Office, key: IssuingKey, agency: Agency) => Promise<T>,
): Promise<T> {
  const agency = await readAgency(home)
  const passphrase = await requestPassphrase(session)
  const key = await openSigningKey(home, agency, passphrase)
  const { address, connect } = await openOperator(home, agency, passphrase)
  const bundles = out ?? pathsOf(home).bundles
  return withJournal(session, home, (journal) => {
    const operator = connect(journal.outboxOf(address))
    return work(officeOf(session, agency, { journal, operator, onEvent, bundles }), key, agency)
  })
}

function officeOf(
  { now, signal }: Session,
  { agency, network }: Agency,
  parts: Pick<Office, 'journal' | 'operator' | 'bundles' | 'onEvent'>,
): Office {
  return { agency, ledger: identityOf(network), now, signal, ...parts }
}
