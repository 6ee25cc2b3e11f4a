/** Checks a chain, deploys the ledger on it, hands its powers over, and proves that: `npm run deploy -- --help`. */
import { existsSync } from 'node:fs'
import { ExplainedError, writeDurably } from '@hefu/service'
import { isError } from 'ethers'
import { DeploymentMismatchError } from './deploy/artifact.ts'
import { checkChain, refuses, renderFinding, UnfitChainError } from './deploy/chain/chain-check.ts'
import { assertReachable, NoNodeError } from './deploy/chain/reachable.ts'
import { deployLedger } from './deploy/deploy-ledger.ts'
import { readDeployerKey } from './deploy/deployer-key.ts'
import {
  type DeploymentRecord,
  encodeRecord,
  readRecord,
  readWholeRecord,
  type WholeRecord,
  writeRecord,
} from './deploy/deployment-record.ts'
import { HandOverError, handOver, proveHandedOver } from './deploy/hand-over.ts'
import type { Keepers } from './deploy/holders.ts'
import { renderProofLine } from './deploy/proof-line.ts'
import { SeatRefusedError, takeSeat } from './deploy/take-seat.ts'
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

--key-file   私钥（0x 加 64 位十六进制），或 hefu-council init 所生成的密钥文件（口令见 HEFU_PASSPHRASE_FILE）
             a private key, 0x and 64 hexadecimal digits, or a key file of hefu-council init (its passphrase: HEFU_PASSPHRASE_FILE)
--record     记录地址与区块的文件 · where addresses and the block are recorded
--finality   区块何时不再被替换：finalized（默认），或其后的区块数 · from when on a block stays: finalized (the default), or so many blocks behind it
--chain-id   所指的链 · the chain that is meant
--out        将证明另存为文件 · keeps the proof in a file`

const RUN: Readonly<Record<Word, (given: Given) => Promise<void>>> = {
  check,
  deploy: async (given) => print(await deploy(given)),
  'take-seat': sit,
  'hand-over': hand,
  prove,
}

try {
  const { word, given } = readCommand(process.argv.slice(2))
  if (given.help) console.log(HELP)
  else await RUN[word](given)
} catch (error) {
  process.exitCode = error instanceof NoNodeError ? 4 : 2
  console.error(sentenceOf(error))
}

/** @throws what nobody expects */
function sentenceOf(error: unknown): string {
  if (error instanceof UsageError)
    return `${error.message}\n用法见 npm run deploy -- --help · npm run deploy -- --help tells more`
  // Its lines were printed one by one.
  if (error instanceof HandOverError) return error.summary
  if (error instanceof ExplainedError) return `${error.says.zh} · ${error.says.en}`
  if (isError(error, 'INSUFFICIENT_FUNDS'))
    return '账户余额不足以支付交易；请先为其充值 · the account cannot pay for its transactions: fund it first'
  const isExpected =
    error instanceof DeploymentMismatchError ||
    error instanceof SeatRefusedError ||
    error instanceof UnfitChainError ||
    error instanceof NoNodeError
  if (isExpected) return error.message
  throw error
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

async function deploy(given: Given): Promise<WholeRecord> {
  const [rpcUrl, chainId] = [readRpcUrl(given), readChainId(given)]
  const [keyFile, recordFile] = [neededOption(given, 'key-file'), neededOption(given, 'record')]
  const rule = readFinality(given)
  const deployer = await readDeployerKey(keyFile)
  const recorded = existsSync(recordFile) ? readRecord(recordFile) : undefined
  await assertReachable(rpcUrl)
  const finality = rule ?? recorded?.finality
  const record = (progress: DeploymentRecord): void =>
    writeRecord(recordFile, {
      ...progress,
      rpcUrl,
      deployer: recorded?.deployer ?? deployer.address,
      ...(finality === undefined ? {} : { finality }),
    })
  record(await deployLedger({ rpcUrl, chainId, deployer, recorded, record }))
  return readWholeRecord(recordFile)
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
  // What is handed over was deployed before: a record that is missing is a mistyped one.
  const { deployer: recorded } = readWholeRecord(recordFile)
  const deployer = await readDeployerKey(keyFile)
  assertDeployer(recorded, deployer.address)
  const deployment = await deploy(given)
  const lines: string[] = []
  const show = (line: string): void => {
    lines.push(line)
    console.log(line)
  }
  await handOver({ rpcUrl, deployer, deployment, keepers, print: show })
  writeRecord(recordFile, { ...deployment, ...keepers })
  if (given.out !== undefined) await writeDurably(given.out, `${lines.join('\n')}\n`)
  console.log('权限已移交，部署者不再持有任何权限 · handed over: the deployer holds nothing any more')
  console.log('各省可自行重做证明 · every province can prove it again: npm run deploy -- prove')
}

/** Somebody else's key has nothing to hand over, and would be proven in the deployer's stead. */
function assertDeployer(recorded: string | undefined, address: string): void {
  if (recorded === undefined || recorded.toLowerCase() === address.toLowerCase()) return
  throw new DeploymentMismatchError(
    `--key-file 的账户 ${address} 不是部署者 ${recorded}；只想重做证明请用 prove · the account ${address} of --key-file did not deploy this ledger, ${recorded} did: to prove it again, use prove`,
  )
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
  const keepers = readKeepers(given, deployment)
  await assertReachable(rpcUrl)
  const proof = await proveHandedOver({ rpcUrl, deployer, deployment, keepers })
  const lines = proof.map((line) => renderProofLine(line))
  for (const line of lines) console.log(line)
  if (given.out !== undefined) await writeDurably(given.out, `${lines.join('\n')}\n`)
  const open = proof.filter(({ defects }) => defects.length > 0)
  if (open.length === 0) return
  console.error(`${open.length} 项没有得到证明 · ${open.length} lines are not proven`)
  process.exitCode = open.some(({ isUnknown }) => !isUnknown) ? 2 : 1
}

function print(record: object): void {
  process.stdout.write(encodeRecord(record))
}
