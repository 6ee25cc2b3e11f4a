/** What a token can allow at this service, by the scope that its issuer gives for it. */

/** To have licences verified. */
export const VERIFY = 'verify'
/** To read what the ledger says: members, rules, anchors and acts; nothing of anybody's licence but what stands there. */
export const LEDGER_READ = 'ledger:read'
