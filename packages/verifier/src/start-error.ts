/** What keeps this service, and no other, from starting. */
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'

export type VerifierStartErrorCode = 'bad-network' | 'key-of-other-kind'

/** `about` names the file or the key. */
const SENTENCES: Readonly<Record<VerifierStartErrorCode, (about: string) => Bilingual>> = {
  'bad-network': (about) => ({
    zh: `互认链连接配置文件有误：${about}`,
    en: `Read the network file: ${about}`,
  }),
  'key-of-other-kind': (about) => ({
    zh: `密钥 ${about} 是 SM2 密钥；核验报告须以 ES256 或 EdDSA 签名`,
    en: `Open the key ${about}: it is an SM2 key, and reports are signed with ES256 or EdDSA`,
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
