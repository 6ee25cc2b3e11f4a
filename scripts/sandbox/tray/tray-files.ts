/** The files in which a licence of the tray is presented: its bundle, an image of its QR code, a PDF and an OFD that show it. */
import { PDFDocument } from '@cantoo/pdf-lib'
import { attachLicence } from '@hefu/sdk/carriers'
import { encode as encodePng } from 'fast-png'
import { strToU8, zipSync } from 'fflate'
import encodeQR from 'qr'

/** What a file is, as `samples.json` says it. */
export type TrayFileKind = 'bundle' | 'qr' | 'pdf' | 'ofd'

export interface TrayFile {
  readonly name: string
  readonly kind: TrayFileKind
  readonly bytes: Uint8Array
}

const PIXELS_A_MODULE = 4
/** White around a code, in modules (ISO/IEC 18004). */
const QUIET_MODULES = 4

/** An image of a QR code of a text. */
export function drawQr(text: string): Uint8Array {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET_MODULES })
  const side = rows.length * PIXELS_A_MODULE
  const data = new Uint8Array(side * side)
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)].map((pixel) => Math.floor(pixel / PIXELS_A_MODULE))
    data[at] = rows[y ?? 0]?.[x ?? 0] ? 0 : 255
  }
  return encodePng({ width: side, height: side, data, channels: 1, depth: 8 })
}

/** An image in which nothing is to be read. */
export function drawNothing(): Uint8Array {
  const side = 200
  return encodePng({
    width: side,
    height: side,
    data: new Uint8Array(side * side).fill(200),
    channels: 1,
    depth: 8,
  })
}

/** The bundle in a PDF that shows a page of it. */
export async function attachToPdf(bundle: string): Promise<Uint8Array> {
  return (await attachLicence(bundle, await drawPdf('Sample licence: invented'))).bytes
}

export async function attachToOfd(bundle: string): Promise<Uint8Array> {
  return (await attachLicence(bundle, writeOfd('样例电子证照，内容均为虚构'))).bytes
}

/** A day of its own would make another file of it at every start. */
const MADE_AT = new Date(Date.UTC(2026, 0, 1))

export async function drawPdf(text: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.addPage([400, 280]).drawText(text, { x: 40, y: 200, size: 18 })
  pdf.setTitle(text)
  pdf.setCreationDate(MADE_AT)
  pdf.setModificationDate(MADE_AT)
  return pdf.save({ addDefaultPage: false })
}

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** A document of one page with one line (GB/T 33190). */
function writeOfd(text: string): Uint8Array {
  const line = `<ofd:TextObject ID="4" Boundary="20 20 160 10" Font="5" Size="6"><ofd:TextCode X="0" Y="8">${text}</ofd:TextCode></ofd:TextObject>`
  const files = {
    'OFD.xml': `${XML}<ofd:OFD ${NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>00000000000000000000000000000015</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `${XML}<ofd:Document ${NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>5</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 148</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="2" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
    'Doc_0/PublicRes.xml': `${XML}<ofd:Res ${NAMESPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="5" FontName="SimSun" FamilyName="SimSun"/></ofd:Fonts></ofd:Res>`,
    'Doc_0/Pages/Page_0/Content.xml': `${XML}<ofd:Page ${NAMESPACE}><ofd:Content><ofd:Layer ID="3">${line}</ofd:Layer></ofd:Content></ofd:Page>`,
  }
  const entries = Object.entries(files).map(([name, content]) => [name, strToU8(content)] as const)
  return zipSync(Object.fromEntries(entries), { mtime: MADE_AT })
}
