// Makes `npm start` and `npm test` work from nothing. Plain JavaScript on purpose: it runs before anything is
// installed, under whatever Node the machine has (20 or newer).
//
// Installing itself must run under Node 22 or newer, or npm silently leaves out native packages that ask for
// it: hence `npx --package=node@24`. Everything after that runs under the Node 24 it installs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const stampFile = join(root, 'node_modules', '.hefu-setup')

main()

function main() {
  assertNodeVersion()
  const wanted = fingerprint()
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) {
    run(
      '安装依赖 · Installing dependencies (a few minutes the first time)',
      'npx',
      ['--yes', '--package=node@24', '--', 'npm', 'install', '--no-save', '--prefer-offline'],
      '请检查网络或 npm 镜像设置后重试 · Check the network and npm’s registry setting, then run the same command again',
    )
    writeFileSync(stampFile, wanted)
  }
  const path = join(root, 'node_modules', '.bin') + delimiter + process.env.PATH
  build('编译合约 · Compiling contracts', 'hardhat', ['build', '--no-tests', '--quiet'], path)
  build('生成接口 · Generating interfaces', 'node', ['scripts/generate.ts'], path)
  build('编译程序包 · Compiling packages', 'tsc', ['-b'], path)
  build('打包网页 · Building the pages', 'vite', ['build', 'packages/console', '--logLevel', 'warn'], path)
}

function assertNodeVersion() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  stop(
    `需要 Node 20 或更新版本，当前为 ${process.versions.node} · Node 20 or newer is needed, this is ${process.versions.node}`,
  )
}

/** What an installation depends on: when it changes, it is made again. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function build(title, command, args, path) {
  run(title, command, args, '请查看以上输出 · See the output above', { ...process.env, PATH: path })
}

function run(title, command, args, advice, env = process.env) {
  process.stderr.write(`${title} … `)
  const started = performance.now()
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' })
  if (status === 0) {
    process.stderr.write(`✔ ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
    return
  }
  process.stderr.write('✖\n')
  process.stderr.write([stdout, stderr, error?.message].filter(Boolean).join('\n'))
  stop(advice)
}

function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}
