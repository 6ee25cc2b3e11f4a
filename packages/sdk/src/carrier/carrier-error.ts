/** Why nothing could be taken out of a file, or put into it. */
import { type Bilingual, fillIn } from '@hefu/protocol'

/** Of those up to `other-qr` the file was read, and no licence is in it: nothing is said against any licence. */
export type CarrierErrorCode =
  | 'no-attachment'
  | 'no-licence-attached'
  | 'no-qr'
  | 'other-qr'
  | 'several-licences'
  | 'large-file'
  | 'not-text'
  | 'unsupported-file'
  | 'encrypted'
  | 'broken'
  | 'beyond-bounds'
  | 'large-image'
  | 'not-a-rendition'
  | 'has-attachments'
  | 'other-rendition'

/** `{about}` is the kind of the file or a bound; never what stands in it. */
const SENTENCES: Readonly<Record<CarrierErrorCode, Bilingual>> = {
  'no-attachment': {
    zh: '该 {about} 文件中没有附带电子证照：请选择随附的电子证照文件，或拍摄、扫描其二维码',
    en: 'Open the {about}: no licence is attached to it; choose the licence file beside it, or its QR code',
  },
  'no-licence-attached': {
    zh: '该 {about} 文件的附件不是电子证照：请核对所选文件',
    en: 'Open the {about}: what is attached to it is no licence; look whether it is the right file',
  },
  'no-qr': {
    zh: '图片中没有识别到二维码：请将二维码拍摄清楚、完整后重试，或选择电子证照文件',
    en: 'Read the image: no QR code was found in it; take it again, sharp and whole, or choose the licence file',
  },
  'other-qr': {
    zh: '图片中的二维码不是电子证照的二维码：请核对所选图片',
    en: 'Read the image: its QR code is none of a licence; look whether it is the right image',
  },
  'several-licences': {
    zh: '该 {about} 文件中有多份电子证照：请每次提供一份',
    en: 'Open the {about}: several licences are in it; give one at a time',
  },
  'large-file': {
    zh: '文件超过 {about} 字节，未予读取：请核对所选文件',
    en: 'Read the file: larger than {about} bytes; look whether it is the right one',
  },
  'not-text': {
    zh: '文件不是文本，也不是可识别的 PDF、OFD 或图片：请核对所选文件',
    en: 'Read the file: it is no text (UTF-8, UTF-16 or GB18030), and no PDF, OFD or image that is known; look whether it is the right one',
  },
  'unsupported-file': {
    zh: '不支持 {about} 文件：请提供 PDF、OFD、PNG、JPEG 或电子证照文件',
    en: 'Read the file: {about} is not read here; give a PDF, an OFD, a PNG, a JPEG or the licence file',
  },
  encrypted: {
    zh: '该 {about} 文件已加密，未予读取：请提供未加密的文件',
    en: 'Open the {about}: it is encrypted; give one that is not',
  },
  broken: {
    zh: '该 {about} 文件不完整或已损坏，无法读取：请重新下载或重新拍摄，不代表证照有问题',
    en: 'Open the {about}: it is incomplete or damaged; download or photograph it again, which says nothing against the licence',
  },
  'beyond-bounds': {
    zh: '该 {about} 文件解压后过大或结构过于复杂，为安全起见未予读取：请提供原始文件',
    en: 'Open the {about}: it unpacks to more, or has more parts, than is safe to read; give the original file',
  },
  'large-image': {
    zh: '图片超过 {about} 像素，为安全起见未予读取：请缩小后重试',
    en: 'Read the image: more than {about} pixels; make it smaller',
  },
  'not-a-rendition': {
    zh: '只能将电子证照附加到 PDF 或 OFD 文件',
    en: 'Attach the licence: only a PDF or an OFD takes one',
  },
  'has-attachments': {
    zh: '该 {about} 文件已有附件，未予附加：其中已附有电子证照的，请使用附加之前的版式文件；附件为其他内容的，请使用不带附件的版式文件',
    en: 'Attach the licence: the {about} has attachments already; if a licence is among them use the file as it was before, else the file without them',
  },
  'other-rendition': {
    zh: '该 {about} 文件不是颁发机构为这份证照绑定的版式文件，未予附加',
    en: 'Attach the licence: the {about} is not the rendition that its issuer bound to it',
  },
}

/** All of them, in the order of spec/carriers.md. */
export const CARRIER_ERROR_CODES: readonly CarrierErrorCode[] = Object.keys(SENTENCES) as CarrierErrorCode[]

/** A file that is read and holds no licence, as against one that could not be read. */
const WITHOUT_LICENCE: readonly CarrierErrorCode[] = [
  'no-attachment',
  'no-licence-attached',
  'no-qr',
  'other-qr',
]

/** Thrown by whatever opens or writes a carrier. No verdict: it says nothing of a licence. */
export class CarrierError extends Error {
  override readonly name = 'CarrierError'
  readonly code: CarrierErrorCode
  readonly says: Bilingual

  constructor(code: CarrierErrorCode, about: string | Bilingual = '', options?: ErrorOptions) {
    const says = fillIn(SENTENCES[code], { about })
    super(says.en, options)
    this.code = code
    this.says = says
  }

  /** Whether the file was read, and no licence is in it. */
  get isWithoutLicence(): boolean {
    return WITHOUT_LICENCE.includes(this.code)
  }
}
