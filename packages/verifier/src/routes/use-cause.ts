/** What a licence is read for: the members of a request that are recorded, and hold nobody's number. */
import {
  type Bilingual,
  holdsPersonsNumber,
  holdsResidentId,
  isDisplayText,
  SERVICE_ITEM,
} from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { z } from 'zod'

const MAX_REFERENCE_CHARACTERS = 64
const MAX_CAUSE_CHARACTERS = 200

type ReferenceName = 'serviceItem' | 'caseNo' | 'useCause'

export const EXPECTED_REFERENCES: Readonly<Record<ReferenceName, Bilingual>> = {
  serviceItem: {
    zh: '1 至 32 个可见 ASCII 字符的事项编码，不得含公民身份号码',
    en: 'a service item code of 1 to 32 visible ASCII characters without a resident number',
  },
  caseNo: {
    zh: '1 至 64 个可见字符的办件编号，不得含公民身份号码',
    en: 'a case number of 1 to 64 visible characters without a resident number',
  },
  useCause: {
    zh: '1 至 200 个可见字符的用证事由，不得含公民身份号码',
    en: 'what the licence is used for, in 1 to 200 visible characters without a resident number',
  },
}

/** As the ledger’s catalogue writes it. */
export const itemCode: z.ZodType<string> = z
  .string()
  .regex(SERVICE_ITEM, { abort: true })
  .refine((text) => !holdsPersonsNumber(text, readClock()))

/** What is too long is not looked at. */
export const reference: z.ZodType<string> = z
  .string()
  .min(1)
  .max(MAX_REFERENCE_CHARACTERS, { abort: true })
  .refine(isDisplayText)
  .refine((text) => !holdsPersonsNumber(text, readClock()))

/** 用证事由, as the share service has it. */
export const useCause: z.ZodType<string> = z
  .string()
  .min(1)
  .max(MAX_CAUSE_CHARACTERS, { abort: true })
  .refine(isDisplayText)
  .refine((text) => !holdsResidentId(text))
