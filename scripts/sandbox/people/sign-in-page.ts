/** The pages on which sample people sign in: no script, Chinese first, to be used by keyboard alone. */
import { type Bilingual, PROVINCES } from '@hefu/protocol'
import { both, html, type Markup } from './page-text.ts'
import { SAMPLE_PEOPLE, type SamplePerson } from './sample-people.ts'

export const STYLE_PATH = '/sign-in/sign-in.css'

const SAMPLE: Bilingual = { zh: '示例身份，勿用于生产', en: 'Sample identities, not for production' }

/** What went wrong with the last try. */
export const SIGN_IN_ERRORS = {
  'wrong-password': {
    zh: '人员或口令不正确，请核对后重新输入',
    en: 'The person or the password is wrong: check them and try again',
  },
  'wrong-code': {
    zh: '动态口令不正确、已过期或已用过，请输入当前的动态口令',
    en: 'The code is wrong, over, or was used already: enter the present one',
  },
  'too-many-tries': {
    zh: '尝试次数过多，请一分钟后再试',
    en: 'Too many tries: try again in a minute',
  },
} as const satisfies Readonly<Record<string, Bilingual>>

export type SignInError = keyof typeof SIGN_IN_ERRORS

interface Form {
  /** Where it is posted to. */
  readonly action: string
  readonly error?: SignInError
}

/** Who signs in, and the password. */
export function renderPasswordPage({ action, error, chosen }: Form & { readonly chosen?: string }): string {
  const first = SAMPLE_PEOPLE.find(({ id }) => id === chosen) ?? SAMPLE_PEOPLE[0]
  const people = SAMPLE_PEOPLE.map((person) => personChoice(person, person === first))
  return renderPage(
    { zh: '登录', en: 'Sign in' },
    html`${errorOf(error)}<form method="post" action="${action}">
<fieldset><legend>${both({ zh: '示例人员', en: 'Sample people' })}</legend>
${people}</fieldset>
<label class="field" for="password">${both({ zh: '口令', en: 'Password' })}</label>
<input type="password" id="password" name="password" required autocomplete="current-password" aria-describedby="password-hint">
<p class="hint" id="password-hint">${both({ zh: 'npm start 启动完成时显示的口令，所有示例人员相同。', en: 'The one that npm start shows when it is up; all sample people have the same.' })}</p>
<button>${both({ zh: '登录', en: 'Sign in' })}</button>
</form>`,
    error,
  )
}

function personChoice({ id, name, roleName, region }: SamplePerson, isChosen: boolean): Markup {
  const checked = isChosen ? html` checked` : ''
  const province = PROVINCES[region] ?? region
  const said = html`${roleName.zh} ${name.zh} · ${province} <span lang="en">${name.en}, ${roleName.en}</span>`
  return html`<label class="person"><input type="radio" name="person" value="${id}"${checked}><span>${said}</span></label>
`
}

/**
 * The second factor of somebody who gave the password.
 *
 * @param code what the sample shows, since nobody has its secret; `null`: all that would be taken were used
 */
export function renderCodePage(
  { action, error }: Form,
  { name, roleName }: SamplePerson,
  code: string | null,
): string {
  return renderPage(
    { zh: '第二重验证', en: 'Second factor' },
    html`${errorOf(error)}<p>${both({ zh: `${roleName.zh} ${name.zh}`, en: `${name.en}, ${roleName.en}` })}</p>
<p class="sample" id="code-hint">${shownCode(code)}</p>
<form method="post" action="${action}">
<label class="field" for="code">${both({ zh: '动态口令（6 位数字）', en: 'One-time code (6 digits)' })}</label>
<input type="text" id="code" name="code" class="code" required inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="one-time-code" aria-describedby="code-hint">
<button>${both({ zh: '确认', en: 'Confirm' })}</button>
</form>`,
    error,
  )
}

function shownCode(code: string | null): Markup {
  if (code === null)
    return both({
      zh: '示例：当前动态口令已用过，请等候半分钟后刷新本页。',
      en: 'Sample: the present code was used. Reload this page in half a minute.',
    })
  return html`${both({ zh: '示例：当前动态口令', en: 'Sample: the present code' })} <strong class="code">${code}</strong>`
}

/** A page that only says something. */
export function renderMessagePage(title: Bilingual, message: Bilingual): string {
  return renderPage(title, html`<p>${both(message)}</p>`)
}

/** @param form the provider's own, `op.logoutForm` */
export function renderSignOutPage(form: Markup): string {
  return renderPage(
    { zh: '退出登录', en: 'Sign out' },
    html`${form}<p>${both({ zh: '是否退出登录？', en: 'Do you want to sign out?' })}</p>
<button form="op.logoutForm" name="logout" value="yes">${both({ zh: '退出', en: 'Sign out' })}</button>
<button class="second" form="op.logoutForm">${both({ zh: '不退出', en: 'Stay signed in' })}</button>`,
  )
}

function errorOf(error: SignInError | undefined): Markup {
  return error === undefined ? html`` : html`<p class="error" role="alert">${both(SIGN_IN_ERRORS[error])}</p>`
}

/** The title of a page says when the last try went wrong. */
function renderPage(title: Bilingual, main: Markup, error?: SignInError): string {
  const wrong = error === undefined ? '' : '有误 Error · '
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${wrong}${title.zh} ${title.en} · 合符 Hefu</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
<p class="sample">${both(SAMPLE)}</p>
<h1>${both(title)}</h1>
${main}
</main>
</body>
</html>
`.html
}
