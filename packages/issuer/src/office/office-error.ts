/** Why an office cannot go on, in a closed union of codes, each with its sentence in both languages. */
import type { Bilingual, TextDetails } from '@hefu/protocol'
import { ExplainedError } from '@hefu/service'
import { fillIn } from '../texts/fill-in.ts'

export type OfficeErrorCode =
  | 'home-needed'
  | 'home-missing'
  | 'home-exists'
  | 'home-unwritable'
  | 'home-damaged'
  | 'network-needed'
  | 'network-unreadable'
  | 'passphrase-short'
  | 'not-a-region'
  | 'not-a-uscc'
  | 'not-a-member'
  | 'not-an-address'
  | 'not-a-type'
  | 'not-a-day'
  | 'not-a-number'
  | 'not-a-kid'
  | 'not-a-name'
  | 'not-an-item'
  | 'not-a-demand'
  | 'not-a-role'
  | 'not-a-voice'
  | 'not-public'
  | 'file-unreadable'
  | 'registration-damaged'
  | 'possession-unproven'
  | 'not-confirmed'
  | 'no-power'
  | 'keepers-power'
  | 'council-powerless'
  | 'vote-in-vain'
  | 'vote-powerless'
  | 'no-voice'
  | 'not-ready'
  | 'day-past'
  | 'rulebook-missing'
  | 'rulebook-foreign'
  | 'rulebook-in-force'
  | 'rulebook-lacks'
  | 'member-unknown'
  | 'proposal-unknown'
  | 'vote-unknown'
  | 'announcement-unknown'

