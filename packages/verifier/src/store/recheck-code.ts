/** The code by which a report's number opens it again: random, and kept by nobody but who was answered. */
import { createHash, randomBytes } from 'node:crypto'
import { encodeReportSeries } from '@hefu/protocol'

const CODE = /^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/

/** 80 random bits, in four groups of four characters. */
export function createRecheckCode(): string {
  const bytes = randomBytes(10)
  return inGroups(encodeReportSeries(bytes.subarray(0, 5)) + encodeReportSeries(bytes.subarray(5)))
}

/** The code as it was given out, from how a person types it; `null`: it cannot be one. */
export function matchRecheckCode(typed: string): string | null {
  const characters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const code = inGroups(characters)
  return CODE.test(code) ? code : null
}

/** What a report is found by: a wrong code and an unknown number are the same to whoever looks. The code is as long as a key: its digest tells nothing of it. */
export function lookupOf(number: string, code: string): Uint8Array {
  return createHash('sha256').update(`${number}\n${code}`).digest()
}

function inGroups(characters: string): string {
  return characters.match(/.{1,4}/gu)?.join('-') ?? ''
}
