/** What a licence is read for: the members of a request that are recorded, and hold nobody's number. */
import { type Bilingual, holdsResidentId, isDisplayText, isResidentId } from '@hefu/protocol'
import { z } from 'zod'

const MAX_REFERENCE_CHARACTERS = 64
const MAX_CAUSE_CHARACTERS = 200
/** A case number may be a region, a day and a count, and by chance have the form of a resident number: but not of an earlier birth. */
const FIRST_CASES_YEAR = 2015

type ReferenceName = 'serviceItem' | 'caseNo' | 'useCause'

export const EXPECTED_REFERENCES: Readonly<Record<ReferenceName, Bilingual>> = {
  serviceItem: {
    zh: '1 至 64 个可见字符的事项编码',
    en: 'a service item code of 1 to 64 visible characters',
  },
  caseNo: {
    zh: '1 至 64 个可见字符的办件编号，不得为公民身份号码',
    en: 'a case number of 1 to 64 visible characters, which is nobody’s resident number',
  },
  useCause: {
    zh: '1 至 200 个可见字符的用证事由，不得含公民身份号码',
    en: 'what the licence is used for, in 1 to 200 visible characters without a resident number',
  },
}

/** What is too long is not looked at. */
export const reference: z.ZodType<string> = z
  .string()
  .min(1)
  .max(MAX_REFERENCE_CHARACTERS, { abort: true })
  .refine(isDisplayText)
  .refine((text) => !isPersonsNumber(text))

/** 用证事由, as the share service has it. */
export const useCause: z.ZodType<string> = z
  .string()
  .min(1)
  .max(MAX_CAUSE_CHARACTERS, { abort: true })
  .refine(isDisplayText)
  .refine((text) => !holdsResidentId(text))

function isPersonsNumber(text: string): boolean {
  return isResidentId(text) && Number(text.slice(6, 10)) < FIRST_CASES_YEAR
}
