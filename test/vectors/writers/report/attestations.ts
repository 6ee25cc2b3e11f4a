/** Reports under a signature: attested, not attested, and well signed but no report. */
import { algorithmOf, encodeReport, parseReport } from '@hefu/protocol'
import {
  ED25519_KEY,
  ES256_KEY,
  OTHER_ES256_KEY,
  publicHalf,
  SM2_KEY,
} from '../../../fixtures/sample-keys.ts'
import { defectsOf } from '../defects.ts'
import { attest } from './attest.ts'
import type { Named } from './named.ts'
import { BROKEN, type Scene } from './report-scene.ts'
import { unattested } from './unattested.ts'

export async function attestations({ sample, verify }: Scene): Promise<readonly object[]> {
  const report = await verify()
  const malformed = await verify({ request: { presented: BROKEN } })
  const [text, other] = [report, malformed].map(encodeReport) as [string, string]
  const ed25519 = publicHalf(ED25519_KEY)
  const accepted = [
    { is: 'EdDSA', key: ED25519_KEY, report: text },
    { is: 'ES256', key: ES256_KEY, report: text },
    { is: 'a report on what could not be read', key: ED25519_KEY, report: other },
  ].map(async ({ is, key, report: payload }) => {
    return { is, compact: await attest({ key, payload }), verifierJwk: publicHalf(key), report: payload }
  })
  const compact = await attest({ payload: text })
  const otherKeys = [
    { is: 'another key', compact: await attest({ key: ES256_KEY, payload: text }), key: OTHER_ES256_KEY },
    { is: 'a key of another kind', compact, key: ES256_KEY },
    { is: 'a key of SM2', compact, key: SM2_KEY },
    { is: 'signed with a key of SM2', compact: await attest({ key: SM2_KEY, payload: text }), key: SM2_KEY },
  ].map(({ key, ...vector }) => ({ ...vector, verifierJwk: publicHalf(key) }))
  const both = [ED25519_KEY, ES256_KEY].map(async (key) => {
    const broken = await unattested(key, text, other)
    return broken.map(([is, own]) => ({
      is: `${algorithmOf(key)}: ${is}`,
      compact: own,
      verifierJwk: publicHalf(key),
    }))
  })
  const unlike: Named<string | Uint8Array> = [
    ['nothing', ''],
    ['an empty object', '{}'],
    ['a bundle', sample.bundle],
    ['a report with a verdict of its own', text.replace('"accepted"', '"refer"')],
    ['a report and white space', `${text} `],
    ['a byte-order mark and a report', `\ufeff${text}`],
    ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d)],
  ]
  const signed = unlike.map(async ([is, payload]) => ({
    is: `well signed, but no report: ${is}`,
    compact: await attest({ payload }),
    verifierJwk: ed25519,
    refused: payload instanceof Uint8Array ? ['not-text'] : defectsOf(() => parseReport(payload)),
  }))
  const unsigned = [...otherKeys, ...(await Promise.all(both)).flat()]
  return [
    ...(await Promise.all(accepted)),
    ...unsigned.map((vector) => ({ ...vector, refused: ['not-attested'] })),
    ...(await Promise.all(signed)),
  ]
}
