/**
 * Rules that say where a fact lies, as `snapshots/proof-slots.txt` writes them: `keccak(kid . keccak(issuer . 16)) + 1`.
 * `.` joins words of 32 bytes. The text is what is published, so the text is what is evaluated.
 */
import { concat, keccak256, toBeHex } from 'ethers'

/** Words by their names in the rules. */
export type Words = Readonly<Record<string, bigint>>

interface Reader {
  readonly tokens: string[]
  readonly words: Words
}

/**
 * The slot that a rule names.
 *
 * @throws when it is no rule, or a word is not known
 */
export function evaluateRule(rule: string, words: Words): bigint {
  const reader: Reader = { tokens: rule.match(/[a-zA-Z]+|[0-9]+|\S/g) ?? [], words }
  const slot = readSum(reader)
  if (reader.tokens.length > 0) throw new Error(`${rule}: ${reader.tokens.join(' ')} is left over`)
  return slot
}

function readSum(reader: Reader): bigint {
  let sum = readProduct(reader)
  while (takes(reader, '+')) sum += readProduct(reader)
  return BigInt.asUintN(256, sum)
}

function readProduct(reader: Reader): bigint {
  let product = readAtom(reader)
  for (;;) {
    if (takes(reader, '*')) product *= readAtom(reader)
    else if (takes(reader, '/')) product /= readAtom(reader)
    else return product
  }
}

function readAtom(reader: Reader): bigint {
  const token = reader.tokens.shift() ?? ''
  if (token === 'keccak') return readKeccak(reader)
  if (token === '(') {
    const sum = readSum(reader)
    expectToken(reader, ')')
    return sum
  }
  const value = /^[0-9]+$/.test(token) ? BigInt(token) : reader.words[token]
  if (value === undefined) throw new Error(`no word ${token}`)
  return value
}

function readKeccak(reader: Reader): bigint {
  expectToken(reader, '(')
  const joined = [readSum(reader)]
  while (takes(reader, '.')) joined.push(readSum(reader))
  expectToken(reader, ')')
  return BigInt(keccak256(concat(joined.map((word) => toBeHex(word, 32)))))
}

function takes({ tokens }: Reader, token: string): boolean {
  if (tokens[0] !== token) return false
  tokens.shift()
  return true
}

function expectToken(reader: Reader, token: string): void {
  if (!takes(reader, token)) throw new Error(`${token} expected, not ${reader.tokens[0]}`)
}
