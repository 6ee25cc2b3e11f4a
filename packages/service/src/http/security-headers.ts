/** Header fields of every answer: it is no page, it is kept by nobody, and no other page makes use of it. */
import type { AnswerHeaders } from './problem.ts'

export const SECURITY_HEADERS: AnswerHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  // Browsers heed it only where TLS stands in front.
  'Strict-Transport-Security': 'max-age=31536000',
}
