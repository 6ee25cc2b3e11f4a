/** What a clerk gives: scanned, pasted, typed or a file, recognised by its content. Untrusted. */
import {
  kindOfPresented,
  LICENCE_TYPES,
  type LicenceType,
  licenceTypeUri,
  parseLicenceId,
  parsePresented,
  parseQrText,
  readPresented,
  type VerificationRequest,
} from '@hefu/protocol'
import { ServiceProblem, UNREACHABLE } from '../service/service-problem.ts'
import type { GIVEN_LABELS } from '../texts/verify-texts.ts'

export type GivenKind = keyof typeof GIVEN_LABELS

/** As a request takes it, and of which kind it is. Nothing of it is proven. */
export interface GivenLicence {
  readonly kind: GivenKind
  readonly asked: Pick<VerificationRequest, 'presented' | 'rendition'>
}

/** Characters of a licence at most, and a little of what scanners and editors put around it. */
export const MOST_GIVEN_CHARACTERS = 266_240

/** Scanners and letters break a long text into lines; no text of a licence has a line end or a Tab in it. */
const BREAKS = /[\t\r\n]+/g

/** A text that was scanned, pasted or typed. */
export function readGivenText(text: string): GivenLicence {
  const presented = readPresented(text.replace(BREAKS, ''))
  return { kind: kindOfText(text, presented), asked: { presented } }
}

/**
 * A file, in whatever of its kinds a licence travels; what opens it is loaded when the first comes.
 *
 * @throws {CarrierError} where no licence comes out of it
 * @throws {ServiceProblem} where what opens it cannot be had, as the service is away
 */
export async function readGivenFile(file: Blob): Promise<GivenLicence> {
  try {
    const { CarrierError, MAX_CARRIER_BYTES, openCarrier } = await loadCarriers()
    if (file.size > MAX_CARRIER_BYTES) throw new CarrierError('large-file', `${MAX_CARRIER_BYTES}`)
    const { kind, asked } = await openCarrier(await file.arrayBuffer())
    return { kind: kind === 'text' ? kindOfText(asked.presented, asked.presented) : kind, asked }
  } catch (error) {
    // What a browser throws for code that it cannot load.
    throw error instanceof TypeError ? new ServiceProblem(0, 'unreachable', UNREACHABLE) : error
  }
}

export function loadCarriers(): Promise<typeof import('@hefu/sdk/carriers')> {
  return import('@hefu/sdk/carriers')
}

/** A whole licence is taken out of its QR text, so that what was scanned is told by how it began. */
function kindOfText(text: string, presented: string): GivenKind {
  const kind = kindOfPresented(presented)
  if (kind === 'qr-reference') return 'reference'
  if (kind === 'licence-id') return 'identifier'
  if (kind === 'licence')
    return text.trimStart().startsWith('{') || presented === text.trim() ? 'licence' : 'qr-whole'
  return kind === 'qr-whole' || kind === 'qr-distorted' ? 'qr-whole' : 'other'
}

/** Whether it names a licence, and is none: that has to be found first, for a case. */
export function isSought({ kind, asked }: GivenLicence): boolean {
  if (kind === 'identifier' || kind === 'reference') return true
  const carried = kindOfPresented(asked.presented)
  return carried === 'qr-reference' || carried === 'licence-id'
}

/** The type that it says it is of; `null`: it says none that is known here. */
export function claimedTypeOf({ asked: { presented } }: GivenLicence): LicenceType | null {
  const isOfClaim = claimIn(presented)
  return LICENCE_TYPES.find(({ code }) => isOfClaim(code)) ?? null
}

function claimIn(presented: string): (code: string) => boolean {
  try {
    if (kindOfPresented(presented) === 'licence') {
      const { vct } = parsePresented(presented).credential.claims
      return (code) => licenceTypeUri(code) === vct
    }
    const { licenceType } = parseLicenceId(licenceIdIn(presented), 'presented')
    return (code) => code === licenceType
  } catch {
    // What cannot be read is judged by the verification, and claims nothing here.
    return () => false
  }
}

function licenceIdIn(presented: string): string {
  if (kindOfPresented(presented) !== 'qr-reference') return presented
  const scanned = parseQrText(presented)
  return scanned.kind === 'reference' ? scanned.reference.licenceId : ''
}

/** Whether a text needs no more characters: a scanner that ends with no key is known by it. */
export function isCompleteText(text: string): boolean {
  const { kind, asked } = readGivenText(text)
  try {
    if (kind === 'reference') return parseQrText(asked.presented).kind === 'reference'
    if (kind === 'licence' || kind === 'qr-whole') return parsePresented(asked.presented).receipt !== null
  } catch {
    // It goes on, or is broken: who presses Enter is told which.
  }
  return false
}
