/** Presentation 亮证: a bundle under the holder's signature (spec/presentation.md). */
import { parseBundle, type UnverifiedBundle } from '../bundle/bundle.ts'
import { envelopeStart, MAX_ENVELOPE_CHARACTERS, matchEnvelope } from '../bundle/envelope.ts'
import { malformed } from '../bytes/malformed.ts'
import {
  assertOnly,
  assertOrder,
  collect,
  constantMember,
  parseObject,
  textMember,
} from '../bytes/members.ts'
import { parseStrictJson } from '../bytes/strict-json.ts'
import { MAX_CREDENTIAL_CHARACTERS } from '../credential/claims.ts'
import { parseCredential } from '../credential/credential.ts'
import type { UnverifiedCredential } from '../credential/unverified-credential.ts'
import { parseReceipt, type Receipt, receiptObject } from '../receipt/receipt.ts'
import { parseKeyBinding, type UnverifiedKeyBinding } from './key-binding.ts'

/** Media type of a presentation, version 1. */
export const PRESENTATION_MEDIA_TYPE = 'application/vnd.hefu.presentation+json;version=1'
const MEMBERS = ['mediaType', 'credential', 'receipt']
const START = envelopeStart(PRESENTATION_MEDIA_TYPE)
/** Of such characters alone a text is its own JSON. */
const COMPACT_FORM = /^[\w.~-]*$/

/** What was presented, read but not proven. A bundle or a bare credential may come without key binding. */
export interface UnverifiedPresentation extends UnverifiedBundle {
  readonly keyBinding: UnverifiedKeyBinding | null
}

/**
 * Reads whatever was presented: a presentation, a bundle, or a bare credential in compact form, with or
 * without key binding. Untrusted.
 *
 * @throws {MalformedError}
 * @example
 * ```ts
 * parsePresented(sample.bundle).credential.claims.jti // draft.claims.jti
 * parsePresented(sample.compact).receipt // null
 * parsePresented('身份证') // throws MalformedError
 * ```
 */
export function parsePresented(presented: string): UnverifiedPresentation {
  if (!presented.startsWith('{')) return { ...parseBare(presented), receipt: null }
  if (isPresentation(presented)) return parsePresentation(presented)
  const { credential, receipt } = parseBundle(presented)
  return { credential, receipt, keyBinding: null }
}

/** By its first member, which every object of either kind begins with; all of it is read strictly after that. */
function isPresentation(text: string): boolean {
  return text.startsWith(`{"mediaType":"${PRESENTATION_MEDIA_TYPE}"`)
}

function parseBare(compact: string): Pick<UnverifiedPresentation, 'credential' | 'keyBinding'> {
  return compact.endsWith('~') || !compact.includes('~')
    ? { credential: parseCredential(compact), keyBinding: null }
    : parseBound(compact, 'credential')
}

/**
 * Reads an untrusted presentation of version 1: the key binding must be there.
 *
 * @throws {MalformedError} with the defects of all its members together
 * @example
 * ```ts
 * parsePresentation(sample.bundle) // throws MalformedError
 * ```
 */
export function parsePresentation(text: string): UnverifiedPresentation {
  const where = 'presentation'
  const envelope = matchEnvelope(text, START)
  if (envelope !== null && COMPACT_FORM.test(envelope.credential)) {
    return { ...parseBound(envelope.credential, `${where}.credential`), receipt: envelope.receipt }
  }
  const object = parseObject(parseStrictJson(text, MAX_ENVELOPE_CHARACTERS, where), where)
  constantMember(object, 'mediaType', PRESENTATION_MEDIA_TYPE, where)
  assertOnly(object, MEMBERS, where)
  const { bound, receipt } = collect({
    bound: () =>
      parseBound(textMember(object, 'credential', /^/, 'a compact credential', where), `${where}.credential`),
    receipt: () => parseReceipt(object['receipt'] ?? null, `${where}.receipt`),
  })
  assertOrder(object, MEMBERS, where)
  return { ...bound, receipt }
}

/** SD-JWT+KB of RFC 9901 §4: what stands after the last `~` is the key binding. */
function parseBound(
  compact: string,
  where: string,
): { readonly credential: UnverifiedCredential; readonly keyBinding: UnverifiedKeyBinding } {
  if (compact.length > 2 * MAX_CREDENTIAL_CHARACTERS) {
    const expected = `at most ${2 * MAX_CREDENTIAL_CHARACTERS} characters`
    throw malformed('too-large', where, expected, `${compact.length}`)
  }
  const end = compact.lastIndexOf('~') + 1
  const presented = compact.slice(0, end)
  return collect({
    credential: () => parseCredential(presented, where),
    keyBinding: () => parseKeyBinding(compact.slice(end), presented, `${where}.keyBinding`),
  })
}

/**
 * The one text of a presentation: its members in this order, no white space.
 *
 * @example
 * ```ts
 * encodePresentation(sample.compact, sample.receipt).startsWith(`{"mediaType":"${PRESENTATION_MEDIA_TYPE}"`) // true
 * ```
 */
export function encodePresentation(credential: string, receipt: Receipt): string {
  return JSON.stringify({ mediaType: PRESENTATION_MEDIA_TYPE, credential, receipt: receiptObject(receipt) })
}
