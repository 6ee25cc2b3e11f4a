/** The licence, or the reference to one, in the QR code of an image. Untrusted: anybody can print a QR code. */
import { kindOfPresented, readPresented } from '@hefu/protocol'
import { CarrierError } from './carrier-error.ts'
import { decodeJpeg, decodePng, type GreyImage } from './grey-image.ts'

type ImageKind = 'png' | 'jpeg'

const DECODERS: Readonly<Record<ImageKind, (bytes: Uint8Array) => Promise<GreyImage>>> = {
  png: decodePng,
  jpeg: decodeJpeg,
}
/** Longest sides of what is searched, in this order: of a photograph of many pixels a smaller one tells the same sooner. */
const SIDES: readonly number[] = [2048, Number.POSITIVE_INFINITY, 1024]
/** For tries beyond the first, of each size. */
const RETRY_MS = 3000
/** What is no licence's, among codes that are. */
const OURS: readonly string[] = ['licence', 'qr-whole', 'qr-reference', 'qr-distorted']

/**
 * The text of the one QR code that is a licence's: a whole licence, or a reference to one. Codes of others beside it do not
 * count.
 *
 * @throws {CarrierError} `no-qr`, `other-qr`, `several-licences`, and those of images that cannot be read
 */
export async function openImage(bytes: Uint8Array, kind: ImageKind): Promise<string> {
  const image = await DECODERS[kind](bytes)
  let isAnyFound = false
  const longest = Math.max(image.width, image.height)
  for (const step of new Set(SIDES.map((side) => Math.max(1, Math.ceil(longest / side))))) {
    const texts = await readCodes(shrink(image, step))
    const [text, ...others] = new Set(texts.map(readPresented).filter(isOurs))
    if (others.length > 0) throw new CarrierError('several-licences', kind.toUpperCase())
    if (text !== undefined) return text
    isAnyFound ||= texts.length > 0
  }
  throw new CarrierError(isAnyFound ? 'other-qr' : 'no-qr')
}

function isOurs(text: string): boolean {
  return OURS.includes(kindOfPresented(text))
}

/** The texts of all codes that are found. */
async function readCodes({ width, height, shades }: GreyImage): Promise<readonly string[]> {
  const { decodeQRBatch } = await import('qr/decode.js')
  const options = { format: 'I444', timeLimit: RETRY_MS, effort: 4 } as const
  try {
    const [found = []] = await decodeQRBatch([{ width, height, data: shades }], options)
    return found.filter((text) => typeof text === 'string')
  } catch {
    // It has errors of its own for an image in which there is nothing to find, or that is too small for any code.
    return []
  }
}

/** Each pixel the mean of the whole number of pixels a side that it takes the place of. */
function shrink(image: GreyImage, step: number): GreyImage {
  if (step === 1) return image
  const [width, height] = [Math.floor(image.width / step), Math.floor(image.height / step)]
  const shades = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) shades[y * width + x] = meanOf(image, x * step, y * step, step)
  }
  return { width, height, shades }
}

function meanOf({ width, shades }: GreyImage, x: number, y: number, step: number): number {
  let sum = 0
  for (let row = y; row < y + step; row++) {
    for (let column = x; column < x + step; column++) sum += shades[row * width + column] ?? 0
  }
  return sum / (step * step)
}
