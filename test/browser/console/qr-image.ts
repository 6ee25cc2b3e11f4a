/** What a QR code says that stands on a page: read from its picture, as a phone reads it. */
import { decode as decodePng } from 'fast-png'
import type { Locator, Page } from 'playwright-core'
import decodeQr from 'qr/decode.js'

export async function parseQrImage(page: Page, shown: Locator): Promise<string> {
  await page.evaluate('document.fonts.ready')
  const { width, height, data, channels } = decodePng(await shown.screenshot())
  const pixels = Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : Number(data[(i >> 2) * channels + (i % 4)]),
  )
  return decodeQr({ width, height, data: pixels })
}
