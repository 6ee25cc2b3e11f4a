/** domain.json: known answers collected from standards and public registers. */
import {
  encodeBase64url,
  type Hex,
  hasRightCheck,
  isUscc,
  mod11_10,
  type PublicJwk,
  parseLicenceId,
} from '@hefu/protocol'
import { decodeHex } from '#internal/protocol/bytes/hex'
import { mod37_36 } from '#internal/protocol/identifiers/check-character'
import { isFoodLicenceNumber } from '#internal/protocol/identifiers/food-licence-number'
import { isResidentId } from '#internal/protocol/identifiers/resident-id'
import type { Judgement, Runner, RunnersOf } from './judgement.ts'
import type { ValidityLists, VectorFiles } from './vector-lists.ts'

type DomainFile = VectorFiles['domain']

/** Whether exactly the valid ones are judged right. */
function judgeLists(lists: ValidityLists, isValid: (text: string) => boolean): Judgement {
  const { valid, invalid, realButChecksumFails = [] } = lists
  const others = [...invalid, ...realButChecksumFails]
  return {
    found: [valid.map(isValid), others.map(isValid)],
    expected: [valid.map(() => true), others.map(() => false)],
  }
}

/** A name in the file stands for this text. */
function sm3Input(name: string): string {
  return name === 'abcd x16' ? 'abcd'.repeat(16) : name.replace(/ \(utf8\)$/, '')
}

function coordinates(point: Hex): PublicJwk {
  const bytes = decodeHex(point)
  const x = encodeBase64url(bytes.subarray(1, 33))
  return { kty: 'EC', crv: 'SM2', x, y: encodeBase64url(bytes.subarray(33)) }
}

/** The signature verifies, and not with another text or another last bit. */
const runSm2: Runner<DomainFile['sm2'], DomainFile> = async ({ msg, pub, r, s }, { suite }) => {
  const key = await suite.importPublicKey(coordinates(`0x${pub}`))
  const signature = decodeHex(`0x${r}${s}`)
  const altered = signature.with(63, (signature[63] ?? 0) ^ 1)
  return {
    found: [
      await suite.verify(key, 'SM2', msg, signature),
      await suite.verify(key, 'SM2', `${msg}.`, signature),
      await suite.verify(key, 'SM2', msg, altered),
    ],
    expected: [true, false, false],
  }
}

export const DOMAIN_RUNNERS: RunnersOf<DomainFile> = {
  certificateIdentifier: (lists) => judgeLists(lists, (text) => hasRightCheck(parseLicenceId(text, 'id'))),
  mod37_36: ([text, check]) => ({ found: mod37_36(text), expected: check }),
  uscc: (lists) => judgeLists(lists, isUscc),
  residentId: (lists) => judgeLists(lists, isResidentId),
  foodLicence: (lists) => {
    const { found, expected } = judgeLists(lists, isFoodLicenceNumber)
    const checks = lists.mod11_10
    return {
      found: [found, checks.map(([text]) => mod11_10(text))],
      expected: [expected, checks.map(([, check]) => check)],
    }
  },
  sm3: (digests, { sm3 }) => ({
    found: Object.keys(digests).map((name) => sm3(sm3Input(name))),
    expected: Object.values(digests).map((digest) => `0x${digest}`),
  }),
  sm2: runSm2,
}
