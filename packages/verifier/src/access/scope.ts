/** What a token can allow at this service, by the scope that its issuer gives for it. */

/** To have licences verified. */
export const VERIFY = 'verify'

/** To read what the ledger says: members, rules, anchors and acts; nothing of anybody's licence but what stands there. */
export const LEDGER_READ = 'ledger:read'

/** To see the plain values of a licence that is presented. */
export const UNMASK = 'unmask'

/** To see again the reports that the client was answered. */
export const REPORTS = 'reports'

/** To have licences kept here, so that their references lead to them. */
export const DEPOSIT = 'deposit'

/** To have a licence found by its reference or identifier. */
export const RETRIEVE = 'retrieve'
