/** What is published for callers is what the normative interfaces say, word by word, and what the contracts answer to. */
import { expect } from 'chai'
import { AbiCoder, FunctionFragment } from 'ethers'
import { describe, it } from 'mocha'
import { ledgerAbi } from '#internal/ledger/abi/ledger-abi'
import { registryKeeperAbi } from '#internal/ledger/abi/registry-keeper-abi'
import { rulebookAbi } from '#internal/ledger/abi/rulebook-abi'
import {
  type AbiEntry,
  LEDGER,
  type PublishedContract,
  publishedAbi,
  REGISTRY,
  RULEBOOK,
  readAbi,
  signatureOf,
} from '../../scripts/published-abi.ts'
import { chain, deployWithAgency, ethers } from './ledger-fixture.ts'

/** Of OpenZeppelin's `AccessManaged`, which each of them is. */
const OF_ACCESS_MANAGED = [
  'error AccessManagedInvalidAuthority(address)',
  'error AccessManagedRequiredDelay(address,uint32)',
  'error AccessManagedUnauthorized(address)',
  'event AuthorityUpdated(address)',
  'function authority()',
  'function isConsumingScheduledOp()',
  'function setAuthority(address)',
]
/** The addresses of its parts, one of which is asked whatever else is called; and that each must be a contract. */
const OF_THE_LEDGER_ALONE = [
  'error LedgerPartMissing(address)',
  'fallback',
  'function appointments()',
  'function members()',
  'function remedies()',
]

interface Published {
  readonly contract: PublishedContract
  /** As it is committed. */
  readonly abi: readonly AbiEntry[]
  /** What is in no interface of ours. */
  readonly beyond: readonly string[]
}

const PUBLISHED: Readonly<Record<string, Published>> = {
  ledger: { contract: LEDGER, abi: ledgerAbi, beyond: [...OF_ACCESS_MANAGED, ...OF_THE_LEDGER_ALONE] },
  rulebook: { contract: RULEBOOK, abi: rulebookAbi, beyond: OF_ACCESS_MANAGED },
  registry: { contract: REGISTRY, abi: publishedAbi(REGISTRY), beyond: OF_ACCESS_MANAGED },
}

function interfaceOf({ interface: normative }: PublishedContract): readonly AbiEntry[] {
  if (normative === undefined) throw new Error('it has no interface')
  return readAbi(normative)
}

/** With the names of all its arguments, and of their members; without what only Solidity calls its types. */
function worded(entry: AbiEntry | undefined): unknown {
  return JSON.parse(
    JSON.stringify(entry ?? null, (name, value) =>
      name === 'internalType' || name === 'selector' || value === false ? undefined : value,
    ),
  )
}

describe('The published ABI', () => {
  for (const [name, { contract, abi, beyond }] of Object.entries(PUBLISHED)) {
    it(`of the ${name} has every function, event and error of its interface, in its words`, () => {
      const entries = interfaceOf(contract)
      expect(entries.length).to.be.greaterThan(10)
      const published = new Map(abi.map((entry) => [signatureOf(entry), entry]))
      for (const entry of entries) {
        expect(worded(published.get(signatureOf(entry))), signatureOf(entry)).to.deep.equal(worded(entry))
      }
    })

    it(`of the ${name} has beside them what is stated here, and nothing else`, () => {
      const known = new Set(interfaceOf(contract).map(signatureOf))
      const others = abi.map(signatureOf).filter((signature) => !known.has(signature))
      expect(others.toSorted()).to.deep.equal(beyond.toSorted())
    })

    it(`of the ${name} has all that its code has, and each once`, () => {
      const ofCode = contract.code.flatMap(readAbi).filter(({ type }) => type !== 'constructor')
      const signatures = abi.map(signatureOf)
      expect(new Set(signatures).size).to.equal(signatures.length)
      expect(new Set(signatures)).to.deep.equal(new Set(ofCode.map(signatureOf)))
    })
  }

  it('of the registry is where an office and a directory have the part of it that they use', () => {
    const published = new Map(publishedAbi(REGISTRY).map((entry) => [signatureOf(entry), entry]))
    for (const entry of registryKeeperAbi) {
      expect(worded(entry), signatureOf(entry)).to.deep.equal(worded(published.get(signatureOf(entry))))
    }
  })

  it('is what the ledger answers to, at its one address, whichever part has it', async () => {
    const { ledger } = await chain.loadFixture(deployWithAgency)
    const to = await ledger.getAddress()
    const functions = interfaceOf(LEDGER).filter(({ type }) => type === 'function')
    const silent: string[] = []
    for (const entry of functions) {
      const { selector, inputs } = FunctionFragment.from(entry)
      const coder = AbiCoder.defaultAbiCoder()
      const data = `${selector}${coder.encode(inputs, coder.getDefaultValue(inputs)).slice(2)}`
      if (!(await isAnswered(to, data))) silent.push(signatureOf(entry))
    }
    expect(silent).to.deep.equal([])
    expect(await isAnswered(to, '0x12345678')).to.equal(false)
  })
})

/** By a value, or by a refusal that says why; what nobody knows is refused without a word. */
async function isAnswered(to: string, data: string): Promise<boolean> {
  try {
    await ethers.provider.call({ to, data })
    return true
  } catch (error) {
    const { data: refusal } = error as { data?: string }
    return refusal !== undefined && refusal !== '0x'
  }
}
