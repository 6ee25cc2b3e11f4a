/** One runner for each list of each vector file: in Node and in a browser alike. */
import {
  encodeBase64url,
  encodeHex,
  encodeLicenceId,
  endOfDay,
  hasRightCheck,
  holdsResidentId,
  isCalendarDate,
  isDisplayText,
  isRegionCode,
  isUscc,
  mod11_10,
  type PublicJwk,
  parseBase64url,
  parseCredential,
  parseHex,
  parseLicenceId,
  parsePresented,
  parseReceipt,
  parseStrictJson,
  provinceOf,
  type Suite,
  startOfDay,
  verifyInclusion,
} from '@hefu/protocol'
import { decodeHex } from '#internal/protocol/bytes/hex'
import { parseUtf8 } from '#internal/protocol/bytes/text'
import { mod37_36 } from '#internal/protocol/identifiers/check-character'
import { isFoodLicenceNumber } from '#internal/protocol/identifiers/food-licence-number'
import { isResidentId } from '#internal/protocol/identifiers/resident-id'
import { CARRIER_RUNNERS } from './carrier-runners.ts'
import {
  leafHashOf,
  runIssued,
  runKey,
  runKeyBinding,
  runPrinted,
  runQr,
  runUnfounded,
} from './credential-runners.ts'
import { DOMAIN_RUNNERS } from './domain-runners.ts'
import {
  attempt,
  type Implementation,
  type Judgement,
  type Runner,
  type RunnersOf,
  refusal,
} from './judgement.ts'
import { LICENCE_TYPE_RUNNERS } from './licence-type-runners.ts'
import { runLeaf, runProof, runTree } from './merkle-runners.ts'
import { REPORT_RUNNERS } from './report-runners.ts'
import type { VectorFiles } from './vector-lists.ts'
import { replay } from './verification-vector.ts'

type Judged = Runner<{ readonly text: string; readonly valid: boolean }, unknown>

function judging(isValid: (text: string) => boolean): Judged {
  return ({ text, valid }) => ({ found: isValid(text), expected: valid })
}

async function isUsable(publicJwk: PublicJwk, suite: Suite): Promise<boolean> {
  try {
    return Boolean(await suite.importPublicKey(publicJwk))
  } catch {
    return false
  }
}

function checking(checkOf: (text: string) => string): Runner<{ text: string; check: string }, unknown> {
  return ({ text, check }) => ({ found: checkOf(text), expected: check })
}

