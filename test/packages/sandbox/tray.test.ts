/** The tray of samples: what its licences are, whatever the year; how they are judged stands in journeys/npm-start.test.ts. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judgeRow } from '@hefu/issuer'
import { findLicenceType } from '@hefu/protocol'
import { openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/generate-licences.ts'
import { SAMPLE_AGENCIES } from '../../../scripts/sandbox/provinces.ts'
import { StartError } from '../../../scripts/sandbox/start-error.ts'
import { drawNothing, drawPdf, drawQr } from '../../../scripts/sandbox/tray/tray-files.ts'
import { TRAY_SAMPLES, trayLicenceId, trayRows } from '../../../scripts/sandbox/tray/tray-samples.ts'
import { isTrayWritten, writeTray } from '../../../scripts/sandbox/tray/write-tray.ts'

const ISSUED = SAMPLE_AGENCIES.flatMap(({ agency, licenceTypes }) =>
  licenceTypes.map((type) => ({ agency, type })),
)
const YEARS = [2026, 2027, 2028, 2031]

describe('the licences of the tray', () => {
  it('are all issued by an agency of the sandbox, each under an identifier of its own, the same in every year', () => {
    for (const year of YEARS) {
      const rows = ISSUED.flatMap(({ agency, type }) => trayRows(agency, type, year))
      const issued = rows.map(({ licenceId }) => licenceId)
      expect(new Set(issued).size).to.equal(issued.length)
      expect(issued).to.include.members(TRAY_SAMPLES.map(({ licence }) => trayLicenceId(licence)))
    }
    expect(new Set(TRAY_SAMPLES.map(({ id }) => id)).size).to.equal(TRAY_SAMPLES.length)
  })

  it('can be issued as they are, beside the other samples, in every year', () => {
    for (const year of YEARS) {
      for (const { agency, type } of ISSUED) {
        const kind = findLicenceType(type)
        if (kind === undefined) throw new Error(type)
        const rows = trayRows(agency, type, year)
        for (const [i, values] of rows.entries())
          expect(
            judgeRow({ line: i + 1, values }, kind, agency, `${year}-01-01`).defects,
            type,
          ).to.deep.equal([])
        const others = generateLicences({ type, issuer: agency, count: 20, seed: 1, issuedIn: year - 1 })
        const numbers = new Set([...others].map(({ licenceNumber }) => licenceNumber))
        expect(
          rows.filter(({ licenceNumber }) => numbers.has(licenceNumber ?? '')),
          type,
        ).to.deep.equal([])
      }
    }
  })

  it('are in force at the beginning of the year, but for the one that is over', () => {
    for (const year of YEARS) {
      const now = `${year}-01-01`
      for (const { agency, type } of ISSUED) {
        for (const { licenceId, validUntil = '' } of trayRows(agency, type, year))
          expect(validUntil < now, licenceId).to.equal(licenceId.includes('.YLOVERX'))
      }
    }
  })
})

describe('the files of the tray', () => {
  it('show a code that is read, or none', async () => {
    const { asked } = await openCarrier(drawQr('HEFU1:R:sample'))
    expect(asked.presented).to.equal('HEFU1:R:sample')
    for (const nothing of [drawNothing(), await drawPdf('nothing')]) {
      const opened = await openCarrier(nothing).catch((error: Error) => error.name)
      expect(opened).to.equal('CarrierError')
    }
  })

  it('are not said to be there while a bundle is missing, which is told in a sentence', async () => {
    const home = mkdtempSync(join(tmpdir(), 'hefu-tray-'))
    const folder = { samples: join(home, 'samples'), issuers: join(home, 'issuers') }
    mkdirSync(folder.samples)
    const refused = await writeTray(folder).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(StartError)
    expect(String(refused)).to.include('不见了').and.include('is gone')
    expect(isTrayWritten(folder)).to.equal(false)
    writeFileSync(join(folder.samples, 'samples.json'), '[]')
    expect(isTrayWritten(folder)).to.equal(true)
    rmSync(home, { recursive: true })
  })
})
