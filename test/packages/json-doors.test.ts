/** JSON from outside is read at one place, which refuses a member that is there twice: every parser believes another. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MalformedError, parseJsonText } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const ROOT = join(import.meta.dirname, '..', '..')

/** Where the engine's own parser may be called, and why nothing of the outside is read there. */
const OTHERS: Readonly<Record<string, string>> = {
  'packages/protocol/src/bytes/json-text.ts': 'the one reader',
  'packages/protocol/src/bytes/strict-json.ts': 'one text for one value',
  'packages/protocol/src/presentation/qr-text.ts': 'a text that was read strictly before',
  'packages/protocol/src/credential/common-form.ts': 'a part of a text that has one form',
  'packages/ledger/src/replica/queries/cursor.ts': 'compared with the one text of what was read',
  'packages/ledger/src/chain/node-post.ts': 'a node, which may answer whatever it likes in one member too',
  'packages/ledger/src/replica/compact/compact-facts.ts': 'held by this process',
  'packages/issuer/src/journal/outbox.ts': 'of our own store',
  'packages/issuer/src/journal/entry-queries.ts': 'of our own store',
  'packages/issuer/src/workflow/recover.ts': 'a bundle that was read strictly before',
  'packages/verifier/src/batch/batch-results.ts': 'of our own store, as it was signed',
  'packages/verifier/src/batch/batch-seal.ts': 'of our own store',
  'packages/verifier/src/batch/batch-upload.ts': 'of our own store',
  'packages/verifier/src/console/begun-sign-in.ts': 'what this service sealed',
  'packages/verifier/src/console/kept-sessions.ts': 'of our own store, as it was sealed',
  'packages/verifier/src/replica/page-log.ts': 'of our own store',
  'packages/verifier/src/routes/idempotency.ts': 'of our own store',
  'packages/verifier/src/store/ended-keys.ts': 'our own note beside the key file',
  'packages/verifier/src/store/key-history.ts': 'of our own store',
  'packages/verifier/src/store/known-keys.ts': 'our own note beside the key file',
  'packages/sdk/src/command/command.ts': 'our own package.json',
  'scripts/bench/console-size.ts': 'what the bundler wrote',
  'scripts/check-boundaries.ts': 'our own package.json',
  'scripts/generate.ts': 'what the compiler wrote',
  'scripts/published-abi.ts': 'what the compiler wrote',
  'scripts/deploy/artifact.ts': 'what the compiler wrote',
  'scripts/sandbox/chain.ts': 'what the sandbox wrote, and what its own chain answers',
  'scripts/sandbox/deployed-network.ts': 'a file that was read as a network before',
  'scripts/sandbox/whole-folder.ts': 'a file that is read as a network afterwards',
  'scripts/sandbox/identity-provider.ts': 'what the sandbox’s own provider answers',
  'scripts/docs/packed-links.ts': 'the package.json of a package of the house',
  'scripts/deploy/node-provider.ts': 'the deployer’s own node',
  'scripts/deploy/chain/json-rpc.ts': 'a node, which may answer whatever it likes in one member too',
}

describe('JSON from outside', () => {
  it('is read by no other parser than the one, but where nothing of the outside is read', () => {
    const files = globSync(['packages/*/src/**/*.{ts,vue}', 'scripts/**/*.ts'], { cwd: ROOT })
    expect(files.length).to.be.greaterThan(300)
    const callers = files.filter((file) =>
      /\bJSON\.parse\(|\.json\(\)/.test(
        readFileSync(join(ROOT, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, ''),
      ),
    )
    expect(callers.toSorted()).to.deep.equal(Object.keys(OTHERS).toSorted())
  })

  it('is refused where a member is there twice, however it is written and wherever it stands', () => {
    for (const text of [
      '{"a":1,"a":2}',
      '{"a":1,"a":1}',
      '{"a":1,"\\u0061":2}',
      '{ "x": [ { "b": {"c":1,"c":2} } ] }',
      '{"__proto__":1,"__proto__":2}',
      '{"1":0,"1":0}',
    ]) {
      expect(refusalOf(text), text).to.equal('repeated-member')
    }
    for (const text of ['{"a":"a:1,\\"a\\":2"}', '[{"a":1},{"a":2}]', '{"a":{"a":1}}', ' "a:b" ', '{"":0}'])
      expect(refusalOf(text), text).to.equal(null)
  })

  it('is refused where it is none, and where there is more of it than is expected, before it is parsed', () => {
    for (const text of ['', '{', '{"a":1}}', 'a', '{"a":1,}'])
      expect(refusalOf(text), text).to.equal('not-json')
    expect(refusalOf(`[${'0,'.repeat(98)}0]`)).to.equal(null)
    expect(refusalOf(`[${'0,'.repeat(100)}0]`)).to.equal('too-large')
    expect(refusalOf('['.repeat(1_000_000))).to.equal('too-large')
  })

  function refusalOf(text: string): string | null {
    try {
      parseJsonText(text, 100, 'it')
      return null
    } catch (error) {
      if (error instanceof MalformedError) return error.code
      throw error
    }
  }
})
