/** `GET /v1/issuer-keys/:agency`: an agency's keys by the ledger, as a JWK set (RFC 7517), for software that knows no ledger. */
import type { LedgerQueries } from '@hefu/ledger/replica'
import { suite, thumbprint } from '@hefu/protocol'
import {
  answerJson,
  assertJsonAcceptable,
  createGate,
  type Handler,
  parseParameters,
  type RouteDescription,
  route,
} from '@hefu/service'
import { z } from 'zod'
import { AGENCY_PART, LEDGER } from '../ledger/ledger-parameters.ts'
import { ledgerProblem } from '../ledger/ledger-problem.ts'
import { type LedgerListing, openLedger } from '../ledger/open-ledger.ts'

const PARAMETERS = { agency: AGENCY_PART, ledger: LEDGER }

/** A page of the replica: an agency with more keys is answered as many. */
const MOST_KEYS = 1_000
const MOST_ASKING = 16

/** For the description of the interface. */
export const DESCRIBED_ISSUER_KEYS: RouteDescription = {
  operationId: 'getIssuerKeys',
  says: {
    zh: '颁发机构在互认链上登记的公钥（JWK Set），供其他软件使用',
    en: 'The keys that an agency has on the ledger, as a JWK set, for other software',
  },
  parameters: PARAMETERS,
  answer: {
    says: {
      zh: 'RFC 7517 所定的公钥集；nbf、exp 为密钥的起止时间（Unix 秒）；泄露的密钥、SM2 密钥不在其中',
      en: 'A JWK set (RFC 7517); nbf and exp are the term of a key in Unix seconds; compromised keys and those of SM2 are not in it',
    },
    schema: z
      .strictObject({
        keys: z.array(
          z.looseObject({
            kty: z.enum(['EC', 'OKP']),
            crv: z.string(),
            x: z.string(),
            kid: z.string(),
            alg: z.string(),
            use: z.literal('sig'),
            nbf: z.int(),
            exp: z.int().optional(),
          }),
        ),
      })
      .meta({ id: 'IssuerKeySet' }),
  },
  problems: [
    'no-replica',
    'ledger-not-listed',
    'not-on-ledger',
    'ledger-behind',
    'ledger-unreachable',
    'registry-unreachable',
    'busy',
  ],
}

/** Who asks has no ledger to compare an anchor's time with: what was signed with a key that may be a thief's is not to verify. */
export function issuerKeysRoute(listing: LedgerListing | undefined): Handler {
  return route()
    .assert(assertJsonAcceptable)
    .within(createGate(MOST_ASKING))
    .find(parseParameters(PARAMETERS))
    .answer(async (ctx, { parameters: { agency, ledger: named } }) => {
      const { queries, registration } = (await openLedger(listing, named)).ledger
      if (queries.agency(agency) === null) throw ledgerProblem('not-on-ledger')
      const { items } = queries.keys(agency, { most: MOST_KEYS })
      const closedAt = registration?.closedAt ?? null
      answerJson(ctx, { keys: items.filter(isUsable).map((key) => describeKey(key, closedAt)) })
    })
}

type KeyItem = NonNullable<ReturnType<LedgerQueries['key']>>

function isUsable({ algorithm, compromisedFrom }: KeyItem): boolean {
  return algorithm !== 'SM2' && compromisedFrom === null
}

/** On a ledger that is closed nothing new counts: for who cannot see when something was anchored its keys end then. */
function describeKey(
  { publicJwk, algorithm, validFrom, validUntil }: KeyItem,
  closedAt: number | null,
): object {
  const ends = [validUntil, closedAt].filter((end) => end !== null)
  const term = { nbf: validFrom, ...(ends.length === 0 ? {} : { exp: Math.min(...ends) }) }
  return { ...publicJwk, kid: thumbprint(publicJwk, suite), alg: algorithm, use: 'sig', ...term }
}
