import type { Bilingual } from '@hefu/protocol'

/** What the frame around every page says. */
export const SHELL_TEXTS = {
  product: { zh: '合符 电子证照跨省核验', en: 'Hefu: licences across provinces' },
  skip: { zh: '跳到正文', en: 'Skip to the page' },
  pages: { zh: '页面', en: 'Pages' },
  verify: { zh: '核验', en: 'Verify' },
  batch: { zh: '批量核验', en: 'Batch' },
  sheets: { zh: '核验单', en: 'Sheets' },
  recheck: { zh: '核验单复核', en: 'Look a sheet up' },
  otherLanguage: { zh: 'English：切换为英文', en: 'Switch to 中文' },
  highContrast: { zh: '高对比度', en: 'High contrast' },
  keys: { zh: '键盘快捷键', en: 'Keyboard' },
  keysTitle: { zh: '键盘快捷键', en: 'Keyboard map' },
  close: { zh: '关闭', en: 'Close' },
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  sample: {
    zh: '示例环境：身份与证照均为虚构，勿用于办件',
    en: 'Sample: people and licences are invented, not for real cases',
  },
  offline: {
    zh: '连接不上核验服务。可在本页直接查链核验（不加签），恢复连接后请重新核验',
    en: 'The service cannot be reached. This page can ask the ledger itself (unsigned); verify again once it is back',
  },
  retry: { zh: '重试', en: 'Try again' },
  welcome: { zh: '请先登录', en: 'Please sign in' },
  welcomeWhy: {
    zh: '核验会留痕：谁、为何事、何时查看了哪份证照。登录由所在省统一身份认证平台办理。',
    en: 'Verifications are recorded: who looked at which licence, when and for what. Sign-in is by the identity provider of the province.',
  },
  noSignIn: {
    zh: '核验服务未配置统一身份认证，无法登录。请联系系统管理员。',
    en: 'No identity provider is configured for this service. Ask its administrator.',
  },
  leavingCancel: { zh: '取消并退出登录', en: 'Cancel it and sign out' },
  leavingKeep: { zh: '不取消，直接退出登录', en: 'Sign out, and let it go on' },
  leavingFailed: {
    zh: '核验服务未确认取消：{problem}。您仍处于登录状态，可再试一次，或不取消直接退出',
    en: 'The service did not confirm it: {problem}. You are still signed in: try again, or sign out and let it go on',
  },
  leavingStay: { zh: '返回', en: 'Stay' },
  locked: { zh: '已锁定', en: 'Locked' },
  lockedWhy: {
    zh: '一段时间没有操作，页面已锁定。由同一人重新登录后继续，已填内容仍在；换人登录则清除。',
    en: 'Nothing was done for a while. Once the same person signs in again, what was typed is still here; for another person it is cleared.',
  },
  signOutUntold: {
    zh: '本页已清除，但未能通知核验服务；请关闭浏览器，登录会在到时后自动失效',
    en: 'This page is cleared, but the service could not be told: close the browser; the session ends by itself in time',
  },
  ofAnother: {
    zh: '本浏览器已由他人登录，此应答不予采用',
    en: 'Somebody else is signed in in this browser: the answer is not used',
  },
  continue: { zh: '重新登录并继续', en: 'Sign in and go on' },
  signedIn: { zh: '已登录，可以关闭此窗口', en: 'Signed in: this window can be closed' },
  windowBlocked: {
    zh: '浏览器拦截了登录窗口，请允许本页弹出窗口后再试',
    en: 'The browser blocked the window: allow this page to open it, and try again',
  },
  signInFailed: { zh: '登录未完成，请再试一次', en: 'The sign-in did not come through: try again' },
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  backToVerify: { zh: '返回核验', en: 'Back to verifying' },
  asking: { zh: '正在读取…', en: 'Reading…' },
  roleMissing: {
    zh: '您的岗位没有使用此页面的权限。确需使用的，请联系安全管理员。',
    en: 'Your role does not use this page. If you need it, ask the security administrator.',
  },
  noPages: {
    zh: '您的岗位目前在操作台没有页面：证照的颁发和状态变更、成员管理使用各自的命令和服务。',
    en: 'The console has no page for your role yet: issuing, legal acts and the members’ administration have commands and services of their own.',
  },
} as const

/** What each language is called by who reads it. */
export const LANGUAGE_NAMES = { zh: '中文', en: 'English' } as const

/** Why a sign-in was refused, by the code in the address. */
export const SIGN_IN_REFUSALS: Readonly<Record<string, Bilingual>> = {
  'no-role': {
    zh: '您的账号没有本系统的岗位，请联系安全管理员授权',
    en: 'Your account has no role here: ask the security administrator',
  },
  'region-unknown': {
    zh: '您的账号所在地区有误，请联系统一身份认证平台更正',
    en: 'The region of your account is wrong: have it put right at the identity provider',
  },
  'provider-unreachable': {
    zh: '统一身份认证平台暂时没有应答，请稍后再试',
    en: 'The identity provider does not answer: try again later',
  },
  'sessions-unreachable': {
    zh: '核验服务暂时无法保存登录，请稍后再试',
    en: 'The service cannot keep a sign-in now: try again later',
  },
  'client-refused': {
    zh: '统一身份认证平台不接受本系统，请联系系统管理员',
    en: 'The identity provider does not accept this system: ask the system administrator',
  },
  'token-refused': {
    zh: '统一身份认证平台签发的令牌不能用于本系统，请联系系统管理员',
    en: 'The identity provider issued a token that does not count here: ask the system administrator',
  },
  'sign-in-refused': {
    zh: '登录已取消，或统一身份认证平台未予登录',
    en: 'The sign-in was cancelled, or the identity provider let nobody in',
  },
  'sign-in-lapsed': {
    zh: '登录超过十分钟未完成，请重新登录',
    en: 'The sign-in took longer than ten minutes: sign in again',
  },
  'sign-in-too-often': {
    zh: '登录多次未成功，请一分钟后再试',
    en: 'Too many sign-ins came to nothing: try again in a minute',
  },
  'second-factor-refused': {
    zh: '此操作须以第二因素登录，请重新登录并完成第二重验证',
    en: 'A second factor is needed: sign in again and give it',
  },
}

export const ROLE_LABELS = {
  clerk: { zh: '办事员', en: 'clerk' },
  reviewer: { zh: '复核员', en: 'reviewer' },
  maker: { zh: '录入员', en: 'maker' },
  checker: { zh: '审核员', en: 'checker' },
  publisher: { zh: '签发员', en: 'publisher' },
  supervisor: { zh: '监管员', en: 'supervisor' },
  auditor: { zh: '审计员', en: 'auditor' },
  'system-admin': { zh: '系统管理员', en: 'system administrator' },
  'security-admin': { zh: '安全管理员', en: 'security administrator' },
  'audit-admin': { zh: '审计管理员', en: 'audit administrator' },
} as const

export type Role = keyof typeof ROLE_LABELS
