/** Cursors as they are given to readers: sealed, so that each goes on in the list that gave it and nowhere else. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

const SEAL_BYTES = 16
const SEALED = /^([\w-]{1,512})\.([\w-]{22})$/

export interface CursorSeal {
  /** @param list which list with which filters, in one text */
  seal(list: string, cursor: string): string
  /** The cursor; `null`: it was altered, or given by another list. */
  open(list: string, sealed: string): string | null
}

/** @param secret what processes that answer for one another have in common; other uses of it learn nothing of this one */
export function createCursorSeal(secret: string): CursorSeal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'hefu:verifier:ledger-cursor', 32))
  const sealOf = (list: string, cursor: string): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([list, cursor]))
      .digest()
      .subarray(0, SEAL_BYTES)
  return {
    seal: (list, cursor) => `${cursor}.${sealOf(list, cursor).toString('base64url')}`,
    open: (list, sealed) => {
      const [, cursor = '', seal = ''] = SEALED.exec(sealed) ?? []
      const given = Buffer.from(seal, 'base64url')
      // Of the last character some bits mean nothing: one seal is written in one way.
      if (given.length !== SEAL_BYTES || given.toString('base64url') !== seal) return null
      return timingSafeEqual(given, sealOf(list, cursor)) ? cursor : null
    },
  }
}
