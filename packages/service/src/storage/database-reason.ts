/** Why a database could not be used, in words that say what to do, and with nothing of its URL, which may hold a password. */
import type { Bilingual } from '@hefu/protocol'
import { reasonOf } from '../process/explained-error.ts'

/** By the codes of PostgreSQL (SQLSTATE), of the system, of TLS, and our own. */
const REASONS: Readonly<Record<string, Bilingual>> = {
  HOLD_LOST: {
    zh: '数据库连接中断，其后不再写入；请在数据库恢复后再次运行',
    en: 'its connection was lost, and nothing was written after that; run this again once it is back',
  },
  ECONNREFUSED: {
    zh: '该地址无数据库应答；请启动数据库，或核对地址和端口',
    en: 'nothing answers at its address; start the database, or look at host and port',
  },
  ECONNRESET: { zh: '连接被数据库中断', en: 'it ended the connection' },
  ENOTFOUND: { zh: '查不到该主机名；请核对地址', en: 'its host name is not known; look at the address' },
  EAI_AGAIN: {
    zh: '暂时查不到该主机名；请检查域名解析',
    en: 'its host name cannot be looked up now; look at the name servers',
  },
  EHOSTUNREACH: { zh: '网络不通', en: 'there is no way to its host' },
  ENETUNREACH: { zh: '网络不通', en: 'there is no way to its network' },
  ETIMEDOUT: { zh: '数据库未按时应答', en: 'it does not answer in time' },
  '08P01': { zh: '对方不按 PostgreSQL 协议应答', en: 'what answers is no PostgreSQL' },
  '25006': {
    zh: '数据库只读（可能是备库）；请改用可写的主库',
    en: 'it is read-only, as a standby is; name the one that can be written to',
  },
  '28000': {
    zh: '数据库不接受该用户；请核对用户名和 pg_hba.conf',
    en: 'it does not accept this role; look at the user name and pg_hba.conf',
  },
  '28P01': { zh: '密码不正确', en: 'the password is wrong' },
  '3D000': { zh: '没有该名称的数据库；请先建库', en: 'there is no database of that name; create it first' },
  '42501': {
    zh: '该用户权限不足；请授予数据库的 CREATE 权限，且所用模式和表归该用户所有',
    en: 'this role may not; grant it CREATE on the database, and let it own its schema and tables',
  },
  '53100': {
    zh: '数据库所在磁盘已满；请清理或扩容',
    en: 'the disk of the database is full; make room on it',
  },
  '53200': { zh: '数据库内存不足', en: 'the database is out of memory' },
  '53300': {
    zh: '数据库连接数已满；请调高 max_connections 或减少进程',
    en: 'the database has no connection left; raise max_connections, or start fewer processes',
  },
  '57P01': {
    zh: '数据库正在停止；请在其恢复后再次运行',
    en: 'the database is being stopped; run this again once it is back',
  },
  '57P02': {
    zh: '数据库意外停止；请在其恢复后再次运行',
    en: 'the database has broken down; run this again once it is back',
  },
  '57P03': {
    zh: '数据库正在启动或关闭，请稍后再试',
    en: 'the database is starting or shutting down; try again later',
  },
  CERT_HAS_EXPIRED: { zh: '数据库的证书已过期', en: 'its certificate has expired' },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    zh: '数据库的证书为自签名，本机不信任；请设置 NODE_EXTRA_CA_CERTS',
    en: 'its certificate is self-signed, and not trusted here; set NODE_EXTRA_CA_CERTS',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    zh: '数据库的证书不是该主机名的',
    en: 'its certificate is of another host name',
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    zh: '数据库证书的签发者本机不信任；请设置 NODE_EXTRA_CA_CERTS',
    en: 'who issued its certificate is not trusted here; set NODE_EXTRA_CA_CERTS',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    zh: '数据库证书的签发者本机不信任；请设置 NODE_EXTRA_CA_CERTS',
    en: 'who issued its certificate is not trusted here; set NODE_EXTRA_CA_CERTS',
  },
}
const LATE: Bilingual = { zh: '数据库未按时应答', en: 'it does not answer in time' }
const NO_PASSWORD: Bilingual = {
  zh: '数据库要求密码，地址中没有',
  en: 'it asks for a password, and its URL has none',
}
const NO_TLS: Bilingual = { zh: '数据库不支持 TLS 连接', en: 'it does not speak TLS' }

/** The code of a driver's or the system's error; `null`: it has none. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? codeOf(error.errors[0]) : null
}

/** Why, with the code where there is one: a database's own words, which may name what is kept, stay out. */
export function databaseReason(error: unknown): Bilingual {
  const code = codeOf(error)
  if (code !== null) {
    const known = REASONS[code]
    if (known === undefined) return { zh: code, en: code }
    return { zh: `${known.zh}（${code}）`, en: `${known.en} (${code})` }
  }
  const reason = reasonOf(error)
  if (/timeout/i.test(reason)) return LATE
  if (/does not support SSL/.test(reason)) return NO_TLS
  if (/password must be a string/.test(reason)) return NO_PASSWORD
  return { zh: reason, en: reason }
}

/** By which the configuration is wrong, and no outage. */
const CONFIGURED_WRONGLY = new Set(['28000', '28P01', '3D000', '42501'])

/** Whether a database may be there again later, as it is configured. */
export function isOutage(error: unknown): boolean {
  return !CONFIGURED_WRONGLY.has(codeOf(error) ?? '')
}
