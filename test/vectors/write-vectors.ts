/** Writes test/vectors/*.json; with `--check` fails when one on disk differs from what the code yields. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleVectors } from './writers/bundle-vectors.ts'
import { carrierVectors } from './writers/carrier-vectors.ts'
import { credentialVectors } from './writers/credential-vectors.ts'
import { encodingVectors } from './writers/encoding-vectors.ts'
import { identifierVectors } from './writers/identifier-vectors.ts'
import { licenceTypeVectors } from './writers/licence-type-vectors.ts'
import { merkleVectors } from './writers/merkle-vectors.ts'
import { presentationVectors } from './writers/presentation-vectors.ts'
import { receiptVectors } from './writers/receipt-vectors.ts'
import { reportVectors } from './writers/report-vectors.ts'
import { signatureVectors } from './writers/signature-vectors.ts'
import { encodeVectorFile, type VectorFile } from './writers/vector-file.ts'
import { verificationVectors } from './writers/verification-vectors.ts'

const folder = import.meta.dirname

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
  'carriers.json': carrierVectors,
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
