// Makes sure that `npm test` finds a Chromium, and a font that has the characters of people's names. Run by `pretest` after setup.mjs; never part of `npm start`.
// Plain JavaScript, like setup.mjs: it runs under whatever Node the machine has (20 or newer).
//
// As root on Debian or Ubuntu: the system's package. Otherwise the build that playwright-core downloads.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const SYSTEM_CHROMIUM = '/usr/bin/chromium'
/** Debian's; elsewhere a machine has fonts of its own. */
const SYSTEM_FONT = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
const PLAYWRIGHT = join(import.meta.dirname, '..', 'node_modules', '.bin', 'playwright-core')

main()

function main() {
  if (!existsSync(SYSTEM_FONT)) {
    const failure = installSystemPackage('fonts-noto-cjk')
    if (failure !== '') process.stderr.write(`${failure}\n`)
  }
  if (hasChromium()) return
  process.stderr.write('安装测试用浏览器 · Installing a browser for the tests (once) … ')
  const failures = [() => installSystemPackage('chromium'), installWithPlaywright].map(
    (install) => !hasChromium() && install(),
  )
  if (hasChromium()) {
    process.stderr.write('✔\n')
    return
  }
  process.stderr.write(`✖\n${failures.filter(Boolean).join('\n')}\n`)
  process.stderr.write(
    '未找到 Chromium：请安装发行版的 chromium 软件包，或运行 npx playwright-core install chromium，再重试 · ' +
      'No Chromium: install your distribution’s chromium package, or run npx playwright-core install chromium, then run the same command again\n',
  )
  process.exit(1)
}

function hasChromium() {
  return existsSync(SYSTEM_CHROMIUM) || existsSync(chromium.executablePath())
}

/** @returns {string} what went wrong; empty: nothing, or not this machine's way */
function installSystemPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return ''
  const install = ['install', '--yes', '--no-install-recommends', name]
  return run('apt-get', ['update']) || run('apt-get', install)
}

/** @returns {string} what went wrong; empty: nothing */
function installWithPlaywright() {
  return run(PLAYWRIGHT, ['install', 'chromium'])
}

function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' })
  if (status === 0) return ''
  return [`${command} ${args.join(' ')}`, stdout, stderr, error?.message].filter(Boolean).join('\n')
}
