/** What a reader refuses with. */
import { MalformedError } from '@hefu/protocol'

/**
 * The codes of all defects that reading meets, in their order.
 *
 * @throws {Error} when nothing is refused
 */
export function defectsOf(read: () => unknown): readonly string[] {
  try {
    read()
  } catch (error) {
    if (error instanceof MalformedError) return error.defects.map(({ code }) => code)
    throw error
  }
  throw new Error('write vectors: what must be refused was read')
}
