/** `npm run bench [-- NAME…] [--json] [--once] [--minutes N]`: each figure beside its reference from the same run. */
import { parseArgs } from 'node:util'
import { benchConsoleSizeClerk, benchConsoleSizeMore } from './console-size.ts'
import {
  benchGasAnchor,
  benchGasAnchor100,
  benchGasLookup,
  benchGasStatus64,
  benchGasStatus100Scattered,
} from './gas-ledger.ts'
import { benchIssueCredential } from './issue-credential.ts'
import { type Figure, measureOnce } from './measure.ts'
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
import { benchSdkSizeLocal, benchSdkSizeRemote, benchSdkSizeRemoteWhole } from './sdk-size.ts'
import { benchVerifyBatch } from './verify-batch.ts'
import { benchVerifyHttp } from './verify-http.ts'
import { benchVerifyLoad } from './verify-load.ts'
import { benchVerifyLocal, benchVerifyLocalColdKey, benchVerifyLocalSm2 } from './verify-local.ts'
import { benchVerifyOverload } from './verify-overload.ts'

const BENCHES: Readonly<Record<string, () => Promise<Figure | readonly Figure[]>>> = {
  'verify-local': benchVerifyLocal,
  'verify-local-cold-key': benchVerifyLocalColdKey,
  'verify-local-sm2': benchVerifyLocalSm2,
  'verify-http': benchVerifyHttp,
  'verify-batch': benchVerifyBatch,
  'issue-credential': benchIssueCredential,
  'merkle-build': benchMerkleBuild,
  'merkle-proof': benchMerkleProof,
  'gas-anchor': benchGasAnchor,
  'gas-anchor-100': benchGasAnchor100,
  'gas-status-64': benchGasStatus64,
  'gas-status-100-scattered': benchGasStatus100Scattered,
  'gas-lookup': benchGasLookup,
  'sdk-size-local': benchSdkSizeLocal,
  'sdk-size-remote': benchSdkSizeRemote,
  'sdk-size-remote-whole': benchSdkSizeRemoteWhole,
  'console-size-clerk': benchConsoleSizeClerk,
  'console-size-more': benchConsoleSizeMore,
  'replica-sync': benchReplicaSync,
  'replica-lookup': benchReplicaLookup,
  'replica-restart': benchReplicaRestart,
  'replica-memory-anchor': benchReplicaMemoryAnchor,
  'replica-memory-key': benchReplicaMemoryKey,
  'replica-memory-act': benchReplicaMemoryAct,
  'replica-memory-act-48': benchReplicaMemoryActTogether,
}

/** Each takes some minutes: when they are named. */
const LONG_BENCHES: Readonly<Record<string, () => Promise<Figure | readonly Figure[]>>> = {
  'verify-load': () => benchVerifyLoad(minutes),
  'verify-overload': benchVerifyOverload,
  'replica-lookup-million': benchReplicaLookupMillion,
  'replica-restart-million': benchReplicaRestartMillion,
}
const NAMED = { ...BENCHES, ...LONG_BENCHES }

const HELP = `用法 · Usage: npm run bench [-- NAME…] [--json] [--once] [--minutes N]

可测项目 · Entries: ${Object.keys(BENCHES).join(', ')}
须指明 · When named: ${Object.keys(LONG_BENCHES).join(', ')}
--json      每行一个 JSON 对象 · one JSON object a line: {name, value, unit, reference, ratio}
--once      每项只跑一遍，只看能否运行 · each once: whether it runs, and no speed
--minutes   verify-load 的时长，默认 10 · how long verify-load lasts, 10 by default
ratio       本系统速度 ÷ 同次运行的参照 · our speed as a fraction of the reference of the same run`

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    json: { type: 'boolean' },
    help: { type: 'boolean' },
    once: { type: 'boolean' },
    minutes: { type: 'string' },
  },
})
const minutes = Number(options.minutes ?? 10)
const unknown = [
  ...names.filter((name) => !(name in NAMED)),
  ...Object.keys(options).filter((option) => !['json', 'help', 'once', 'minutes'].includes(option)),
  ...(minutes > 0 ? [] : [`--minutes ${options.minutes}`]),
]
if (options.once === true) measureOnce()
if (options.help === true) console.log(HELP)
else if (unknown.length > 0) {
  console.error(`未知项目 · Unknown entry: ${unknown.join(', ')}\n\n${HELP}`)
  process.exitCode = 2
} else await runBenches(names.length > 0 ? names : Object.keys(BENCHES))

async function runBenches(chosen: readonly string[]): Promise<void> {
  for (const name of chosen) {
    const bench = NAMED[name]
    if (bench === undefined) continue
    for (const figure of [await bench()].flat()) print(figure)
  }
}

function print(figure: Figure): void {
  if (options.json === true) {
    console.log(JSON.stringify(figure))
    return
  }
  const { name, value, unit, reference, ratio } = figure
  const beside = reference === undefined ? '' : `   reference ${reference.toLocaleString('en')} ${unit}`
  const compared = ratio === undefined ? '' : `   ratio ${ratio}`
  console.log(`${name.padEnd(26)} ${value.toLocaleString('en').padStart(12)} ${unit}${beside}${compared}`)
}
