/** Lists of licence-types.json. */
import {
  compareFace,
  findLicenceType,
  type LicenceType,
  schemaDigest,
  validateFaceData,
} from '@hefu/protocol'
import { normaliseValue } from '#internal/protocol/licence/normal-form'
import { encodeLicenceType, licenceDisplay, licenceSchema } from '#internal/protocol/licence/schema'
import { showMasked } from '../fixtures/masked-field.ts'
import type { Runner, RunnersOf } from './judgement.ts'
import type { LicenceTypeVectors } from './vector-lists.ts'

type LicenceTypeRunner<List extends keyof LicenceTypeVectors> = Runner<
  LicenceTypeVectors[List][number],
  LicenceTypeVectors
>

function typeOf(code: string): LicenceType {
  const type = findLicenceType(code)
  if (type === undefined) throw new Error(`find licence type ${code}`)
  return type
}

/** The type that is known, and all that follows from it as it stands in the file. */
const runType: LicenceTypeRunner<'types'> = ({ type, display, schema, canonical, digest }, { suite }) => ({
  found: [
    typeOf(type.code),
    licenceDisplay(type),
    licenceSchema(type),
    encodeLicenceType(type),
    schemaDigest(type, suite),
    JSON.parse(encodeLicenceType(type)),
  ],
  expected: [type, display, schema, canonical, digest, { display, schema }],
})

const runCompared: LicenceTypeRunner<'compared'> = (vector) => {
  const { type, disclosed, submitted, same, different, missing } = vector
  const shown = Object.entries(disclosed).map(([name, value]) => ({ name, value }))
  const known = type === null ? undefined : typeOf(type)
  return { found: compareFace(known, shown, submitted), expected: { same, different, missing } }
}

const runFace: LicenceTypeRunner<'face'> = ({ type, face, today, valid, defects }) => {
  const found = validateFaceData(typeOf(type), face, today)
  return {
    found: [
      found.every(({ severity }) => severity === 'warning'),
      found.map(({ field, code }) => ({ field, code })),
    ],
    expected: [valid, defects],
  }
}

export const LICENCE_TYPE_RUNNERS: RunnersOf<LicenceTypeVectors> = {
  types: runType,
  normal: ({ format, text, normal }) => ({
    // What is its own normal form stays so.
    found: [normaliseValue(format, text), normaliseValue(format, normal)],
    expected: [normal, normal],
  }),
  compared: runCompared,
  face: runFace,
  masked: ({ mask, value, shown }) => ({ found: showMasked(mask, value), expected: shown }),
}
