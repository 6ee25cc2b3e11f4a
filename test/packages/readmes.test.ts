/** The READMEs: the two at the top give the same, and all of them name what exists. */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { matchReportNumber } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  anchorsOf,
  commandLinesOf,
  fencesOf,
  linksOf,
  runsOf,
  spansOf,
  type Told,
} from '../fixtures/readme.ts'
import { runCouncilHere, runHere, runRegionHere } from './issuer/fixtures/command.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const SCRIPTS = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts
const ISSUER_README = 'packages/issuer/README.md'
const READMES = [
  'README.md',
  'README.zh-CN.md',
  ...globSync('packages/*/{,examples/}README{,.zh-CN}.md', { cwd: ROOT }),
]
/** Those that are there in both languages: the one at the top, and that of who integrates. */
const PAIRS = ['', 'packages/sdk/'].map(
  (folder) => [`${folder}README.md`, `${folder}README.zh-CN.md`] as const,
)
const OWN_PATH = /^(?:packages|scripts|test|contracts)\/[\w./-]*$/

/** The help of a command of `hefu`, asked once; empty: there is no such command. */
const hefuHelp = new Map<string, string>()
function helpOfHefu(command: string): string {
  const bin = join(ROOT, 'packages/sdk/bin/hefu.js')
  const ask = () => spawnSync(process.execPath, [bin, command, '--help'], { encoding: 'utf8' }).stdout
  const help = hefuHelp.get(command) ?? ask()
  hefuHelp.set(command, help)
  return help.includes(`Usage: hefu ${command} `) ? help : ''
}

/** The help of a command of hefu-issuer; `null`: there is no such command. */
async function helpOfIssuer(words: readonly string[]): Promise<string | null> {
  const command = words.slice(0, words[0] === 'act' ? 2 : 1).filter((word) => /^[a-z-]+$/.test(word))
  const { code, stdout } = await runHere([...command, '--help'])
  const isIt = command.length === 0 || stdout.includes(`Usage: hefu-issuer ${command.join(' ')} `)
  return code === 0 && isIt ? stdout : null
}

/** The commands of an office, by the name of their program. */
const OFFICES = { 'hefu-region': runRegionHere, 'hefu-council': runCouncilHere }

async function officeDefects(
  name: keyof typeof OFFICES,
  { words, options }: Told,
): Promise<readonly string[]> {
  const [command = ''] = words
  const { code, stdout } = await OFFICES[name]([...(command === '' ? [] : [command]), '--help'])
  const isIt = command === '' || stdout.includes(`Usage: ${name} ${command} `)
  return code === 0 && isIt ? missing(stdout, options, `${name} ${command}`) : [`${name} ${words.join(' ')}`]
}

const missing = (help: string, options: readonly string[], of: string): readonly string[] =>
  options.filter((option) => !new RegExp(`${option}(?![\\w-])`).test(help)).map((option) => `${of} ${option}`)

function scriptDefects({ words, options }: Told): readonly string[] {
  const name = words[0] === 'run' ? words[1] : words[0]
  const command = SCRIPTS[name ?? '']
  if (command === undefined) return [`npm ${words.join(' ')}`]
  const [file] = /scripts\/\S+\.ts/.exec(command) ?? []
  const given = options.filter((option) => option !== '--')
  return file === undefined ? given : missing(read(file), given, `npm ${name}`)
}

async function issuerDefects({ words, options }: Told): Promise<readonly string[]> {
  const name = `hefu-issuer ${words.join(' ')}`
  const help = await helpOfIssuer(words)
  return help === null ? [name] : missing(help, options, name)
}

function verifyDefects({ words, options }: Told): readonly string[] {
  const [command = 'verify'] = words
  const help = helpOfHefu(command)
  return help === '' ? [`hefu ${words.join(' ')}`] : missing(help, options, `hefu ${command}`)
}

function linkDefects(path: string, text: string): readonly string[] {
  return linksOf(text).filter((link) => {
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : join(dirname(path), file)
    if (!existsSync(join(ROOT, target))) return true
    return anchor !== undefined && !anchorsOf(file === '' ? text : read(target)).includes(anchor)
  })
}

