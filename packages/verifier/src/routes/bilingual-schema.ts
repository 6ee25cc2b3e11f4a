/** A sentence in both languages. */
import { z } from 'zod'

export const bilingual: z.ZodObject<{ zh: z.ZodString; en: z.ZodString }> = z.strictObject({
  zh: z.string(),
  en: z.string(),
})
