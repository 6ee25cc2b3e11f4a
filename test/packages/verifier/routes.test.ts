import { FINDING_CODES, suite, thumbprint } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { BLOCK_TIME, createSample } from './sample.ts'
import { send, startTestService, type TestService } from './service.ts'

describe('the reading routes of the verifier service', () => {
  let service: TestService

  before(async () => {
    service = await startTestService((await createSample()).view)
  })
  after(() => service.close())

  it('GET /v1/verifier-key gives the public key and its thumbprint, and nothing private', async () => {
    const { json } = await send(`${service.url}/v1/verifier-key`)
    expect(json).to.deep.equal({
      kid: thumbprint(service.verifierKey, suite),
      publicJwk: service.verifierKey,
    })
    const set = await send(`${service.url}/.well-known/jwks.json`)
    // Other services of this process have the same store, and keys of their own.
    const own = set.json.keys.filter(({ kid }: { kid: string }) => kid === json.kid)
    expect(own).to.have.lengthOf(1)
    expect(own[0]).to.include({ use: 'sig', alg: 'ES256', ...service.verifierKey })
    for (const key of set.json.keys) expect(key).to.not.have.property('d')
  })

  it('GET /v1/findings says what every code means', async () => {
    const { json } = await send(`${service.url}/v1/findings`)
    expect(json.findings.map((f: { code: string }) => f.code)).to.deep.equal(FINDING_CODES)
    expect(json.findings.every((f: { says: { zh: string; en: string } }) => f.says.zh && f.says.en)).to.equal(
      true,
    )
  })

  it('GET /health/ready names the block it read', async () => {
    const { status, json } = await send(`${service.url}/health/ready`)
    expect(status).to.equal(200)
    expect(json).to.deep.include({ status: 'ready' })
    expect(json.block.time).to.equal(BLOCK_TIME)
  })

  it('HEAD and OPTIONS answer without a body', async () => {
    const head = await send(`${service.url}/health/live`, { method: 'HEAD' })
    expect(head.status).to.equal(200)
    expect(head.text).to.equal('')
    const options = await send(`${service.url}/v1/verifications`, { method: 'OPTIONS' })
    expect(options.headers.get('allow')).to.equal('POST')
  })
})
