/** The private key of who deploys, from a file. Nothing of the file is ever shown: it may be a key but for one digit. */
import { readFileSync } from 'node:fs'
import { Wallet } from 'ethers'
import { DeploymentMismatchError } from './artifact.ts'

const PRIVATE_KEY = /^(?:0x)?[0-9a-fA-F]{64}$/

/** @throws {DeploymentMismatchError} when the file cannot be read, or holds no private key */
export function readDeployerKey(path: string): Wallet {
  const text = readText(path).trim()
  if (!PRIVATE_KEY.test(text)) {
    throw new DeploymentMismatchError(
      `${path} 中不是私钥：应为 0x 加 64 位十六进制（文件内容不予显示）· ${path} holds no private key: 0x and 64 hexadecimal digits are needed (what it holds is not shown)`,
    )
  }
  try {
    return new Wallet(text.startsWith('0x') ? text : `0x${text}`)
  } catch {
    // Sixty-four digits that are no key of the curve. The cause would quote them.
    throw new DeploymentMismatchError(
      `${path} 中的私钥无效 · the private key in ${path} is none of the curve`,
    )
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new DeploymentMismatchError(`无法读取密钥文件 ${path} · the key file ${path} cannot be read`, {
      cause,
    })
  }
}
