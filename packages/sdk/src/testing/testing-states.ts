/** Every state that a licence may be met in, what is done to it, and what a verification then finds. */
import {
  encodeBase64url,
  type FindingCode,
  parseBase64url,
  parseJsonText,
  type StatusTransition,
  type Verdict,
  type VerificationRequest,
} from '@hefu/protocol'
import {
  answerAsAnother,
  answerAsHolder,
  CHALLENGE,
  CHALLENGE_ELSEWHERE,
  EARLIER_CHALLENGE,
} from './testing-holder.ts'

/**
 * How it stands with a licence of the testing world. `stale-ledger` and `ledger-away` are licences in force whose ledger
 * does not say so at present.
 */
export type TestingState =
  | 'accepted'
  | 'restricted'
  | 'noted'
  | 'not-recognised'
  | 'different-values'
  | 'inactive'
  | 'suspended'
  | 'revoked'
  | 'annulled'
  | 'withdrawn'
  | 'deregistered'
  | 'superseded'
  | 'transferred-out'
  | 'transferred'
  | 'not-yet-valid'
  | 'expired'
  | 'negative-list'
  | 'altered'
  | 'forged-signature'
  | 'not-anchored'
  | 'unknown-issuer'
  | 'without-receipt'
  | 'cut-short'
  | 'identifier-alone'
  | 'wrong-file'
  | 'stale-ledger'
  | 'ledger-away'
  | 'holder-present'
  | 'holder-absent'
  | 'holder-unknown'
  | 'answered-before'
  | 'answered-elsewhere'
  | 'answered-late'
  | 'answered-by-another'

/** The first of the gravest findings; `null`: every check passed, or had nothing to check. */
interface Expected {
  readonly verdict: Verdict
  readonly finding: FindingCode | null
}

/** What is particular about a licence; all else is as of the accepted one. */
export interface StateRule extends Expected {
  /** Acts on it, one after another. */
  readonly acts?: readonly StatusTransition[]
  readonly isNoted?: true
  /** Days from now: its period. Default: from thirty days ago for two years. */
  readonly period?: readonly [from: number, until: number]
  readonly type?: 'recognised' | 'unrecognised'
  /** Who issued it, and whether it was anchored. */
  readonly issuer?: 'registered' | 'unanchored' | 'unknown'
  /** Whether the licence is bound to its holder’s key. */
  readonly isBound?: true
  readonly ledger?: 'answers' | 'stale' | 'away'
  /** What is asked beside what is presented and where. */
  readonly asked?: Partial<VerificationRequest>
  /** What is presented in the place of the bundle. */
  readonly present?: (licence: {
    readonly bundle: string
    readonly credential: string
    readonly jti: string
    /** Unix seconds. */
    readonly now: number
  }) => string | Promise<string>
}

/** Of a disclosure: salt, name and value. */
const MOST_PARTS = 8
/** A service item that the receiving province has on its negative list. */
export const REFUSED_ITEM = 'TESTING-REFUSED'

const acted = (finding: FindingCode, ...acts: readonly StatusTransition[]): StateRule => ({
  acts,
  verdict: 'rejected',
  finding,
})
const rejected = (finding: FindingCode, rule: Partial<StateRule> = {}): StateRule => ({
  ...rule,
  verdict: 'rejected',
  finding,
})
const undetermined = (finding: FindingCode, rule: Partial<StateRule> = {}): StateRule => ({
  ...rule,
  verdict: 'undetermined',
  finding,
})
/** By whom, when or for what a challenge should not be answered. */
const answered = (finding: FindingCode, present: NonNullable<StateRule['present']>): StateRule =>
  rejected(finding, { isBound: true, asked: { challenge: CHALLENGE }, present })

