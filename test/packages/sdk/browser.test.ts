import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const SOURCES = fileURLToPath(new URL('../../../packages/sdk/src/', import.meta.url))
const NODE = new Set(builtinModules)

describe('the library part of the SDK', () => {
  it('names nothing of Node, and nothing of the command', () => {
    const files = globSync('*.ts', { cwd: SOURCES }).filter((file) => !file.startsWith('cli'))
    expect(files).to.include('index.ts')
    for (const file of files) {
      const text = readFileSync(SOURCES + file, 'utf8')
      const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name)
      const foreign = imported.filter(
        (name) => name.startsWith('node:') || NODE.has(name) || /\/cli/.test(name),
      )
      expect(foreign, file).to.deep.equal([])
      expect(text, file).to.not.match(/\b(process|Buffer|require)\b[.(]/)
    }
  })
})
