/** A licence put into an OFD: behind its end, so that the file as it was is the beginning of what it becomes. */
import { ATTACHED_NAME } from './attached-name.ts'
import { CarrierError } from './carrier-error.ts'
import { childOf, folderOf, isOfd, type OfdPackage, readOfd, type XmlEntry } from './ofd-package.ts'
import { readZip } from './zip-package.ts'
import { type AddedEntry, appendToZip } from './zip-update.ts'

const NAMESPACE = 'http://www.ofdspec.org/2016'
const FOLDER = 'Attachs/'
const LIST = 'Attachments.xml'

/**
 * The file with the licence attached: one text for one file and one licence. A package that is sealed or signed gets the
 * entry alone, for its seal is over every file that would have to be written anew to list it.
 *
 * @throws {CarrierError} `broken`, `encrypted`, `beyond-bounds`, `has-attachments` where a licence is in it already,
 *   `not-a-rendition` for a package that is no OFD
 */
export function attachToOfd(original: Uint8Array, presented: string): Uint8Array {
  const zip = readZip(original)
  if (!isOfd(zip)) throw new CarrierError('not-a-rendition')
  const ofd = readOfd(zip)
  if (ofd.zip.entries.some(({ name }) => name.endsWith(ATTACHED_NAME)))
    throw new CarrierError('has-attachments', 'OFD')
  const licence = { name: placeOfLicence(ofd), content: encode(presented) }
  return appendToZip(ofd.zip, [licence, ...(ofd.isSigned ? [] : listed(ofd))])
}

/** Beside the list of attachments where there is one, else where the list will be. */
function placeOfLicence({ document, attachments }: OfdPackage): string {
  return attachments === null
    ? `${folderOf(document.name)}${FOLDER}${ATTACHED_NAME}`
    : `${folderOf(attachments.name)}${ATTACHED_NAME}`
}

/** The files in which an attachment is listed, written anew. */
function listed(ofd: OfdPackage): readonly AddedEntry[] {
  const { document, attachments } = ofd
  if (attachments !== null) {
    const item = attachmentElement(attachments.root.prefix)
    return [withInserted(attachments, attachments.root.to, item)]
  }
  const list = `<?xml version="1.0" encoding="UTF-8"?>\n<ofd:Attachments xmlns:ofd="${NAMESPACE}">${attachmentElement('ofd:')}</ofd:Attachments>\n`
  const { prefix, to } = document.root
  const place = childOf(document.root, 'Extensions')?.from ?? to
  const element = `<${prefix}Attachments>${FOLDER}${LIST}</${prefix}Attachments>`
  return [
    { name: `${folderOf(document.name)}${FOLDER}${LIST}`, content: encode(list) },
    withInserted(document, place, element),
  ]
}

function attachmentElement(prefix: string): string {
  return `<${prefix}Attachment ID="hefu-bundle" Name="${ATTACHED_NAME}" Format="json" Visible="true"><${prefix}FileLoc>${ATTACHED_NAME}</${prefix}FileLoc></${prefix}Attachment>`
}

/** An empty root has no end tag to put anything before. */
function withInserted({ name, text, root }: XmlEntry, at: number, element: string): AddedEntry {
  if (root.to === root.from) throw new CarrierError('broken', 'OFD')
  return { name, content: encode(text.slice(0, at) + element + text.slice(at)) }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
