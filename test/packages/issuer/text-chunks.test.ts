import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IssuerError } from '@hefu/issuer'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { findEncoding, readTextChunks } from '#internal/issuer/input/text-chunks'
import { ENCODED_TEXTS } from '../../fixtures/encoded-texts.ts'
import { temporaryFolder } from './fixtures/agency.ts'

describe('the text of an agency’s file', () => {
  for (const [is, bytes, text] of ENCODED_TEXTS) {
    it(`is read in its encoding, or told from a text, as a clerk’s is: ${is}`, async () => {
      const file = join(await temporaryFolder(), 'licences.csv')
      await writeFile(file, bytes)
      expect(await readOrRefuse(file)).to.equal(text)
    })
  }
})

async function readOrRefuse(file: string): Promise<string | null> {
  try {
    let text = ''
    for await (const chunk of readTextChunks(file, await findEncoding(file))) text += chunk
    return text
  } catch (error) {
    if (error instanceof IssuerError) return null
    throw error
  }
}
