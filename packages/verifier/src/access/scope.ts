/** What a token can allow at this service, by the scope that its issuer gives for it. */

/** To have licences verified. */
export const VERIFY = 'verify'
