/** Checks a chain, deploys the ledger on it, hands its powers over, and proves that: `npm run deploy -- --help`. */
import { existsSync } from 'node:fs'
import { type ExplainedError, writeDurably } from '@hefu/service'
import { DeploymentMismatchError } from './deploy/artifact.ts'
import { checkChain, refuses, renderFinding, UnfitChainError } from './deploy/chain/chain-check.ts'
import { assertReachable } from './deploy/chain/reachable.ts'
import { deployLedger } from './deploy/deploy-ledger.ts'
import { deployRulebook } from './deploy/deploy-rulebook.ts'
import { readDeployerKey } from './deploy/deployer-key.ts'
import {
  type DeploymentRecord,
  encodeRecord,
  readRecord,
  readWholeRecord,
  type WholeRecord,
  writeRecord,
} from './deploy/deployment-record.ts'
import { explained } from './deploy/explained.ts'
import { handOver, holdsAdministration, proveHandedOver } from './deploy/hand-over.ts'
import type { Keepers } from './deploy/holders.ts'
import { assertWritable, keep, keepSync } from './deploy/kept-file.ts'
import { renderProofLine, renderSentence, type Sentence, summaryOf } from './deploy/proof-line.ts'
import { takeSeat } from './deploy/take-seat.ts'
import {
  type Given,
  neededOption,
  readAccount,
  readChainId,
  readCommand,
  readFinality,
  readRegion,
  readRpcUrl,
  UsageError,
  type Word,
} from './deploy/usage.ts'

const HELP = `用法 · Usage:
  npm run deploy -- --check --rpc URL [--chain-id N] [--json]
      检查链能否承载互认链合约 · tells whether a chain can carry the ledger
      退出码 · exit code: 0 全部可以 · all is well; 1 可部署，但有欠缺或未知 · it can, but something is missing or unknown;
      2 部署会被拒绝 · the deployment would be refused; 4 无法连接节点 · no node answers
  npm run deploy -- --rpc URL --key-file FILE --record FILE [--chain-id N] [--finality RULE]
      部署互认链合约；中断后可重复执行 · deploys the ledger; run it again after an interruption
  npm run deploy -- take-seat --rpc URL --key-file FILE --record FILE --region CODE
      省级管理账户就任理事会席位；须先由部署者接纳该省：hefu-council admit · the admin of a province takes its seat in the
      council, once the deployer has admitted the province: hefu-council admit
  npm run deploy -- hand-over --rpc URL --key-file FILE --record FILE --superior ADDRESS --catalogue ADDRESS --emergency ADDRESS [--out FILE]
      移交部署者的全部权限，并逐项证明 · hands all powers of the deployer over, and proves it line by line
      移交之前账本上只应有各省及其席位，至少三席；有一项不成立则什么也不移交 · before it, provinces and their seats are all
      there may be, three at least; nothing is handed over while anything of that is not so
  npm run deploy -- prove --rpc URL --record FILE [--deployer ADDRESS] [--superior ADDRESS] [--catalogue ADDRESS] [--emergency ADDRESS] [--out FILE]
      重做移交证明，只读，不需要密钥，任何一省都可以做 · makes the proof of the hand-over again: reads alone, needs no key, and any
      province can
      退出码 · exit code: 0 全部成立 · all holds; 1 有未知 · something is not to be told; 2 有不成立 · something does not hold; 4 无法连接节点 · no node answers
  npm run deploy -- rulebook --rpc URL --key-file FILE --record FILE
      部署另一份规则手册（空白，尚未改用），任何账户都可以 · deploys another rulebook, which is empty and not in force; any account may

--key-file   私钥（0x 加 64 位十六进制），或 hefu-council init 所生成的密钥文件（口令见 HEFU_PASSPHRASE_FILE）
             a private key, 0x and 64 hexadecimal digits, or a key file of hefu-council init (its passphrase: HEFU_PASSPHRASE_FILE)
--record     记录地址与区块的文件 · where addresses and the block are recorded
--finality   区块何时不再被替换：finalized（默认），或其后的区块数 · from when on a block stays: finalized (the default), or so many blocks behind it
--chain-id   所指的链 · the chain that is meant
--out        将证明另存为文件 · keeps the proof in a file
--json       检查结果和错误以 JSON 输出到标准输出 · findings of the check, and errors, as JSON on stdout
退出码，除上述外 · exit codes, where none is said above: 0 已办妥 · done; 1 未预料的错误 · what nobody expected;
  2 用法有误、被拒绝，或没有得到证明 · bad usage, refused, or not proven; 4 无法连接节点 · no node answers`

const KEEPERS = ['superior', 'catalogue', 'emergency'] as const

