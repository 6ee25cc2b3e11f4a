/**
 * The face of a licence, masked: for who shows an answer and does not read licences, and of what was found by a reference,
 * whose text nobody at the counter holds. The service masks; plain values are another call's.
 */
import {
  type Bilingual,
  inBoth,
  type LicenceType,
  parsePresented,
  showField,
  type VerificationReport,
} from '@hefu/protocol'
import { z } from 'zod'
import { bilingual } from './bilingual-schema.ts'
import { demandedFields } from './judged-licence.ts'

/** A field, as it may be seen by default. */
export interface MaskedField {
  readonly name: string
  readonly label: Bilingual
  readonly value: string
}

export const maskedFace: z.ZodType<readonly MaskedField[]> = z
  .array(z.strictObject({ name: z.string(), label: bilingual, value: z.string() }))
  .meta({
    description:
      '照面信息，已脱敏；限事项所需，仅在请求中写明 face 时给出 · the face, masked: what the service item demands of it, where face was asked for',
  })

/** Of a licence that is refused, whose it is, so that it is that of the person at the counter; of one that stands, the face. */
const WHOSE = 'holderName'

/** What the service item demands, of a licence that is its issuer's; nothing of an item that is not registered. */
export function maskFace(
  presented: string,
  report: VerificationReport,
  licenceTypes: readonly LicenceType[],
): readonly MaskedField[] {
  const demanded = demandedFields(report)
  if (demanded === null) return []
  const stands = report.verdict === 'accepted' || report.verdict === 'refer'
  const type = licenceTypes.find(({ code }) => code === report.licence?.licenceType)
  const { disclosures } = parsePresented(presented).credential
  const kind = disclosures.find(({ name }) => name === 'holderIdType')?.value
  return disclosures
    .filter(({ name }) => demanded.includes(name) && (stands || name === WHOSE))
    .map(({ name, value }) => ({
      name,
      label: type?.fields.find((field) => field.name === name)?.label ?? inBoth(name),
      value: showField(type, name, value, kind),
    }))
}
