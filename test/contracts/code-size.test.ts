import { expect } from 'chai'
import { describe, it } from 'mocha'
import { readArtifact } from '../../scripts/deploy/artifact.ts'

/** Bytes of code that a contract may have (EIP-170). */
const LARGEST = 24_576
const CLEAR_OF_IT = Math.floor(0.9 * LARGEST)

const CONTRACTS = [
  'contracts/Ledger.sol/Ledger.json',
  'contracts/Rulebook.sol/Rulebook.json',
  'contracts/Lens.sol/Lens.json',
  'contracts/modules/FormRules.sol/FormRules.json',
  'contracts/governance/Seats.sol/Seats.json',
  'contracts/governance/Council.sol/Council.json',
  'contracts/governance/Registry.sol/Registry.json',
  '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json',
]

describe('Code size', () => {
  for (const path of CONTRACTS) {
    const name = path.split('/').at(-1)?.replace('.json', '') ?? path
    it(`of ${name} is a tenth clear of what a contract may have`, () => {
      const size = (readArtifact(path).deployedBytecode.length - 2) / 2
      console.log(`      ${name}: ${size} bytes (at most ${CLEAR_OF_IT})`)
      expect(size).to.be.greaterThan(0).and.at.most(CLEAR_OF_IT)
    })
  }
})
