/** The QR code of a sheet. */
import encodeQR from 'qr'

/** A drawing of squares of side 1; `side` of them in a row, the quiet zone of four (ISO/IEC 18004) included. */
export interface RecheckCode {
  readonly side: number
  /** Data of an SVG path. */
  readonly path: string
}

const QUIET_ZONE = 4

export function drawRecheckCode(address: string): RecheckCode {
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: QUIET_ZONE })
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { side: rows.length, path }
}
