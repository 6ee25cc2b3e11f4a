/** What a token can allow at this service, by the scope that its issuer gives for it. */

/** To have licences verified. */
export const VERIFY = 'verify'

/** To see the plain values of a licence that is presented. */
export const UNMASK = 'unmask'

/** To see again the reports that the client was answered. */
export const REPORTS = 'reports'
