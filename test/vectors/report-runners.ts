/** Lists of report.json. */
import {
  AttestationError,
  createVerifier,
  decryptKey,
  encodeReport,
  LedgerUnavailableError,
  type LedgerView,
  MalformedError,
  parseKeyFile,
  parsePublicJwk,
  parseReport,
  type RecheckedCase,
  recheckReport,
  type Suite,
  thumbprint,
  verifyAttestation,
  WrongPassphraseError,
} from '@hefu/protocol'
import { type Runner, refusal } from './judgement.ts'
import { trustOf } from './recorded-registry.ts'
import type { RecheckVector, VectorFiles } from './vector-lists.ts'

type ReportFile = VectorFiles['report']
type ReportRunner<List extends keyof ReportFile> = Runner<ReportFile[List][number], ReportFile>

/** The value, or the codes of all defects; errors that are not of reading have one code each. */
async function attemptAll<T>(work: () => Promise<T>): Promise<T | { readonly refused: readonly string[] }> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MalformedError) return { refused: error.defects.map(({ code }) => code) }
    if (error instanceof AttestationError) return { refused: ['not-attested'] }
    if (error instanceof WrongPassphraseError) return { refused: ['not-opened'] }
    throw error
  }
}

const runRead: ReportRunner<'read'> = ({ text, report }) => ({
  found: [parseReport(text), encodeReport(report)],
  expected: [report, text],
})

/** Found before any ledger is asked. */
const runMalformed: ReportRunner<'malformed'> = async ({ presented, refused, finding }, { suite }) => ({
  found: await judgeUnread(presented, suite),
  expected: [refused, finding, { defects: refused.length }, 'undetermined'],
})

/** Nothing is said against it. */
const runNotLicence: ReportRunner<'notLicences'> = async ({ presented, presentedAs }, { suite }) => ({
  found: await judgeUnread(presented, suite),
  expected: [[], 'wellFormed/not-a-licence', { presented: presentedAs }, 'undetermined'],
})

async function judgeUnread(presented: string, suite: Suite): Promise<readonly unknown[]> {
  const lookup = async (): Promise<never> => {
    throw new Error('answer the verifier: nothing could be read')
  }
  const view = { ledger: { chainId: 1, address: `0x${'00'.repeat(20)}` }, lookup } as const
  const verifier = createVerifier({ view, suite })
  const { defects, findings, verdict } = await verifier.verify({ presented, receivingRegion: '110000' }, 0)
  return [defects, findings[0]?.code, findings[0]?.facts, verdict]
}

const runAttested: ReportRunner<'attested'> = async (vector) => ({
  found: await attemptAll(async () =>
    encodeReport(await verifyAttestation(vector.compact, vector.verifierJwk)),
  ),
  expected: vector.refused === undefined ? vector.report : { refused: vector.refused },
})

/** A view that answers the recorded question, at the report's block, and fails for any other. */
function recordedView({ is, ledger, lookup }: RecheckVector): LedgerView {
  return {
    ledger,
    lookup: async (query) => {
      const [asked, recorded] = [query, lookup?.query].map((one) => JSON.stringify(one))
      if (lookup === null || asked !== recorded) {
        throw new Error(`answer ${asked}: ${is} records ${recorded}`)
      }
      if (lookup.facts !== null) return lookup.facts
      throw new LedgerUnavailableError(lookup.unavailable ?? 'unreachable', 'connect to the ledger')
    },
  }
}

const runRechecked: ReportRunner<'rechecked'> = async (vector, { suite }) => {
  const { report, presented, submitted, challenge, rendition, outcome } = vector
  const rechecked: RecheckedCase = {
    presented,
    ...(submitted === undefined ? {} : { submitted }),
    ...(challenge === undefined ? {} : { challenge }),
    ...(rendition === undefined ? {} : { rendition }),
  }
  const trust = trustOf(vector.registry, recordedView(vector))
  return {
    found: await recheckReport(parseReport(report), rechecked, { ...trust, suite }),
    expected: outcome,
  }
}

const runKeyFile: ReportRunner<'keyFiles'> = async (vector, { suite }) => ({
  found: await attemptAll(async () => {
    const file = parseKeyFile(vector.text)
    const privateJwk = await decryptKey(file, vector.passphrase)
    const { d: _secret, ...publicHalf } = privateJwk
    return { privateJwk, named: thumbprint(parsePublicJwk(publicHalf, 'key'), suite) === file.name }
  }),
  expected:
    vector.refused === undefined
      ? { privateJwk: vector.privateJwk, named: vector.named }
      : { refused: vector.refused },
})

/** List → runner. */
export const REPORT_RUNNERS: { readonly [List in keyof ReportFile]: ReportRunner<List> } = {
  read: runRead,
  refused: ({ text, refused }) => refusal(() => parseReport(text), ...refused),
  malformed: runMalformed,
  notLicences: runNotLicence,
  attested: runAttested,
  rechecked: runRechecked,
  keyFiles: runKeyFile,
}
