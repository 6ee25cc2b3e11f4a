/** The console’s cookies: which they are called, and how browsers are told to keep them. */

export interface CookieNames {
  readonly session: string
  /** Of a sign-in that is under way. */
  readonly signIn: string
  /** That somebody signed out in this browser, or locked it: who comes then proves who they are. No secret. */
  readonly left: string
  /** Whether they go over TLS alone. */
  readonly secure: boolean
}

/**
 * Of a console at this origin. `__Host-` makes browsers refuse a cookie of that name that another host, or anybody
 * without TLS, would set; on this machine’s own http they would refuse it from us.
 */
export function cookieNamesOf(origin: string): CookieNames {
  const secure = origin.startsWith('https:')
  const prefix = secure ? '__Host-' : ''
  return { session: `${prefix}hefu`, signIn: `${prefix}hefu-sign-in`, left: `${prefix}hefu-left`, secure }
}

/**
 * What sets a cookie until the browser is closed, or for so many seconds; 0 takes it away.
 *
 * `Lax`, and not `Strict`: a sign-in comes back from the provider, which is another site, by following a link, and the
 * cookie of what was begun has to come with it. Other sites’ scripts, forms and frames send none of them.
 */
export function setCookie(name: string, value: string, { secure }: CookieNames, maxAge?: number): string {
  const parts = [`${name}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax']
  return [
    ...parts,
    ...(secure ? ['Secure'] : []),
    ...(maxAge === undefined ? [] : [`Max-Age=${maxAge}`]),
  ].join('; ')
}
