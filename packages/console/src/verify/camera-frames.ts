/** The pictures of a camera, looked through for the QR code of a licence, one after another, until one is found. */
import type { Bilingual } from '@hefu/protocol'
import { CAMERA_TEXTS } from '../texts/verify-texts.ts'

/** A long side of so many pixels has enough for the densest code, and is looked through while the next frame comes. */
const LONGEST_SIDE = 1_280
const LOOK_EVERY_MS = 120

/** Why there is no picture. */
export function cameraFault(error: unknown): Bilingual {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return CAMERA_TEXTS.refused
  if (name === 'NotReadableError' || name === 'AbortError') return CAMERA_TEXTS.busy
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return CAMERA_TEXTS.none
  return CAMERA_TEXTS.unavailable
}

/** @throws {DOMException} as `getUserMedia`; `NotSupportedError` where there is none */
export async function openCamera(): Promise<MediaStream> {
  // Absent where the page is in no secure context, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices?.getUserMedia === undefined) throw new DOMException('', 'NotSupportedError')
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'environment' }, width: { ideal: LONGEST_SIDE } },
  })
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** Calls `found` with the text of the first code, whatever it is of: a wrong one is told by its verification. */
export async function watchFrames(
  video: HTMLVideoElement,
  found: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { default: decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  while (!signal.aborted) {
    const frame = takeFrame(video, canvas)
    const text = frame === null ? null : readCode(decodeQR, frame)
    if (text !== null && !signal.aborted) return found(text)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** `null` before the first picture. */
function takeFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  const { videoWidth, videoHeight } = video
  if (videoWidth === 0 || videoHeight === 0) return null
  const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight))
  canvas.width = Math.round(videoWidth * scale)
  canvas.height = Math.round(videoHeight * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null
}

type Decode = (image: { width: number; height: number; data: Uint8ClampedArray }) => string

/** `null`: there is none in it, which the decoder tells by throwing. */
function readCode(decode: Decode, { width, height, data }: ImageData): string | null {
  try {
    const text = decode({ width, height, data })
    return text === '' ? null : text
  } catch {
    return null
  }
}
