/** The QR code of a sheet: where it is looked up, with its number behind the #, which no server is ever sent. */
import encodeQR from 'qr'

/** A drawing of squares of side 1; `side` of them in a row, the quiet zone of four (ISO/IEC 18004) included. */
export interface RecheckCode {
  readonly side: number
  /** Data of an SVG path. */
  readonly path: string
}

const QUIET_ZONE = 4

export function recheckAddress(origin: string, number: string): string {
  return `${origin}/recheck#n=${encodeURIComponent(number)}`
}

export function drawRecheckCode(address: string): RecheckCode {
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: QUIET_ZONE })
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { side: rows.length, path }
}
