import { algorithmOf } from '../../credential/public-key.ts'
import { digestPresented, type UnverifiedKeyBinding } from '../../presentation/key-binding.ts'
import { type Finding, type FindingCode, finding } from '../../report/findings.ts'
import type { PublicJwk, Suite, VerifyingKey } from '../../suite/suite.ts'
import type { PresentationCheck, PresentedEvidence } from '../check.ts'

/** How far a holder's clock may be ahead of the verifier's. */
export const MAX_HOLDER_CLOCK_SKEW_SECONDS = 60

/**
 * RFC 9901 §7.3: who presents holds the key that the issuer bound the licence to. Demanded by a challenge; a
 * key binding that was not demanded must stand all the same, for nothing presented may be false.
 */
export const holderBindingCheck: PresentationCheck<'holderBinding'> = {
  name: 'holderBinding',
  reads: 'presentation',
  run: (evidence) => {
    const { keyBinding, credential } = evidence.presentation
    const jwk = credential.claims.cnf?.jwk
    if (keyBinding === null) return finding(withoutBinding(jwk, evidence))
    if (jwk === undefined) return finding('holderBinding/unexpected')
    return judge(keyBinding, jwk, evidence)
  },
}

/** A licence without a holder's key cannot answer: a person looks at who is there. One with a key must. */
function withoutBinding(jwk: PublicJwk | undefined, { request }: PresentedEvidence): FindingCode {
  if (request.challenge === undefined) return 'holderBinding/not-demanded'
  return jwk === undefined ? 'holderBinding/no-holder-key' : 'holderBinding/missing'
}

/** Facts name times only: whom the holder presents to, and what for, is the holder's own. */
async function judge(
  keyBinding: UnverifiedKeyBinding,
  jwk: PublicJwk,
  evidence: PresentedEvidence,
): Promise<Finding> {
  const { iat, exp } = keyBinding.claims
  const facts = { signedAt: iat, ...(exp === undefined ? {} : { copyExpires: exp }) }
  const code =
    (await judgeSignature(keyBinding, jwk, evidence.suite)) ??
    judgeContent(keyBinding, evidence.suite) ??
    judgeTime(keyBinding, evidence) ??
    judgeAnswer(keyBinding, evidence)
  return finding(code, facts)
}

/** With the key of `cnf` and the algorithm that its kind signs with, never with the header's say. */
async function judgeSignature(
  { header, signingInput, signature }: UnverifiedKeyBinding,
  jwk: PublicJwk,
  suite: Suite,
): Promise<FindingCode | null> {
  const algorithm = algorithmOf(jwk)
  if (header.alg !== algorithm) return 'holderBinding/algorithm-mismatch'
  const key = await importHolderKey(jwk, suite)
  if (key === null) return 'holderBinding/unusable-key'
  const verified = await suite.verify(key, algorithm, signingInput, signature)
  return verified === true ? null : 'holderBinding/signature-mismatch'
}

/** Not kept: holders are as many as a country, and an attacker could drive the issuers' keys out of the cache. */
async function importHolderKey(jwk: PublicJwk, suite: Suite): Promise<VerifyingKey | null> {
  try {
    return await suite.importPublicKey(jwk)
  } catch {
    return null
  }
}

function judgeContent({ claims, presented }: UnverifiedKeyBinding, suite: Suite): FindingCode | null {
  return claims.sd_hash === digestPresented(presented, suite) ? null : 'holderBinding/other-disclosures'
}

/** A copy ends at the time asked about; that it was not signed in the future is for the verifier's clock to say. */
function judgeTime(
  { claims }: UnverifiedKeyBinding,
  { request, now }: PresentedEvidence,
): FindingCode | null {
  if (claims.iat > now + MAX_HOLDER_CLOCK_SKEW_SECONDS) return 'holderBinding/stale'
  const ended = claims.exp !== undefined && (request.asOf ?? now) >= claims.exp
  return ended ? 'holderBinding/copy-expired' : null
}

/** The age of an answer is of the present moment, whatever time the licence is judged at. */
function judgeAnswer({ claims }: UnverifiedKeyBinding, { request, now }: PresentedEvidence): FindingCode {
  const { challenge } = request
  if (challenge === undefined) {
    return claims.copy === undefined ? 'holderBinding/signed' : 'holderBinding/copy-in-force'
  }
  if (claims.aud !== challenge.audience) return 'holderBinding/other-audience'
  if (claims.nonce !== challenge.nonce) return 'holderBinding/other-nonce'
  return claims.iat < now - challenge.maxAgeSeconds ? 'holderBinding/stale' : 'holderBinding/bound'
}