/** Below the lines that say why. */
const UNFIT: Sentence = {
  zh: '此链不能承载互认链，没有发送任何内容',
  en: 'the chain cannot carry the ledger: nothing was sent',
}

const RUN: Readonly<Record<Word, (given: Given) => Promise<void>>> = {
  check,
  deploy: async (given) => {
    const { record, isNew } = await deploy(given)
    print(record)
    tellDeployed(given, isNew)
  },
  'take-seat': sit,
  'hand-over': hand,
  prove,
  rulebook,
}

try {
  const { word, given } = readCommand(process.argv.slice(2))
  if (given.help) console.log(HELP)
  else await RUN[word](given)
} catch (error) {
  tellError(explained(error))
}

/** A sentence for a person, and for a program, where it asked for that, the same as an object. */
function tellError(error: ExplainedError): void {
  const { code, says } = error
  process.exitCode = code === 'no-node' || code === 'node-failed' ? 4 : 2
  if (error instanceof UnfitChainError) for (const line of error.lines) console.error(line)
  const { zh, en } = error instanceof UnfitChainError ? UNFIT : says
  console.error(`${zh} · ${en} [${code}]`)
  if (error instanceof UsageError)
    console.error('用法见 npm run deploy -- --help · npm run deploy -- --help tells more')
  if (process.argv.includes('--json')) console.log(JSON.stringify({ event: 'error', code, ...says }))
}

async function check(given: Given): Promise<void> {
  const rpcUrl = readRpcUrl(given)
  const chainId = readChainId(given)
  await assertReachable(rpcUrl)
  const findings = await checkChain(rpcUrl, chainId)
  const isRefused = findings.some(refuses)
  if (given.json) console.log(JSON.stringify({ rpcUrl, isRefused, findings }, null, 2))
  else for (const finding of findings) console.log(renderFinding(finding))
  if (isRefused) process.exitCode = 2
  else if (findings.some(({ answer }) => answer !== 'yes')) process.exitCode = 1
}

interface Deployed {
  readonly record: WholeRecord
  /** Whether anything of it did not stand before. */
  readonly isNew: boolean
}

async function deploy(given: Given): Promise<Deployed> {
  const [rpcUrl, chainId] = [readRpcUrl(given), readChainId(given)]
  const [keyFile, recordFile] = [neededOption(given, 'key-file'), neededOption(given, 'record')]
  const rule = readFinality(given)
  assertWritable('record', recordFile)
  const deployer = await readDeployerKey(keyFile)
  const recorded = existsSync(recordFile) ? readRecord(recordFile) : undefined
  await assertReachable(rpcUrl)
  const finality = rule ?? recorded?.finality
  let isNew = false
  const write = (progress: DeploymentRecord): void =>
    keepSync(recordFile, () =>
      writeRecord(recordFile, {
        ...progress,
        rpcUrl,
        deployer: recorded?.deployer ?? deployer.address,
        ...(finality === undefined ? {} : { finality }),
      }),
    )
  const record = (progress: DeploymentRecord): void => {
    isNew = true
    write(progress)
  }
  write(await deployLedger({ rpcUrl, chainId, deployer, recorded, record }))
  return { record: readWholeRecord(recordFile), isNew }
}

/** On stderr, for the record itself is what the command prints. */
function tellDeployed(given: Given, isNew: boolean): void {
  const file = neededOption(given, 'record')
  console.error(
    isNew
      ? `已部署，记录写在 ${file} · deployed, and recorded in ${file}`
      : `此前已全部部署，与编译结果一致，没有发送任何内容 · all of it stood already, as it was compiled: nothing was sent`,
  )
  console.error(
    '下一步：接纳各省（hefu-council admit），各省就任席位（take-seat），再移交（hand-over） · next: admit the provinces (hefu-council admit), have each take its seat (take-seat), and hand over (hand-over)',
  )
}

async function sit(given: Given): Promise<void> {
  const [rpcUrl, region] = [readRpcUrl(given), readRegion(given)]
  const [keyFile, recordFile] = [neededOption(given, 'key-file'), neededOption(given, 'record')]
  const deployment = readWholeRecord(recordFile)
  const admin = await readDeployerKey(keyFile)
  await assertReachable(rpcUrl)
  await takeSeat({ rpcUrl, admin, deployment, region })
  console.log(`${region} 已就任理事会席位 · ${region} has taken its seat in the council`)
}

