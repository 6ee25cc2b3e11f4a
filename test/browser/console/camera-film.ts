/** A film of one QR code for Chromium's fake camera: uncompressed frames (YUV4MPEG2, 4:2:0), as it takes them. */
import { writeFile } from 'node:fs/promises'
import { drawQr } from '../../fixtures/sample-qr.ts'

const WIDTH = 1_280
const HEIGHT = 960
const FRAMES = 2
const GREY = 128
const WHITE = 255

/** Flags of a Chromium whose camera shows the film, over and over, and asks nobody. */
export function cameraFlags(film: string): readonly string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]
}

/** Writes a film of the code of a text. */
export async function writeCameraFilm(path: string, text: string): Promise<void> {
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma(text), Buffer.alloc((WIDTH * HEIGHT) / 2, GREY)])
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\n`)
  await writeFile(path, Buffer.concat([head, ...Array<Buffer>(FRAMES).fill(frame)]))
}

/** The code in the middle of a white sheet, as large as fits. */
function luma(text: string): Buffer {
  const modules = drawQr(text, 1).width
  const { width: side, shades } = drawQr(text, Math.floor(HEIGHT / modules))
  const [left, top] = [(WIDTH - side) >> 1, (HEIGHT - side) >> 1]
  const plane = Buffer.alloc(WIDTH * HEIGHT, WHITE)
  for (let y = 0; y < side; y++)
    plane.set(shades.subarray(y * side, (y + 1) * side), (top + y) * WIDTH + left)
  return plane
}
