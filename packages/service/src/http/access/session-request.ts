/**
 * The session of a browser, in the place of a token: a cookie that no script reads, together with a header that no
 * page of another origin can send unless it is allowed to beforehand, which none is.
 */
import type { IncomingMessage } from 'node:http'
import { createProblems, type ProblemError, type Problems } from '../problem.ts'

export type SessionProblemCode =
  | 'session-missing'
  | 'session-locked'
  | 'session-ended'
  | 'session-of-another'
  | 'session-header-missing'
  | 'session-forbidden-origin'
  | 'session-and-token'
  | 'sessions-unreachable'

const SIGN_IN_AGAIN = { zh: '请重新登录', en: 'Sign in again' } as const

export const sessionProblems: Problems<SessionProblemCode> = createProblems({
  'session-missing': {
    status: 401,
    endsConnection: true,
    says: { zh: '尚未登录', en: 'Nobody is signed in' },
    remedy: { zh: '请先登录', en: 'Sign in first' },
  },
  'session-locked': {
    status: 401,
    says: {
      zh: '会话已锁定（长时间未操作，或登录凭据已到期）',
      en: 'The session is locked: nothing was done for a while, or what the provider gave for it is over',
    },
    remedy: {
      zh: '请由同一人重新登录后继续，已填写的内容仍在页面上',
      en: 'The same person signs in again and goes on; what was typed is still on the page',
    },
  },
  'session-ended': {
    status: 401,
    endsConnection: true,
    says: {
      zh: '会话已结束',
      en: 'The session has ended',
    },
    remedy: SIGN_IN_AGAIN,
  },
  'session-of-another': {
    status: 401,
    says: {
      zh: '页面显示的登录人与当前会话不是同一人，请求未办理',
      en: 'The page is one person’s and the session another’s: nothing was done',
    },
    remedy: {
      zh: '页面会重新读取当前登录人，请核对后再操作',
      en: 'The page asks anew who is signed in: look who that is, and ask again',
    },
  },
  'session-header-missing': {
    status: 403,
    endsConnection: true,
    says: {
      zh: '凭会话提出的请求须带 Hefu-Console: 1 请求头',
      en: 'A request by a session bears the header Hefu-Console: 1',
    },
    remedy: {
      zh: '请经由操作台页面提出；其他程序请改用访问令牌',
      en: 'Ask by the pages of the console; programs show an access token',
    },
  },
  'session-forbidden-origin': {
    status: 403,
    endsConnection: true,
    says: {
      zh: '凭会话提出的请求只能来自操作台自身的页面',
      en: 'A request by a session comes from the console’s own pages, and from no other',
    },
    remedy: {
      zh: '请从操作台地址打开页面；地址有变的，请管理员核对 HEFU_CONSOLE_ORIGIN',
      en: 'Open the console at its own address; if that has changed, the operator looks at HEFU_CONSOLE_ORIGIN',
    },
  },
  'session-and-token': {
    status: 400,
    endsConnection: true,
    says: {
      zh: '请求同时带有会话和访问令牌',
      en: 'The request bears a session and an access token at once',
    },
    remedy: {
      zh: '两者只带其一',
      en: 'Send one of the two',
    },
  },
  'sessions-unreachable': {
    status: 503,
    says: { zh: '会话暂时无法核对', en: 'Sessions cannot be looked up now' },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查核验库',
      en: 'Ask again later; if it stays so, the operator looks at the store',
    },
    retryAfter: 5,
  },
})

/** The problem with what a 401 has to say in its head (RFC 9110 §15.5.2): a token would do, too. */
export function sessionProblem(code: SessionProblemCode): ProblemError {
  const isChallenged = sessionProblems.meanings[code].status === 401
  const headers = isChallenged ? { headers: { 'WWW-Authenticate': 'Bearer realm="hefu"' } } : {}
  return sessionProblems(code, [], headers)
}

/** Where sessions are shown. */
export interface SessionPlace {
  /** Of the pages that show them. */
  readonly origin: string
  /** Name of the cookie. */
  readonly cookie: string
}

const HEADER = 'hefu-console'
/** Tells in an answer of whom the session was, and in a request of whom the page thinks that it is. */
const SUBJECT_HEADER = 'Hefu-Subject'
const PRESENCE_HEADER = 'hefu-present'

type Request = { readonly req: IncomingMessage }

/** Whether a request says that it shows a session. */
export function namesSession({ req }: Request): boolean {
  return req.headers[HEADER] !== undefined
}

/**
 * What stands in the cookie of a session, sent by the pages that may. Untrusted: whether anybody was given it is not
 * known yet.
 *
 * @throws {ProblemError} `session-header-missing`, `session-forbidden-origin`, `session-missing`
 */
export function readSessionCookie({ req }: Request, { origin, cookie }: SessionPlace): string {
  // Two are read as one that is none.
  if (req.headers[HEADER] !== '1') throw sessionProblem('session-header-missing')
  const { 'sec-fetch-site': site = 'same-origin', origin: from = origin } = req.headers
  if (site !== 'same-origin' || from !== origin) throw sessionProblem('session-forbidden-origin')
  const value = readCookie(req, cookie)
  if (value === undefined) throw sessionProblem('session-missing')
  return value
}

/** What a page says beside its session. Sent by whoever likes: it takes from what the session may, and adds nothing. */
export interface SessionUse {
  /** Whose the page thinks that the session is; `undefined`: it does not say. */
  readonly subject: string | undefined
  /**
   * Whether a person did something, and not the page by itself. What says nothing of it is nobody’s act: a session is
   * kept open by what is known to be a person’s alone.
   */
  readonly isPersons: boolean
}

export function readSessionUse({ req }: Request): SessionUse {
  const subject = req.headers[SUBJECT_HEADER.toLowerCase()]
  return {
    subject: typeof subject === 'string' ? subject : undefined,
    isPersons: req.headers[PRESENCE_HEADER] === '1',
  }
}

/** In the head of an answer, also of one that refuses what was asked. */
export function tellSubject(ctx: { set(name: string, value: string): void }, subject: string): void {
  ctx.set(SUBJECT_HEADER, subject)
}

/** Whether a cookie of this name is there at all, be it to be believed or not. */
export function holdsCookie({ headers }: IncomingMessage, name: string): boolean {
  return pairsOf(headers.cookie).some((pair) => pair.startsWith(`${name}=`))
}

/** A cookie that is there once. Of two of a name, one is somebody else’s: neither is believed. */
export function readCookie({ headers }: IncomingMessage, name: string): string | undefined {
  const [found, ...others] = pairsOf(headers.cookie).filter((pair) => pair.startsWith(`${name}=`))
  return others.length > 0 ? undefined : found?.slice(name.length + 1)
}

function pairsOf(cookies = ''): readonly string[] {
  return cookies.split(';').map((pair) => pair.trim())
}
