/** Texts that a call makes public for good: what may not stand on the ledger is refused before it is sent. */
import { holdsResidentId, isDisplayText, isOfficialName, type OfficialName } from '@hefu/protocol'
import { hexToString, isHex } from 'viem'

/**
 * No text among the arguments holds a resident number: of decisions, legal bases, approvals, names, contacts, and
 * whatever else is a text, be it as bytes.
 *
 * @throws {RangeError} the text itself is not quoted
 */
export function assertPublic({
  functionName,
  args,
}: {
  readonly functionName: string
  readonly args: readonly unknown[]
}): void {
  if (!textsIn(args).some(holdsResidentId)) return
  throw new RangeError(`write ${functionName}: a text holds a resident number, which may not become public`)
}

/** Every text in a value, however deep; of bytes what they say in UTF-8. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [isHex(value) ? hexToString(value) : value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/**
 * A name as the ledger takes it: in its one form, so that no other can pass for it.
 *
 * @throws {RangeError}
 */
export function toPublicName(name: OfficialName): OfficialName {
  const { zh, en, contact } = name
  if (!isOfficialName(zh)) {
    throw new RangeError(
      `write the name ${JSON.stringify(zh)}: expected one in Unicode NFKC, without spaces and invisible characters`,
    )
  }
  const line = [en, contact].find((text) => !isPublicLine(text))
  if (line === undefined) return name
  throw new RangeError(
    `write the line ${JSON.stringify(line)} of a name: expected one in Unicode NFKC, without invisible characters and without spaces at its ends or in a row`,
  )
}

function isPublicLine(text: string): boolean {
  return isDisplayText(text) && text.normalize('NFKC') === text && !/^\s|\s$|\s{2}/u.test(text)
}
