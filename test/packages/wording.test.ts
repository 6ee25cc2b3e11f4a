/** Every sentence for people, in every package and in the Chinese READMEs: in both languages, with the same places, in the words of the trade. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const ROOT = join(import.meta.dirname, '../..')
const FILES = globSync('packages/*/src/**/*.ts', { cwd: ROOT })

/** A quoted text of TypeScript, in any of its three quotes. */
const TEXT = [`'`, `"`, '`']
  .map((quote) => `${quote}((?:[^${quote}\\\\${quote === '`' ? '' : '\\n'}]|\\\\.)*)${quote}`)
  .join('|')
const PAIR = new RegExp(String.raw`\bzh:\s*(?:${TEXT}),\s*en:\s*(?:${TEXT})`, 'g')
const ANY_TEXT = new RegExp(TEXT, 'g')
const HAN = /\p{Script=Han}/u

interface Sentence {
  readonly place: string
  readonly zh: string
  readonly en: string
}

function sourceOf(file: string): string {
  // Comments speak to engineers, in whichever words.
  return readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

const SENTENCES: readonly Sentence[] = FILES.flatMap((file) =>
  [...sourceOf(file).matchAll(PAIR)].map(([, ...quoted]) => ({
    place: file,
    zh: quoted.slice(0, 3).find((text) => text !== undefined) ?? '',
    en: quoted.slice(3, 6).find((text) => text !== undefined) ?? '',
  })),
)

interface ChineseText {
  readonly place: string
  readonly text: string
}

const CHINESE_READMES = ['README.zh-CN.md', 'packages/sdk/README.zh-CN.md']

/** What they say, without code and without where links lead. */
function readmeTexts(): readonly ChineseText[] {
  return CHINESE_READMES.flatMap((place) => {
    const prose = readFileSync(join(ROOT, place), 'utf8').replaceAll(
      /^```.*?^```$|`[^`\n]+`|(?<=\])\([^)\s]+\)/gms,
      '',
    )
    return prose.split('\n').map((text) => ({ place, text }))
  })
}

const CHINESE: readonly ChineseText[] = [
  ...FILES.flatMap((file) =>
    [...sourceOf(file).matchAll(ANY_TEXT)].map((match) => ({
      place: file,
      text: match.slice(1).find((text) => text !== undefined) ?? '',
    })),
  ),
  ...readmeTexts(),
].filter(({ text }) => HAN.test(text))

/** `{name}` of texts that are filled in; of those that are written with their values, how many. */
function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\$?\{[^}]*\}/g)]
    .map(([place]) => (place.startsWith('$') ? '$' : place))
    .toSorted()
}

/** Words that mislead who reads them, and what is said instead. */
const NOT_SAID: readonly (readonly [word: RegExp, instead: string])[] = [
  [/账本/, '互认链'],
  [/失密/, '泄露'],
  [/遮蔽/, '脱敏'],
  [/被改动/, '被篡改, of two findings alone'],
  [/颁发密钥|签发密钥/, '签名密钥'],
  [/签发机构/, '颁发机构'],
  [/经认可|未经认可/, '登记'],
  [/机构(目前)?被暂停(?!上链)/, '被暂停上链资格'],
  [/法律行为/, '证照状态变更'],
  [/个证照/, '份证照'],
  [/续办/, '继续未完成的任务'],
  [/智能比对/, '信息比对'],
  [/凭证文件/, '电子证照文件'],
  [/真实存在的日期/, '日期无效，请按 2026-01-05 的格式填写'],
  [/本省/, '本地区'],
  [/网络文件/, '互认链连接配置文件'],
]

describe('the words of the product', () => {
  it('are found in every package that speaks', () => {
    for (const name of ['protocol', 'service', 'issuer', 'verifier', 'sdk', 'console']) {
      const own = SENTENCES.filter(({ place }) => place.startsWith(`packages/${name}/`))
      expect(own.length, name).to.be.at.least(3)
    }
    expect(SENTENCES.length).to.be.at.least(400)
  })

  it('stand in both languages', () => {
    for (const { place, zh, en } of SENTENCES) {
      expect(`${zh}${en}`, `${place}: an empty text beside ${zh}${en}`).to.not.equal('')
      expect(zh === '' || en === '', `${place}: ${zh} ${en}`).to.equal(false)
      const words = zh.replaceAll(/\$?\{[^}]*\}/g, '')
      if (/\p{Letter}/u.test(words)) expect(words, place).to.match(HAN)
    }
  })

  it('have the same places to be filled in, in both', () => {
    for (const { place, zh, en } of SENTENCES) {
      // What only one language needs is named for it.
      const own = (text: string) => placesOf(text).map((name) => name.replace(/(Zh|En)\}$/, '}'))
      expect(own(en), `${place}: ${zh}`).to.deep.equal(own(zh))
    }
  })

  it('are those of the trade', () => {
    for (const [word, instead] of NOT_SAID) {
      const said = CHINESE.filter(({ text }) => word.test(text)).map(({ place, text }) => `${place}: ${text}`)
      expect(said, `instead: ${instead}`).to.deep.equal([])
    }
  })

  it('have the punctuation of Chinese between Chinese (GB/T 15834)', () => {
    const said = CHINESE.filter(({ text }) => /\p{Script=Han}[,;:()?!]|[,;(]\p{Script=Han}/u.test(text))
    expect(said.map(({ place, text }) => `${place}: ${text}`)).to.deep.equal([])
  })
})
