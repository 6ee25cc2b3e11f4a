/** What a person who runs `hefu-ledger` or `hefu-verifier` can put right. */
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'

export type CommandErrorCode =
  | 'network-missing'
  | 'registry-network'
  | 'ledger-unregistered'
  | 'ledger-nodeless'
  | 'ledger-pinned'
  | 'most-without-all'
  | 'replica-missing'
  | 'passphrase-short'
  | 'key-exists'
  | 'key-unwritable'
  | 'not-a-kid'

/** `about` names the file or the folder. */
const SENTENCES: Readonly<Record<CommandErrorCode, (about: string) => Bilingual>> = {
  'network-missing': () => ({
    zh: '未指定互认链连接配置文件；请用 --network 或环境变量 HEFU_NETWORK 指明',
    en: 'Open the ledger: no network file is named; name it by --network or HEFU_NETWORK',
  }),
  'registry-network': (about) => ({
    zh: `连接配置文件 ${about} 未指定互认链合约；每次审计一个互认链合约，请用 --ledger 指明`,
    en: `Open the ledger: ${about} names a registry, and one ledger is audited at a time; name it by --ledger`,
  }),
  'ledger-unregistered': (about) => ({
    zh: `互认链名录中没有互认链合约 ${about}；应写作“链号/地址”，地址用小写`,
    en: `Open the ledger: the registry names no ${about}; expected chain id/address, in lower case`,
  }),
  'ledger-nodeless': (about) => ({
    zh: `连接配置文件未写明互认链合约 ${about} 所在链的节点`,
    en: `Open the ledger: the network file names no node of the chain of ${about}`,
  }),
  'ledger-pinned': (about) => ({
    zh: `连接配置文件已指定互认链合约 ${about}，--ledger 所指与之不同；请去掉 --ledger，或改用相应的连接配置文件`,
    en: `Open the ledger: the network file names ${about}, and --ledger another; leave --ledger out, or name the network file of that one`,
  }),
  'most-without-all': () => ({
    zh: '--most 只与 --all 同用；抽样数量请用 --sample 指定',
    en: 'Audit the ledger: --most goes with --all alone; of a sample --sample says how many',
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
  'not-a-kid': () => ({
    zh: '密钥标识应为 43 个字符，可用 hefu-verifier keys 查看',
    en: 'End a key’s term: a kid has 43 characters; hefu-verifier keys lists them',
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
