/** The form of what a verification is answered: a report with its signature, or the verdict alone. */
import { FINDING_CODES, REPORT_MEDIA_TYPE, type ResultCode, type Verdict } from '@hefu/protocol'
import type { DescribedContent, DescribedSchema } from '@hefu/service'
import { z } from 'zod'
import { bilingual } from './bilingual-schema.ts'
import { explanation } from './explanation.ts'
import { maskedFace } from './masked-face.ts'
import type { NumberedReport } from './numbered-report.ts'

export const verdict: z.ZodType<Verdict> = z.enum(['accepted', 'refer', 'rejected', 'undetermined']).meta({
  description: '核验结论 · the verdict',
})
/** As the share service has them. */
const RESULT_CODES = [
  '0 信息正确且有效',
  '1 未激活',
  '2 暂时失效',
  '3 已失效',
  '4 无法验证',
  '5 查无此信息',
  '9 信息不符',
]
export const resultCode: z.ZodType<ResultCode> = z.literal([0, 1, 2, 3, 4, 5, 9]).meta({
  description: `政务服务返回码：${RESULT_CODES.join('、')} · result code of the share service; 0: correct and valid`,
})
export const unixSeconds: z.ZodInt = z.int().min(0).meta({ description: 'Unix 秒 · Unix seconds' })
const digest = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ description: 'SHA-256, base64url' })

export const number: z.ZodString = z
  .string()
  .regex(/^[0-9]{8}-[0-9A-Z]{8}-[0-9]{6,9}-[0-9A-Z]$/)
  .meta({ description: '核验单编号 · number of the report', example: '20260112-7K3M9QXA-000123-J' })

const finding = z
  .strictObject({
    check: z.string(),
    code: z.enum(FINDING_CODES),
    status: z.enum(['pass', 'warn', 'fail', 'unknown', 'skipped']),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  })
  .meta({
    id: 'Finding',
    description: '一项检查的结果，代码见 /v1/findings · what a check found; codes: /v1/findings',
  })

const nodes = z
  .strictObject({
    needed: z.int().min(1),
    agreeing: z.int().min(0),
    newest: z.int().min(0).nullable(),
    logsHeldBy: z.enum(['header', 'agreement', 'one-node']),
  })
  .meta({ description: '数据所依据的节点，不含地址 · the nodes that the data stands on, not by name' })

export const report: z.ZodType = z
  .strictObject({
    mediaType: z.literal(REPORT_MEDIA_TYPE),
    number,
    checkedAt: unixSeconds,
    request: z.strictObject({
      presented: digest,
      receivingRegion: z.string().regex(/^[0-9]{6}$/),
      serviceItem: z.string().nullable(),
      caseNo: z.string().nullable(),
      asOf: unixSeconds.nullable(),
      comparedFields: z.array(z.string()),
      challenge: digest.nullable(),
      rendition: digest.optional(),
    }),
    licence: z
      .strictObject({
        licenceId: z.string(),
        licenceType: z.string(),
        issuer: z.string(),
        validFrom: unixSeconds,
        validUntil: unixSeconds.nullable(),
      })
      .nullable(),
    ledger: z
      .strictObject({
        chainId: z.int(),
        address: z.string().regex(/^0x[0-9a-f]{40}$/),
        blockNumber: z.int(),
        blockHash: z.string().regex(/^0x[0-9a-f]{64}$/),
        blockTime: unixSeconds,
        maxAge: z.int().min(1).meta({ description: '数据时效（秒） · the limit of its age (seconds)' }),
        nodes: nodes.optional(),
      })
      .nullable(),
    defects: z.array(
      z.strictObject({ code: z.string(), where: z.string(), expected: z.string(), found: z.string() }),
    ),
    findings: z.array(finding),
    verdict,
    resultCode,
  })
  .meta({ id: 'Report', description: '核验报告，不含照面信息 · the report; nothing personal is in it' })

export const attestation: z.ZodString = z
  .string()
  .meta({ description: '核验方对报告的签名（JWS 紧凑格式） · signature of the verifier, a compact JWS' })

const code = z
  .string()
  .meta({ description: '复核码，只在此处给出 · opens the report again; told here alone' })

/** What is answered whoever may see reports. */
export const reportedMembers: Readonly<Record<keyof NumberedReport, z.ZodType>> = {
  number,
  code,
  report,
  attestation,
}

const reported = z
  .strictObject({ ...reportedMembers, explanation: explanation.optional(), face: maskedFace.optional() })
  .meta({ id: 'SignedReport' })

const verdictAlone = z.strictObject({ number, verdict, resultCode, nextStep: bilingual }).meta({
  id: 'VerdictAlone',
  description: '仅可知“是、否”的客户端所得 · for clients that may know yes or no',
})

const schema: DescribedSchema = z.union([reported, verdictAlone])

/** For the description of the interface. */
export const DESCRIBED_ANSWER: DescribedContent = {
  says: {
    zh: '核验结论；证照未通过也是 200',
    en: 'What was decided; a licence that is refused is a 200 too',
  },
  schema,
  examples: {
    verdictAlone: {
      says: { zh: '仅告知结论', en: 'The verdict alone' },
      value: {
        number: '20260112-7K3M9QXA-000123-J',
        verdict: 'accepted',
        resultCode: 0,
        nextStep: {
          zh: '可免于提交纸质证照，请继续受理',
          en: 'No paper needed: go on with the case',
        },
      },
    },
  },
}