/** What a README names and is not there. */
async function defectsOf(path: string, text: string): Promise<readonly string[]> {
  const code = [...commandLinesOf(text), ...spansOf(text)]
  const told = (program: RegExp) => code.flatMap((line) => runsOf(line, program))
  // Its own README names the commands of hefu-issuer alone.
  const bare = /(?=(?:init|issue|resume|status|act|pass-over|withdraw-proposal)(?![\w-]))/
  const own = path === ISSUER_README ? spansOf(text).flatMap((span) => issuerSpan(span, bare)) : []
  const issuer = [...told(/hefu-issuer/), ...own]
  return [
    ...told(/npm(?= (?:start|test|run))/).flatMap(scriptDefects),
    ...told(/hefu/).flatMap(verifyDefects),
    ...(await Promise.all(issuer.map(issuerDefects))).flat(),
    ...(await Promise.all(told(/hefu-region/).map((one) => officeDefects('hefu-region', one)))).flat(),
    ...(await Promise.all(told(/hefu-council/).map((one) => officeDefects('hefu-council', one)))).flat(),
    ...linkDefects(path, text),
    ...spansOf(text).filter((span) => OWN_PATH.test(span) && !existsSync(join(ROOT, span))),
  ]
}

function issuerSpan(span: string, command: RegExp): readonly Told[] {
  return new RegExp(`^${command.source}`).test(span) ? runsOf(`hefu-issuer ${span}`, /hefu-issuer/) : []
}

describe('the READMEs', () => {
  for (const path of READMES) {
    it(`of ${dirname(path)}, ${path}, names commands, options, files and headings that exist`, async () => {
      expect(await defectsOf(path, read(path))).to.deep.equal([])
    })
  }

  it('show numbers of reports that are ones, check character and all', () => {
    const shown = READMES.flatMap((path) =>
      [...read(path).matchAll(/\b\d{8}-[0-9A-Z]{8}-\d{6,9}-[0-9A-Z]\b/g)].map(
        ([number]) => [path, number] as const,
      ),
    )
    expect(shown).to.not.deep.equal([])
    for (const [path, number] of shown)
      expect(matchReportNumber(number), `${path}: ${number}`).to.not.equal(null)
  })

  it('are found out when they name what does not exist', async () => {
    const told = [
      '`npm run nothing` `npm start -- --twice` `hefu verify --region 440000 --colour`',
      '`hefu-issuer act forgive` `hefu-issuer issue FILE --type t --guess` `scripts/nothing.ts`',
      '[a](nothing.md) [b](README.md#nothing)',
      '    hefu prove',
      '`hefu-region forgive` `hefu-council votes --twice`',
    ].join('\n')
    expect((await defectsOf('README.md', told)).toSorted()).to.deep.equal(
      [
        'npm run nothing',
        'npm start --twice',
        'hefu verify --colour',
        'hefu prove',
        'hefu-region forgive',
        'hefu-council votes --twice',
        'hefu-issuer act forgive',
        'hefu-issuer issue FILE --guess',
        'nothing.md',
        'README.md#nothing',
        'scripts/nothing.ts',
      ].toSorted(),
    )
  })

  it('in two languages lead to each other in their first lines', () => {
    for (const [english, chinese] of PAIRS) {
      expect(read(english).split('\n')[0]).to.equal('[中文](README.zh-CN.md)')
      expect(read(chinese).split('\n')[0]).to.equal('[English](README.md)')
    }
  })

  for (const [own, other] of PAIRS) {
    it(`in two languages give the same commands, outputs, files, links and code: ${own}`, () => {
      const [english, chinese] = [read(own), read(other)]
      expect(commandLinesOf(english)).to.have.length.at.least(8)
      expect(commandLinesOf(chinese)).to.deep.equal(commandLinesOf(english))
      for (const language of ['', 'json'])
        expect(fencesOf(chinese, language)).to.deep.equal(fencesOf(english, language))
      const code = (text: string) => fencesOf(text, 'ts').map((one) => one.replaceAll(/\s*\/\/ .*$/gm, ''))
      const [named, alike] = [code(english), code(chinese)]
      expect(alike).to.deep.equal(named)
      expect(spansOf(chinese)).to.deep.equal(spansOf(english))
      const away = (text: string) => linksOf(text).filter((link) => !/^(README|#)/.test(link))
      expect(away(chinese)).to.deep.equal(away(english))
    })
  }

  it('at the top name every package and every journey', () => {
    const named = spansOf(read('README.md'))
    const packages = globSync('packages/*', { cwd: ROOT })
    const journeys = globSync('test/journeys/*.test.ts', { cwd: ROOT }).map((file) =>
      file.replace(/^test\/journeys\/|\.test\.ts$/g, ''),
    )
    expect(named).to.include.members([...packages, ...journeys])
  })
})
