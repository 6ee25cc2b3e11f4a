/** Writes test/vectors/*.json; with `--check` fails when one on disk differs from what the code yields. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleVectors } from './vectors/bundle-vectors.ts'
import { credentialVectors } from './vectors/credential-vectors.ts'
import { encodingVectors } from './vectors/encoding-vectors.ts'
import { identifierVectors } from './vectors/identifier-vectors.ts'
import { licenceTypeVectors } from './vectors/licence-type-vectors.ts'
import { merkleVectors } from './vectors/merkle-vectors.ts'
import { presentationVectors } from './vectors/presentation-vectors.ts'
import { receiptVectors } from './vectors/receipt-vectors.ts'
import { reportVectors } from './vectors/report-vectors.ts'
import { signatureVectors } from './vectors/signature-vectors.ts'
import { encodeVectorFile, type VectorFile } from './vectors/vector-file.ts'
import { verificationVectors } from './vectors/verification-vectors.ts'

const folder = join(import.meta.dirname, '..', 'test', 'vectors')

/** File name → what must stand there. */
const files: Readonly<Record<string, () => VectorFile | Promise<VectorFile>>> = {
  'encodings.json': encodingVectors,
  'identifiers.json': identifierVectors,
  'signatures.json': signatureVectors,
  'merkle.json': merkleVectors,
  'licence-types.json': licenceTypeVectors,
  'credential.json': credentialVectors,
  'receipt.json': receiptVectors,
  'bundle.json': bundleVectors,
  'presentation.json': presentationVectors,
  'verification.json': verificationVectors,
  'report.json': reportVectors,
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const check = process.argv.includes('--check')
for (const [name, make] of Object.entries(files)) {
  const path = join(folder, name)
  const text = encodeVectorFile(await make())
  if (readOrEmpty(path) === text) continue
  if (check) {
    console.error(`test/vectors/${name} differs from its source: run npm run build and commit the file`)
    process.exitCode = 1
  } else {
    writeFileSync(path, text)
    console.log(`wrote test/vectors/${name}`)
  }
}
