/** What keeps this service, and no other, from starting. */
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'

export type VerifierStartErrorCode =
  | 'bad-network'
  | 'key-of-other-kind'
  | 'replica-foreign'
  | 'replica-of-registry'
  | 'replica-place'

/** `about` names the file, the key or the ledger. */
const SENTENCES: Readonly<Record<VerifierStartErrorCode, (about: string) => Bilingual>> = {
  'bad-network': (about) => ({
    zh: `互认链连接配置文件有误：${about}`,
    en: `Read the network file: ${about}`,
  }),
  'key-of-other-kind': (about) => ({
    zh: `密钥 ${about} 是 SM2 密钥；核验报告须以 ES256 或 EdDSA 签名`,
    en: `Open the key ${about}: it is an SM2 key, and reports are signed with ES256 or EdDSA`,
  }),
  'replica-foreign': (about) => ({
    zh: `互认链副本属于另一互认链合约 ${about}；请另指定 HEFU_REPLICA，或改回原连接配置文件`,
    en: `Open the replica: it is of another ledger, ${about}; name another place in HEFU_REPLICA, or the network file it was kept for`,
  }),
  'replica-of-registry': (about) => ({
    zh: `连接配置文件 ${about} 未指定互认链合约；副本只保存一个互认链合约，请在其中写明 ledger，或不设 HEFU_REPLICA`,
    en: `Open the replica: ${about} names a registry, and a replica is of one ledger; name the ledger in it, or leave HEFU_REPLICA out`,
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

  constructor(code: VerifierStartErrorCode, about: string, options?: ErrorOptions) {
    super(SENTENCES[code](about), options)
    this.code = code
  }
}
