/** A page on which a licence is chosen: a service verifies it, the browser checks the signature and shows the sheet. */
import { createRemoteVerifier, decodeText, RemoteVerifierError, renderSheet } from '@hefu/sdk'

const { verifier: url, region } = document.body.dataset
const sheet = document.getElementById('sheet')

// The operator of this page keeps the key of the service beside it: it is not asked of the service.
const verifierKey = await (await fetch('verifier-key.json')).json()
const verifier = createRemoteVerifier({ url, verifierKey })

async function show(file) {
  const presented = decodeText(new Uint8Array(await file.arrayBuffer())) ?? ''
  try {
    const verification = await verifier.verify({ presented, receivingRegion: region })
    return renderSheet(verification, { language: 'zh' })
  } catch (error) {
    // There is no report to rely on, and nothing is said about the licence.
    if (error instanceof RemoteVerifierError) return error.says.zh
    throw error
  }
}

document.getElementById('licence').addEventListener('change', async ({ target }) => {
  const [file] = target.files
  if (file === undefined) return
  sheet.textContent = '正在核验…'
  sheet.textContent = await show(file)
})
