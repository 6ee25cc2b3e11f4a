/** What was opened one upon the other is ended in the other order, whatever of it fails. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { closeAll } from '#internal/verifier/replica/closing'

describe('Closing', () => {
  it('ends everything in its order, also behind an end that fails, and says so', async () => {
    const ended: string[] = []
    const end = (name: string) => async (): Promise<void> => {
      ended.push(name)
      if (name !== 'folder') throw new Error(name)
    }
    const fault = await closeAll(['folder', 'database', 'store'].map(end)).catch((error: Error) => error)
    expect(ended).to.deep.equal(['store', 'database', 'folder'])
    expect(fault).to.have.property('message', 'store')
  })
})
