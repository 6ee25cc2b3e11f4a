/** The predictors of PNG (RFC 2083, 6), by which PDF packs its lists of places better. */
import { CarrierError } from './carrier-error.ts'

const NONE = 1
const FIRST_OF_PNG = 10
const MOST_ROW_BYTES = 65_536

/**
 * The data before it was predicted, where it was: rows of `rowBytes`, each behind the number of its predictor. Values of
 * more than a byte are predicted from the byte before, as in the lists that are read here.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds` for predictors that are not of PNG
 */
export function undoPredictor(
  data: Uint8Array,
  { predictor, rowBytes }: { readonly predictor: number; readonly rowBytes: number },
): Uint8Array {
  if (predictor === NONE) return data
  if (predictor < FIRST_OF_PNG || rowBytes < 1 || rowBytes > MOST_ROW_BYTES)
    throw new CarrierError('beyond-bounds', 'PDF')
  const rows = Math.ceil(data.length / (rowBytes + 1))
  const plain = new Uint8Array(rows * rowBytes)
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1)
    undoRow(data.subarray(from + 1, from + 1 + rowBytes), data[from] ?? 0, plain, row * rowBytes, rowBytes)
  }
  return plain
}

function undoRow(data: Uint8Array, kind: number, plain: Uint8Array, at: number, rowBytes: number): void {
  for (let i = 0; i < data.length; i++) {
    const left = i === 0 ? 0 : (plain[at + i - 1] ?? 0)
    const above = plain[at + i - rowBytes] ?? 0
    const corner = i === 0 ? 0 : (plain[at + i - rowBytes - 1] ?? 0)
    plain[at + i] = (data[i] ?? 0) + predict(kind, left, above, corner)
  }
}

function predict(kind: number, left: number, above: number, corner: number): number {
  if (kind === 0) return 0
  if (kind === 1) return left
  if (kind === 2) return above
  if (kind === 3) return (left + above) >> 1
  if (kind !== 4) throw new CarrierError('broken', 'PDF')
  const toLeft = Math.abs(above - corner)
  const toAbove = Math.abs(left - corner)
  const toCorner = Math.abs(left + above - 2 * corner)
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}
