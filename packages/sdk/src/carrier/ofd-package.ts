/** Where the parts of an OFD package (GB/T 33190) are that an attachment has to do with. Untrusted. */
import { CarrierError } from './carrier-error.ts'
import { parseXml, type XmlElement } from './xml-tags.ts'
import { unpackEntry, type ZipEntry, type ZipPackage } from './zip-package.ts'

/** An entry that is XML, read. */
export interface XmlEntry {
  readonly name: string
  readonly text: string
  readonly root: XmlElement
}

export interface OfdPackage {
  readonly zip: ZipPackage
  /** `Document.xml` of the first document. */
  readonly document: XmlEntry
  /** The list of its attachments; `null`: it has none. */
  readonly attachments: XmlEntry | null
  /** Whether something in it is sealed or signed: then no file of it may be written anew. */
  readonly isSigned: boolean
}

const MAIN = 'OFD.xml'
/** Packages of office software: how their list of parts is named. */
const OFFICE_PARTS = '[Content_Types].xml'

/** Whether a package is an OFD at all: the standard has it begin at `OFD.xml`. */
export function isOfd({ byName }: ZipPackage): boolean {
  return byName.has(MAIN)
}

/** Whether it is a document of office software, and no archive of files. */
export function isOfficeFile({ byName }: ZipPackage): boolean {
  return byName.has(OFFICE_PARTS)
}

/** @throws {CarrierError} `broken`, `encrypted`, `beyond-bounds` */
export function readOfd(zip: ZipPackage): OfdPackage {
  const main = readXmlEntry(zip, MAIN)
  const body = childOf(main.root, 'DocBody')
  const place = body === undefined ? undefined : childOf(body, 'DocRoot')?.text.trim()
  if (body === undefined || place === undefined) throw broken()
  const document = readXmlEntry(zip, resolvePlace(MAIN, place))
  const listed = childOf(document.root, 'Attachments')?.text.trim()
  return {
    zip,
    document,
    attachments: listed === undefined ? null : readXmlEntry(zip, resolvePlace(document.name, listed)),
    isSigned: childOf(body, 'Signatures') !== undefined,
  }
}

/** The entries that the list of attachments names, where there are such. */
export function attachedEntries({ zip, attachments }: OfdPackage): readonly ZipEntry[] {
  if (attachments === null) return []
  const places = attachments.root.children
    .filter(({ name }) => name === 'Attachment')
    .map((attachment) => childOf(attachment, 'FileLoc')?.text.trim())
  return places.flatMap((place) => {
    const entry = place === undefined ? undefined : zip.byName.get(resolvePlace(attachments.name, place))
    return entry === undefined ? [] : [entry]
  })
}

function readXmlEntry(zip: ZipPackage, name: string): XmlEntry {
  const entry = zip.byName.get(name)
  if (entry === undefined) throw broken()
  const text = decodeXml(unpackEntry(zip, entry))
  return { name: entry.name, text, root: parseXml(text) }
}

function decodeXml(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new CarrierError('broken', 'OFD', { cause })
  }
}

export function childOf({ children }: XmlElement, name: string): XmlElement | undefined {
  return children.find((child) => child.name === name)
}

/** A place (`ST_Loc`) as the name of an entry: from the root with a stroke before it, else from the folder of the file that says it. */
function resolvePlace(from: string, place: string): string {
  const path = place.startsWith('/') ? place.slice(1) : folderOf(from) + place
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** With the stroke at its end; empty for the root. */
export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1)
}

function broken(): CarrierError {
  return new CarrierError('broken', 'OFD')
}