const TEXTS: Readonly<Record<OfficeErrorCode, Bilingual>> = {
  'home-needed': {
    zh: '请用 --home 或环境变量 HEFU_OFFICE_HOME 指明账户文件夹；没有的先运行 init',
    en: 'Name the folder of the account by --home or HEFU_OFFICE_HOME; init makes one',
  },
  'home-missing': {
    zh: '{home} 不是账户文件夹（没有 keys/account.json）；请先运行 init --home {home}',
    en: 'Open the account’s folder: {home} has no keys/account.json; run init --home {home} first',
  },
  'home-exists': {
    zh: '{home} 已存在且不为空，不会覆盖；请换一个文件夹',
    en: 'Create the account’s folder: {home} exists and is not empty, and is not overwritten; name another',
  },
  'home-unwritable': {
    zh: '无法在 {home} 建立账户文件夹：{reason}',
    en: 'Create the account’s folder {home}: {reason}',
  },
  'home-damaged': {
    zh: '{file} 中的账户与文件名称不符；请恢复备份',
    en: 'Read {file}: its key is not of the account that it names; restore it from a backup',
  },
  'network-needed': {
    zh: '请用 --network 或环境变量 HEFU_NETWORK 指明部署记录（互认链连接配置文件）',
    en: 'Name the record of the deployment (the network file) by --network or HEFU_NETWORK',
  },
  'network-unreadable': {
    zh: '无法读取互认链连接配置文件 {file}（{reason}）；它由部署时的 --record 写成，请用 --network 或环境变量 HEFU_NETWORK 指明',
    en: 'The network file {file} cannot be read ({reason}): the deployment writes it, by --record; name it by --network or HEFU_NETWORK',
  },
  'passphrase-short': {
    zh: '口令至少 12 个字符',
    en: 'Protect the key: a passphrase of at least 12 characters is needed',
  },
  'not-a-region': {
    zh: '{value} 不是行政区划代码（GB/T 2260 六位，或 GB/T 10114 九位）',
    en: 'Read the region: {value} is no code of GB/T 2260 (six digits) or GB/T 10114 (nine)',
  },
  'not-a-uscc': {
    zh: '{value} 不是有效的统一社会信用代码（18 位，校验位须正确）',
    en: 'Read the agency: {value} is no unified social credit code (18 characters, right check character)',
  },
  'not-a-member': {
    zh: '{value} 既不是行政区划代码，也不是统一社会信用代码',
    en: 'Read the code: {value} is neither a region’s nor an agency’s',
  },
  'not-an-address': {
    zh: '{value} 不是账户地址（0x 加 40 位十六进制）',
    en: 'Read the account: {value} is no address (0x and 40 hexadecimal digits)',
  },
  'not-a-type': {
    zh: '没有证照类型 {value}；可用：{known}，或 21 位类型代码',
    en: 'Read the licence type: there is no {value}; known are {known}, or name a code of 21 characters',
  },
  'not-a-day': {
    zh: '{value} 不是日期；应为 YYYY-MM-DD 或 now',
    en: 'Read the day: {value} is none; YYYY-MM-DD or now',
  },
  'not-a-number': {
    zh: '{value} 不是正整数',
    en: 'Read the number: {value} is no positive integer',
  },
  'not-a-kid': {
    zh: '{value} 不是密钥编号（kid，43 位 base64url，见 registration.json）',
    en: 'Read the key: {value} is no kid (43 characters of base64url, as in registration.json)',
  },
  'not-a-name': {
    zh: '名称“{value}”不能登记：须为 Unicode NFKC 规范形式，中文名称中不得有空格，各行首尾不得有空格，不得有不可见字符',
    en: 'Register the name “{value}”: it must be in Unicode NFKC, the Chinese name without spaces, no line with spaces at its ends or in a row, nothing invisible',
  },
  'not-an-item': {
    zh: '{value} 不是事项编码（1–32 个可见 ASCII 字符）',
    en: 'Read the service item: {value} is no code of 1 to 32 visible ASCII characters',
  },
  'not-a-demand': {
    zh: '{value} 应写作 TYPE=field,field，例如 teacher=licenceNumber,issuerName',
    en: 'Read the demand: {value} must be TYPE=field,field, such as teacher=licenceNumber,issuerName',
  },
  'not-a-role': {
    zh: '没有角色 {value}；可用：{known}',
    en: 'Read the role: there is no {value}; known are {known}',
  },
  'not-a-voice': {
    zh: '表决意见应为 for、against 或 abstain，不是 {value}',
    en: 'Read the voice: for, against or abstain, not {value}',
  },
  'not-public': {
    zh: '内容中有身份证号码；上链即永久公开，未发送',
    en: 'A text holds a resident number, which would be public for good: nothing was sent',
  },
  'file-unreadable': { zh: '无法读取 {file}：{reason}', en: 'Read {file}: {reason}' },
  'registration-damaged': {
    zh: '{file} 不是 hefu-issuer init 生成的 registration.json',
    en: 'Read {file}: it is no registration.json of hefu-issuer init',
  },
  'possession-unproven': {
    zh: '{file} 未能证明 {agency} 持有该签名密钥，不予办理；请向该机构另行索取',
    en: 'Register {file}: it does not prove that {agency} holds the signing key, so nothing is done; ask the agency for another',
  },
  'not-confirmed': {
    zh: '未经确认，没有发送；在终端输入 yes 确认，脚本中请加 --yes',
    en: 'Nothing was sent: type yes in a terminal, or say --yes in a script',
  },
  'no-power': {
    zh: '账户 {account} 无权办理：既无此职权，也不是理事会席位；请核对 --home',
    en: 'The account {account} may not do so: it has neither the power nor a seat in the council; check --home',
  },
  'keepers-power': {
    zh: '无权办理：这是{keeper}的职权，账户 {account} 不是；理事会也没有此项职权，表决通过亦不能执行，没有发送。请由{keeper}以其账户办理',
    en: 'This is what the {keeper} does, and the account {account} is not it; the council has not this power either and could not carry it out, so nothing was sent: have the {keeper} do it',
  },
  'council-powerless': {
    zh: '无权办理：理事会没有此项职权，表决通过亦不能执行，没有发送（移交之前由部署者办理）',
    en: 'The council has not this power and could not carry it out, so nothing was sent (before the hand-over the deployer does it)',
  },
  'vote-in-vain': {
    zh: '没有提交表决：理事会若现在执行即被拒绝：{reason}。其间会另行办妥的，加 --anyway 再提交',
    en: 'Nothing was put to the vote, for it would be refused if the council carried it out now: {reason}; where that will have changed by then, say --anyway',
  },
  'vote-powerless': {
    zh: '第 {number} 号提案不能执行：理事会没有此项职权，再次表决也不能办理；请由有此职权的保管者办理',
    en: 'Number {number} cannot be carried out: the council has not this power, and no other vote would help; the keeper whose it is does it',
  },
  'no-voice': {
    zh: '账户 {account} 在第 {number} 号提案于 {begins} 开始表决时没有席位，或席位已失，投票不计，没有发送。计票的席位：{seats}',
    en: 'The account {account} had no seat when the vote {number} began at {begins}, or has lost it: its voice would count for nothing, and nothing was sent; what counts is the seats of {seats}',
  },
  'day-past': {
    zh: '{value} 已经过去；此项最早自互认链当前时间起算，没有发送；请填今天或以后的日期，或用 now',
    en: 'Read the day: {value} is over, and what the ledger enters begins or ends now at the earliest; nothing was sent: name today, a later day, or now',
  },
  'rulebook-missing': {
    zh: '{address} 处没有合约；请核对规则手册的地址，没有发送',
    en: 'There is no contract at {address}: check the address of the rulebook; nothing was sent',
  },
  'rulebook-foreign': {
    zh: '{address} 不是本互认链的规则手册；请核对地址，没有发送',
    en: 'There is no rulebook of this ledger at {address}: check the address; nothing was sent',
  },
  'rulebook-in-force': {
    zh: '规则手册 {address} 已在施行，没有发送',
    en: 'The rulebook {address} is in force already: nothing was sent',
  },
  'rulebook-lacks': {
    zh: '没有发送：规则手册 {address} 的内容少于现行手册（见上），改用后有关证照停止签发、不予认可。请先补齐；确要改用的，加 --fewer',
    en: 'Nothing was sent: the rulebook {address} holds less than the one in force (above), and what it lacks is issued and recognised no more; fill it first, or say --fewer',
  },
  'not-ready': {
    zh: '此事已公告，{until} 之后方可办理；届时请再运行同一命令',
    en: 'It is announced and can be carried out from {until} on: run the same command again then',
  },
  'member-unknown': {
    zh: '互认链上从未登记过 {code}；请核对代码和连接配置文件',
    en: 'Nothing of the code {code} was ever on this ledger: check it, and the network file',
  },
  'proposal-unknown': {
    zh: '没有等待确认的第 {number} 号事项；用 hefu-region proposals 查看',
    en: 'No proposal of number {number} waits: hefu-region proposals lists them',
  },
  'vote-unknown': {
    zh: '没有第 {number} 号提案；用 hefu-council votes 查看',
    en: 'There is no vote of number {number}: hefu-council votes lists them',
  },
  'announcement-unknown': {
    zh: '没有第 {number} 号公告；用 hefu-council announcements 查看',
    en: 'There is no announcement of number {number}: hefu-council announcements lists them',
  },
}

/** Thrown for everything that whoever holds the office can put right. */
export class OfficeError extends ExplainedError {
  override readonly name = 'OfficeError'
  readonly code: OfficeErrorCode

  constructor(code: OfficeErrorCode, details: TextDetails = {}, options?: ErrorOptions) {
    super(fillIn(TEXTS[code], details), options)
    this.code = code
  }
}
