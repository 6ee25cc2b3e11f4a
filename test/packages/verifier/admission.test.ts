/** Whom the provider lets in works here by what both of its tokens say alike, and by this console's own client. */
import type { TokenGrant } from '@hefu/service'
import { ProblemError } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createAdmission } from '#internal/verifier/console/admission'

const NOW = 1_750_000_000
const GRANT: TokenGrant = {
  clientId: 'console',
  person: 'clerk-7',
  scopes: new Set(['verify', 'reports']),
  signIn: { acr: 'urn:x', at: NOW - 5 },
  expiresAt: NOW + 600,
  claims: { hefu_roles: ['clerk', 'emperor'], hefu_region: '440000' },
}

describe('who comes back from the provider', () => {
  const admit = (grant: Partial<TokenGrant>, said: object | null = { sub: 'clerk-7', name: '李样例' }) =>
    createAdmission({
      tokens: { recall: async () => undefined, verify: async () => ({ ...GRANT, ...grant }) },
      issuer: 'https://id.example',
      clientId: 'console',
      clock: () => NOW,
    })({ access: 'a', refresh: 'r', said: said as never })
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'admitted',
      (error: unknown) => (error instanceof ProblemError ? error.code : String(error)),
    )

  it('is who both tokens say, with the roles that are known here', async () => {
    const { subject, content } = await admit({})
    expect(subject).to.equal('https://id.example\nclerk-7')
    expect(content).to.deep.include({ name: '李样例', roles: ['clerk'], region: '440000' })
    expect(content.tokens).to.include({ expiresAt: NOW + 600, renewAt: NOW + 540 })
  })

  it('is nobody where the tokens are of two, of another client, or of a system', async () => {
    expect(await codeOf(admit({}, { sub: 'clerk-8' }))).to.equal('token-refused')
    expect(await codeOf(admit({ clientId: 'portal' }))).to.equal('token-refused')
    expect(await codeOf(admit({ person: null }))).to.equal('token-refused')
    expect(await codeOf(admit({ person: null }, null))).to.equal('token-refused')
  })

  it('is nobody without a role, and of no region that is none or two', async () => {
    expect(await codeOf(admit({ claims: { hefu_roles: ['emperor'] } }))).to.equal('no-role')
    expect(await codeOf(admit({ claims: {} }))).to.equal('no-role')
    expect(await codeOf(admit({ claims: { ...GRANT.claims, hefu_region: '44' } }))).to.equal('region-unknown')
    expect(await codeOf(admit({}, { sub: 'clerk-7', hefu_region: '430000' }))).to.equal('region-unknown')
  })
})
