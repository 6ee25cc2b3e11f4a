/** The encoding of contracts, against an independent implementation: what either encodes the other reads. */

import { expect } from 'chai'
import { AbiCoder, type ParamType } from 'ethers'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { decodeValues, encodeValues } from '#internal/ledger/abi/abi-encoding'
import { isHex } from '#internal/ledger/abi/hex-bytes'
import { registryAbi } from '#internal/ledger/abi/registry-abi'
import { viewAbi } from '#internal/ledger/abi/view-abi'
import { runs } from '../../fixtures/test-profile.ts'

type AbiParameter = Parameters<typeof encodeValues>[0][number]

const CODER = AbiCoder.defaultAbiCoder()

/** All lists of parameters that a view or a directory reads or writes. */
const LISTS: readonly (readonly [of: string, parameters: readonly AbiParameter[]])[] = [
  ...viewAbi,
  ...registryAbi,
].flatMap((item) => [
  [`what goes into ${item.name}`, unindexed(item.inputs)] as const,
  ...('outputs' in item
    ? [[`what ${item.name} answers`, item.outputs as readonly AbiParameter[]] as const]
    : []),
])

/** Ethers knows no parameters of events here. */
function unindexed(parameters: readonly AbiParameter[]): readonly AbiParameter[] {
  return parameters.map((parameter) => ({ ...parameter, indexed: undefined }))
}

function componentsOf(parameter: AbiParameter): readonly AbiParameter[] {
  return 'components' in parameter ? parameter.components : []
}

function hex(bytes: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((all) => `0x${Buffer.from(all).toString('hex')}`)
}

/** Any value of a type, as our codec gives it. */
function anyOf(parameter: AbiParameter): fc.Arbitrary<unknown> {
  const { type } = parameter
  if (type.endsWith('[]')) return fc.array(anyOf({ ...parameter, type: type.slice(0, -2) }), { maxLength: 3 })
  if (type === 'tuple') {
    return fc.record(Object.fromEntries(componentsOf(parameter).map((one) => [one.name ?? '', anyOf(one)])))
  }
  if (type === 'bool') return fc.boolean()
  if (type === 'address') return hex(20)
  if (type === 'string')
    return fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed())
  if (type === 'bytes') return fc.nat(70).chain(hex)
  const size = Number(/[0-9]+$/.exec(type)?.[0])
  if (type.startsWith('bytes')) return hex(size)
  const any = fc.bigInt({ min: 0n, max: 2n ** BigInt(size) - 1n })
  return size > 48 ? any : any.map(Number)
}

/** As ethers takes it: tuples by place. */
function byPlace(parameter: AbiParameter, value: unknown): unknown {
  if (parameter.type.endsWith('[]')) {
    const element = { ...parameter, type: parameter.type.slice(0, -2) }
    return (value as readonly unknown[]).map((one) => byPlace(element, one))
  }
  if (parameter.type !== 'tuple') return value
  const members = value as Readonly<Record<string, unknown>>
  return componentsOf(parameter).map((one) => byPlace(one, members[one.name ?? '']))
}

function encodeElsewhere(parameters: readonly AbiParameter[], values: readonly unknown[]): string {
  const given = parameters.map((parameter, i) => byPlace(parameter, values[i]))
  return CODER.encode(parameters as unknown as readonly ParamType[], given).slice(2)
}

