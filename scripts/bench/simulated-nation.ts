/** What the ledger of a nation tells a replica: agencies with their keys, batches of each, and acts on their licences. */
import type { Change } from '@hefu/ledger/replica'

/** 3,000 agencies issue. */
const AGENCIES = 3_000
/** Odd: multiples of it go through all digests of 256 bits, and look like none was chosen. */
const STRIDE = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c834_1082_276b_f3a2_7251_03a4_b4d2_9d47_7a6fn
const START = 1_700_000_000

/** Agency number `number` of them, as often as there are numbers. */
export function agencyOf(number: number): string {
  return `1143${String(number % AGENCIES).padStart(13, '0')}L`
}

/** A digest that no other number has. */
export function digestOf(number: number): `0x${string}` {
  return `0x${BigInt.asUintN(256, BigInt(number + 1) * STRIDE)
    .toString(16)
    .padStart(64, '0')}`
}

/** The agencies, each in one of 33 regions. */
export function* agencies(): Iterable<Change> {
  for (let number = 0; number < AGENCIES; number++) {
    const name = {
      zh: `样例市住房和城乡建设局第${number}号`,
      en: 'Sample Housing Bureau',
      contact: '0731-00000000',
    }
    yield {
      table: 'agencies',
      key: agencyOf(number),
      fact: {
        status: 'active',
        since: START,
        region: 110_000 + (number % 33) * 10_000,
        successor: null,
        names: [{ since: START, fact: name }],
        left: [],
      },
    }
  }
}

/** So many keys, one agency after the other. */
export function* keys(count: number): Iterable<Change> {
  for (let number = 0; number < count; number++) {
    const coordinate = Buffer.from(digestOf(number).slice(2), 'hex').toString('base64url')
    yield {
      table: 'keys',
      key: `${agencyOf(number)}/${digestOf(number)}`,
      fact: {
        algorithm: 'ES256',
        publicJwk: { kty: 'EC', crv: 'P-256', x: coordinate, y: coordinate },
        validFrom: START,
        validUntil: null,
        compromisedFrom: null,
      },
    }
  }
}

/** So many batches of a thousand licences, one agency after the other. */
export function* anchors(count: number): Iterable<Change> {
  for (let number = 0; number < count; number++) {
    yield {
      table: 'anchors',
      key: `${agencyOf(number)}/${digestOf(number)}`,
      fact: {
        anchoredAt: START + number,
        blockNumber: number,
        size: 1_000,
        firstIndex: Math.floor(number / AGENCIES) * 1_000,
      },
    }
  }
}

/** So many acts, each on a licence of its own, with so many licences to a decision. */
export function* acts(count: number, licencesADecision: number): Iterable<Change> {
  for (let number = 0; number < count; number++) {
    const decision = Math.floor(number / licencesADecision)
    yield {
      history: 'acts',
      key: actedLicence(number, licencesADecision),
      entry: {
        act: 'suspend',
        effectiveAt: START + decision,
        decisionNumber: `湘建罚〔2026〕${decision}号`,
        legalBasis: 'XZCFF-9-3',
        capacity: 'operator',
      },
    }
  }
}

/** The licence that act number `number` of {@link acts} is on. */
export function actedLicence(number: number, licencesADecision: number): string {
  const decision = Math.floor(number / licencesADecision)
  const index = Math.floor(decision / AGENCIES) * licencesADecision + (number % licencesADecision)
  return `${agencyOf(decision)}/${index}`
}
