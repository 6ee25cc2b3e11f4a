/** `npm run bench [-- NAME…] [--json]`: each figure beside its reference from the same run. */
import {
  benchGasAnchor,
  benchGasAnchor100,
  benchGasLookup,
  benchGasStatus64,
  benchGasStatus100Scattered,
} from './gas-ledger.ts'
import { benchIssueCredential } from './issue-credential.ts'
import type { Figure } from './measure.ts'
import { benchMerkleBuild } from './merkle-build.ts'
import { benchMerkleProof } from './merkle-proof.ts'
import { benchReplicaLookup, benchReplicaLookupMillion } from './replica-lookup.ts'
import {
  benchReplicaMemoryAct,
  benchReplicaMemoryActTogether,
  benchReplicaMemoryAnchor,
  benchReplicaMemoryKey,
} from './replica-memory.ts'
import { benchReplicaRestart, benchReplicaRestartMillion } from './replica-restart.ts'
import { benchReplicaSync } from './replica-sync.ts'
import { benchVerifyLocal, benchVerifyLocalColdKey, benchVerifyLocalSm2 } from './verify-local.ts'

const BENCHES: Readonly<Record<string, () => Promise<Figure>>> = {
  'verify-local': benchVerifyLocal,
  'verify-local-cold-key': benchVerifyLocalColdKey,
  'verify-local-sm2': benchVerifyLocalSm2,
  'issue-credential': benchIssueCredential,
  'merkle-build': benchMerkleBuild,
  'merkle-proof': benchMerkleProof,
  'gas-anchor': benchGasAnchor,
  'gas-anchor-100': benchGasAnchor100,
  'gas-status-64': benchGasStatus64,
  'gas-status-100-scattered': benchGasStatus100Scattered,
  'gas-lookup': benchGasLookup,
  'replica-sync': benchReplicaSync,
  'replica-lookup': benchReplicaLookup,
  'replica-restart': benchReplicaRestart,
  'replica-memory-anchor': benchReplicaMemoryAnchor,
  'replica-memory-key': benchReplicaMemoryKey,
  'replica-memory-act': benchReplicaMemoryAct,
  'replica-memory-act-48': benchReplicaMemoryActTogether,
}

/** Of a ledger ten times as large, each some minutes: when they are named. */
const LONG_BENCHES: Readonly<Record<string, () => Promise<Figure>>> = {
  'replica-lookup-million': benchReplicaLookupMillion,
  'replica-restart-million': benchReplicaRestartMillion,
}
const NAMED = { ...BENCHES, ...LONG_BENCHES }

const HELP = `用法 · Usage: npm run bench [-- NAME…] [--json]

可测项目 · Entries: ${Object.keys(BENCHES).join(', ')}
须指明 · When named: ${Object.keys(LONG_BENCHES).join(', ')}
--json   每行一个 JSON 对象 · one JSON object a line: {name, value, unit, reference, ratio}
ratio    本系统速度 ÷ 同次运行的参照 · our speed as a fraction of the reference of the same run`

const options = process.argv.slice(2)
const names = options.filter((option) => !option.startsWith('-'))
const unknown = options.filter((o) => !(o in NAMED || o === '--json' || o === '--help'))
if (options.includes('--help')) console.log(HELP)
else if (unknown.length > 0) {
  console.error(`未知项目 · Unknown entry: ${unknown.join(', ')}\n\n${HELP}`)
  process.exitCode = 2
} else await runBenches(names.length > 0 ? names : Object.keys(BENCHES))

async function runBenches(chosen: readonly string[]): Promise<void> {
  for (const name of chosen) {
    const bench = NAMED[name]
    if (bench !== undefined) print(await bench())
  }
}

function print(figure: Figure): void {
  if (options.includes('--json')) {
    console.log(JSON.stringify(figure))
    return
  }
  const { name, value, unit, reference, ratio } = figure
  const beside =
    reference === undefined ? '' : `   reference ${reference.toLocaleString('en')} ${unit}   ratio ${ratio}`
  console.log(`${name.padEnd(22)} ${value.toLocaleString('en').padStart(12)} ${unit}${beside}`)
}
