/** Re-checks of reports that say what no verifier found. */
import { createMemoryLedgerView, finding, type VerificationReport } from '@hefu/protocol'
import { withAnchor } from '../../../fixtures/altered-ledger.ts'
import { NOW } from '../../../fixtures/sample-credential.ts'
import { CHALLENGE } from '../../../fixtures/sample-presentation.ts'
import { ITEM, type Rechecked, withDemand } from './recheck-vector.ts'
import { BROKEN, replaceFinding, type Scene, SUBMITTED, silentView, withFacts } from './report-scene.ts'
import { RENDITION } from './reports.ts'

/** Reports that can be read and do not say what a verifier finds. */
export async function forgedReports({ sample, verify }: Scene): Promise<readonly Rechecked[]> {
  const report = await verify()
  const { request, licence, ledger } = report
  if (licence === null || ledger === null) throw new Error('write vectors: a report with both is needed')
  const asking = (change: Partial<typeof request>): VerificationReport => ({
    ...report,
    request: { ...request, ...change },
  })
  const malformed = await verify({ request: { presented: BROKEN } })
  const [defect] = malformed.defects
  if (defect === undefined) throw new Error('write vectors: a report with defects is needed')
  const given = { presented: BROKEN }
  const silent = silentView(sample.memory, 'unreachable')
  const asked = { submitted: SUBMITTED, challenge: CHALLENGE }
  const full = await verify({ request: asked })
  const unbound = await verify({ request: { presented: sample.bundle, challenge: CHALLENGE } })
  const carried = await verify({ request: { rendition: RENDITION } })
  const unrooted = replaceFinding(report, finding('inclusion/root-mismatch'))
  const demanding = withDemand(sample.memory)
  const over = await verify({
    request: { serviceItem: ITEM, submitted: SUBMITTED },
    view: createMemoryLedgerView(demanding),
  })
  const unseen = await verify({ request: { submitted: { height: '1.80' } } })
  return [
    { is: 'another finding', report: replaceFinding(report, finding('status/revoked')) },
    { is: 'a fact more', report: withFacts(report, { index: 42, at: NOW, note: 'x' }) },
    { is: 'another fact', report: withFacts(report, { index: 43, at: NOW }) },
    { is: 'facts in another order', report: withFacts(report, { at: NOW, index: 42 }) },
    { is: 'another licence', report: { ...report, licence: { ...licence, validUntil: null } } },
    { is: 'another time of the block', report: { ...report, ledger: { ...ledger, blockTime: NOW - 1 } } },
    { is: 'other words of a defect', report: { ...malformed, defects: [{ ...defect, found: 'z' }] }, given },
    { is: 'a region that does not exist', report: asking({ receivingRegion: '999999' }) },
    { is: 'a time after the clock', report: asking({ asOf: NOW + 1 }) },
    {
      is: 'a service item that no ledger holds',
      report: replaceFinding(
        asking({ serviceItem: '事项' }),
        finding('demand/no-demand', { serviceItem: '事项' }),
      ),
    },
    {
      is: 'no answer where a key binding stands, no challenge given again',
      report: replaceFinding(full, finding('holderBinding/missing')),
    },
    {
      is: 'an answer by a key binding that is not there, no challenge given again',
      report: replaceFinding(unbound, finding('holderBinding/bound')),
      given: { presented: sample.bundle },
    },
    {
      is: 'compared fields with a name that no field has',
      report: replaceFinding(
        asking({ comparedFields: ['姓名'] }),
        finding('comparison/unknown-field', { unknown: ['姓名'] }),
      ),
    },
    {
      is: 'no word on a value beyond the demand, which is not given again',
      report: replaceFinding(over, finding('demand/met', { serviceItem: ITEM, demanded: ['holderName'] })),
      memory: demanding,
    },
    {
      is: 'a field compared that is not shown, its value not given again',
      report: replaceFinding(unseen, finding('comparison/same', { same: ['height'] })),
    },
    {
      is: 'a rendition told to be bound',
      report: replaceFinding(carried, finding('rendition/bound')),
    },
    { is: 'another region', report: asking({ receivingRegion: '430000' }) },
    { is: 'another finding, and the ledger cannot be asked', report: unrooted, view: silent },
    { is: 'another fact in the ledger', report, memory: withAnchor({ size: 8 })(sample.memory) },
  ]
}
