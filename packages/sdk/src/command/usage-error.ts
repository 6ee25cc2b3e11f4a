/** What the user of the command gave cannot be used. */
import { type Bilingual, fillIn } from '@hefu/protocol'

export type UsageErrorCode =
  | 'absent-file'
  | 'unreadable-file'
  | 'large-file'
  | 'too-many-files'
  | 'repeated-input'
  | 'not-text'
  | 'bad-licence'
  | 'existing-file'
  | 'unwritable-file'
  | 'other-file'
  | 'not-json'
  | 'repeated-member'
  | 'no-network'
  | 'bad-network'
  | 'bad-verifier-key'
  | 'no-verifier-key'
  | 'bad-token'
  | 'no-remote'
  | 'bad-remote'
  | 'bad-region'
  | 'bad-time'
  | 'bad-report'
  | 'no-report'
  | 'no-attestation'
  | 'bad-attestation'
  | 'other-report'

/** `{about}` is a path, an option's value or a defect; never what stands in a licence. */
const SENTENCES: Readonly<Record<UsageErrorCode, Bilingual>> = {
  'absent-file': { zh: '找不到文件 {about}', en: 'Read the file {about}: there is none' },
  'unreadable-file': { zh: '无法读取文件 {about}', en: 'Read the file {about}: not readable' },
  'large-file': {
    zh: '文件 {about} 过大，未予读取；请核对所选文件',
    en: 'Read the file {about}: too large to be read; look whether it is the right one',
  },
  'too-many-files': {
    zh: '文件夹中的文件超过 {about} 个，未予核验；请分批核验',
    en: 'Read the folders: more than {about} files; verify them in parts',
  },
  'repeated-input': {
    zh: '标准输入（-）只能指定一次',
    en: 'Read the arguments: standard input (-) can be named once',
  },
  'not-text': {
    zh: '文件 {about} 不是文本，无法读取；请核对所选文件',
    en: 'Read the file {about}: it is no text (UTF-8, UTF-16 or GB18030); look whether it is the right one',
  },
  'bad-licence': {
    zh: '不是可附加的电子证照：{about}',
    en: 'Attach the licence: it cannot be read; {about}',
  },
  'existing-file': {
    zh: '文件 {about} 已存在，未予覆盖；请另选文件名',
    en: 'Write the file {about}: there is one already, which stays as it is; choose another name',
  },
  'unwritable-file': { zh: '无法写入文件 {about}', en: 'Write the file {about}: not writable' },
  'other-file': {
    zh: '文件 {about} 不是电子证照文件；请选择随附的电子证照文件，或扫描二维码',
    en: 'Read the file {about}: it is no licence file; choose the one beside it, or scan the QR code',
  },
  'not-json': {
    zh: '文件 {about} 不是 JSON 对象',
    en: 'Read the file {about}: not a JSON object',
  },
  'repeated-member': {
    zh: '文件 {about} 中有重复的成员名，无法确定以哪一个为准；请删去重复的一个',
    en: 'Read the file {about}: two members have one name, and which of them counts is not known; leave one out',
  },
  'no-network': {
    zh: '找不到互认链连接配置文件 {about}，请用 --network 或 HEFU_NETWORK 指定',
    en: 'Read the network file {about}: there is none, name one with --network or HEFU_NETWORK',
  },
  'bad-network': {
    zh: '互认链连接配置文件有误：{about}',
    en: 'Read the network file: {about}',
  },
  'bad-verifier-key': {
    zh: '核验服务公钥文件有误：{about}',
    en: 'Read the verifier key file: {about}',
  },
  'bad-token': {
    zh: '环境变量 HEFU_ACCESS_TOKEN 不是访问令牌：请去掉空格、换行和字节顺序标记等多余字符',
    en: 'HEFU_ACCESS_TOKEN is no access token: take spaces, line ends, a byte-order mark and the like out of it',
  },
  'no-verifier-key': {
    zh: '使用 --remote 时须以 --verifier-key 指定其公钥',
    en: 'Use --remote: --verifier-key with its pinned public key is needed',
  },
  'no-remote': {
    zh: '--verifier-key 须与 --remote 一起使用',
    en: 'Use --verifier-key: --remote is needed too',
  },
  'bad-remote': {
    zh: '--remote 须为 https 地址（本机可用 http），不含用户名、查询和片段',
    en: 'Use --remote: an https address (http on this machine only) without user, query or fragment is needed',
  },
  'bad-region': {
    zh: '--region 须为六位行政区划代码，如 440000，而不是 {about}',
    en: 'Read --region: expected a GB/T 2260 code of six digits such as 440000, found {about}',
  },
  'bad-time': {
    zh: '--as-of 须为不晚于当前的 YYYY-MM-DD 或带时区的 RFC 3339 时间，而不是 {about}',
    en: 'Read --as-of: expected YYYY-MM-DD or RFC 3339 with its offset, not after now, found {about}',
  },
  'bad-report': {
    zh: '核验报告文件有误：{about}',
    en: 'Read the report: {about}',
  },
  'no-report': {
    zh: '文件 {about} 中没有核验报告',
    en: 'Read the report {about}: there is none in it',
  },
  'no-attestation': {
    zh: '文件 {about} 中没有报告签名，无法用 --verifier-key 验签',
    en: 'Check the report {about}: no signature is with it that --verifier-key could verify',
  },
  'bad-attestation': {
    zh: '核验报告 {about} 的签名验证未通过：不是该公钥的核验服务所签，或内容被篡改',
    en: 'Check the report {about}: the signature does not verify with this key; another signed it, or it was altered',
  },
  'other-report': {
    zh: '文件 {about} 中的核验报告与已签名的报告不一致，请勿使用',
    en: 'Check the report {about}: what stands beside the signature is another report than the signed one, do not rely on it',
  },
}

/** Not used wrongly: what was given is not what it says. */
export const FORGED: readonly UsageErrorCode[] = ['bad-attestation', 'other-report']

export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code: UsageErrorCode
  readonly says: Bilingual

  constructor(code: UsageErrorCode, about: string | Bilingual = '', options?: ErrorOptions) {
    const says = fillIn(SENTENCES[code], { about })
    super(says.en, options)
    this.code = code
    this.says = says
  }
}
