/** Checks a chain, deploys the ledger on it, and hands its powers over: `npm run deploy -- --help`. */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isAddress } from 'ethers'
import { DeploymentMismatchError } from './deploy/artifact.ts'
import { checkChain, refuses, renderFinding, UnfitChainError } from './deploy/chain/chain-check.ts'
import { type Deployment, type DeploymentRecord, deployLedger } from './deploy/deploy-ledger.ts'
import { readDeployerKey } from './deploy/deployer-key.ts'
import { readRecord, writeRecord } from './deploy/deployment-record.ts'
import { HandOverError, handOver } from './deploy/hand-over.ts'
import { SeatRefusedError, takeSeat } from './deploy/take-seat.ts'

const HELP = `用法 · Usage:
  npm run deploy -- --check --rpc URL [--chain-id N] [--json]
      检查链能否承载互认链合约 · tells whether a chain can carry the ledger
      退出码 · exit code: 0 全部可以 · all is well; 1 可部署，但有欠缺或未知 · it can, but something is missing or unknown;
      2 部署会被拒绝 · the deployment would be refused
  npm run deploy -- --rpc URL --key-file FILE --record FILE [--chain-id N]
      部署互认链合约；中断后可重复执行 · deploys the ledger; run it again after an interruption
  npm run deploy -- take-seat --rpc URL --key-file FILE --record FILE --region CODE
      省级管理账户就任理事会席位 · the admin of a province takes its seat in the council
  npm run deploy -- hand-over --rpc URL --key-file FILE --record FILE --superior ADDRESS --catalogue ADDRESS --emergency ADDRESS
      移交部署者的全部权限，并逐项证明 · hands all powers of the deployer over, and proves it line by line
      移交之前账本上只应有各省及其席位，至少三席 · before it, provinces and their seats are all there may be, three at least

--key-file   私钥（0x 加 64 位十六进制） · a private key, 0x and 64 hexadecimal digits
--record     记录地址与区块的文件 · where addresses and the block are recorded
--chain-id   所指的链 · the chain that is meant`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rpc: { type: 'string', default: '' },
    'chain-id': { type: 'string', default: '' },
    'key-file': { type: 'string', default: '' },
    record: { type: 'string', default: '' },
    region: { type: 'string', default: '' },
    superior: { type: 'string', default: '' },
    catalogue: { type: 'string', default: '' },
    emergency: { type: 'string', default: '' },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const {
  rpc: rpcUrl,
  'key-file': keyFile,
  record: recordFile,
  region,
  superior,
  catalogue,
  emergency,
} = values
const chainId = values['chain-id'] === '' ? undefined : Number(values['chain-id'])

interface Command {
  readonly isComplete: boolean
  readonly run: () => Promise<void>
}

const hasKeyAndRecord = keyFile !== '' && recordFile !== ''

/** By its word; a deployment needs none. */
const COMMANDS: Readonly<Record<string, Command>> = {
  check: { isComplete: true, run: check },
  deploy: { isComplete: hasKeyAndRecord, run: async () => print(await deploy()) },
  'take-seat': { isComplete: hasKeyAndRecord && /^\d{6}$/.test(region), run: sit },
  'hand-over': {
    isComplete: hasKeyAndRecord && [superior, catalogue, emergency].every((address) => isAddress(address)),
    run: hand,
  },
}

const [word = values.check ? 'check' : 'deploy', ...more] = positionals
const command = COMMANDS[word]
const isChainIdValid = chainId === undefined || (Number.isSafeInteger(chainId) && chainId > 0)

if (values.help) console.log(HELP)
else if (!command?.isComplete || !URL.canParse(rpcUrl) || !isChainIdValid || more.length > 0) refuse(HELP)
else {
  try {
    await command.run()
  } catch (error) {
    const isExpected =
      error instanceof DeploymentMismatchError ||
      error instanceof HandOverError ||
      error instanceof SeatRefusedError ||
      error instanceof UnfitChainError
    if (!isExpected) throw error
    refuse(error.message)
  }
}

async function check(): Promise<void> {
  const findings = await checkChain(rpcUrl, chainId)
  const isRefused = findings.some(refuses)
  if (values.json) console.log(JSON.stringify({ rpcUrl, isRefused, findings }, null, 2))
  else for (const finding of findings) console.log(renderFinding(finding))
  if (isRefused) process.exitCode = 2
  else if (findings.some(({ answer }) => answer !== 'yes')) process.exitCode = 1
}

async function deploy(): Promise<Deployment> {
  const recorded = existsSync(recordFile) ? readRecord(recordFile) : undefined
  const record = (progress: DeploymentRecord): void => writeRecord(recordFile, { rpcUrl, ...progress })
  const deployment = await deployLedger({
    rpcUrl,
    chainId,
    deployer: readDeployerKey(keyFile),
    recorded,
    record,
  })
  record(deployment)
  return deployment
}

async function sit(): Promise<void> {
  const { seats } = readRecord(recordFile)
  if (seats === undefined) throw new DeploymentMismatchError(`${recordFile} records no seats`)
  await takeSeat({ rpcUrl, admin: readDeployerKey(keyFile), deployment: { seats }, region: Number(region) })
  console.log(`${region} 已就任理事会席位 · ${region} has taken its seat in the council`)
}

async function hand(): Promise<void> {
  const keepers = { superior, catalogue, emergency }
  // What is handed over was deployed before: a record that is missing is a mistyped one.
  readRecord(recordFile)
  const deployment = await deploy()
  await handOver({ rpcUrl, deployer: readDeployerKey(keyFile), deployment, keepers, print: console.log })
  console.log('权限已移交，部署者不再持有任何权限 · handed over: the deployer holds nothing any more')
  print(deployment)
}

function print(deployment: Deployment): void {
  console.log(JSON.stringify(deployment, null, 2))
}

function refuse(reason: string): void {
  console.error(reason)
  process.exitCode = 2
}
