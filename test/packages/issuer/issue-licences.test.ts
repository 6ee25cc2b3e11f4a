import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finishBatches, type IssuerEvent, issueLicences } from '@hefu/issuer'
import {
  anchorKey,
  createMemoryLedgerView,
  createVerifier,
  encodeLicenceId,
  keyIdOf,
  parseBundle,
  registrationKey,
  responsibilityKey,
  schemaDigest,
  suite,
  type VerificationRequest,
} from '@hefu/protocol'
import { attachLicence, openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { renditionsIn } from '#internal/issuer/input/rendition-files'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { digestOf } from '../../fixtures/carried.ts'
import { HOLDER_KEY, publicHalf } from '../../fixtures/sample-keys.ts'
import { createOfd } from '../../fixtures/sample-ofd.ts'
import { BARE_OBJECTS, writePdf } from '../../fixtures/sample-pdf.ts'
import {
  createSampleHome,
  ISSUER,
  NOW,
  openSampleOffice,
  rowsOf,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'

const row = (seed: number, changes: Readonly<Record<string, unknown>> = {}) => {
  const [first] = generateLicences({ type: 'teacher', issuer: ISSUER, count: 1, seed })
  return { ...first, ...changes } as Record<string, string>
}

describe('issueLicences', () => {
  let office: SampleOffice
  let home: string
  let publicJwk: Awaited<ReturnType<typeof createSampleHome>>['registration']['publicJwk']
  const teacher = typeOf('teacher')

  before(async () => {
    const sample = await createSampleHome()
    home = sample.home
    publicJwk = sample.registration.publicJwk
    office = await openSampleOffice(home)
  })
  after(() => office.journal.close())

  const issue = (...rows: Readonly<Record<string, unknown>>[]) => {
    office.events.length = 0
    return issueLicences(office, { type: teacher, key: office.key }, rowsOf(...rows))
  }
  const refusals = (): string[] =>
    office.events.flatMap((event: IssuerEvent) =>
      event.event === 'row-refused'
        ? event.defects.map(({ field, code }) => `${event.line} ${field} ${code}`)
        : [],
    )
  const bundleOf = (licenceId = '') => readFile(join(office.bundles, `${licenceId}.hefu.json`), 'utf8')

  /** A verification by another province over what this ledger holds. */
  const verify = async (
    presented: string,
    name: string | null = '湖南省住房和城乡建设厅',
    more: Partial<VerificationRequest> = {},
  ) => {
    const anchors = office.operator
      .transactions()
      .flatMap(({ entries = [], firstIndex = 0, blockTime, blockNumber }) => {
        let next = firstIndex
        return entries.map(({ root, size }) => {
          const anchor = { anchoredAt: blockTime, blockNumber, size, firstIndex: next }
          next += size
          return [anchorKey(ISSUER, root), anchor] as const
        })
      })
    const agency = {
      agency: ISSUER,
      region: '430000',
      status: 'active',
      since: 0,
      name,
    } as const
    const key = { algorithm: 'ES256', publicJwk, validFrom: 0, validUntil: null } as const
    const view = createMemoryLedgerView({
      ledger: office.ledger,
      block: { number: 100, hash: `0x${'11'.repeat(32)}`, time: NOW },
      regions: new Map([['430000', { region: '430000', status: 'active', name: null }]]),
      agencies: new Map([[ISSUER, agency]]),
      keys: new Map([[registrationKey(ISSUER, keyIdOf(office.key.kid)), { ...key, compromisedFrom: null }]]),
      anchors: new Map(anchors),
      statuses: new Map(),
      notices: new Map(),
      successors: new Map(),
      destinations: new Map(),
      responsible: new Map(),
      licenceTypes: new Map([
        [
          teacher.code,
          [{ schemaDigest: schemaDigest(teacher, suite), version: 1, status: 'active', since: 0 }],
        ],
      ]),
      members: new Map(['430000', '440000'].map((province) => [province, [{ from: 0, until: null }]])),
      demands: new Map(),
      responsibilities: new Map([[responsibilityKey(ISSUER, teacher.code), [{ from: 0, until: null }]]]),
      recognitions: [{ rule: 'baseline', licenceType: teacher.code, term: { from: 0, until: null } }],
    })
    return createVerifier({ view, suite }).verify({ presented, receivingRegion: '440000', ...more }, NOW)
  }

  it('writes one bundle a licence that another province accepts, whatever the size of the batches', async () => {
    for (const [seed, batchSize] of [
      [11, 1],
      [12, 3],
      [13, 4096],
    ] as const) {
      const rows = sampleRows({ type: 'teacher', count: 7, seed })
      const counts = await issueLicences(office, { type: teacher, key: office.key }, rows, batchSize)
      expect(counts).to.deep.equal({ rows: 7, recorded: 7, alreadyIssued: 0, refused: 0 })
      for (const { licenceId } of generateLicences({ type: 'teacher', issuer: ISSUER, count: 7, seed })) {
        expect((await verify(await bundleOf(licenceId))).verdict).to.equal('accepted')
      }
    }
  })

  it('gives every licence its own status index, without gaps', async () => {
    const names = await readdir(office.bundles)
    const indices = await Promise.all(
      names.map(
        async (name) =>
          parseBundle(await readFile(join(office.bundles, name), 'utf8')).credential.claims.status.status_list
            .idx,
      ),
    )
    expect(indices.sort((a, b) => a - b)).to.deep.equal(names.map((_, i) => i))
  })

  it('puts validity from the start of the first day to the end of the last, in China', async () => {
    const [first] = generateLicences({ type: 'food-operation', issuer: ISSUER, count: 1, seed: 1 })
    const values = { ...first, validFrom: '2025-03-01', validUntil: '2030-02-28' }
    await issueLicences(office, { type: typeOf('food-operation'), key: office.key }, rowsOf(values))
    const { claims } = parseBundle(await bundleOf(first?.licenceId)).credential
    expect(claims.nbf).to.equal(Date.parse('2025-03-01T00:00:00+08:00') / 1000)
    expect(claims.exp).to.equal(Date.parse('2030-03-01T00:00:00+08:00') / 1000)
    expect(claims.iat).to.equal(NOW)
  })

  it('leaves out the end of a licence that has none, and begins no earlier than times do', async () => {
    await issue(row(20, { validFrom: '1965-01-01' }))
    const { claims } = parseBundle(await bundleOf(row(20)['licenceId'])).credential
    expect(claims.exp).to.equal(undefined)
    expect(claims.nbf).to.equal(0)
  })

  it('reports every bad row by line, field and code, and issues the good ones', async () => {
    const good = row(30)
    const counts = await issue(
      row(31, { holderId: '430000198002300014' }),
      good,
      row(32, { level: '', colour: 'red' }),
      row(33, { licenceId: 'x' }),
    )
    expect(counts).to.deep.equal({ rows: 4, recorded: 1, alreadyIssued: 0, refused: 3 })
    expect(refusals()).to.deep.equal([
      '2 holderId not-a-holder-id',
      '4 level empty',
      '4 colour unknown-field',
      '5 licenceId not-a-licence-id',
    ])
    expect((await verify(await bundleOf(good['licenceId']))).verdict).to.equal('accepted')
  })

  it('refuses an identifier of another type, another issuer, or with a wrong check character', async () => {
    const parts = { licenceType: teacher.code, issuer: ISSUER, serial: 'YL99', version: '001' }
    const wrong = encodeLicenceId(parts).slice(0, -1)
    const right = encodeLicenceId(parts).slice(-1)
    await issue(
      row(40, { licenceId: encodeLicenceId({ ...parts, licenceType: typeOf('safety-manager').code }) }),
      row(40, { licenceId: encodeLicenceId({ ...parts, issuer: '11100000000013338W' }) }),
      row(40, { licenceId: encodeLicenceId({ ...parts, issuer: '430000' }) }),
      row(40, { licenceId: wrong + (right === '0' ? '1' : '0') }),
      row(40, { issuerCode: '11100000000013338W' }),
    )
    expect(refusals()).to.deep.equal([
      '2 licenceId other-type',
      '3 licenceId other-issuer',
      '4 licenceId other-issuer',
      '5 licenceId licence-id-check',
      '6 issuerCode other-issuer',
    ])
  })

  describe('one licence under two identifiers', () => {
    const idOf = (slug: string, serial: string, version = '001'): string =>
      encodeLicenceId({ licenceType: typeOf(slug).code, issuer: ISSUER, serial, version })
    const sentences = (): string[] =>
      office.events.flatMap((event) =>
        event.event === 'row-refused' ? event.defects.map(({ says }) => `${says.zh} ${says.en}`) : [],
      )

    it('is refused by its number within a file, which names the other line, and its identifier', async () => {
      const [first, again] = [row(60), row(60, { licenceId: idOf('teacher', 'AGAIN60') })]
      expect(await issue(first, row(61), again)).to.include({ recorded: 2, refused: 1 })
      expect(refusals()).to.deep.equal(['4 licenceNumber number-issued'])
      expect(sentences()[0]).to.match(/^证书号码：编号与第 2 行的证照/)
      expect(sentences()[0]).to.include('line 2').and.include(first['licenceId'])
    })

    it('is refused whatever else differs, and however the number is written', async () => {
      const manager = (changes: Readonly<Record<string, string>>): Record<string, string> => {
        const [face] = generateLicences({ type: 'safety-manager', issuer: ISSUER, count: 1, seed: 62 })
        return { ...face, ...changes } as Record<string, string>
      }
      const { licenceNumber = '' } = manager({})
      const wide = licenceNumber.replace('(', '（').replace(')', '）').toLowerCase()
      office.events.length = 0
      const rows = rowsOf(
        manager({}),
        manager({ licenceId: idOf('safety-manager', 'AGAIN62'), licenceNumber: wide, post: '总经理助理' }),
      )
      const counts = await issueLicences(office, { type: typeOf('safety-manager'), key: office.key }, rows)
      expect(counts).to.include({ recorded: 1, refused: 1 })
      expect(refusals()).to.deep.equal(['3 licenceNumber number-issued'])
    })

    it('is refused against the journal too, also when its file is issued again', async () => {
      await issue(row(63))
      const again = row(63, { licenceId: idOf('teacher', 'AGAIN63') })
      expect(await issue(again)).to.include({ recorded: 0, refused: 1 })
      expect(sentences()[0]).to.include('已签发的证照').and.include(row(63)['licenceId'])
      expect(await issue(row(64), row(63), again)).to.include({ recorded: 1, alreadyIssued: 1, refused: 1 })
      expect(sentences()[0]).to.include('第 3 行')
    })

    it('is taken as a new version of the one identifier, and where a person has compared it', async () => {
      const version = (number: string): Record<string, string> =>
        row(65, { licenceId: idOf('teacher', 'ONE65', number) })
      expect(await issue(version('001'), version('002'))).to.include({ recorded: 2, refused: 0 })
      const other = rowsOf(row(65, { licenceId: idOf('teacher', 'OTHER65') }))
      const assignment = { type: teacher, key: office.key, confirmed: new Set(['numbers'] as const) }
      expect(await issueLicences(office, assignment, other)).to.include({ recorded: 1, refused: 0 })
    })

    it('is refused by its whole face where the number is the holder’s, who may have several licences', async () => {
      const operator = (changes: Readonly<Record<string, string>>): Record<string, string> => {
        const [face] = generateLicences({ type: 'special-operation', issuer: ISSUER, count: 1, seed: 66 })
        return { ...face, ...changes } as Record<string, string>
      }
      office.events.length = 0
      const rows = rowsOf(
        operator({}),
        operator({ licenceId: idOf('special-operation', 'OTHER66'), operationItem: '另一操作项目' }),
        operator({ licenceId: idOf('special-operation', 'AGAIN66') }),
      )
      const counts = await issueLicences(office, { type: typeOf('special-operation'), key: office.key }, rows)
      expect(counts).to.include({ recorded: 2, refused: 1 })
      expect(refusals()).to.deep.equal(['4 licenceNumber face-issued'])
    })
  })

  describe('names that every verifier would have a person look into', () => {
    const NAME = '湖南省住房和城乡建设厅'
    type Named = readonly [is: string, registered: string | null, face: Readonly<Record<string, string>>]
    const REFERRED: readonly (readonly [...Named, code: string])[] = [
      ['another province’s', NAME, { issuerName: '广东省住房和城乡建设厅' }, 'other-issuer-name'],
      ['a former one', NAME, { issuerName: '湖南省建设厅' }, 'other-issuer-name'],
      [
        'in another spelling of brackets',
        `${NAME}(本级)`,
        { issuerName: `${NAME}〔本级〕` },
        'other-issuer-name',
      ],
      ['of an agency without one', null, {}, 'registered-name-unusable'],
      ['of an agency with a space in it', '湖南省 住房和城乡建设厅', {}, 'registered-name-unusable'],
      [
        'registered of another province',
        '广东省建设厅',
        { issuerName: '广东省建设厅' },
        'registered-name-unusable',
      ],
      ['of another type', NAME, { certificateName: '湖南省营业执照（副本）' }, 'other-type-name'],
    ]
    const FITTING: readonly Named[] = [
      ['as registered', NAME, {}],
      ['with spaces and in full width', `${NAME}(本级)`, { issuerName: '湖南省 住房和城乡建设厅（本级）' }],
      ['of the type, beside another', NAME, { certificateName: '教师资格证（与营业执照无关）' }],
      ['of no type', NAME, { certificateName: '某某证书' }],
    ]
    const issueAt = (name: string | null, values: Record<string, string>, more = {}) => {
      office.events.length = 0
      const registered = { name, region: '430000' }
      return issueLicences(office, { type: teacher, key: office.key, registered, ...more }, rowsOf(values))
    }
    const findingOf = async (values: Record<string, string>, name: string | null) => {
      const { findings, verdict } = await verify(await bundleOf(values['licenceId']), name)
      return [findings.find(({ code }) => code.startsWith('faceIssuer/'))?.status, verdict]
    }

    for (const [i, [is, name, face, code]] of REFERRED.entries()) {
      it(`${is}: refused, issued once a person has compared it, and referred then`, async () => {
        const values = row(80 + i, face)
        expect(await issueAt(name, values)).to.include({ recorded: 0, refused: 1 })
        expect(refusals().map((text) => text.split(' ').at(-1))).to.deep.equal([code])
        const confirmed = new Set(['names'])
        expect(await issueAt(name, values, { confirmed })).to.include({ recorded: 1, refused: 0 })
        expect(await findingOf(values, name)).to.deep.equal(['warn', 'refer'])
      })
    }
    for (const [i, [is, name, face]] of FITTING.entries()) {
      it(`${is}: issued, and accepted`, async () => {
        const values = row(90 + i, face)
        expect(await issueAt(name, values)).to.include({ recorded: 1, refused: 0 })
        expect(await findingOf(values, name)).to.deep.equal(['pass', 'accepted'])
      })
    }

    it('are not compared while the ledger cannot be asked', async () => {
      expect(await issue(row(95, { issuerName: '湖南省建设厅' }))).to.include({ recorded: 1, refused: 0 })
    })
  })

  it('issues a licence given again only once, and refuses it with other content', async () => {
    const transactions = () => office.operator.transactions().length
    await issue(row(50))
    const anchored = transactions()
    const before = await bundleOf(row(50)['licenceId'])
    expect(await issue(row(50))).to.include({ alreadyIssued: 1, recorded: 0, refused: 0 })
    expect(await issue(row(50, { subject: '化学' }))).to.include({
      alreadyIssued: 0,
      recorded: 0,
      refused: 1,
    })
    expect(refusals()).to.deep.equal(['2 licenceId content-differs'])
    const { registrationUntil: _, ...shorter } = row(50)
    expect(await issue(shorter)).to.include({ refused: 1 })
    expect(transactions()).to.equal(anchored)
    expect(await bundleOf(row(50)['licenceId'])).to.equal(before)
  })

  it('binds a licence to the holder’s key, and refuses what is no such key', async () => {
    const jwk = publicHalf(HOLDER_KEY)
    const bound = { holderJwk: JSON.stringify(jwk) }
    await issue(row(52, bound))
    const { credential } = parseBundle(await bundleOf(row(52)['licenceId']))
    expect(credential.claims.cnf).to.deep.equal({ jwk })
    expect(credential.disclosures.map(({ name }) => name)).to.not.include('holderJwk')
    expect(await issue(row(52, bound))).to.include({ alreadyIssued: 1 })
    expect(await issue(row(52))).to.include({ refused: 1 })
    const noPoint = { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.x }
    await issue(
      ...['x', JSON.stringify(HOLDER_KEY), JSON.stringify(jwk, null, 1), JSON.stringify(noPoint)].map(
        (holderJwk) => row(53, { holderJwk }),
      ),
    )
    expect(refusals()).to.deep.equal([2, 3, 4, 5].map((line) => `${line} holderJwk not-a-holder-key`))
    expect(JSON.stringify(office.events)).not.to.include(HOLDER_KEY.d)
  })

  it('binds a licence to the renditions in a folder, and issues none without where that is asked for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hefu-renditions-'))
    const [pdf, ofd] = [writePdf(BARE_OBJECTS), createOfd()]
    const file = (seed: number, ending: string) => join(folder, `${row(seed)['licenceId']}${ending}`)
    const bind = (...rows: Readonly<Record<string, unknown>>[]) => {
      office.events.length = 0
      const assignment = { type: teacher, key: office.key, renditionsOf: renditionsIn(folder) }
      return issueLicences(office, assignment, rowsOf(...rows))
    }
    await writeFile(file(54, '.pdf'), pdf)
    await writeFile(file(54, '.ofd'), ofd)
    await writeFile(file(55, '.ofd'), ofd)
    await writeFile(file(57, '.pdf'), ofd)
    await writeFile(file(58, '.pdf'), '')
    await writeFile(file(59, '.pdf'), pdf.subarray(0, 100))
    await writeFile(file(61, '.pdf'), writePdf(['<</Type/Catalog/AF[2 0 R]>>', '<</Type/Filespec>>']))
    expect(await bind(...[54, 55, 56, 57, 58, 59, 61].map((seed) => row(seed)))).to.include({
      recorded: 2,
      refused: 5,
    })
    expect(refusals()).to.deep.equal([
      '4 licenceId no-rendition',
      '5 licenceId not-a-rendition',
      '6 licenceId not-a-rendition',
      '7 licenceId not-a-rendition',
      '8 licenceId not-a-rendition',
    ])
    const bundle = await bundleOf(row(54)['licenceId'])
    expect(parseBundle(bundle).credential.claims.renditions).to.deep.equal([
      { mediaType: 'application/pdf', digest: digestOf(pdf) },
      { mediaType: 'application/ofd', digest: digestOf(ofd) },
    ])
    const attached = await attachLicence(bundle, ofd)
    expect(attached.isBound).to.equal(true)
    const { findings } = await verify(bundle, undefined, (await openCarrier(attached.bytes)).asked)
    expect(findings.at(-1)?.code).to.equal('rendition/bound')

    // The same again is the same; with another file it is another licence; without the option nothing is said of files.
    expect(await bind(row(55))).to.include({ alreadyIssued: 1 })
    expect(await issue(row(55))).to.include({ alreadyIssued: 1 })
    await writeFile(file(55, '.ofd'), createOfd({ text: '另一版面' }))
    expect(await bind(row(55))).to.include({ refused: 1 })
    expect(refusals()).to.deep.equal(['2 licenceId content-differs'])
    await rm(folder, { recursive: true })
  })

  it('sees the repetition within one file as well', async () => {
    const counts = await issue(row(51), row(51), row(51, { subject: '化学' }))
    expect(counts).to.deep.equal({ rows: 3, recorded: 1, alreadyIssued: 1, refused: 1 })
  })

  it('never tells a value of a row', async () => {
    await issue(
      row(60, { holderName: '金丝雀CANARY\u0000', holderId: 'CANARY', subject: 'CANARY'.repeat(99) }),
    )
    expect(refusals()).to.have.length(3)
    expect(JSON.stringify(office.events)).not.to.include('CANARY')
  })

  it('has nothing left to do afterwards', async () => {
    office.events.length = 0
    await finishBatches(office)
    expect(office.events).to.deep.equal([])
    expect(await office.journal.counts()).to.include({ recorded: 0, batched: 0, anchored: 0 })
  })
})
