import type { CredentialPlace } from '@hefu/ledger'
import { IssuerError } from '../error/issuer-error.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { fillIn } from '../texts/fill-in.ts'
import { dissolveSuccession, draftDissolution, findOrigin } from '../workflow/dissolve-succession.ts'
import { statusIndexOf } from '../workflow/licence-places.ts'
import type { Office } from '../workflow/office.ts'
import { enterDrafts, type RehearsalOptions } from './enter-drafts.ts'
import { decisionOf, type EntryOptions } from './entry-options.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type OriginOptions, readNamedOrigin } from './named-origin.ts'
import { withActOffice } from './open-office.ts'
import { type Session, sentence, tell } from './session.ts'
import { tellTwoKeyEntry } from './two-key-lines.ts'

export interface DissolveOptions extends EntryOptions, RehearsalOptions, Partial<OriginOptions> {}

/** `hefu-issuer act dissolve`. */
export async function dissolve(
  session: Session,
  licenceId: string,
  options: DissolveOptions,
): Promise<ExitCode> {
  await withActOffice(session, options, async (office) => {
    const origin = await originOf(office, licenceId, options)
    const request = { licenceId, origin, ...decisionOf(options) }
    tellOrigin(session, options, office, request)
    if (options.rehearse === true) {
      const drafts = [await draftDissolution(office, request)]
      await enterDrafts(session, options, office, drafts, () => undefined)
      return
    }
    const entry = await dissolveSuccession(office, request)
    const says = fillIn(COMMAND_TEXTS.dissolution, { issuer: origin.issuer, index: origin.statusIndex })
    tellTwoKeyEntry(session, options, office, entry, { act: 'dissolve', origin, says })
  })
  return EXIT.done
}

/** Identifiers begin so, and no name of a file that somebody would give does. */
const LICENCE_ID = /^1\.2\.156\.3005\.2\./

async function originOf(
  office: Office,
  licenceId: string,
  { origin, originIndex }: DissolveOptions,
): Promise<CredentialPlace> {
  if (origin === undefined) {
    if (originIndex === undefined) return findOrigin(office, licenceId)
    throw new IssuerError('act-detail-missing', { option: '--origin <USCC>' })
  }
  if (LICENCE_ID.test(origin))
    return { issuer: office.agency, statusIndex: await statusIndexOf(office, origin) }
  const named = { origin, ...(originIndex === undefined ? {} : { originIndex }) }
  return (await readNamedOrigin(named, office.ledger)).place
}

/** Shown before anything is proposed: which licence it is, and what is left to do once the link is dissolved. */
function tellOrigin(
  session: Session,
  options: DissolveOptions,
  { agency }: Office,
  { licenceId, origin }: { readonly licenceId: string; readonly origin: CredentialPlace },
): void {
  const { issuer, statusIndex: index } = origin
  const text = issuer === agency ? COMMAND_TEXTS.dissolvedWithin : COMMAND_TEXTS.dissolvedAcross
  tell(session, options, { event: 'origin', licenceId, origin }, [
    sentence(text, { licenceId, issuer, index }),
  ])
}
