/** Reading the plain XML of spreadsheet programs: tags and texts, no declarations, no entities but the five. Untrusted. */

export interface XmlHandlers {
  /** `tag` without its prefix. */
  open?(tag: string, attributes: XmlAttributes): void
  /** As it stands: what is escaped is not resolved. */
  text?(text: string): void
  close?(tag: string): void
}

/** By name, prefixes included. */
export type XmlAttributes = ReadonlyMap<string, string>

/** A text that is not well formed, or not plain. */
export class XmlDamage extends Error {
  override readonly name = 'XmlDamage'
}

/** Levels of tags. */
const MOST_DEPTH = 32
/** Characters of one tag with its attributes: of a longer one no end is looked for. */
const MOST_TAG = 16_384

const TAG = /^<([^\s<>/="'!?]+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/
const ATTRIBUTE = /([^\s<>/="']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * Goes through a text once, from its beginning to its end.
 *
 * @throws {XmlDamage}
 */
export function readXml(xml: string, { open, text, close }: XmlHandlers): void {
  const path: string[] = []
  let at = endOfProlog(xml)
  while (at < xml.length) {
    const begin = xml.indexOf('<', at)
    if (begin !== at) text?.(xml.slice(at, begin < 0 ? xml.length : begin))
    if (begin < 0) break
    if (xml[begin + 1] === '/') {
      const end = xml.indexOf('>', begin)
      const name = xml.slice(begin + 2, end).trimEnd()
      if (end < 0 || path.pop() !== name) throw new XmlDamage(`close a tag at ${begin}`)
      close?.(localName(name))
      at = end + 1
    } else {
      const [whole, name = '', attributes = '', isEmpty] = TAG.exec(xml.slice(begin, begin + MOST_TAG)) ?? []
      if (whole === undefined) throw new XmlDamage(`open a tag at ${begin}`)
      open?.(localName(name), attributesOf(attributes))
      if (isEmpty === '/') close?.(localName(name))
      else if (path.push(name) > MOST_DEPTH) throw new XmlDamage(`open a tag at ${begin}: too deep`)
      at = begin + whole.length
    }
  }
  if (path.length > 0) throw new XmlDamage(`end with ${path.length} tags open`)
}

/**
 * The attributes of the elements that stand at a path of local names below the root, and of no others of their name.
 *
 * @throws {XmlDamage}
 */
export function attributesAt(xml: string, path: readonly string[]): readonly XmlAttributes[] {
  const found: XmlAttributes[] = []
  const open: string[] = []
  if (xml === '') return found
  readXml(xml, {
    open: (tag, attributes) => {
      open.push(tag)
      if (open.length === path.length + 1 && path.every((name, i) => open[i + 1] === name))
        found.push(attributes)
    },
    close: () => {
      open.pop()
    },
  })
  return found
}

/** Behind the byte-order mark and `<?xml … ?>`. */
function endOfProlog(xml: string): number {
  return /^\ufeff?(?:<\?xml\s[^<>]{0,200}\?>)?/.exec(xml)?.[0].length ?? 0
}

const NONE: XmlAttributes = new Map()

function attributesOf(text: string): XmlAttributes {
  if (text === '') return NONE
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) throw new XmlDamage('read an attribute: two of one name')
    attributes.set(name, resolveEntities(double ?? single ?? ''))
  }
  return attributes
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
])

/** A text as it is meant: the five entities, and characters by their number. */
export function resolveEntities(value: string): string {
  if (!value.includes('&')) return value
  return value.replaceAll(/&(?:[a-z]{2,4}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});/g, (entity) => {
    if (entity[1] !== '#') return ENTITIES.get(entity) ?? entity
    const point = Number(entity.slice(2, -1).replace(/^x/, '0x'))
    return point <= 0x10ffff ? String.fromCodePoint(point) : entity
  })
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1)
}
