/**
 * The tags of the plain XML that an OFD has: a reading no wider than what is needed, and strict: no DTD, no entities but the
 * five and characters by number, no sections, no instruction but the first. Untrusted.
 */
import { CarrierError } from './carrier-error.ts'

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  /** With its colon; empty: none. */
  readonly prefix: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  /** The text right in it, entities resolved. */
  text: string
  /** Where its first tag begins, and where its end tag does; of an empty element both are the same. */
  readonly from: number
  to: number
}

const MOST_DEPTH = 32
const MOST_ELEMENTS = 100_000
const MOST_TAG_CHARACTERS = 16_384
const TAG =
  /^<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const PROLOG = /^\ufeff?(?:<\?xml\s[^<>]{0,200}\?>)?\s*/
const ABOUT = 'OFD'

/**
 * The root element of a text.
 *
 * @throws {CarrierError} `broken` for a text that is not well formed or not plain, `beyond-bounds` for one of more than 32
 *   levels or 100,000 elements
 */
export function parseXml(xml: string): XmlElement {
  const open: XmlElement[] = []
  let root: XmlElement | undefined
  let count = 0
  let at = PROLOG.exec(xml)?.[0].length ?? 0
  while (at < xml.length) {
    const begin = xml.indexOf('<', at)
    const between = xml.slice(at, begin < 0 ? xml.length : begin)
    const parent = open.at(-1)
    if (parent !== undefined) parent.text += resolveEntities(between)
    else if (between.trim() !== '') throw broken()
    if (begin < 0) break
    if (xml.startsWith('<!--', begin)) {
      at = after(xml, '-->', begin + 4)
    } else if (xml.startsWith('</', begin)) {
      at = after(xml, '>', begin)
      closeElement(open.pop(), xml.slice(begin + 2, at - 1).trimEnd(), begin)
    } else {
      if (++count > MOST_ELEMENTS || open.length >= MOST_DEPTH) throw new CarrierError('beyond-bounds', ABOUT)
      const { element, isEmpty, length } = openElement(xml, begin)
      if (parent === undefined && root !== undefined) throw broken()
      root ??= element
      parent?.children.push(element)
      if (!isEmpty) open.push(element)
      at = begin + length
    }
  }
  if (root === undefined || open.length > 0) throw broken()
  return root
}

function openElement(
  xml: string,
  begin: number,
): { readonly element: XmlElement; readonly isEmpty: boolean; readonly length: number } {
  const match = TAG.exec(xml.slice(begin, begin + MOST_TAG_CHARACTERS))
  if (match === null) throw broken()
  const [whole, prefix = '', name = '', attributes = '', stroke = ''] = match
  const read = new Map<string, string>()
  for (const [, attribute = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    if (read.has(attribute)) throw broken()
    read.set(attribute, resolveEntities(double ?? single ?? ''))
  }
  const element = { name, prefix, attributes: read, children: [], text: '', from: begin, to: begin }
  return { element, isEmpty: stroke === '/', length: whole.length }
}

function closeElement(element: XmlElement | undefined, name: string, at: number): void {
  if (element === undefined || element.prefix + element.name !== name) throw broken()
  element.to = at
}

function after(xml: string, end: string, from: number): number {
  const at = xml.indexOf(end, from)
  if (at < 0) throw broken()
  return at + end.length
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function resolveEntities(text: string): string {
  return text.replaceAll(/&([^;&]{0,10});?/g, (_, name: string) => {
    const number = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(name)
    const point =
      number === null ? Number.NaN : Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10)
    const meant = ENTITIES.get(name) ?? (point <= 0x10ffff ? String.fromCodePoint(point) : undefined)
    if (meant === undefined) throw broken()
    return meant
  })
}

function broken(): CarrierError {
  return new CarrierError('broken', ABOUT)
}
