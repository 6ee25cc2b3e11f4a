/** Which part of an XLSX file is its first sheet (ECMA-376 part 2 §9: parts are found by what refers to them). */
import { IssuerError } from '../error/issuer-error.ts'
import type { XlsxParts } from './xlsx-parts.ts'
import { readXml, type XmlAttributes } from './xml-reading.ts'

/** A sheet as it stands in the file. */
export interface SheetPart {
  readonly name: string
  readonly text: string
  /** How many shared texts its cells may refer to. */
  readonly texts: number
}

/** @throws {IssuerError} `input-not-xlsx` when there is none */
export function findFirstSheet(parts: XlsxParts, file: string): SheetPart {
  const workbook = relationsOf(parts, '').find(({ type }) => type.endsWith('/officeDocument'))?.target ?? ''
  const relations = relationsOf(parts, workbook)
  const [sheet] = attributesIn(parts.get(workbook), 'sheet')
  const [, id] = [...(sheet ?? [])].find(([name]) => /^(?:[^:]*:)?id$/i.test(name)) ?? []
  const text = parts.get(relations.find((relation) => relation.id === id)?.target ?? '')
  if (sheet === undefined || text === undefined) throw new IssuerError('input-not-xlsx', { file })
  const texts = parts.get(relations.find(({ type }) => type.endsWith('/sharedStrings'))?.target ?? '')
  return { name: sheet.get('name') ?? '', text, texts: attributesIn(texts, 'si').length }
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

/** What a part refers to; the empty name means the whole file. */
function relationsOf(parts: XlsxParts, of: string): readonly Relation[] {
  const folder = of.slice(0, of.lastIndexOf('/') + 1)
  const list = parts.get(`${folder}_rels/${of.slice(folder.length)}.rels`)
  return attributesIn(list, 'Relationship').map((attributes) => ({
    id: attributes.get('Id') ?? '',
    type: attributes.get('Type') ?? '',
    target: pathOf(folder, attributes.get('Target') ?? ''),
  }))
}

/** A target is a path from the root, or from the folder of who refers to it. */
function pathOf(folder: string, target: string): string {
  const path: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.' && step !== '') path.push(step)
  }
  return path.join('/')
}

/** The attributes of every tag of this name. */
function attributesIn(text: string | undefined, name: string): readonly XmlAttributes[] {
  const found: XmlAttributes[] = []
  readXml(text ?? '', {
    open: (tag, attributes) => {
      if (tag === name) found.push(attributes)
    },
  })
  return found
}
