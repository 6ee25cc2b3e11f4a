/** What the console’s own addresses answer instead of what was asked; and by which codes its page hears why nobody is signed in. */
import { createProblems, type Problems } from '@hefu/service'

export type SignInCode =
  | 'sign-in-lapsed'
  | 'sign-in-altered'
  | 'sign-in-refused'
  | 'sign-in-too-often'
  | 'client-refused'
  | 'provider-unreachable'
  | 'token-refused'
  | 'no-role'
  | 'region-unknown'
  | 'second-factor-refused'

type ConsoleProblemCode = SignInCode | 'console-missing' | 'no-sign-in'

const TRY_AGAIN = {
  zh: '请重新登录；仍然如此的，请联系本服务管理员',
  en: 'Sign in again; if it stays so, tell the operator of this service',
} as const

export const consoleProblem: Problems<ConsoleProblemCode> = createProblems({
  'console-missing': {
    status: 404,
    says: { zh: '本服务未安装操作台页面', en: 'The pages of the console are not installed here' },
    remedy: {
      zh: '请管理员构建 packages/console 后重启本服务',
      en: 'The operator builds packages/console and starts this service again',
    },
  },
  'no-sign-in': {
    status: 404,
    says: { zh: '本服务未设置登录', en: 'Nobody signs in at this service' },
    remedy: {
      zh: '请管理员设置 HEFU_CONSOLE_ORIGIN、HEFU_CONSOLE_CLIENT 和 HEFU_CONSOLE_SECRET_FILE',
      en: 'The operator sets HEFU_CONSOLE_ORIGIN, HEFU_CONSOLE_CLIENT and HEFU_CONSOLE_SECRET_FILE',
    },
  },
  'sign-in-lapsed': {
    status: 400,
    says: {
      zh: '登录超过十分钟未完成，或不是从本浏览器开始的',
      en: 'The sign-in took longer than ten minutes, or was not begun in this browser',
    },
    remedy: { zh: '请重新登录', en: 'Sign in again' },
  },
  'sign-in-altered': {
    status: 400,
    says: {
      zh: '统一身份认证平台的应答未通过核对',
      en: 'What the identity provider answered does not belong to this sign-in',
    },
    remedy: TRY_AGAIN,
  },
  'sign-in-refused': {
    status: 403,
    says: { zh: '统一身份认证平台未予登录', en: 'The identity provider let nobody sign in' },
    remedy: TRY_AGAIN,
  },
  'sign-in-too-often': {
    status: 429,
    says: {
      zh: '来自此地址的登录多次未成功',
      en: 'Too many sign-ins from this address came to nothing',
    },
    remedy: { zh: '请一分钟后再登录', en: 'Sign in again after a minute' },
  },
  'provider-unreachable': {
    status: 503,
    says: {
      zh: '统一身份认证平台暂时没有应答，未能登录',
      en: 'The identity provider does not answer, and so nobody is signed in',
    },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查 HEFU_ISSUER 和网络',
      en: 'Ask again later; if it stays so, the operator looks at HEFU_ISSUER and the network',
    },
    retryAfter: 5,
  },
  'client-refused': {
    status: 502,
    says: {
      zh: '统一身份认证平台不接受本服务的登录客户端',
      en: 'The identity provider does not accept the client by which people sign in here',
    },
    remedy: {
      zh: '请管理员核对 HEFU_CONSOLE_CLIENT、HEFU_CONSOLE_SECRET_FILE 与认证平台的登记',
      en: 'The operator compares HEFU_CONSOLE_CLIENT and HEFU_CONSOLE_SECRET_FILE with what the provider has registered',
    },
  },
  'token-refused': {
    status: 403,
    says: {
      zh: '统一身份认证平台签发的令牌不能用于本服务',
      en: 'The identity provider issued a token that does not count here',
    },
    remedy: {
      zh: '请管理员核对认证平台为 HEFU_CONSOLE_CLIENT 签发的访问令牌（at+jwt、HEFU_AUDIENCE、client_id、sub）',
      en: 'The operator looks at the access tokens that the provider issues to HEFU_CONSOLE_CLIENT: at+jwt, HEFU_AUDIENCE, client_id, sub',
    },
  },
  'no-role': {
    status: 403,
    says: { zh: '该人员没有操作台的任何角色', en: 'This person has no role at the console' },
    remedy: {
      zh: '请在统一身份认证平台申请角色（hefu_roles）',
      en: 'Apply for a role at the identity provider (hefu_roles)',
    },
  },
  'region-unknown': {
    status: 403,
    says: {
      zh: '认证平台所给的地区（hefu_region）不是六位行政区划代码，或前后不一',
      en: 'The region that the provider says (hefu_region) is no code of six digits, or not the same one each time',
    },
    remedy: {
      zh: '请在统一身份认证平台更正该人员的地区',
      en: 'Have the person’s region put right at the identity provider',
    },
  },
  'second-factor-refused': {
    status: 403,
    says: {
      zh: '须以第二因素登录，认证平台未予核对',
      en: 'A second factor was asked for, and the provider did not ask the person for it',
    },
    remedy: TRY_AGAIN,
  },
})
