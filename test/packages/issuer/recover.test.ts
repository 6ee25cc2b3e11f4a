/** A journal that was lost is made whole from the ledger and the bundle files, and never gives out an index anew. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError, issueLicences, recoverJournal, reprintLicences } from '@hefu/issuer'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  createSampleHome,
  openSampleOffice,
  type SampleOffice,
  sampleRows,
  temporaryFolder,
  typeOf,
} from './fixtures/agency.ts'

const TYPE = 'teacher'
const COUNT = 6
const BATCH = 3

describe('recoverJournal', () => {
  let original: string
  let bundles: readonly string[]

  before(async () => {
    original = (await createSampleHome()).home
    const office = await openSampleOffice(original)
    await issue(office, 1)
    bundles = await readdir(office.bundles)
    await office.journal.close()
  })

  const issue = (office: SampleOffice, seed: number) =>
    issueLicences(
      office,
      { type: typeOf(TYPE), key: office.key },
      sampleRows({ type: TYPE, count: COUNT, seed }),
      BATCH,
    )

  /** A folder of the same agency whose journal knows nothing. */
  async function openLost(): Promise<SampleOffice> {
    const { home } = await createSampleHome()
    await cp(join(original, 'ledger.ndjson'), join(home, 'ledger.ndjson'))
    return openSampleOffice(home)
  }

  async function folderOf(names: readonly string[]): Promise<string> {
    const folder = join(await temporaryFolder(), 'found')
    await mkdir(folder)
    for (const name of names) await cp(join(original, 'bundles', name), join(folder, name))
    return folder
  }

  const indexIn = async (name: string): Promise<number> => {
    const text = await readFile(join(original, 'bundles', name), 'utf8')
    const { credential } = JSON.parse(text) as { credential: string }
    const [, payload = ''] = credential.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      status: { status_list: { idx: number } }
    }
    return claims.status.status_list.idx
  }

  it('goes on behind what the ledger has used, whatever few files there are, and takes the others later', async () => {
    const office = await openLost()
    const refused = await issue(office, 2).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(IssuerError).with.property('code', 'journal-behind')
    const inFirst: string[] = []
    for (const name of bundles) if ((await indexIn(name)) < BATCH) inFirst.push(name)
    const few = await recoverJournal(office, await folderOf(inFirst.slice(0, 2)))
    expect(few).to.deep.equal({ recovered: 2, passedOver: 0, unknown: BATCH })
    expect(await office.journal.nextStatusIndex()).to.equal(COUNT)
    await issue(office, 2)
    expect(await office.operator.nextIndex(office.agency)).to.equal(2 * COUNT)
    const all = await recoverJournal(office, join(original, 'bundles'))
    expect(all).to.deep.equal({ recovered: COUNT - 2, passedOver: 0, unknown: 0 })
    expect(await office.journal.counts()).to.include({ recorded: 0, batched: 0, bundled: 2 * COUNT })
    await office.journal.close()
  })

  it('has every file printed again, byte for byte', async () => {
    const office = await openLost()
    await recoverJournal(office, join(original, 'bundles'))
    const ids = bundles.map((name) => name.replace('.hefu.json', ''))
    expect(await reprintLicences(office, ids)).to.equal(COUNT)
    for (const name of bundles) {
      expect(await readFile(join(office.bundles, name), 'utf8')).to.equal(
        await readFile(join(original, 'bundles', name), 'utf8'),
      )
    }
    await office.journal.close()
  })

  it('takes no file that the ledger does not prove', async () => {
    const office = await openLost()
    const [name = ''] = bundles
    const folder = await folderOf([name])
    const bundle = await readFile(join(folder, name), 'utf8')
    const otherRoot = bundle.replace(/"root":"0x../, '"root":"0x00')
    await writeFile(join(folder, 'root.hefu.json'), otherRoot)
    await writeFile(join(folder, 'size.hefu.json'), bundle.replace(/"size":3/, '"size":4'))
    await writeFile(join(folder, 'none.hefu.json'), 'nothing')
    await writeFile(join(folder, name), bundle.replace(/"index":\d/, '"index":9'))
    const none = await recoverJournal(office, folder)
    expect(none).to.deep.equal({ recovered: 0, passedOver: 4, unknown: COUNT })
    const missing = await recoverJournal(office, join(folder, 'nowhere')).catch((error: unknown) => error)
    expect(missing).to.be.instanceOf(IssuerError).with.property('code', 'input-unreadable')
    await office.journal.close()
  })

  it('says so where the journal has another licence at an index', async () => {
    const { home } = await createSampleHome()
    const office = await openSampleOffice(home)
    await issue(office, 3)
    await office.journal.close()
    await cp(join(original, 'ledger.ndjson'), join(home, 'ledger.ndjson'))
    const other = await openSampleOffice(home)
    const refused = await recoverJournal(other, join(original, 'bundles')).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(IssuerError).with.property('code', 'recover-conflict')
    await other.journal.close()
  })
})
