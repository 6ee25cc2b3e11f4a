/** What the agencies enter on the ledger about the licences of the tray, by their own workflow; again it is the same entry. */
import {
  actOnLicences,
  noteLicences,
  type Office,
  openJournal,
  openOperator,
  pathsOf,
  readAgency,
} from '@hefu/issuer'
import { identityOf } from '@hefu/ledger'
import { nowSeconds } from '../founded-sandbox.ts'
import { GUANGDONG_MARKET } from '../provinces.ts'
import { TRAY_SAMPLES, type TraySample, trayLicenceId } from './tray-samples.ts'

type Entering = (office: Office, licenceIds: readonly string[]) => Promise<unknown>

const SEIZURE = 0
/** Of entries for which the law names no provision of their own. */
const BASIS = 'SAMPLE'

/** By the sample's name; what is not here stands as it was issued. */
const ENTRIES: Readonly<Record<string, Entering>> = {
  suspended: (office, licenceIds) => act(office, 'suspend', '样例罚〔2026〕1号', licenceIds),
  revoked: (office, licenceIds) => act(office, 'revoke', '样例罚〔2026〕2号', licenceIds),
  restricted: (office, licenceIds) => act(office, 'restrict', '样例罚〔2026〕3号', licenceIds),
  annulled: (office, licenceIds) => act(office, 'annul', '样例撤〔2026〕1号', licenceIds),
  'transferred-out': (office, licenceIds) =>
    actOnLicences(office, {
      act: 'transfer-out',
      to: GUANGDONG_MARKET,
      licenceIds,
      decisionNumber: '样例转〔2026〕1号',
      legalBasis: BASIS,
      effective: 'now',
    }),
  noted: (office, licenceIds) =>
    noteLicences(office, {
      code: SEIZURE,
      licenceIds,
      decisionNumber: '样例封〔2026〕1号',
      legalBasis: BASIS,
      effective: 'now',
    }),
}

function act(
  office: Office,
  name: Parameters<typeof actOnLicences>[1]['act'],
  decisionNumber: string,
  licenceIds: readonly string[],
): Promise<unknown> {
  return actOnLicences(office, { act: name, licenceIds, decisionNumber, effective: 'now' })
}

/** Has all entries of an agency about the tray stand, one after another: an account sends one transaction at a time. */
export async function enterTrayActs(home: string, agency: string, passphrase: string): Promise<void> {
  const about = TRAY_SAMPLES.filter(({ id, licence }) => licence.agency === agency && id in ENTRIES)
  if (about.length === 0) return
  await withOffice(home, passphrase, async (office) => {
    for (const sample of about) await enter(office, sample)
  })
}

async function enter(office: Office, { id, licence }: TraySample): Promise<void> {
  await ENTRIES[id]?.(office, [trayLicenceId(licence)])
}

async function withOffice(
  home: string,
  passphrase: string,
  work: (office: Office) => Promise<void>,
): Promise<void> {
  const agency = await readAgency(home)
  const { address, connect } = await openOperator(home, agency, passphrase)
  const journal = await openJournal(home, agency, undefined)
  try {
    const operator = connect(journal.outboxOf(address))
    const ledger = identityOf(agency.network)
    const { bundles } = pathsOf(home)
    await work({ agency: agency.agency, ledger, journal, operator, bundles, now: nowSeconds })
  } finally {
    await journal.close()
  }
}
