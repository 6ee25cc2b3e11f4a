/** Which part of an XLSX file is the sheet to read (ECMA-376 part 2 §9: parts are found by what refers to them). */
import { IssuerError } from '../error/issuer-error.ts'
import type { XlsxParts } from './xlsx-parts.ts'
import { attributesAt, type XmlAttributes, XmlDamage } from './xml-reading.ts'

/** A sheet as it stands in the file. */
export interface SheetPart {
  readonly name: string
  /** Among all sheets, from 0. */
  readonly index: number
  readonly text: string
  /** The shared texts that its cells refer to; empty when there are none. */
  readonly texts: string
  /** The formats of its cells; empty when there are none. */
  readonly styles: string
  /** Whether the values beside its formulas are what the formulas give, as far as the file says. */
  readonly areComputed: boolean
}

/**
 * The first sheet that a person sees: what is hidden was put away, or was never meant for them.
 *
 * @throws {IssuerError} `input-not-xlsx` when there is none
 * @throws {XmlDamage} for what two readers may take for two sheets
 */
export function findSheet(parts: XlsxParts, file: string): SheetPart {
  const workbook = partOfType(relationsOf(parts, ''), 'officeDocument')
  const relations = relationsOf(parts, workbook)
  const sheets = attributesAt(parts.get(workbook) ?? '', ['sheets', 'sheet']).map(sheetOf)
  const index = sheets.findIndex(({ isHidden }) => !isHidden)
  const sheet = sheets[index]
  const text = parts.get(relations.find(({ id }) => id === sheet?.id)?.target ?? '')
  if (sheet === undefined || text === undefined) throw new IssuerError('input-not-xlsx', { file })
  const [texts = '', styles = ''] = ['sharedStrings', 'styles'].map((type) =>
    parts.get(partOfType(relations, type)),
  )
  const areComputed = areFormulasComputed(parts.get(workbook) ?? '')
  return { name: sheet.name, index, text, texts, styles, areComputed }
}

/** Not where a program is to compute them when it opens the file, or was stopped before it had: other values stand there meanwhile. */
function areFormulasComputed(workbook: string): boolean {
  return attributesAt(workbook, ['calcPr']).every(
    (attributes) =>
      !/^(?:1|true)$/.test(attributes.get('fullCalcOnLoad') ?? '') &&
      !/^(?:0|false)$/.test(attributes.get('calcCompleted') ?? ''),
  )
}

interface Sheet {
  readonly name: string
  /** Of the relation to its part. */
  readonly id: string
  readonly isHidden: boolean
}

/** The reader leaves out a sheet whose name or relation it does not find: it would count the others otherwise. */
function sheetOf(attributes: XmlAttributes): Sheet {
  const ids = [...attributes].filter(([name]) => /^(?:[^:]*:)?id$/i.test(name))
  const [[prefixed, id] = ['', '']] = ids
  const name = attributes.get('name') ?? ''
  const isFound = /^r:id$/i.test(prefixed) ? id !== '' : /:id$/.test(prefixed) && id.startsWith('rId')
  if (ids.length > 1 || !isFound || name === '')
    throw new XmlDamage('read a sheet: it has no name, or not one relation')
  return { name, id, isHidden: /hidden$/i.test(attributes.get('state') ?? '') }
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

const SINGLE_KINDS: ReadonlySet<string> = new Set(['officeDocument', 'sharedStrings', 'styles'])

/** What a part refers to; the empty name means the whole file. */
function relationsOf(parts: XlsxParts, of: string): readonly Relation[] {
  const folder = of.slice(0, of.lastIndexOf('/') + 1)
  const list = parts.get(`${folder}_rels/${of.slice(folder.length)}.rels`) ?? ''
  const relations = attributesAt(list, ['Relationship']).map((attributes) => {
    const [id = '', type = '', target = ''] = ['Id', 'Type', 'Target'].map((name) => attributes.get(name))
    if (id === '' || type === '' || target === '') throw new XmlDamage('read a relation: it is not whole')
    return { id, type, target: pathOf(folder, target) }
  })
  // Of two of one name, or of one kind where there is one only, one reader takes the first and another the last.
  const kinds = relations.map(({ type }) => type.slice(type.lastIndexOf('/') + 1))
  const single = kinds.filter((kind) => SINGLE_KINDS.has(kind))
  if (isRepeated(relations.map(({ id }) => id)) || isRepeated(single))
    throw new XmlDamage('read the relations: two of one name or kind')
  return relations
}

function isRepeated(names: readonly string[]): boolean {
  return new Set(names).size < names.length
}

/** The name of the only part of a type; empty when there is none. */
function partOfType(relations: readonly Relation[], type: string): string {
  return relations.find((relation) => relation.type.endsWith(`/${type}`))?.target ?? ''
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
