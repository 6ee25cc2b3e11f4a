/** Every contract that is deployed keeps clear of the bound of its code (EIP-170). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const ARTIFACTS = join(import.meta.dirname, '../../artifacts/contracts')
/** Bytes: nine tenths of the 24,576 of EIP-170. */
const LARGEST = 22_118

interface Artifact {
  readonly contractName: string
  readonly deployedBytecode: string
}

/** What has code when deployed; an interface and an abstract contract have none. */
function deployedContracts(): readonly Artifact[] {
  const files = readdirSync(ARTIFACTS, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(ARTIFACTS, file), 'utf8')) as Artifact)
    .filter(({ deployedBytecode }) => deployedBytecode.length > 2)
}

describe('Size of the contracts', () => {
  it('is a tenth below the bound of EIP-170, of the ledger, its parts and all beside it', () => {
    const contracts = deployedContracts()
    expect(contracts.map(({ contractName }) => contractName)).to.include.members([
      'Ledger',
      'Members',
      'Remedies',
      'Appointments',
      'Rulebook',
      'Lens',
      'Council',
      'Seats',
    ])
    for (const { contractName, deployedBytecode } of contracts) {
      expect(deployedBytecode.length / 2 - 1, contractName).to.be.at.most(LARGEST)
    }
  })
})
