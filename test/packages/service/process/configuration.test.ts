import {
  ConfigurationError,
  listeningSettings,
  optional,
  passphraseSetting,
  preset,
  readConfiguration,
  readSettings,
  required,
  text,
  wholeNumber,
} from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const SETTINGS = {
  path: required('HEFU_PATH', text({ zh: '某文件的路径', en: 'the path of a file' })),
  passphrase: passphraseSetting,
  age: optional('HEFU_AGE', wholeNumber(1, 99, { zh: '岁数（1 至 99）', en: '1 to 99' })),
  colour: preset('HEFU_COLOUR', text({ zh: '颜色', en: 'a colour' }), 'red'),
  ...listeningSettings(8470),
}
const GOOD = { HEFU_PATH: '/a', HEFU_PASSPHRASE: 'open sesame' }

function defectsOf(environment: Record<string, string>): ConfigurationError {
  try {
    readConfiguration(SETTINGS, environment)
  } catch (error) {
    if (error instanceof ConfigurationError) return error
    throw error
  }
  throw new Error('expect a refusal')
}

describe('readConfiguration', () => {
  it('has each value under its own name, and what is preset where a variable is not set or empty', () => {
    const preset = { age: undefined, colour: 'red', host: '127.0.0.1', port: 8470 }
    const passphrase = { text: 'open sesame' }
    expect(readConfiguration(SETTINGS, GOOD)).to.deep.equal({ path: '/a', passphrase, ...preset })
    const empty = { ...GOOD, HEFU_AGE: '', HEFU_PORT: '', HEFU_PASSPHRASE_FILE: '', PATH: '/bin' }
    expect(readConfiguration(SETTINGS, empty)).to.deep.equal({ path: '/a', passphrase, ...preset })
    const set = { ...GOOD, HEFU_AGE: '99', HEFU_COLOUR: 'blue', HEFU_HOST: '::1', HEFU_PORT: '0' }
    const values = { path: '/a', passphrase, age: 99, colour: 'blue', host: '::1', port: 0 }
    expect(readConfiguration(SETTINGS, set)).to.deep.equal(values)
  })

  it('names all defects at once in both languages, unknown variables too, and no value of any', () => {
    const error = defectsOf({
      HEFU_PASSPHRASE: 'open sesame',
      HEFU_PASSPHRASE_FILE: '/secret-place',
      HEFU_AGE: '100',
      HEFU_PORT: '65536',
      HEFU_PORTT: '8080',
    })
    expect(error.defects).to.deep.equal([
      { zh: '缺少 HEFU_PATH（某文件的路径）', en: 'HEFU_PATH is missing: the path of a file' },
      {
        zh: 'HEFU_PASSPHRASE 与 HEFU_PASSPHRASE_FILE 须且只须设置一个',
        en: 'set exactly one of HEFU_PASSPHRASE and HEFU_PASSPHRASE_FILE',
      },
      { zh: 'HEFU_AGE 应为岁数（1 至 99）', en: 'HEFU_AGE must be 1 to 99' },
      { zh: 'HEFU_PORT 应为端口号（0 至 65535）', en: 'HEFU_PORT must be a port from 0 to 65535' },
      { zh: 'HEFU_PORTT 不是本服务的环境变量', en: 'HEFU_PORTT is no variable of this service' },
    ])
    for (const value of ['open sesame', 'secret-place', '=100', '65536', '8080']) {
      expect(`${error.says.zh}${error.says.en}${error.stack}`).to.not.include(value)
    }
    for (const { zh, en } of error.defects) {
      expect(error.says.zh).to.include(zh)
      expect(error.says.en).to.include(en)
    }
  })

  it('refuses neither of two passphrases as it refuses both', () => {
    expect(defectsOf({ HEFU_PATH: '/a' }).says.en).to.match(/set exactly one/)
  })

  for (const number of ['-1', '+1', '1.5', '1e1', '0x10', ' 1', '1 ', '１', '9'.repeat(16), 'NaN']) {
    it(`reads no whole number in ${JSON.stringify(number)}`, () => {
      expect(defectsOf({ ...GOOD, HEFU_AGE: number }).defects).to.have.lengthOf(1)
    })
  }
})

describe('readSettings', () => {
  it('leaves a person’s other variables alone, and refuses what is wrong in its own', () => {
    const settings = { path: SETTINGS.path }
    expect(readSettings(settings, { HEFU_PATH: '/a', HEFU_OTHER: 'b' })).to.deep.equal({ path: '/a' })
    expect(() => readSettings(settings, { HEFU_OTHER: 'b' })).to.throw(ConfigurationError, /HEFU_PATH/)
  })
})
