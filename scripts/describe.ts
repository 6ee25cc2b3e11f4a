/** Writes what the services say of their interfaces: the description, and the catalogue of problems; `--check` compares. */
import { renderProblemPage } from '@hefu/service'
import { createVerifierRoutes, describeVerifier, VERIFIER_PROBLEMS } from '@hefu/verifier'
import { createUnaskedServices } from './docs/unasked-verifier.ts'
import { settleGenerated } from './generated-files.ts'

settleGenerated({
  'packages/verifier/openapi.json': () =>
    `${JSON.stringify(describeVerifier(createVerifierRoutes(createUnaskedServices()).entries), null, 2)}\n`,
  'packages/verifier/problems.md': () =>
    renderProblemPage('核验服务的错误代码 · Problems of the verifier service', VERIFIER_PROBLEMS),
})