export const STATE_RULES: Readonly<Record<TestingState, StateRule>> = {
  accepted: { verdict: 'accepted', finding: null },

  restricted: { acts: ['restrict'], verdict: 'refer', finding: 'status/restricted' },
  noted: { isNoted: true, verdict: 'refer', finding: 'status/noted' },
  'not-recognised': { type: 'unrecognised', verdict: 'refer', finding: 'recognition/no-policy' },
  'different-values': {
    asked: { submitted: { holderName: '样例乙' } },
    verdict: 'refer',
    finding: 'comparison/different',
  },

  inactive: acted('status/inactive', 'defer'),
  suspended: acted('status/suspended', 'suspend'),
  revoked: acted('status/revoked', 'revoke'),
  annulled: acted('status/annulled', 'annul'),
  withdrawn: acted('status/withdrawn', 'withdraw'),
  deregistered: acted('status/deregistered', 'deregister'),
  superseded: acted('status/superseded', 'supersede'),
  'transferred-out': acted('status/transferred-out', 'transfer-out'),
  transferred: acted('status/transferred', 'transfer-out', 'transfer-in'),
  'not-yet-valid': rejected('validity/not-yet', { period: [10, 700] }),
  expired: rejected('validity/expired', { period: [-700, -10] }),
  'negative-list': rejected('recognition/negative-list', { asked: { serviceItem: REFUSED_ITEM } }),
  altered: rejected('disclosures/not-signed', { present: ({ bundle }) => withFieldAltered(bundle) }),
  'forged-signature': rejected('signature/mismatch', {
    present: ({ bundle }) => withSignatureAltered(bundle),
  }),
  'not-anchored': rejected('anchor/not-found', { issuer: 'unanchored' }),
  'unknown-issuer': rejected('anchor/not-found', { issuer: 'unknown' }),

  'without-receipt': undetermined('inclusion/no-receipt', { present: ({ credential }) => credential }),
  'cut-short': undetermined('wellFormed/malformed', { present: ({ bundle }) => bundle.slice(0, -1) }),
  'identifier-alone': undetermined('wellFormed/not-a-licence', { present: ({ jti }) => jti }),
  'wrong-file': undetermined('wellFormed/not-a-licence', { present: () => '关于召开工作会议的通知' }),
  'stale-ledger': undetermined('signature/ledger-stale', { ledger: 'stale' }),
  'ledger-away': undetermined('signature/ledger-unreachable', { ledger: 'away' }),

  'holder-present': {
    isBound: true,
    asked: { challenge: CHALLENGE },
    present: ({ bundle, now }) => answerAsHolder(bundle, CHALLENGE, now),
    verdict: 'accepted',
    finding: null,
  },
  'holder-absent': rejected('holderBinding/missing', { isBound: true, asked: { challenge: CHALLENGE } }),
  'holder-unknown': {
    asked: { challenge: CHALLENGE },
    verdict: 'refer',
    finding: 'holderBinding/no-holder-key',
  },
  'answered-before': answered('holderBinding/other-nonce', ({ bundle, now }) =>
    answerAsHolder(bundle, EARLIER_CHALLENGE, now),
  ),
  'answered-elsewhere': answered('holderBinding/other-audience', ({ bundle, now }) =>
    answerAsHolder(bundle, CHALLENGE_ELSEWHERE, now),
  ),
  'answered-late': answered('holderBinding/stale', ({ bundle, now }) =>
    answerAsHolder(bundle, CHALLENGE, now - CHALLENGE.maxAgeSeconds - 1),
  ),
  'answered-by-another': answered('holderBinding/signature-mismatch', ({ bundle, now }) =>
    answerAsAnother(bundle, CHALLENGE, now),
  ),
}

/** The first field that is shown with another value: in good form, and not signed. */
function withFieldAltered(bundle: string): string {
  const [, disclosure = ''] = bundle.split('~')
  const read = new TextDecoder().decode(parseBase64url(disclosure, 'disclosure'))
  const [salt, name, value] = parseJsonText(read, MOST_PARTS, 'disclosure') as readonly string[]
  const forged = new TextEncoder().encode(JSON.stringify([salt, name, `${value}1`]))
  return bundle.replace(disclosure, encodeBase64url(forged))
}

/** Another signature of the same form. */
function withSignatureAltered(bundle: string): string {
  const at = bundle.indexOf('~') - 40
  return bundle.slice(0, at) + (bundle.charAt(at) === 'A' ? 'B' : 'A') + bundle.slice(at + 1)
}
