/** Defects as a person reads them: the field by its label on the face, as the rules of the type say it of their own. */
import type { Bilingual, LicenceType } from '@hefu/protocol'
import { LICENCE_ID } from '../input/columns.ts'
import { HOLDER_KEY_COLUMN } from '../input/holder-key.ts'
import type { RowDefect } from '../input/row.ts'
import { COLUMN_LABELS, ROW_TEXTS } from '../texts/row-texts.ts'
import type { OnEvent } from './events.ts'

/** The same listener, which hears of rows with their fields named. */
export function namingFields(onEvent: OnEvent, type: LicenceType): OnEvent {
  return (event) =>
    onEvent('defects' in event ? { ...event, defects: event.defects.map(nameField(type)) } : event)
}

function nameField(type: LicenceType): (defect: RowDefect) => RowDefect {
  const labels = new Map<string, Bilingual>([
    [LICENCE_ID, COLUMN_LABELS.licenceId],
    [HOLDER_KEY_COLUMN, COLUMN_LABELS.holderJwk],
    ...type.fields.map(({ name, label }) => [name, label] as const),
  ])
  return (defect) => {
    const label = Object.hasOwn(ROW_TEXTS, defect.code) ? labels.get(defect.field ?? '') : undefined
    if (label === undefined) return defect
    const { zh, en } = defect.says
    return { ...defect, says: { zh: `${label.zh}：${zh}`, en: `${label.en}: ${en}` } }
  }
}
