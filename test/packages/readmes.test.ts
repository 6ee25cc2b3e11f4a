/** The READMEs: the two at the top give the same, and all of them name what exists. */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
const READMES = ['README.md', 'README.zh-CN.md', ...globSync('packages/*/README.md', { cwd: ROOT })]
const OWN_PATH = /^(?:packages|scripts|test|contracts)\/[\w./-]*$/

/** The help of each command of `hefu`, asked once. */
const sdkHelps = new Map<string, string>()
function helpOfSdk(command: string): string {
  const bin = join(ROOT, 'packages/sdk/bin/hefu.js')
  const help =
    sdkHelps.get(command) ?? execFileSync(process.execPath, [bin, command, '--help'], { encoding: 'utf8' })
  sdkHelps.set(command, help)
  return help
}
const SDK_COMMANDS = ['verify', 'attach']

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

function sdkDefects({ words: [command = 'verify', ...others], options }: Told): readonly string[] {
  return SDK_COMMANDS.includes(command)
    ? missing(helpOfSdk(command), options, `hefu ${command}`)
    : [`hefu ${[command, ...others].join(' ')}`]
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
    ...told(/hefu/).flatMap(sdkDefects),
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

  it('at the top lead to each other in their first lines', () => {
    expect(read('README.md').split('\n')[0]).to.equal('[中文](README.zh-CN.md)')
    expect(read('README.zh-CN.md').split('\n')[0]).to.equal('[English](README.md)')
  })

  it('at the top give the same commands, outputs, files, links and code in both languages', () => {
    const [english, chinese] = [read('README.md'), read('README.zh-CN.md')]
    expect(commandLinesOf(english)).to.have.length.at.least(10)
    expect(commandLinesOf(chinese)).to.deep.equal(commandLinesOf(english))
    for (const language of ['', 'json'])
      expect(fencesOf(chinese, language)).to.deep.equal(fencesOf(english, language))
    expect(spansOf(chinese)).to.deep.equal(spansOf(english))
    const away = (text: string) => linksOf(text).filter((link) => !link.startsWith('README'))
    expect(away(chinese)).to.deep.equal(away(english))
  })

  it('at the top name every package and every journey', () => {
    const named = spansOf(read('README.md'))
    const packages = globSync('packages/*', { cwd: ROOT })
    const journeys = globSync('test/journeys/*.test.ts', { cwd: ROOT }).map((file) =>
      file.replace(/^test\/journeys\/|\.test\.ts$/g, ''),
    )
    expect(named).to.include.members([...packages, ...journeys])
  })
})