/** First second of a day and of the next; `null`: there is no such day. */
function dayOf(text: string): readonly number[] | null {
  if (isCalendarDate(text)) return [startOfDay(text), endOfDay(text)]
  try {
    return [startOfDay(text)]
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const ENCODINGS: RunnersOf<VectorFiles['encodings']> = {
  base64url: (vector) => {
    const read = (): string => encodeHex(parseBase64url(vector.text, 'it'))
    if (vector.refused !== undefined) return refusal(read, vector.refused)
    const { text, bytes } = vector
    return { found: [read(), encodeBase64url(decodeHex(bytes))], expected: [bytes, text] }
  },
  hex: (vector) => {
    const read = (): readonly number[] => [...decodeHex(parseHex(vector.text, vector.length, 'it'))]
    if (vector.refused !== undefined) return refusal(read, vector.refused)
    return { found: read(), expected: vector.bytes }
  },
  utf8: ({ bytes, text, refused }) => {
    const read = (): string => parseUtf8(decodeHex(bytes), 'it')
    return refused === undefined ? { found: read(), expected: text } : refusal(read, `${refused}`)
  },
  strictJson: (vector, _, { jsonMaxLength }) => {
    const read = (): unknown => parseStrictJson(vector.text, jsonMaxLength, 'it')
    if (vector.refused !== undefined) return refusal(read, vector.refused)
    return { found: read(), expected: vector.value }
  },
  displayText: ({ text, refused }) => ({ found: isDisplayText(text), expected: refused === undefined }),
}

const IDENTIFIERS: RunnersOf<VectorFiles['identifiers']> = {
  licenceId: (vector) => {
    const found = attempt(() => parseLicenceId(vector.text, 'id'))
    if (vector.refused !== undefined) return { found, expected: { refused: [vector.refused] } }
    const { text, parts, rightCheck } = vector
    return {
      found: [found, hasRightCheck(parts), encodeLicenceId(parts) === text],
      expected: [parts, rightCheck, rightCheck],
    }
  },
  mod37_36: checking(mod37_36),
  mod11_10: checking(mod11_10),
  uscc: judging(isUscc),
  residentId: judging(isResidentId),
  residentIdInText: judging(holdsResidentId),
  foodLicenceNumber: judging(isFoodLicenceNumber),
  calendarDate: ({ text, startOfDay: first, endOfDay: next }) => ({
    found: dayOf(text),
    expected: first === undefined ? null : [first, next],
  }),
  regionCode: ({ text, valid, province }) => ({
    found: [isRegionCode(text), province === undefined ? null : provinceOf(text)],
    expected: [valid, province ?? null],
  }),
}

/** File → list → runner. */
export const RUNNERS: { readonly [File in keyof VectorFiles]: RunnersOf<VectorFiles[File]> } = {
  domain: DOMAIN_RUNNERS,
  encodings: ENCODINGS,
  identifiers: IDENTIFIERS,
  signatures: {
    keys: async ({ publicJwk, usable }, { suite }) => ({
      found: await isUsable(publicJwk, suite),
      expected: usable,
    }),
    signatures: async ({ algorithm, publicJwk, message, signature, verified }, { suite }) => {
      const key = await suite.importPublicKey(publicJwk)
      return {
        found: await suite.verify(key, algorithm, message, decodeHex(signature)),
        expected: verified,
      }
    },
  },
  merkle: {
    nodes: (node) => ({ found: encodeHex(decodeHex(parseHex(node, 32, 'node'))), expected: node }),
    leaves: runLeaf,
    trees: runTree,
    refused: runProof,
  },
  'licence-types': LICENCE_TYPE_RUNNERS,
  credential: {
    keys: runKey,
    issued: runIssued,
    refused: ({ compact, refused }) => refusal(() => parseCredential(compact), ...refused),
    unfounded: runUnfounded,
    rfc9901: runPrinted,
  },
  receipt: {
    proofs: ({ signingInput, leafHash, receipt, included }, { suite }) => ({
      found: [
        leafHashOf(signingInput, suite),
        verifyInclusion(signingInput, parseReceipt({ ...receipt }, 'receipt'), suite),
      ],
      expected: [leafHash, included],
    }),
    refused: ({ value, refused }) => refusal(() => parseReceipt(value, 'receipt'), refused),
  },
  bundle: {
    read: ({ text, credential, receipt }) => ({
      found: parsePresented(text),
      expected: {
        credential: parseCredential(credential),
        receipt: receipt && parseReceipt({ ...receipt }, 'receipt'),
        keyBinding: null,
      },
    }),
    refused: ({ text, refused }) => refusal(() => parsePresented(text), refused),
  },
  presentation: {
    read: runKeyBinding,
    refused: ({ text, refused }) => refusal(() => parsePresented(text), refused),
    qr: runQr,
  },
  carriers: CARRIER_RUNNERS,
  verification: {
    vectors: async (vector, { suite }) => ({
      found: await replay(vector, suite),
      expected: vector.expected,
    }),
  },
  report: REPORT_RUNNERS,
}

/** A list as the table of runners has it, for whoever goes through all of them. */
export interface VectorList {
  readonly file: string
  readonly list: string
  readonly vectors: readonly unknown[]
  judge(vector: unknown, implementation: Implementation): Judgement | Promise<Judgement>
}

/** All lists that stand in the files, not those that have a runner: a list without one throws when it is judged. */
export function listVectors(
  files: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly VectorList[] {
  return Object.entries(files).flatMap(([file, members]) =>
    Object.entries(members)
      .filter(([, list]) => typeof list === 'object')
      .map(([list, value]) => ({
        file,
        list,
        vectors: Array.isArray(value) ? value : [value],
        judge: (vector, implementation) => runnerOf(file, list)(vector, implementation, members),
      })),
  )
}

/** @throws {Error} when there is none */
function runnerOf(file: string, list: string): Runner<unknown, unknown> {
  const table = RUNNERS as unknown as Readonly<
    Record<string, Readonly<Record<string, Runner<unknown, unknown>>>>
  >
  const runner = table[file]?.[list]
  if (runner === undefined) throw new Error(`run ${list} of ${file}.json: there is no runner for it`)
  return runner
}
