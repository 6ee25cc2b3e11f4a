/** What keeps this service, and no other, from starting. */
import { type Bilingual, inBoth } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'

export type VerifierStartErrorCode =
  | 'bad-network'
  | 'bad-clients'
  | 'no-issuer'
  | 'half-issuer'
  | 'issuer-and-unguarded'
  | 'unguarded-address'
  | 'issuer-silent'
  | 'key-of-other-kind'
  | 'key-ended'
  | 'key-unknown'
  | 'bad-ended-keys'
  | 'ended-keys-unwritable'
  | 'bad-known-keys'
  | 'known-keys-unwritable'
  | 'key-not-known'
  | 'key-altered'
  | 'deposit-key-missing'
  | 'no-deposit-keys'
  | 'key-file-there'
  | 'bad-services'
  | 'bad-samples'
  | 'store-in-use'
  | 'replica-foreign'
  | 'replica-in-use'
  | 'replica-weaker'
  | 'replica-place'
  | 'half-console'
  | 'console-and-unguarded'
  | 'bad-console-secret'
  | 'console-client-unknown'
  | 'console-too-large'
  | 'issuer-without-sign-in'

/** `about` names the file, the key or the ledger, or says who has the replica. */
const SENTENCES: Readonly<Record<VerifierStartErrorCode, (about: Bilingual) => Bilingual>> = {
  'bad-network': (about) => ({
    zh: `互认链连接配置文件有误：${about.zh}`,
    en: `Read the network file: ${about.en}`,
  }),
  'bad-clients': (about) => ({
    zh: `客户端登记文件有误：${about.zh}`,
    en: `Read the file of clients: ${about.en}`,
  }),
  'no-issuer': () => ({
    zh: '未指定由谁签发访问令牌：请设置 HEFU_ISSUER、HEFU_AUDIENCE 和 HEFU_CLIENTS；只在本机试用的，可写明 HEFU_ACCESS=unguarded',
    en: 'Guard the service: whose access tokens count is not said; set HEFU_ISSUER, HEFU_AUDIENCE and HEFU_CLIENTS, or, for trying it on this machine alone, write HEFU_ACCESS=unguarded',
  }),
  'half-issuer': () => ({
    zh: 'HEFU_ISSUER、HEFU_AUDIENCE、HEFU_CLIENTS 须同时设置',
    en: 'Guard the service: HEFU_ISSUER, HEFU_AUDIENCE and HEFU_CLIENTS hold together only, and one of them is missing',
  }),
  'issuer-and-unguarded': () => ({
    zh: 'HEFU_ACCESS=unguarded 与 HEFU_ISSUER、HEFU_AUDIENCE、HEFU_CLIENTS 互相矛盾，请去掉其一',
    en: 'Guard the service: HEFU_ACCESS=unguarded contradicts HEFU_ISSUER, HEFU_AUDIENCE and HEFU_CLIENTS; leave one of the two out',
  }),
  'unguarded-address': (about) => ({
    zh: `不核对访问令牌的服务只能监听本机地址，不能监听 ${about.zh}`,
    en: `Listen on ${about.en}: a service that checks no access tokens listens on this machine’s own address only`,
  }),
  'issuer-silent': (about) => ({
    zh: `取不到 HEFU_ISSUER 的公钥：${about.zh}`,
    en: `Ask HEFU_ISSUER for its keys: ${about.en}`,
  }),
  'key-of-other-kind': (about) => ({
    zh: `密钥 ${about.zh} 是 SM2 密钥；核验报告须以 ES256 或 EdDSA 签名`,
    en: `Open the key ${about.en}: it is an SM2 key, and reports are signed with ES256 or EdDSA`,
  }),
  'key-ended': (about) => ({
    zh: `密钥 ${about.zh} 已停用，不得再用于签署核验报告；请改用新的密钥文件`,
    en: `Open the key ${about.en}: its term has ended, and it signs no more reports; name a new key file`,
  }),
  'key-unknown': (about) => ({
    zh: `核验库中没有在用的密钥 ${about.zh}`,
    en: `End the key ${about.en}: the store has no such key in force`,
  }),
  'bad-ended-keys': (about) => ({
    zh: `停用密钥清单有误：${about.zh}；请恢复该文件的备份，勿直接删除，否则已停用的密钥可能重新生效`,
    en: `Read the list of ended keys: ${about.en}; restore it, and do not just delete it, for a key that was ended might be in force again`,
  }),
  'ended-keys-unwritable': (about) => ({
    zh: `密钥已在核验库中停用，但未能记入停用密钥清单：${about.zh}；核验库若恢复到旧备份，须再次停用`,
    en: `Note the ended key: it is ended in the store, and could not be noted in ${about.en}; where an older backup of the store is restored, end it again`,
  }),
  'bad-known-keys': (about) => ({
    zh: `核验方密钥清单有误：${about.zh}；请恢复该文件的备份，勿直接删除，否则核验库中的任何密钥都会被当作本服务的密钥`,
    en: `Read the list of this verifier's keys: ${about.en}; restore it, and do not just delete it, for any key in the store would be believed then`,
  }),
  'known-keys-unwritable': (about) => ({
    zh: `未能记入核验方密钥清单：${about.zh}`,
    en: `Note which keys are this verifier's: they could not be noted in ${about.en}`,
  }),
  'key-not-known': (about) => ({
    zh: `核验库中有不属于本服务、或已损坏的密钥：${about.zh}，不予采用和公布；确属本服务的，请在密钥文件旁的 verifier-keys.known.json 中写入 "指纹": null，否则先查是何人写入`,
    en: `Read the keys in the store: ${about.en} is not known as this verifier's, or is damaged, and is neither believed nor published; where it is yours, add "thumbprint": null to verifier-keys.known.json beside the key file, otherwise look first who wrote it`,
  }),
  'key-altered': (about) => ({
    zh: `核验库中密钥 ${about.zh} 的起止时间与密钥文件旁 verifier-keys.known.json 所记不符，不予采用和公布；请先查是何人改动，再按该文件改回核验库`,
    en: `Read the keys in the store: the term of ${about.en} is another than verifier-keys.known.json beside the key file says, and the key is neither believed nor published; look first who changed it, and set the store right by that file`,
  }),
  'deposit-key-missing': (about) => ({
    zh: `已存证照以密钥 ${about.zh} 加密，HEFU_DEPOSIT_KEYS 未列出该密钥文件`,
    en: `Open the deposits: some are sealed under the key ${about.en}, whose file HEFU_DEPOSIT_KEYS does not name`,
  }),
  'no-deposit-keys': () => ({
    zh: '未设置 HEFU_DEPOSIT_KEYS',
    en: 'Seal the deposits anew: HEFU_DEPOSIT_KEYS names no key file',
  }),
  'key-file-there': (about) => ({
    zh: `无法写入密钥文件：${about.zh}`,
    en: `Write the key file: ${about.en}`,
  }),
  'bad-samples': (about) => ({
    zh: `示例证照文件夹（HEFU_CONSOLE_SAMPLES）有误：${about.zh}`,
    en: `Read the folder of samples (HEFU_CONSOLE_SAMPLES): ${about.en}`,
  }),
  'bad-services': (about) => ({
    zh: `他省核验服务配置文件有误：${about.zh}`,
    en: `Read the file of other provinces’ services: ${about.en}`,
  }),
  'store-in-use': (about) => ({
    zh: `${about.zh}。多个核验进程共用一个核验库的，请在 HEFU_DATABASE 中指定 PostgreSQL 数据库`,
    en: `${about.en}. Processes that share a store name one PostgreSQL database in HEFU_DATABASE`,
  }),
  'replica-foreign': (about) => ({
    zh: `互认链副本属于另一互认链合约 ${about.zh}；请另指定副本位置（HEFU_REPLICA，审计时为 --replica），或改回原连接配置文件`,
    en: `Open the replica: it is of another ledger, ${about.en}; name another place (in HEFU_REPLICA, or of an audit by --replica), or the network file it was kept for`,
  }),
  'replica-in-use': (about) => ({
    zh: `${about.zh}。一个副本文件夹只供一个核验进程使用：请在 HEFU_REPLICA 中另指定文件夹，或指定各进程可以共用的 PostgreSQL 数据库，或设为 none（每次核验时查询节点）`,
    en: `${about.en}. A folder has the replica of one process: name another folder in HEFU_REPLICA, or a PostgreSQL database, which several processes may share, or set it to none, by which the nodes are asked at each verification`,
  }),
  'replica-weaker': (about) => ({
    zh: `另一进程正在保存互认链副本，其依据的节点一致意见弱于本配置文件的要求（${about.zh}）；请停止该进程，并让各进程使用同样的节点配置`,
    en: `Open the replica: another process saves it by a weaker word of nodes than this network file asks for (${about.en}); stop that process, and give all of them the same nodes`,
  }),
  'replica-place': () => ({
    zh: 'HEFU_REPLICA 不是文件夹路径，也不是 PostgreSQL 地址（postgres://…）；地址中可能有密码，此处不予重复',
    en: 'Open the replica: HEFU_REPLICA is neither a folder nor the URL of a PostgreSQL database (postgres://…); it may hold a password, and is not repeated here',
  }),
  'half-console': () => ({
    zh: 'HEFU_CONSOLE_ORIGIN、HEFU_CONSOLE_CLIENT、HEFU_CONSOLE_SECRET_FILE 须同时设置',
    en: 'Open the console: HEFU_CONSOLE_ORIGIN, HEFU_CONSOLE_CLIENT and HEFU_CONSOLE_SECRET_FILE hold together only, and one of them is missing',
  }),
  'console-and-unguarded': () => ({
    zh: 'HEFU_ACCESS=unguarded 时操作台无须登录，请去掉 HEFU_CONSOLE_ORIGIN、HEFU_CONSOLE_CLIENT 和 HEFU_CONSOLE_SECRET_FILE',
    en: 'Open the console: with HEFU_ACCESS=unguarded nobody signs in; leave HEFU_CONSOLE_ORIGIN, HEFU_CONSOLE_CLIENT and HEFU_CONSOLE_SECRET_FILE out',
  }),
  'bad-console-secret': (about) => ({
    zh: `HEFU_CONSOLE_SECRET_FILE 所指文件有误：${about.zh}`,
    en: `Read what HEFU_CONSOLE_SECRET_FILE names: ${about.en}`,
  }),
  'console-client-unknown': (about) => ({
    zh: `客户端登记文件中没有操作台客户端 ${about.zh}`,
    en: `Open the console: the file of clients has no ${about.en}, which HEFU_CONSOLE_CLIENT names`,
  }),
  'console-too-large': (about) => ({
    zh: `操作台页面文件过多或过大：${about.zh}`,
    en: `Read the files of the console: there are too many, or too much of them, in ${about.en}`,
  }),
  'issuer-without-sign-in': (about) => ({
    zh: `HEFU_ISSUER 不能供人员登录操作台：${about.zh}`,
    en: `Ask HEFU_ISSUER where people sign in: ${about.en}`,
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
