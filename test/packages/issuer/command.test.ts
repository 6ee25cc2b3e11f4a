import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Registration, verifyKeyPossession } from '@hefu/issuer'
import { expect } from 'chai'
import { readXlsx, writeXlsx } from 'hucre'
import { before, describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { encodeCsv } from '../../../scripts/sample/licence-text.ts'
import { createSampleHome, ISSUER, NETWORK, temporaryFolder } from './fixtures/agency.ts'
import { run, runHere } from './fixtures/command.ts'

const rows = (count: number) => [...generateLicences({ type: 'teacher', issuer: ISSUER, count, seed: 1 })]
const codesOf = ({ defects }: Readonly<Record<string, unknown>>): readonly string[] =>
  (defects as readonly { readonly code: string }[]).map(({ code }) => code)
const INIT = ['init', '--agency', ISSUER, '--region', '430000']

describe('hefu-issuer', () => {
  let folder: string
  let network: string
  let csv: string

  before(async () => {
    folder = await temporaryFolder()
    network = join(folder, 'network.json')
    csv = join(folder, 'teachers.csv')
    await writeFile(network, NETWORK)
    const good = [...encodeCsv('teacher', rows(5))]
    await writeFile(csv, [...good, good[1]?.replace('教师资格,', '教师,') ?? ''].join(''))
  })

  it('shows help in Chinese and English, with the exit codes, for every command', async () => {
    for (const command of [
      [],
      ['init'],
      ['issue'],
      ['resume'],
      ['act'],
      ['act', 'revoke'],
      ['pass-over'],
      ['deposit'],
      ['status'],
    ]) {
      const { code, stdout } = await runHere([...command, '--help'])
      expect(code).to.equal(0)
      expect(stdout)
        .to.match(/\p{Script=Han}/u)
        .and.match(/Usage: hefu-issuer/)
    }
    expect((await run(['--help'])).stdout).to.match(/退出码 · Exit codes:\n {2}0 /)
  })

  it('makes a folder, prints what the region registers, and does not overwrite it', async () => {
    const home = join(folder, 'made')
    const args = [...INIT, '--network', network, '--home', home, '--json']
    const { code, events } = await run(args)
    expect(code).to.equal(0)
    const [created] = events
    expect(created).to.include({ event: 'created', agency: ISSUER, region: '430000' })
    const { possession, publicJwk } = created as unknown as Registration
    expect(await verifyKeyPossession(possession, ISSUER, publicJwk)).to.equal(true)
    const again = await run(args)
    expect(again.code).to.equal(2)
    expect(again.events[0]).to.include({ event: 'error', code: 'home-exists' })
  })

  it('gives refused rows back as the table that they came in, and takes them again once they are mended', async () => {
    const { home } = await createSampleHome()
    const rejects = join(folder, 'refused.csv')
    await runHere(['issue', csv, '--home', home, '--type', 'teacher', '--rejects', rejects])
    const text = await readFile(rejects, 'utf8')
    const [header = '', row = '', ...more] = text.split('\r\n')
    const [plainHeader = ''] = (await readFile(csv, 'utf8')).split('\r\n')
    expect(more).to.deep.equal([''])
    expect(header).to.equal(`\ufeff${plainHeader},未签发原因 Reasons`)
    expect(row).to.match(/教师,.*第 7 行 line 7: 资格种类：应为/)
    const mended = join(folder, 'mended.csv')
    await writeFile(mended, text.replace('教师,', '教师资格,').replace(/,"?第 7 行[\s\S]*$/, ',已改\r\n'))
    const again = await runHere(['issue', mended, '--home', home, '--type', 'teacher', '--json'])
    expect(again.events.filter(({ event }) => event === 'row-refused')).to.deep.equal([])
  })

  it('gives them back as a spreadsheet of texts too, and takes that again', async () => {
    const { home } = await createSampleHome()
    const rejects = join(folder, 'refused.xlsx')
    const args = ['--home', home, '--type', 'teacher', '--json']
    await runHere(['issue', csv, ...args, '--rejects', rejects])
    const workbook = await readXlsx(await readFile(rejects))
    const [header = [], row = [], ...more] = workbook.sheets[0]?.rows ?? []
    expect(more).to.deep.equal([])
    expect(row[header.indexOf('holderId')]).to.be.a('string').with.lengthOf(18)
    expect(row.at(-1)).to.match(/第 7 行 line 7: 资格种类：应为/)
    const mended = join(folder, 'mended.xlsx')
    const rowsAgain = [header, row.with(header.indexOf('level'), '高级中学教师资格')]
    await writeFile(mended, await writeXlsx({ sheets: [{ name: 'a', rows: rowsAgain }] }))
    const last = await runHere(['issue', mended, ...args])
    expect(last.events.filter(({ event }) => event === 'row-refused')).to.deep.equal([])
  })

  it('gives back no row as though it were right: what was refused is refused until a person mends it', async () => {
    const { home } = await createSampleHome()
    const args = ['--home', home, '--type', 'safety-manager', '--json']
    const [header = [], ...cells] = [
      ...encodeCsv(
        'safety-manager',
        generateLicences({ type: 'safety-manager', issuer: ISSUER, count: 4, seed: 7 }),
      ),
    ].map((line) => line.trimEnd().split(','))
    const at = header.indexOf('holderId')
    const post = header.indexOf('post')
    const given = join(folder, 'damaged.xlsx')
    const [cut = [], month = [], hidden = [], short = []] = cells
    await writeFile(
      given,
      await writeXlsx({
        sheets: [
          {
            name: 'a',
            rows: [
              header,
              // Kept as a number, of which the last digits are lost as soon as it is read.
              cut.with(at, 430_102_199_003_010_300 as unknown as string),
              month.with(post, 12 as unknown as string),
              hidden,
              [...short, 'beyond'],
            ],
            cells: new Map([[`2,${post}`, { style: { numFmt: '0.00E+00' } }]]),
            rowDefs: new Map([[3, { hidden: true }]]),
          },
        ],
      }),
    )
    for (const name of ['damaged-refused.xlsx', 'damaged-refused.csv']) {
      const rejects = join(folder, name)
      const first = await runHere(['issue', given, ...args, '--rejects', rejects])
      const refused = first.events.filter(({ event }) => event === 'row-refused')
      expect(refused.map(codesOf), name).to.deep.equal([
        ['number-cut'],
        ['shown-otherwise'],
        ['row-hidden'],
        ['wrong-column-count'],
      ])
      const again = await runHere(['issue', rejects, ...args])
      expect(again.events.filter(({ event }) => event === 'row-refused').map(codesOf), name).to.deep.equal([
        ['to-be-filled-in'],
        ['to-be-filled-in'],
        ['row-to-be-decided'],
        ['row-to-be-decided'],
      ])
    }
    const mended = (await readFile(join(folder, 'damaged-refused.csv'), 'utf8'))
      .replaceAll(/"?〔须确认[^\r]*/g, '')
      .replace('〔请按原件填写 fill in〕', cut[at] ?? '')
      .replace('〔请按原件填写 fill in〕', '12')
    await writeFile(join(folder, 'damaged-mended.csv'), mended)
    const last = await runHere(['issue', join(folder, 'damaged-mended.csv'), ...args])
    expect(last.events.filter(({ event }) => event === 'row-refused')).to.deep.equal([])
  })

  it('gives back what cells of a hidden row lost as such: to show the row is not to mend it', async () => {
    const { home } = await createSampleHome()
    const args = ['--home', home, '--type', 'safety-manager', '--json']
    const [first] = generateLicences({ type: 'safety-manager', issuer: ISSUER, count: 1, seed: 8 })
    const header = Object.keys(first ?? {})
    const kept = { ...first, holderId: 430_102_199_003_010_300 as unknown as string }
    const given = join(folder, 'hidden.xlsx')
    const sheet = {
      name: 'a',
      rows: [header, Object.values(kept)],
      rowDefs: new Map([[1, { hidden: true }]]),
    }
    await writeFile(given, await writeXlsx({ sheets: [sheet] }))
    const rejects = join(folder, 'hidden-refused.csv')
    const hidden = await runHere(['issue', given, ...args, '--rejects', rejects])
    expect(hidden.events.filter(({ event }) => event === 'row-refused').map(codesOf)).to.deep.equal([
      ['row-hidden'],
    ])
    const shown = (await readFile(rejects, 'utf8')).replace(/"?〔须确认[^\r]*/, '')
    await writeFile(join(folder, 'hidden-shown.csv'), shown)
    const again = await runHere(['issue', join(folder, 'hidden-shown.csv'), ...args])
    expect(again.events.filter(({ event }) => event === 'row-refused').map(codesOf)).to.deep.equal([
      ['to-be-filled-in'],
    ])
    const mended = shown.replace('〔请按原件填写 fill in〕', first?.['holderId'] ?? '')
    await writeFile(join(folder, 'hidden-mended.csv'), mended)
    const last = await runHere(['issue', join(folder, 'hidden-mended.csv'), ...args])
    expect(last.events.filter(({ event }) => event === 'row-refused')).to.deep.equal([])
  })

  it('writes refused rows over no file, the list itself least of all', async () => {
    const { home } = await createSampleHome()
    const before = await readFile(csv, 'utf8')
    const refused = await runHere(['issue', csv, '--home', home, '--type', 'teacher', '--rejects', csv])
    expect([refused.code, /\[[a-z-]+\]/.exec(refused.stderr)?.[0]]).to.deep.equal([2, '[rejects-exist]'])
    expect(await readFile(csv, 'utf8')).to.equal(before)
  })

  it('gives back no table of what came as objects', async () => {
    const { home } = await createSampleHome()
    const objects = join(folder, 'a.ndjson')
    await writeFile(objects, '{"licenceId":"x"}\n')
    for (const name of ['refused.csv', 'refused.XLSX']) {
      const rejects = join(folder, `of-objects-${name}`)
      const refused = await runHere([
        'issue',
        objects,
        '--home',
        home,
        '--type',
        'teacher',
        '--rejects',
        rejects,
      ])
      expect([refused.code, /\[[a-z-]+\]/.exec(refused.stderr)?.[0]]).to.deep.equal([
        2,
        '[rejects-of-objects]',
      ])
    }
  })

  it('issues the file in which identifiers were allotted, and none is allotted twice', async () => {
    const { home } = await createSampleHome()
    const given = join(folder, 'without-identifiers.csv')
    const withoutId = (line: string): string => line.slice(line.indexOf(',') + 1)
    await writeFile(given, [...encodeCsv('teacher', rows(3))].map(withoutId).join(''))
    const to = join(folder, 'with-identifiers.csv')
    const args = ['--home', home, '--type', 'teacher', '--json']
    const issue = await runHere(['issue', given, ...args, '--allot', to])
    expect(issue.events[0]).to.deep.equal({ event: 'allotted', count: 3, file: to })
    expect(issue.events.filter(({ event }) => event === 'row-refused')).to.deep.equal([])
    const repeated = await runHere(['issue', given, ...args, '--allot', to])
    expect([repeated.code, repeated.events.at(-1)?.['code']]).to.deep.equal([2, 'allot-exists'])
    const again = await runHere(['issue', to, ...args])
    expect(again.events.filter(({ event }) => event === 'already-issued')).to.have.length(3)
  })

  it('takes numbers that may have been cut only on a person’s word', async () => {
    const { home } = await createSampleHome()
    const cut = join(folder, 'cut.csv')
    const [header = '', first = ''] = [...encodeCsv('teacher', rows(1))]
    await writeFile(cut, header + first.replace(/,\d{17},/, ',20254300072004300,'))
    const args = ['issue', cut, '--home', home, '--type', 'teacher', '--json']
    const codes = ({ events }: Awaited<ReturnType<typeof runHere>>) =>
      events
        .filter(({ event }) => event === 'row-refused')
        .map(({ defects }) => (defects as [{ code: string }])[0].code)
    expect(codes(await runHere(args))).to.deep.equal(['digits-may-be-cut'])
    expect(codes(await runHere([...args, '--confirm', 'digits']))).to.deep.equal([])
  })

  it('ends with 2 and one sentence in both languages for every bad use', async () => {
    const { home } = await createSampleHome()
    const cases: readonly [readonly string[], Record<string, string>, RegExp][] = [
      [[], {}, /Usage/],
      [['nonsense'], {}, /用法有误 · error: unknown command/],
      [['status'], {}, /--home .*\[usage\]/],
      [['status', '--home', folder], {}, /不是颁发机构工作目录.*\[home-missing\]/],
      [['issue', csv, '--home', home], {}, /required option '--type/],
      [['issue', csv, '--home', home, '--type', 'passport'], {}, /未找到证照类型.*\[unknown-type\]/],
      [['issue', csv, '--home', home, '--type', 'teacher', '--batch-size', '0'], {}, /1–1000000/],
      [['issue', `${csv}x`, '--home', home, '--type', 'teacher'], {}, /\[input-unreadable\]/],
      [['issue', csv, '--home', home, '--type', 'food-operation'], {}, /表头有误.*\[input-header\]/],
      [
        ['resume', '--home', home],
        { HEFU_PASSPHRASE: 'not the passphrase' },
        /口令不正确.*\[wrong-passphrase\]/,
      ],
      [['resume', '--home', home], { HEFU_PASSPHRASE: '' }, /需要口令.*\[passphrase-missing\]/],
      [['act', 'pardon', 'x', '--home', home], {}, /unknown command|Usage/],
      [
        ['act', 'revoke', 'x', '--home', home, '--decision', '1', '--effective', 'now'],
        {},
        /\[licence-unknown\]/,
      ],
      [[...INIT, '--network', csv, '--home', join(folder, 'new')], {}, /输入有误/],
      [[...INIT, '--network', `${network}x`, '--home', join(folder, 'new')], {}, /\[network-unreadable\]/],
      [
        [...INIT, '--network', network, '--home', join(folder, 'new')],
        { HEFU_PASSPHRASE: 'short' },
        /\[passphrase-short\]/,
      ],
    ]
    for (const [args, env, sentence] of cases) {
      const { code, stderr } = await runHere(args, env)
      expect(stderr, args.join(' ')).to.match(sentence)
      expect(stderr).not.to.match(/\n {4}at /)
      expect(code, args.join(' ')).to.equal(2)
    }
    expect(await readdir(folder)).not.to.include('new')
  })

  it('keeps what it recorded when the ledger cannot be reached, tells so by 4, and resumes', async () => {
    const { home } = await createSampleHome()
    const rejects = join(folder, 'rejects.ndjson')
    const issue = await run([
      'issue',
      csv,
      '--home',
      home,
      '--type',
      'teacher',
      '--rejects',
      rejects,
      '--json',
    ])
    expect(issue.code).to.equal(4)
    expect(issue.events.at(-1)).to.include({ event: 'error', code: 'ledger-unreachable' })
    expect(issue.stderr).to.include('hefu-issuer resume')
    const defects = (await readFile(rejects, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(defects).to.have.length(1)
    expect(defects[0]).to.include({ line: 7, field: 'level', code: 'not-a-choice' })
    const status = await runHere(['status', '--home', home, '--json'], { HEFU_PASSPHRASE: '' })
    expect(status.code, 'the ledger could not be asked').to.equal(4)
    expect(status.events[0]).to.include({ recorded: 0, batched: 5, anchored: 0, bundled: 0 })
    expect(status.events[0]?.['notAnchored']).to.have.length(1)
    const text = await runHere(['status', '--home', home])
    expect(text.stdout).to.match(/待上链 5.*\n尚未上链：批次 0x[0-9a-f]{64}，5 份证照 · not anchored yet/)
    expect((await runHere(['resume', '--home', home])).code).to.equal(4)
    const [batch] = (status.events[0]?.['notAnchored'] ?? []) as readonly { root: string }[]
    const root = batch?.root ?? ''
    expect((await runHere(['pass-over', root, '--home', home])).code).to.equal(4)
    const unknown = await runHere(['pass-over', `${root}0`, '--home', home])
    expect(unknown.code).to.equal(2)
    expect(unknown.stderr).to.match(/没有未上链的批次.*\[batch-unknown\]/)
    expect((await runHere(['status', '--home', home])).stdout)
      .to.match(/待上链 5/)
      .and.not.to.include('已放弃')
    const [first] = rows(1)
    const act = [
      'act',
      'suspend',
      first?.licenceId ?? '',
      '--home',
      home,
      '--decision',
      '1',
      '--effective',
      'now',
    ]
    expect((await runHere(act)).stderr).to.match(/尚未上链存证.*\[licence-not-anchored\]/)
  })

  it('tells refused rows to a person by line and field, without their values', async () => {
    const { home } = await createSampleHome()
    const { stderr } = await run(['issue', csv, '--home', home, '--type', 'teacher'])
    expect(stderr).to.match(/第 7 行未签发：资格种类：应为下列之一.* · line 7 refused: Level: Must be one of/)
    expect(stderr).not.to.match(/张|李|王|430000[0-9]{11}/)
  })
})