async function hand(given: Given): Promise<void> {
  const rpcUrl = readRpcUrl(given)
  const [keyFile, recordFile] = [neededOption(given, 'key-file'), neededOption(given, 'record')]
  const keepers = readKeepers(given)
  assertWritable('record', recordFile)
  if (given.out !== undefined) assertWritable('out', given.out)
  // What is handed over was deployed before: a record that is missing is a mistyped one.
  const { deployer: recorded } = readWholeRecord(recordFile)
  const deployer = await readDeployerKey(keyFile)
  assertDeployer(recorded, deployer.address)
  const { record: deployment } = await deploy(given)
  const lines: string[] = []
  const show = (line: string): void => {
    lines.push(line)
    console.log(line)
  }
  await handOver({ rpcUrl, deployer, deployment, keepers, print: show })
  keepSync(recordFile, () => writeRecord(recordFile, { ...deployment, ...keepers }))
  await keepProof(given, lines)
  console.log('权限已移交，部署者不再持有任何权限 · handed over: the deployer holds nothing any more')
  console.log('各省可自行重做证明 · every province can prove it again: npm run deploy -- prove')
}

/** Nothing of the record changes: which rulebook is in force the ledger says. */
async function rulebook(given: Given): Promise<void> {
  const rpcUrl = readRpcUrl(given)
  const [keyFile, recordFile] = [neededOption(given, 'key-file'), neededOption(given, 'record')]
  const deployment = readWholeRecord(recordFile)
  const signer = await readDeployerKey(keyFile)
  await assertReachable(rpcUrl)
  const address = await deployRulebook({ rpcUrl, signer, deployment })
  console.log(address)
  console.error(
    `已部署规则手册 ${address}，空白，尚未改用 · the rulebook ${address} is deployed: empty, and not in force`,
  )
  console.error(
    `下一步：hefu-council assign-rulebook ${address} catalogue 和 baseline 提交表决；执行后各方以 --rulebook ${address} 填写；最后 hefu-council change-rulebook ${address} · next: put hefu-council assign-rulebook ${address} catalogue, and baseline, to the vote; once carried out, everybody fills it with --rulebook ${address}; at last hefu-council change-rulebook ${address}`,
  )
}

async function keepProof({ out }: Given, lines: readonly string[]): Promise<void> {
  if (out !== undefined) await keep(out, () => writeDurably(out, `${lines.join('\n')}\n`))
}

/** Somebody else's key has nothing to hand over, and would be proven in the deployer's stead. */
function assertDeployer(recorded: string | undefined, address: string): void {
  if (recorded === undefined || recorded.toLowerCase() === address.toLowerCase()) return
  throw new DeploymentMismatchError({
    zh: `--key-file 的账户 ${address} 不是部署者 ${recorded}；只想重做证明请用 prove`,
    en: `the account ${address} of --key-file did not deploy this ledger, ${recorded} did: to prove it again, use prove`,
  })
}

function readKeepers(given: Given, recorded: Partial<Keepers> = {}): Keepers {
  return {
    superior: readAccount(given, 'superior', recorded.superior),
    catalogue: readAccount(given, 'catalogue', recorded.catalogue),
    emergency: readAccount(given, 'emergency', recorded.emergency),
  }
}

async function prove(given: Given): Promise<void> {
  const rpcUrl = readRpcUrl(given)
  const deployment = readWholeRecord(neededOption(given, 'record'))
  const deployer = readAccount(given, 'deployer', deployment.deployer)
  if (given.out !== undefined) assertWritable('out', given.out)
  await assertReachable(rpcUrl)
  const isHeld = await holdsAdministration({ rpcUrl, deployment, deployer })
  if (isHeld) console.log(renderSentence(notHandedOver(deployer)))
  if (isHeld && !KEEPERS.some((name) => (given[name] ?? deployment[name]) !== undefined)) {
    process.exitCode = 2
    return
  }
  const keepers = readKeepers(given, deployment)
  const proof = await proveHandedOver({ rpcUrl, deployer, deployment, keepers })
  const lines = [
    ...(isHeld ? [renderSentence(notHandedOver(deployer))] : []),
    ...proof.map((line) => renderProofLine(line)),
    renderSentence(summaryOf(proof)),
  ]
  for (const line of lines.slice(isHeld ? 1 : 0)) console.log(line)
  await keepProof(given, lines)
  const open = proof.filter(({ defects }) => defects.length > 0)
  if (open.length > 0) process.exitCode = open.some(({ isUnknown }) => !isUnknown) ? 2 : 1
}

/** What an official needs to know before any line. */
function notHandedOver(deployer: string): Sentence {
  return {
    zh: `尚未移交：部署者 ${deployer} 仍持有全部权限（角色 0），可以更改一切；请先运行 hand-over`,
    en: `not handed over: the deployer ${deployer} still holds all powers (role 0) and can change everything; run hand-over first`,
  }
}

function print(record: object): void {
  process.stdout.write(encodeRecord(record))
}
