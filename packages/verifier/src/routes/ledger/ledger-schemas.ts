/** The forms of what the reading routes answer. */
import type { DescribedSchema } from '@hefu/service'
import { z } from 'zod'

export const unixSeconds: z.ZodInt = z.int().min(0).meta({ description: 'Unix 秒 · Unix seconds' })
export const region: z.ZodString = z.string().regex(/^\d{6}(\d{3})?$/)
export const uscc: z.ZodString = z.string().length(18)
export const digest: z.ZodString = z.string().regex(/^0x[0-9a-f]{64}$/)
export const address: z.ZodString = z.string().regex(/^0x[0-9a-f]{40}$/)
export const licenceType: z.ZodString = z.string()
export const memberStatus: z.ZodEnum = z.enum(['active', 'suspended', 'retired'])

export const term: DescribedSchema & z.ZodType = z
  .strictObject({ from: unixSeconds, until: unixSeconds.nullable() })
  .meta({
    id: 'Term',
    description: '自 from 起，至 until 前；null：不限 · from, and before until; null: without end',
  })

export const ledgerIdentity: z.ZodObject<{ chainId: z.ZodInt; address: z.ZodString }> = z
  .strictObject({ chainId: z.int().min(0), address })
  .meta({ id: 'ReadLedger', description: '所查询的互认链 · the ledger that it is read of' })

const block = z
  .strictObject({ number: z.int().min(0), hash: digest, time: unixSeconds, age: z.int().min(0) })
  .meta({
    id: 'ReadBlock',
    description:
      '所依据的区块；age 为距本服务时钟的秒数 · the block that all of it stands on; age: seconds, by this service’s clock',
  })

/** A page of a list. */
export function pageOf(item: z.ZodType): z.ZodType {
  return z.strictObject({
    ledger: ledgerIdentity,
    block,
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .meta({ description: '下一页的 after；null：没有 · after of the next page; null: there is none' }),
  })
}

/** One thing. */
export function answerOf(item: z.ZodType): z.ZodType {
  return z.strictObject({ ledger: ledgerIdentity, block, item })
}
