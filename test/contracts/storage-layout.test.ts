import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { matchSnapshot } from './snapshot.ts'

const ARTIFACTS = join(import.meta.dirname, '../../artifacts')

interface StorageType {
  readonly label: string
  readonly members?: readonly { label: string; slot: string; offset: number; type: string }[]
}
interface StorageLayout {
  readonly storage: readonly { label: string; slot: string; offset: number; type: string }[]
  readonly types: Readonly<Record<string, StorageType>>
}

function readLayout(contract: string): StorageLayout {
  const { buildInfoId } = JSON.parse(
    readFileSync(join(ARTIFACTS, `contracts/${contract}.sol/${contract}.json`), 'utf8'),
  )
  const { output } = JSON.parse(
    readFileSync(join(ARTIFACTS, 'build-info', `${buildInfoId}.output.json`), 'utf8'),
  )
  return output.contracts[`project/contracts/${contract}.sol`][contract].storageLayout
}

/** One line a variable, then one a member of each struct: slot, byte in it, name, type. */
function describeLayout({ storage, types }: StorageLayout): string {
  const line = ({ slot, offset, label, type }: StorageLayout['storage'][number]): string =>
    `${slot}+${offset} ${label}: ${types[type]?.label ?? type}`
  const structs = Object.values(types)
    .filter(({ members }) => members !== undefined)
    .toSorted((a, b) => a.label.localeCompare(b.label))
    .map(({ label, members = [] }) =>
      [`\n${label}`, ...members.map((member) => `  ${line(member)}`)].join('\n'),
    )
  return `${[...storage.map(line), ...structs].join('\n')}\n`
}

describe('Storage layout', () => {
  it('is the committed one: proofs name slots', () => {
    const text = describeLayout(readLayout('Ledger'))
    expect(text).to.contain('_anchors')
    matchSnapshot('storage-layout.txt', text)
  })

  it('of the rulebook is the committed one', () => {
    const text = describeLayout(readLayout('Rulebook'))
    expect(text).to.contain('_responsibilities')
    matchSnapshot('storage-layout-rulebook.txt', text)
  })
})
