/** What a printed sheet says of a report: sentences in both languages, and no value of the licence's face. */
import {
  type Bilingual,
  encodeReport,
  type Finding,
  findLicenceType,
  maskValue,
  nextStepOf,
  PROVINCES,
  provinceOf,
  type ResultCode,
  reasonOf,
  resultSentenceOf,
  sentenceOf,
  suite,
  VERDICT_SENTENCES,
  type Verdict,
  type VerificationReport,
} from '@hefu/protocol'
import { z } from 'zod'
import type { AttestedReport } from './attested-report.ts'
import { bilingual } from './bilingual-schema.ts'
import { number, resultCode, unixSeconds, verdict } from './verification-answer.ts'

/** Times in Unix seconds. */
export interface ReportSheet {
  readonly number: string
  readonly checkedAt: number
  readonly verdict: Verdict
  readonly resultCode: ResultCode
  readonly says: {
    readonly verdict: Bilingual
    readonly reason: Bilingual | null
    readonly result: Bilingual
    readonly nextStep: Bilingual
  }
  readonly request: {
    readonly receivingRegion: string
    readonly province: string | null
    readonly serviceItem: string | null
    readonly caseNo: string | null
    readonly asOf: number | null
  }
  readonly licence: SheetLicence | null
  readonly ledger: { readonly blockNumber: number; readonly blockTime: number } | null
  readonly checks: readonly { readonly check: string; readonly status: string; readonly says: Bilingual }[]
  readonly reportDigest: string
  /** Thumbprint of the key that signed the report. */
  readonly kid: string
}

interface SheetLicence {
  readonly licenceType: string
  readonly name: Bilingual | null
  /** Masked. */
  readonly licenceId: string
  readonly issuer: string
  readonly issuerName: string | null
  readonly validFrom: number
  readonly validUntil: number | null
}

export const reportSheet: z.ZodType<ReportSheet> = z
  .strictObject({
    number,
    checkedAt: unixSeconds,
    verdict,
    resultCode,
    says: z.strictObject({
      verdict: bilingual,
      reason: bilingual.nullable(),
      result: bilingual,
      nextStep: bilingual,
    }),
    request: z.strictObject({
      receivingRegion: z.string(),
      province: z.string().nullable(),
      serviceItem: z.string().nullable(),
      caseNo: z.string().nullable(),
      asOf: unixSeconds.nullable(),
    }),
    licence: z
      .strictObject({
        licenceType: z.string(),
        name: bilingual.nullable(),
        licenceId: z.string().meta({ description: '已脱敏 · masked' }),
        issuer: z.string(),
        issuerName: z.string().nullable(),
        validFrom: unixSeconds,
        validUntil: unixSeconds.nullable(),
      })
      .nullable(),
    ledger: z.strictObject({ blockNumber: z.int(), blockTime: unixSeconds }).nullable(),
    checks: z.array(z.strictObject({ check: z.string(), status: z.string(), says: bilingual })),
    reportDigest: z.string().meta({ description: '报告的 SHA-256（base64url） · of the report’s text' }),
    kid: z.string().meta({ description: '签名密钥的指纹 · thumbprint of the key that signed it' }),
  })
  .meta({ id: 'ReportSheet', description: '核验单，照面信息不在其中 · the sheet, without any field' })

export function createReportSheet({ report, kid }: AttestedReport): ReportSheet {
  const { checkedAt, request, licence, ledger, findings } = report
  const { receivingRegion, serviceItem, caseNo, asOf } = request
  return {
    number: report.number ?? '',
    checkedAt,
    verdict: report.verdict,
    resultCode: report.resultCode,
    says: {
      verdict: VERDICT_SENTENCES[report.verdict],
      reason: reasonOf(findings),
      result: resultSentenceOf(findings),
      nextStep: nextStepOf(report),
    },
    request: {
      receivingRegion,
      province: PROVINCES[provinceOf(receivingRegion)] ?? null,
      serviceItem,
      caseNo,
      asOf,
    },
    licence: licence === null ? null : describeLicence(licence, findings),
    ledger: ledger === null ? null : { blockNumber: ledger.blockNumber, blockTime: ledger.blockTime },
    checks: findings.map(({ check, code, status }) => ({ check, status, says: sentenceOf(code) })),
    reportDigest: suite.sha256Base64url(encodeReport(report)),
    kid,
  }
}

function describeLicence(
  { licenceId, licenceType, issuer, validFrom, validUntil }: NonNullable<VerificationReport['licence']>,
  findings: readonly Finding[],
): SheetLicence {
  const { registeredName } = findings.find(({ check }) => check === 'issuerAuthority')?.facts ?? {}
  return {
    licenceType,
    name: findLicenceType(licenceType)?.name ?? null,
    licenceId: maskValue('open', licenceId),
    issuer,
    issuerName: typeof registeredName === 'string' ? registeredName : null,
    validFrom,
    validUntil,
  }
}
