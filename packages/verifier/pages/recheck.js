/** The page of a sheet's re-check: asks its own service, and writes what it answers as text. */
const form = document.getElementById('ask')
const problem = document.getElementById('problem')
const found = document.getElementById('found')
const [number, code] = [document.getElementById('number'), document.getElementById('code')]

const MARKS = { accepted: '✔', refer: '!', rejected: '✖', undetermined: '?' }
const CHECK_MARKS = { pass: '✔', warn: '!', fail: '✖', unknown: '?', skipped: '–' }
const UNREACHABLE = { zh: '本服务没有应答，请稍后重试', en: 'The service does not answer: try again later' }

const WRONG = {
  noNumber: { zh: '请填写核验单编号', en: 'Type the number of the sheet' },
  number: {
    zh: '核验单编号有误：应为 8 位日期-8 位字符-至少 6 位数字-1 位校验字符，例如 20260112-7K3M9QXA-000123-J，请对照核验单核对',
    en: 'This is no number of a sheet: 8 digits of a day, 8 characters, 6 digits or more and a check character, as in 20260112-7K3M9QXA-000123-J',
  },
  check: {
    zh: '核验单编号有误：日期不存在，或与末位校验字符不符，请对照核验单逐位核对',
    en: 'The number is mistyped: there is no such day, or its check character does not fit; compare it with the sheet',
  },
  noCode: { zh: '请填写复核码', en: 'Type the code of the sheet' },
  code: {
    zh: '复核码有误：应为 16 位字母和数字（不含字母 U），请对照核验单核对',
    en: 'This is no code of a sheet: it has 16 letters and digits, and no U',
  },
}
const NUMBER = /^\d{8}-[0-9A-Z]{8}-\d{6,15}-[0-9A-Z]$/
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/

// The code of the sheet's QR holds its number behind the #, which no server is ever sent.
number.value = new URLSearchParams(location.hash.slice(1)).get('n') ?? ''
if (number.value === '') number.focus()
else code.focus()

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = form.querySelector('button')
  button.disabled = true
  problem.replaceChildren()
  for (const field of [number, code]) field.removeAttribute('aria-invalid')
  found.hidden = true
  try {
    await ask()
  } catch {
    problem.append(...bilingual(UNREACHABLE))
  } finally {
    button.disabled = false
  }
})

async function ask() {
  const typed = { number: plain(number.value).replace(/\p{Pd}/gu, '-'), code: plain(code.value) }
  const wrong = wrongIn(typed)
  if (wrong.length > 0) {
    point(wrong)
    return
  }
  const response = await fetch('v1/report-checks', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(typed),
  })
  const answer = await response.json()
  if (response.ok) show(answer)
  else refuse(answer)
}

/** As people type and copy them: with spaces, small letters, other hyphens and full-width forms. */
function plain(text) {
  return text.normalize('NFKC').toUpperCase().replace(/\s/gu, '')
}

/** What is wrong before anybody is asked: the field, and a sentence. */
function wrongIn(typed) {
  const characters = typed.code
    .replace(/\p{Pd}/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return [
    ...(NUMBER.test(typed.number) ? [] : [[number, typed.number === '' ? WRONG.noNumber : WRONG.number]]),
    ...(CODE.test(characters) ? [] : [[code, typed.code === '' ? WRONG.noCode : WRONG.code]]),
  ]
}

function point(wrong) {
  for (const [i, [field, says]] of wrong.entries()) {
    if (i > 0) problem.append(element('br'))
    problem.append(...bilingual(says))
    field.setAttribute('aria-invalid', 'true')
  }
  wrong[0][0].focus()
}

function refuse({ says, errors = [] }) {
  const wrong = errors.flatMap(({ pointer }) =>
    pointer === '/number' ? [[number, WRONG.check]] : pointer === '/code' ? [[code, WRONG.code]] : [],
  )
  if (wrong.length > 0) {
    point(wrong)
    return
  }
  problem.append(...bilingual(says))
  for (const { expected } of errors) problem.append(element('br'), ...bilingual(expected))
  number.focus()
}

function show(sheet) {
  const { says, request, licence, ledger } = sheet
  const heading = element('h2', ...[`${MARKS[sheet.verdict] ?? '?'} `, ...bilingual(says.verdict)])
  heading.id = 'verdict'
  heading.tabIndex = -1
  heading.className = sheet.verdict
  found.replaceChildren(
    heading,
    ...(says.reason === null ? [] : [element('p', ...bilingual(says.reason))]),
    element('p', ...bilingual(says.nextStep)),
    facts([
      [{ zh: '核验单编号', en: 'Number' }, sheet.number],
      [{ zh: '核验时间', en: 'Checked at' }, time(sheet.checkedAt)],
      [{ zh: '核验结果代码', en: 'Result code' }, [`${sheet.resultCode} `, ...bilingual(says.result)]],
      [{ zh: '受理地区', en: 'Receiving region' }, `${request.receivingRegion} ${request.province ?? ''}`],
      [{ zh: '事项', en: 'Service item' }, request.serviceItem],
      [{ zh: '办件编号', en: 'Case' }, request.caseNo],
      ...(licence === null ? [] : factsOf(licence)),
      [{ zh: '数据截至', en: 'Data as of' }, ledger === null ? null : time(ledger.blockTime)],
      [{ zh: '区块高度', en: 'Block' }, ledger === null ? null : String(ledger.blockNumber)],
      [{ zh: '报告校验值', en: 'Report digest' }, sheet.reportDigest],
    ]),
    element('h2', ...bilingual({ zh: '核验项目', en: 'Checks' })),
    element(
      'ul',
      ...sheet.checks.map(({ status, says: one }) =>
        element('li', `${CHECK_MARKS[status] ?? '?'} `, ...bilingual(one)),
      ),
    ),
    printButton(),
  )
  found.hidden = false
  heading.focus()
}

/** The sheet as the service has it, on paper beside the paper. */
function printButton() {
  const button = element('button', ...bilingual({ zh: '打印', en: 'Print' }))
  button.type = 'button'
  button.addEventListener('click', () => print())
  return button
}

function factsOf({ name, licenceType, licenceId, issuer, issuerName, validFrom, validUntil }) {
  return [
    [{ zh: '证照类型', en: 'Type' }, name === null ? licenceType : bilingual(name)],
    [{ zh: '电子证照标识', en: 'Identifier' }, licenceId],
    [{ zh: '颁发机构', en: 'Issuer' }, `${issuerName ?? ''} ${issuer}`.trim()],
    [
      { zh: '有效期', en: 'Valid' },
      `${time(validFrom).slice(0, 10)} 至 ${validUntil === null ? '长期' : time(validUntil - 1).slice(0, 10)}`,
    ],
  ]
}

function facts(rows) {
  const list = element('dl')
  for (const [label, value] of rows) {
    if (value === null) continue
    list.append(element('dt', ...bilingual(label)), element('dd', ...[value].flat()))
  }
  return list
}

/** As the sheet has it: China Standard Time, whatever clock the reader's machine goes by. */
function time(seconds) {
  return new Date((seconds + 28_800) * 1_000).toISOString().slice(0, 16).replace('T', ' ')
}

function bilingual({ zh, en }) {
  const second = element('span', ` ${en}`)
  second.lang = 'en'
  return [zh, second]
}

function element(name, ...children) {
  const made = document.createElement(name)
  made.append(...children)
  return made
}
