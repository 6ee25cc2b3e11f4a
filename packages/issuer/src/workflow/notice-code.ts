/** The kinds of notices 标注, an open list: those without a name here are given by their code. */

/** In the order of the ledger's codes. */
export const NOTICE_NAMES: readonly string[] = ['seizure', 'mortgage', 'objection', 'loss', 'review-failed']

/** `NOTICE_CODES` of contracts/types/Notice.sol, less one. */
export const MAX_NOTICE_CODE = 111

/** The code of a notice given by name or by code; `null` for neither. */
export function parseNoticeCode(text: string): number | null {
  const named = NOTICE_NAMES.indexOf(text)
  if (named !== -1) return named
  return /^(0|[1-9][0-9]{0,2})$/.test(text) && Number(text) <= MAX_NOTICE_CODE ? Number(text) : null
}
