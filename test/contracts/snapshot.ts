/** Facts of the contracts that are committed and compared: a change of one is seen in review. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'

const FOLDER = join(import.meta.dirname, '../../contracts/snapshots')

/** Compares a text with the committed one; with `HEFU_UPDATE_SNAPSHOTS=1 hardhat test mocha`, commits it anew. */
export function matchSnapshot(name: string, text: string): void {
  const path = join(FOLDER, name)
  if (process.env['HEFU_UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(path, text)
  }
  expect(
    readFileSync(path, 'utf8'),
    `${name}: run HEFU_UPDATE_SNAPSHOTS=1 hardhat test mocha and commit`,
  ).to.equal(text)
}
