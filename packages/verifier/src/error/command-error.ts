/** What a person who runs `hefu-ledger` or `hefu-verifier` can put right. */
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'

export type CommandErrorCode =
  | 'network-missing'
  | 'registry-network'
  | 'replica-missing'
  | 'passphrase-short'
  | 'key-exists'
  | 'key-unwritable'

/** `about` names the file or the folder. */
const SENTENCES: Readonly<Record<CommandErrorCode, (about: string) => Bilingual>> = {
  'network-missing': () => ({
    zh: '未指定互认链连接配置文件；请用 --network 或环境变量 HEFU_NETWORK 指明',
    en: 'Open the ledger: no network file is named; name it by --network or HEFU_NETWORK',
  }),
  'registry-network': (about) => ({
    zh: `连接配置文件 ${about} 未指定互认链合约；每次审计一个互认链合约，请在其中写明 ledger`,
    en: `Open the ledger: ${about} names a registry, and one ledger is audited at a time; name the ledger in it`,
  }),
  'replica-missing': (about) => ({
    zh: `此处没有互认链副本${about === '' ? '' : `：${about}`}`,
    en: `Open the replica: nothing is kept there${about === '' ? '' : `, ${about}`}`,
  }),
  'passphrase-short': () => ({
    zh: '口令至少 12 个字符',
    en: 'Protect the key: a passphrase of at least 12 characters is needed',
  }),
  'key-exists': (about) => ({
    zh: `文件 ${about} 已存在，不会覆盖；请另指定文件名，或先移走原文件`,
    en: `Write the key file ${about}: it is there already and is never overwritten; name another, or move that one away`,
  }),
  'key-unwritable': (about) => ({
    zh: `无法写入密钥文件：${about}`,
    en: `Write the key file: ${about}`,
  }),
}

/** The command was not given what it needs. */
export class CommandError extends ExplainedError {
  override readonly name = 'CommandError'
  readonly code: CommandErrorCode

  constructor(code: CommandErrorCode, about: string) {
    super(SENTENCES[code](about))
    this.code = code
  }
}
