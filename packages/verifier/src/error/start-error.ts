/** What keeps this service, and no other, from starting. */
import { type Bilingual, inBoth } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'

export type VerifierStartErrorCode =
  | 'bad-network'
  | 'key-of-other-kind'
  | 'replica-foreign'
  | 'replica-in-use'
  | 'replica-of-registry'
  | 'replica-place'

/** `about` names the file, the key or the ledger, or says who has the replica. */
const SENTENCES: Readonly<Record<VerifierStartErrorCode, (about: Bilingual) => Bilingual>> = {
  'bad-network': (about) => ({
    zh: `互认链连接配置文件有误：${about.zh}`,
    en: `Read the network file: ${about.en}`,
  }),
  'key-of-other-kind': (about) => ({
    zh: `密钥 ${about.zh} 是 SM2 密钥；核验报告须以 ES256 或 EdDSA 签名`,
    en: `Open the key ${about.en}: it is an SM2 key, and reports are signed with ES256 or EdDSA`,
  }),
  'replica-foreign': (about) => ({
    zh: `互认链副本属于另一互认链合约 ${about.zh}；请另指定 HEFU_REPLICA，或改回原连接配置文件`,
    en: `Open the replica: it is of another ledger, ${about.en}; name another place in HEFU_REPLICA, or the network file it was kept for`,
  }),
  'replica-in-use': (about) => ({
    zh: `${about.zh}。每个核验进程须有自己的副本：请在 HEFU_REPLICA 中另指定文件夹或 PostgreSQL 数据库，或设为 none（每次核验时查询节点）`,
    en: `${about.en}. Each process of a verifier has a replica of its own: name another folder or another PostgreSQL database in HEFU_REPLICA, or set it to none, by which the nodes are asked at each verification`,
  }),
  'replica-of-registry': (about) => ({
    zh: `连接配置文件 ${about.zh} 未指定互认链合约；副本只保存一个互认链合约，请在其中写明 ledger，或将 HEFU_REPLICA 设为 none`,
    en: `Open the replica: ${about.en} names a registry, and a replica is of one ledger; name the ledger in it, or set HEFU_REPLICA to none`,
  }),
  'replica-place': () => ({
    zh: 'HEFU_REPLICA 不是文件夹路径，也不是 PostgreSQL 地址（postgres://…）；地址中可能有密码，此处不予重复',
    en: 'Open the replica: HEFU_REPLICA is neither a folder nor the URL of a PostgreSQL database (postgres://…); it may hold a password, and is not repeated here',
  }),
}

/** Thrown before anything listens. */
export class VerifierStartError extends ExplainedError {
  override readonly name = 'VerifierStartError'
  readonly code: VerifierStartErrorCode

  constructor(code: VerifierStartErrorCode, about: Bilingual | string, options?: ErrorOptions) {
    super(SENTENCES[code](typeof about === 'string' ? inBoth(about) : about), options)
    this.code = code
  }
}
