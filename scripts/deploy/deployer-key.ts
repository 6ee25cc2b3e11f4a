/**
 * The private key of who deploys, from a file: in the clear, or encrypted as `hefu-council init` makes it. Nothing of the
 * file is ever shown: it may be a key but for one digit.
 */
import { readFileSync } from 'node:fs'
import { type KeyFile, parseKeyFile } from '@hefu/protocol'
import { openAccountKey, requestPassphrase } from '@hefu/service'
import { Wallet } from 'ethers'
import { DeploymentMismatchError } from './artifact.ts'

const PRIVATE_KEY = /^(?:0x)?[0-9a-fA-F]{64}$/

/**
 * @throws {DeploymentMismatchError} when the file cannot be read, or holds no private key
 * @throws {KeyError} when its passphrase is missing or wrong
 */
export async function readDeployerKey(path: string): Promise<Wallet> {
  const text = readText(path).trim()
  const file = readEncrypted(text)
  if (file !== null) return walletOf(await openAccountKey(file, await askPassphrase()), path)
  if (!PRIVATE_KEY.test(text)) {
    throw new DeploymentMismatchError({
      zh: `${path} 中不是私钥：应为 0x 加 64 位十六进制，或 hefu-council init 所生成的密钥文件（文件内容不予显示）`,
      en: `${path} holds no private key: 0x and 64 hexadecimal digits, or a key file of hefu-council init (what it holds is not shown)`,
    })
  }
  return walletOf(text.startsWith('0x') ? text : `0x${text}`, path)
}

/** `null`: no key file. What is wrong with one is not told, for it would be quoted. */
function readEncrypted(text: string): KeyFile | null {
  try {
    return parseKeyFile(text)
  } catch {
    return null
  }
}

function askPassphrase(): Promise<string> {
  return requestPassphrase({ env: process.env, input: process.stdin, output: process.stderr })
}

function walletOf(privateKey: string, path: string): Wallet {
  try {
    return new Wallet(privateKey)
  } catch {
    // Sixty-four digits that are no key of the curve. The cause would quote them.
    throw new DeploymentMismatchError({
      zh: `${path} 中的私钥无效`,
      en: `the private key in ${path} is none of the curve`,
    })
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new DeploymentMismatchError(
      {
        zh: `无法读取密钥文件 ${path}；请核对 --key-file`,
        en: `the key file ${path} cannot be read: check --key-file`,
      },
      { cause },
    )
  }
}
