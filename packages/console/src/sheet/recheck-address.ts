/** Where a sheet is looked up: what its QR code holds, and what stands beside it for who has no camera. */

export function recheckPage(origin: string): string {
  return `${origin}/recheck`
}

/** With the number behind the #, which no server is ever sent. */
export function recheckAddress(origin: string, number: string): string {
  return `${recheckPage(origin)}#n=${encodeURIComponent(number)}`
}
