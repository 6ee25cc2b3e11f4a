/** How batches are sealed: each with a key of its own, that key under one of those of deposits. */
import { randomBytes } from 'node:crypto'
import { type DepositKeys, openKey, type SealedKey, sealKey } from '../store/deposit-seal.ts'
import { openText, sealText } from '../store/sealing.ts'
import type { BatchItem, ItemResult } from './batch-items.ts'

/** Seals and opens what is kept of one batch. What is opened is what stood in this place, or nothing. */
export interface BatchSeal {
  sealItems(first: number, items: readonly BatchItem[]): Uint8Array
  /** @throws {Error} for what was altered, or stood elsewhere */
  openItems(first: number, sealed: Uint8Array): readonly BatchItem[]
  sealResults(first: number, results: readonly ItemResult[]): Uint8Array
  /** @throws {Error} as `openItems` */
  openResults(first: number, sealed: Uint8Array): readonly ItemResult[]
}

export function createBatchKey(
  number: string,
  [first]: DepositKeys,
): { readonly sealed: SealedKey; readonly seal: BatchSeal } {
  const key = randomBytes(32)
  return { sealed: sealKey(key, first, nameOf(number)), seal: createSeal(number, key) }
}

/**
 * @throws {VerifierStartError} `deposit-key-missing`
 * @throws {Error} for a key that was altered, or is there no more
 */
export function openBatchSeal(number: string, sealed: SealedKey, keys: DepositKeys): BatchSeal {
  return createSeal(number, openKey(sealed, keys, nameOf(number)))
}

/** The key of a batch, sealed under the first of the keys. @throws as {@link openBatchSeal} */
export function resealBatchKey(number: string, sealed: SealedKey, keys: DepositKeys): SealedKey {
  return sealKey(openKey(sealed, keys, nameOf(number)), keys[0], nameOf(number))
}

function nameOf(number: string): string {
  return `hefu batch\n${number}`
}

function createSeal(number: string, key: Uint8Array): BatchSeal {
  const place = (what: 'items' | 'results', first: number): string => `${nameOf(number)}\n${what}\n${first}`
  return {
    sealItems: (first, items) => sealText(JSON.stringify(items), key, place('items', first)),
    openItems: (first, sealed) => JSON.parse(openText(sealed, key, place('items', first))),
    sealResults: (first, results) => sealText(JSON.stringify(results), key, place('results', first)),
    openResults: (first, sealed) => JSON.parse(openText(sealed, key, place('results', first))),
  }
}
