/** The life that Invariants.t.sol judges carries out every function of the ledger: a new one is not forgotten there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { ethers } from './ledger-fixture.ts'

const ARTIFACT = join(import.meta.dirname, '../../artifacts/contracts/interfaces/ILedger.sol/ILedger.json')
/** It may be called by nobody but the access manager, as the life itself tries. */
const NOBODYS = 'setAuthority'

describe('The functions of a life', () => {
  it('are all that change the ledger', () => {
    const { abi } = JSON.parse(readFileSync(ARTIFACT, 'utf8'))
    const changing = new Set<string>()
    new ethers.Interface(abi).forEachFunction(({ name, constant }) => {
      if (!constant && name !== NOBODYS) changing.add(name)
    })
    const source = readFileSync(join(import.meta.dirname, 'Invariants.t.sol'), 'utf8')
    const listed = [...source.matchAll(/^\s*I\w+\.(\w+)\.selector,?$/gmu)].map(([, name]) => name)
    expect(listed.toSorted()).to.deep.equal([...changing].toSorted())
    expect(source).to.match(new RegExp(`FUNCTIONS = ${listed.length};`, 'u'))
  })
})
