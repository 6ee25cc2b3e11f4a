/** What an implementation makes of the vectors of carriers.json. */
import { encodeBase64url, parseBase64url } from '@hefu/protocol'
import { attachLicence, CarrierError, openCarrier } from '@hefu/sdk/carriers'
import type { RunnersOf } from './judgement.ts'
import type { CarrierVectors } from './vector-lists.ts'

/** What comes of it, or the code that is told instead. */
export async function attemptCarrier<T>(run: () => Promise<T>): Promise<T | { readonly refused: string }> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof CarrierError) return { refused: error.code }
    throw error
  }
}

/** What attaching puts behind a file, base64url, and what it says of the file. */
export async function attach(
  presented: string,
  original: Uint8Array,
): Promise<{ readonly update: string; readonly rendition: string; readonly isBound: boolean }> {
  const { bytes, rendition, isBound } = await attachLicence(presented, original)
  return { update: encodeBase64url(bytes.subarray(original.length)), rendition, isBound }
}

export const CARRIER_RUNNERS: RunnersOf<CarrierVectors> = {
  attached: async ({ is: _is, original, presented, ...expected }) => ({
    found: await attemptCarrier(() => attach(presented, parseBase64url(original, 'original'))),
    expected,
  }),
  opened: async ({ is: _is, file, ...expected }) => ({
    found: await attemptCarrier(() => openCarrier(parseBase64url(file, 'file'))),
    expected,
  }),
}
