/** A page on which a licence is chosen: a service verifies it, the browser checks the signature and shows the sheet. */
import { createRemoteVerifier, RemoteVerifierError, renderSheet } from '@hefu/sdk'
import { CarrierError, openCarrier } from '@hefu/sdk/carriers'

const { verifier: url, region, token } = document.body.dataset
const sheet = document.getElementById('sheet')
const input = document.getElementById('licence')

class NotSignedIn extends Error {}

/**
 * Of whoever is signed in: the page's own server has it from the province's sign-in, keeps the secret of the client to itself,
 * and gives the token alone, to its own pages. A page must never hold a client's secret: whoever opens it can read it.
 */
async function accessToken() {
  const answer = await fetch(token, { cache: 'no-store', redirect: 'manual' })
  const given = answer.ok ? (await answer.text()).trim() : ''
  // A page to sign in, answered in its place, is none (RFC 6750, 2.1).
  if (!/^[A-Za-z0-9._~+/-]+=*$/.test(given)) throw new NotSignedIn()
  return given
}

// The operator of this page keeps the key of the service beside it: it is not asked of the service.
const verifierKey = await (await fetch('verifier-key.json')).json()
// Only a service that is unguarded, as one that is being tried out, asks for no token: then there is no data-token.
const verifier = createRemoteVerifier({ url, verifierKey, ...(token ? { accessToken } : {}) })

async function show(file) {
  try {
    const { asked } = await openCarrier(await file.arrayBuffer())
    const verification = await verifier.verify({ ...asked, receivingRegion: region })
    return renderSheet(verification, { language: 'zh' })
  } catch (error) {
    return explain(error)
  }
}

/** There is no report to rely on, and nothing is said about the licence. */
function explain(error) {
  if (error instanceof CarrierError) return error.says.zh
  if (error instanceof NotSignedIn) return '尚未登录，或登录已过期：请登录后重试'
  if (error instanceof RemoteVerifierError)
    return error.problem === null ? error.says.zh : `${error.says.zh}：${error.problem.detail}`
  console.error(error)
  return '系统内部错误，未能核验；不代表证照有问题'
}

async function showChosen() {
  const [file] = input.files
  sheet.textContent = file === undefined ? '' : '正在核验…'
  if (file === undefined) return
  const told = await show(file)
  // Another may have been chosen meanwhile, and what stands here has to be of the one that is.
  if (input.files[0] === file) sheet.textContent = told
}

input.addEventListener('change', showChosen)
// One may have been chosen before the page was ready.
await showChosen()
