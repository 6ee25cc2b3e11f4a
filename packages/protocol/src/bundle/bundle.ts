/** Bundle: what a holder presents, credential and receipt together (spec/bundle.md). */
import { describe, malformed } from '../bytes/malformed.ts'
import { assertOnly, assertOrder, collect, parseObject, textMember } from '../bytes/members.ts'
import { parseStrictJson } from '../bytes/strict-json.ts'
import { readCredential } from '../credential/any-form.ts'
import { matchCredential } from '../credential/common-form.ts'
import type { UnverifiedCredential } from '../credential/unverified-credential.ts'
import { parseReceipt, type Receipt, receiptObject } from '../receipt/receipt.ts'
import { envelopeStart, MAX_ENVELOPE_CHARACTERS, matchEnvelope } from './envelope.ts'

/** Media type of a bundle, version 1. */
export const BUNDLE_MEDIA_TYPE = 'application/vnd.hefu.bundle+json;version=1'
const MEMBERS = ['mediaType', 'credential', 'receipt']
const START = envelopeStart(BUNDLE_MEDIA_TYPE)

/** What was presented, read but not proven. A bare credential has no receipt. */
export interface UnverifiedBundle {
  readonly credential: UnverifiedCredential
  readonly receipt: Receipt | null
}

/** A bundle that came as a file of its own: the receipt is there. */
export interface UnverifiedBundleFile extends UnverifiedBundle {
  readonly receipt: Receipt
}

/**
 * Reads an untrusted bundle of version 1.
 *
 * @throws {MalformedError}
 * @example
 * ```ts
 * parseBundle(sample.bundle).receipt // sample.receipt
 * parseBundle(`${sample.bundle}\n`) // throws MalformedError
 * ```
 */
export function parseBundle(text: string): UnverifiedBundleFile {
  return matchBundle(text) ?? readBundle(text)
}

/** A bundle whose credential is in the common form; `null` for every other text. */
function matchBundle(text: string): UnverifiedBundleFile | null {
  const envelope = matchEnvelope(text, START)
  const credential = envelope && matchCredential(envelope.credential)
  return credential && { credential, receipt: envelope.receipt }
}

/**
 * Any bundle, member by member.
 *
 * @throws {MalformedError} with every defect found
 */
export function readBundle(text: string): UnverifiedBundleFile {
  const object = parseObject(parseStrictJson(text, MAX_ENVELOPE_CHARACTERS, 'bundle'), 'bundle')
  if (object['mediaType'] !== BUNDLE_MEDIA_TYPE) {
    throw malformed(
      'wrong-value',
      'bundle.mediaType',
      JSON.stringify(BUNDLE_MEDIA_TYPE),
      describe(object['mediaType']),
    )
  }
  assertOnly(object, MEMBERS, 'bundle')
  const bundle = collect({
    credential: () =>
      readCredential(
        textMember(object, 'credential', /^/, 'a compact credential', 'bundle'),
        'bundle.credential',
      ),
    receipt: () => parseReceipt(object['receipt'] ?? null, 'bundle.receipt'),
  })
  assertOrder(object, MEMBERS, 'bundle')
  return bundle
}

/**
 * The one text of a bundle: its members in this order, no white space.
 *
 * @example
 * ```ts
 * encodeBundle(sample.compact, sample.receipt) // sample.bundle
 * ```
 */
export function encodeBundle(credential: string, receipt: Receipt): string {
  return JSON.stringify({ mediaType: BUNDLE_MEDIA_TYPE, credential, receipt: receiptObject(receipt) })
}
