/** Where a browser is led after a sign-in: a page of the console, and nowhere else. */

export const CONSOLE_PATH = '/console/'
const MOST = 1_024
/** Printable, without what browsers read as a slash. */
const PATH = /^\/console\/[\x21-\x5b\x5d-\x7e]*$/

/** The path as browsers read it, which may leave out a part; `null`: it does not stay at the console. */
export function parseLeadTo(text: string): string | null {
  if (text.length > MOST || !PATH.test(text)) return null
  const { pathname, search, hash, host } = new URL(text, 'https://console.invalid')
  const stays = host === 'console.invalid' && pathname.startsWith(CONSOLE_PATH)
  return stays ? pathname + search + hash : null
}

/** The console’s page, with why nobody was signed in. */
export function failedAt(code: string): string {
  return `${CONSOLE_PATH}?signIn=${code}`
}
