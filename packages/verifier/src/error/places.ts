/** Where a file is not what it has to be, and nothing of what stands there. */
import type { z } from 'zod'

/** As JSON Pointers (RFC 6901), of a member that does not belong there its own. */
export function placesOf({ issues }: z.ZodError): string {
  return issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
    )
    .map((path) => path.map((part) => `/${String(part)}`).join('') || '/')
    .join(', ')
}
