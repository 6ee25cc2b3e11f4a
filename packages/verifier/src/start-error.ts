/** Why the service could not start, with one sentence each in both languages. */
import type { Bilingual } from '@hefu/protocol'

export type VerifierStartErrorCode =
  | 'bad-configuration'
  | 'unreadable-file'
  | 'bad-network'
  | 'bad-key'
  | 'wrong-passphrase'
  | 'port-taken'
  | 'cannot-listen'

/** `about` names the variable, the file or the address; it is never a secret. */
const SENTENCES: Readonly<Record<VerifierStartErrorCode, (about: string) => Bilingual>> = {
  'bad-configuration': (about) => ({ zh: `环境变量有误：${about}`, en: `Read the configuration: ${about}` }),
  'unreadable-file': (about) => ({ zh: `无法读取文件 ${about}`, en: `Read the file ${about}: not readable` }),
  'bad-network': (about) => ({
    zh: `互认链连接配置文件有误：${about}`,
    en: `Read the network file: ${about}`,
  }),
  'bad-key': (about) => ({ zh: `密钥文件有误：${about}`, en: `Read the key file: ${about}` }),
  'wrong-passphrase': () => ({
    zh: '口令不正确，或密钥文件已损坏',
    en: 'Open the key file: the passphrase is wrong or the file is damaged',
  }),
  'port-taken': (about) => ({
    zh: `地址 ${about} 已被占用，请用 HEFU_PORT 另选端口`,
    en: `Listen on ${about}: the port is taken, choose another with HEFU_PORT`,
  }),
  'cannot-listen': (about) => ({
    zh: `无法监听 ${about}，请检查 HEFU_HOST 和 HEFU_PORT`,
    en: `Listen on ${about}: the system refused, check HEFU_HOST and HEFU_PORT`,
  }),
}

/** Thrown before anything listens. */
export class VerifierStartError extends Error {
  override readonly name = 'VerifierStartError'
  readonly code: VerifierStartErrorCode
  readonly says: Bilingual

  constructor(code: VerifierStartErrorCode, about: string, options?: ErrorOptions) {
    const says = SENTENCES[code](about)
    super(says.en, options)
    this.code = code
    this.says = says
  }
}