describe('What contracts encode', () => {
  it('is looked at in every interface that is read', () => {
    expect(LISTS.length).to.be.at.least(8)
  })

  for (const [of, parameters] of LISTS) {
    const values = fc.tuple(...parameters.map(anyOf))

    it(`is encoded as by ethers, and read again: ${of}`, () => {
      fc.assert(
        fc.property(values, (given) => {
          const encoded = encodeValues(parameters, given)
          expect(encoded).to.equal(encodeElsewhere(parameters, given))
          expect(decodeValues(parameters, encoded)).to.deep.equal(given)
        }),
        { numRuns: runs(50, 2000) },
      )
    })

    it(`is refused, or says what it is encoded as, wherever a digit of it is another: ${of}`, () => {
      fc.assert(
        fc.property(values, fc.nat(), fc.constantFrom(...'0123456789abcdef'), (given, place, digit) => {
          const encoded = encodeElsewhere(parameters, given)
          const at = encoded.length === 0 ? 0 : place % encoded.length
          const altered = encoded.slice(0, at) + digit + encoded.slice(at + 1)
          const read = reads(parameters, altered)
          if (read !== null) expect(encodeElsewhere(parameters, read)).to.equal(altered)
        }),
        { numRuns: runs(200, 20_000) },
      )
    })
  }

  it('is refused where something is missing at its end, or stands behind it', () => {
    const [, parameters] = LISTS.find(([of]) => of === 'what lookup answers') ?? []
    if (parameters === undefined) throw new Error('find what lookup answers')
    const [given = []] = fc.sample(fc.tuple(...parameters.map(anyOf)), { numRuns: 1, seed: 1 })
    const encoded = encodeValues(parameters, given)
    expect(reads(parameters, encoded)).to.not.equal(null)
    for (const text of [encoded.slice(64), encoded.slice(0, -64), encoded.slice(0, -1), `${encoded}00`, ''])
      expect(reads(parameters, text)).to.equal(null)
  })

  it('is no list that takes longer to read than the answer is', () => {
    const list: AbiParameter[] = [{ type: 'uint256[]' }]
    const word = (value: bigint) => value.toString(16).padStart(64, '0')
    for (const length of [2n, 2n ** 20n, 2n ** 31n, 2n ** 255n])
      expect(reads(list, word(32n) + word(length) + word(7n))).to.equal(null)
    expect(reads(list, word(32n) + word(1n) + word(7n))).to.deep.equal([[7n]])
    expect(reads(list, word(64n) + word(0n) + word(1n) + word(7n))).to.equal(null)
  })

  it('keeps a byte-order mark where a text has one, at its beginning too', () => {
    for (const text of ['\ufeff湖南', '湖\ufeff南', '\ufeff\ufeff', '\ufffd']) {
      const encoded = encodeElsewhere([{ type: 'string' }], [text])
      expect(decodeValues([{ type: 'string' }], encoded)).to.deep.equal([text])
      expect(encodeValues([{ type: 'string' }], [text])).to.equal(encoded)
    }
  })

  it('is refused with the same error where a text is no UTF-8 or a digit is none', () => {
    const wordOf = (value: number) => value.toString(16).padStart(64, '0')
    const text = (bytes: string) => wordOf(32) + wordOf(bytes.length / 2) + bytes.padEnd(64, '0')
    expect(reads([{ type: 'string' }], text('e6b996'))).to.deep.equal(['湖'])
    for (const bytes of ['ff', 'e6b9', 'c080', 'eda080', 'efbfbdff'])
      expect(reads([{ type: 'string' }], text(bytes)), bytes).to.equal(null)
    for (const digit of ['g', ' ', '_', '-', 'x', '\u0130'])
      for (const type of ['uint256', 'string', 'bytes', 'bool', 'address', 'bytes32'])
        expect(reads([{ type }], text('00').slice(0, -1) + digit), type + digit).to.equal(null)
  })

  it('of eight million bytes is read, or refused in one pass over it', function () {
    // A decoder that goes back over what it read takes a minute.
    this.timeout(15_000)
    const length = 8_000_000
    const wordOf = (value: number) => value.toString(16).padStart(64, '0')
    const answer = (byte: string) => wordOf(32) + wordOf(length) + byte.repeat(length)
    expect(isHex(`0x${answer('00')}`)).to.equal(true)
    expect(isHex(`0x${answer('00')}0`)).to.equal(false)
    expect(isHex(`0x${answer('00')}0g`)).to.equal(false)
    expect(reads([{ type: 'bytes' }], answer('00'))).to.deep.equal([`0x${'00'.repeat(length)}`])
    expect(reads([{ type: 'string' }], answer('ff'))).to.equal(null)
  })

  it('is refused before it is sent where a value is none of its type', () => {
    for (const [type, value] of [
      ['uint8', 256],
      ['uint8', -1],
      ['uint40', 1.5],
      ['bytes18', '0x00'],
      ['bytes32', 'x'],
      ['address', `0x${'00'.repeat(21)}`],
      ['int8', 1],
      ['uint8', ''],
      ['uint8', '1'],
      ['uint8', true],
      ['uint8', undefined],
      ['uint256', 2 ** 53],
      ['bool', 'no'],
      ['bool', 1],
      ['bool', undefined],
      ['string', undefined],
      ['string', 'a\ud800'],
      ['bytes', undefined],
      ['uint8[]', undefined],
      ['string[]', 'abc'],
      ['tuple', undefined],
    ] as const) {
      const parameter = { type, components: [{ type: 'uint8', name: 'a' }] }
      expect(() => encodeValues([parameter], [value]), `${type} ${String(value)}`).to.throw(RangeError)
    }
    for (const [type, value] of [
      ['uint8', 255],
      ['uint256', 2n ** 256n - 1n],
      ['bool', false],
      ['string', ''],
      ['string', '😀'],
      ['uint8[]', []],
    ] as const)
      expect(encodeValues([{ type }], [value]), type).to.equal(encodeElsewhere([{ type }], [value]))
    expect(() => encodeValues([{ type: 'uint8' }], [])).to.throw(RangeError)
  })
})

function reads(parameters: readonly AbiParameter[], digits: string): readonly unknown[] | null {
  try {
    return decodeValues(parameters, digits)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
