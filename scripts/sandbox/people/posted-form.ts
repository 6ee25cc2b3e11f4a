/** A form as a page of ours posts it: small, from this origin, each field once. */
import type { Context } from 'koa'

const MOST_BYTES = 4096

/** Undefined for whatever is no such form. */
export async function readPostedForm(
  ctx: Context,
  origin: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (!isFromHere(ctx, origin) || !ctx.is('application/x-www-form-urlencoded')) return undefined
  const body = await readBody(ctx)
  if (body === undefined) return undefined
  const pairs = [...new URLSearchParams(body)]
  const fields = new Map(pairs)
  return fields.size === pairs.length ? fields : undefined
}

/** Browsers say where a form comes from; pages of another port of this machine are of the same site, and not of this origin. */
function isFromHere(ctx: Context, origin: string): boolean {
  const site = ctx.get('Sec-Fetch-Site')
  const from = ctx.get('Origin')
  return (site === '' || site === 'same-origin') && (from === '' || from === origin)
}

async function readBody(ctx: Context): Promise<string | undefined> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of ctx.req) {
    bytes += part.length
    if (bytes > MOST_BYTES) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
