/** Vectors of spec/licence-types.md: the types as data, normal forms, comparison, judgement of a face, masks. */
import { LICENCE_TYPES } from '@hefu/protocol'
import { ACCEPTED_FACES } from './licence-type/accepted-faces.ts'
import { COMPARED, COMPARED_OWNERS, COMPARED_TOGETHER, compared } from './licence-type/comparisons.ts'
import { faceVector } from './licence-type/face-vector.ts'
import { ONE_DEFECT } from './licence-type/faces-with-one-defect.ts'
import { SEVERAL_DEFECTS } from './licence-type/faces-with-several-defects.ts'
import { describedType } from './licence-type/licence-types.ts'
import { MASKED } from './licence-type/masks.ts'
import { CLASSES } from './licence-type/normal-classes.ts'
import { DATES } from './licence-type/normal-dates.ts'
import { IDENTIFIERS } from './licence-type/normal-identifiers.ts'
import { TEXTS } from './licence-type/normal-texts.ts'
import type { VectorFile } from './vector-file.ts'

const FACES: readonly object[] = [
  ...ACCEPTED_FACES,
  ...ONE_DEFECT.map(([is, slug, field, value, code]) =>
    faceVector(is, slug, { [field]: value }, [field, code]),
  ),
  ...SEVERAL_DEFECTS,
]

/** The content of licence-types.json. */
export function licenceTypeVectors(): VectorFile {
  return {
    spec: 'packages/protocol/spec/licence-types.md',
    types: LICENCE_TYPES.map(describedType),
    normal: [...CLASSES, ...TEXTS, ...DATES, ...IDENTIFIERS].map(([is, format, text, normal]) => ({
      is,
      format,
      text,
      normal,
    })),
    compared: [...COMPARED.map(compared), ...COMPARED_TOGETHER, ...COMPARED_OWNERS],
    face: FACES,
    masked: MASKED.map(([mask, value, shown]) => ({ mask, value, shown })),
  }
}
