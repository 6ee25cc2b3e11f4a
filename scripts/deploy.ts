/** Deploys the ledger on any chain, and hands its powers over: `node scripts/deploy.ts --help`. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isAddress, Wallet } from 'ethers'
import { DeploymentMismatchError } from './deploy/artifact.ts'
import { type Deployment, type DeploymentRecord, deployLedger } from './deploy/deploy-ledger.ts'
import { HandOverError, handOver } from './deploy/hand-over.ts'

const HELP = `用法 · Usage:
  node scripts/deploy.ts --rpc URL --key-file FILE --record FILE
      部署账本；中断后可重复执行 · deploys the ledger; run it again after an interruption
  node scripts/deploy.ts hand-over --rpc URL --key-file FILE --record FILE --catalogue ADDRESS --emergency ADDRESS
      移交部署者的全部权限 · hands all powers of the deployer over

--key-file   部署者私钥（0x 加 64 位十六进制） · the deployer’s private key, 0x and 64 hexadecimal digits
--record     记录地址与区块的文件 · where addresses and the block are recorded`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rpc: { type: 'string' },
    'key-file': { type: 'string' },
    record: { type: 'string' },
    catalogue: { type: 'string', default: '' },
    emergency: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
const { rpc: rpcUrl, 'key-file': keyFile, record: recordFile, catalogue, emergency } = values
const [command = 'deploy', ...more] = positionals
const isComplete = rpcUrl !== undefined && keyFile !== undefined && recordFile !== undefined

if (values.help) console.log(HELP)
else if (!isComplete || more.length > 0 || !['deploy', 'hand-over'].includes(command)) refuse(HELP)
else if (command === 'hand-over' && !(isAddress(catalogue) && isAddress(emergency))) refuse(HELP)
else {
  try {
    const deployer = new Wallet(readFileSync(keyFile, 'utf8').trim())
    const recorded = existsSync(recordFile) ? readRecord(recordFile) : undefined
    const record = (progress: DeploymentRecord): void => writeRecord(recordFile, { rpcUrl, ...progress })
    const deployment = await deployLedger({ rpcUrl, deployer, recorded, record })
    record(deployment)
    if (command === 'hand-over') {
      await handOver({ rpcUrl, deployer, deployment, keepers: { catalogue, emergency } })
      console.log('权限已移交，部署者不再持有任何权限 · handed over: the deployer holds nothing any more')
    }
    console.log(JSON.stringify(deployment, null, 2))
  } catch (error) {
    if (!(error instanceof DeploymentMismatchError || error instanceof HandOverError)) throw error
    refuse(error.message)
  }
}

function refuse(reason: string): void {
  console.error(reason)
  process.exitCode = 2
}

function readRecord(path: string): Partial<Deployment> {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Never half-written: the file is replaced at once. Addresses in lower case, as the packages read them. */
function writeRecord(path: string, record: object): void {
  const text = JSON.stringify(
    record,
    (name, value) => (isAddress(value) && name !== '' ? value.toLowerCase() : value),
    2,
  )
  writeFileSync(`${path}.new`, `${text}\n`)
  renameSync(`${path}.new`, path)
}
