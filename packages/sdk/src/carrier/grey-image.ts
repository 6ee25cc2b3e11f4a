/** The pixels of an image as shades of grey: all that a QR code is read from. Untrusted. */
import { measureWithin } from './bounded-inflate.ts'
import { joinBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'
import { latin1 } from './file-kind.ts'
import { assertSize, type ImageSize, sizeOfPng } from './image-header.ts'
import { plainJpeg } from './jpeg-segments.ts'

export interface GreyImage extends ImageSize {
  /** One byte a pixel, row by row; what is transparent is white. */
  readonly shades: Uint8Array
}

/** Of the decoder of JPEG, beyond what {@link plainJpeg} lets through: it counts less memory than it takes. */
const MOST_MEGAPIXELS = 16
const MOST_JPEG_MEGABYTES = 512

/** Of PNG, the chunks that pixels are made of: everything else, profiles and texts among it, may be packed without bound. */
const NEEDED_CHUNKS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
/** Samples of a pixel by the colour type of PNG. */
const SAMPLES: readonly number[] = [1, 0, 3, 1, 2, 0, 4]
const SIGNATURE_BYTES = 8
/** Bytes of the pixels of a PNG: 16 million of colours that may be transparent. */
const MOST_PIXEL_BYTES = 67_108_864
/** Chunks that pixels are made of: those that are written have some kilobytes. */
const MOST_CHUNKS = 65_536

/**
 * The first image of a PNG; an animated one is `unsupported-file`.
 *
 * @throws {CarrierError}
 */
export async function decodePng(bytes: Uint8Array): Promise<GreyImage> {
  const size = assertSize(sizeOfPng(bytes), 'PNG')
  const chunks = neededChunks(bytes)
  assertPixels(bytes, chunks, size)
  const { decode } = await import('fast-png')
  const plain = joinBytes([bytes.subarray(0, SIGNATURE_BYTES), ...chunks.map(({ whole }) => whole)])
  const { data, depth, channels, palette } = orBroken('PNG', () => decode(plain))
  const rowBytes = Math.ceil((size.width * channels * depth) / 8)
  const full = 2 ** depth - 1
  const sampleAt = (x: number, y: number, channel: number): number => {
    if (depth >= 8) return data[(y * size.width + x) * channels + channel] ?? 0
    const bit = x * depth
    return ((data[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & full
  }
  const shades = greyOf(size, (x, y) => {
    if (palette !== undefined) {
      const [red = 255, green = 255, blue = 255, alpha = 255] = palette[sampleAt(x, y, 0)] ?? []
      return onWhite(luminance(red, green, blue), alpha)
    }
    const of = (channel: number): number => (sampleAt(x, y, channel) * 255) / full
    const grey = channels < 3 ? of(0) : luminance(of(0), of(1), of(2))
    return channels % 2 === 0 ? onWhite(grey, of(channels - 1)) : grey
  })
  return { ...size, shades }
}

interface PngChunk {
  readonly type: string
  readonly whole: Uint8Array
}

function neededChunks(bytes: Uint8Array): readonly PngChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: PngChunk[] = []
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    const type = latin1(bytes.subarray(at + 4, at + 8))
    if (end > bytes.length) break
    if (type === 'acTL') throw new CarrierError('unsupported-file', 'APNG')
    if (NEEDED_CHUNKS.has(type)) chunks.push({ type, whole: bytes.subarray(at, end) })
    if (chunks.length > MOST_CHUNKS) throw new CarrierError('beyond-bounds', 'PNG')
    if (type === 'IEND') return chunks
    at = end
  }
  throw new CarrierError('broken', 'PNG')
}

/** Unpacks the pixels within what so many take: the decoder has no bound of its own. */
function assertPixels(bytes: Uint8Array, chunks: readonly PngChunk[], { width, height }: ImageSize): void {
  const bits = (bytes[24] ?? 0) * (SAMPLES[bytes[25] ?? 0] ?? 0)
  if (bits === 0) throw new CarrierError('broken', 'PNG')
  const packed = joinBytes(
    chunks.filter(({ type }) => type === 'IDAT').map(({ whole }) => whole.subarray(8, whole.length - 4)),
  )
  // Each row has a byte more, and an interlaced image seven times as many rows that are shorter.
  const most = (Math.ceil((width * bits) / 8) + 1) * height + 8 * (width + height) + 64
  if (most > MOST_PIXEL_BYTES) throw new CarrierError('large-image', `${MOST_PIXEL_BYTES} B`)
  if (measureWithin(packed.subarray(2), most, 'PNG') === 0) throw new CarrierError('broken', 'PNG')
}

/**
 * A JPEG; of four components too, as printers have them.
 *
 * @throws {CarrierError}
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<GreyImage> {
  const plain = plainJpeg(bytes)
  const { default: jpeg } = await import('jpeg-js')
  const options = {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxResolutionInMP: MOST_MEGAPIXELS,
    maxMemoryUsageInMB: MOST_JPEG_MEGABYTES,
  } as const
  const { width, height, data } = orBroken('JPEG', () => jpeg.decode(plain.bytes, options))
  if (width !== plain.width || height !== plain.height) throw new CarrierError('broken', 'JPEG')
  const shades = greyOf({ width, height }, (x, y) => {
    const at = 4 * (y * width + x)
    return luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
  })
  return { width, height, shades }
}

/** What a decoder throws is its own; here it is an image that cannot be read. */
function orBroken<Decoded>(about: string, decode: () => Decoded): Decoded {
  try {
    return decode()
  } catch (cause) {
    throw new CarrierError('broken', about, { cause })
  }
}

function greyOf({ width, height }: ImageSize, shadeAt: (x: number, y: number) => number): Uint8Array {
  const shades = new Uint8Array(width * height)
  let at = 0
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) shades[at++] = shadeAt(x, y)
  return shades
}

/** ITU-R BT.601. */
function luminance(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue
}

function onWhite(shade: number, alpha: number): number {
  return 255 + ((shade - 255) * alpha) / 255
}
