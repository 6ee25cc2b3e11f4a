/** Who confirms what one key has proposed or is about to propose. */
import type { Confirmer, OfficeCall, OfficeView } from '@hefu/ledger'
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { sentence } from '../command/session.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { OFFICE_TEXTS } from './office-texts.ts'

/** Calls that an admin proposes and its superior confirms. */
const OF_ADMINS: ReadonlySet<string> = new Set([
  'retireRegion',
  'reinstateRegion',
  'retireAgency',
  'reinstateAgency',
  'narrowKeyCompromise',
])

/** Whether a call takes a second key; an agency whose code lies in the accrediting region takes one key alone. */
export function isByTwoKeys({ functionName, args }: OfficeCall): boolean {
  if (functionName !== 'accreditAgency') return OF_ADMINS.has(functionName)
  return !liesIn(usccOf(args[0]).slice(2, 8), String(args[1]))
}

/** Whether a region's code is that of another, or of one inside it: the pairs of digits that are not zero lead it. */
function liesIn(code: string, region: string): boolean {
  return code.startsWith(region.replace(/(?:00)+$/, '').slice(0, 6))
}

function usccOf(value: unknown): string {
  return Buffer.from(String(value).slice(2), 'hex').toString('latin1')
}

/** Before anything is proposed: the admin of the region above the one that is concerned. */
export async function confirmerOf({ functionName, args }: OfficeCall, view: OfficeView): Promise<Confirmer> {
  const [subject] = args
  const region = functionName.endsWith('Region')
    ? String(subject)
    : (await view.agency(usccOf(subject))).region
  const { parent } = await view.region(region)
  if (parent === null) return { region: null, name: null, admin: null }
  const { name, admin } = await view.region(parent)
  return { region: parent, name, admin }
}

/** Of what was proposed: it stands, and that the node is gone meanwhile must not read as a failure. */
export async function confirmerNow(callData: Hex, view: OfficeView): Promise<Confirmer | null> {
  try {
    return await view.confirmerOf(callData)
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}

/** @param functionName of the call: an accreditation is confirmed by whoever is above, however long in office */
export function confirmerSentence(confirmer: Confirmer | null, functionName?: string): string {
  if (confirmer === null) return sentence(COMMAND_TEXTS.confirmerUnknown)
  if (functionName === 'accreditAgency') return sentence(OFFICE_TEXTS.confirmedByAnother)
  const { region, name, admin } = confirmer
  if (region === null) return sentence(COMMAND_TEXTS.confirmedByAlliance)
  return sentence(COMMAND_TEXTS.confirmedByRegion, {
    region,
    name: name === null ? '' : { zh: name.zh, en: name.en === '' ? name.zh : name.en },
    admin: admin ?? '',
  })
}
