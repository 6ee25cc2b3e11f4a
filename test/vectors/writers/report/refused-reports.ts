/** Texts that are no report, and reports with one member changed. */
import {
  BUNDLE_MEDIA_TYPE,
  createMemoryLedgerView,
  encodeReport,
  type Finding,
  finding,
  parseReport,
  REPORT_MEDIA_TYPE,
  type VerificationReport,
} from '@hefu/protocol'
import { withActs } from '../../../fixtures/altered-ledger.ts'
import { NOW } from '../../../fixtures/sample-credential.ts'
import { CHALLENGE } from '../../../fixtures/sample-presentation.ts'
import { defectsOf } from '../defects.ts'
import { drop, type Json, reversed } from './altered-object.ts'
import { attest } from './attest.ts'
import type { Named } from './named.ts'
import { BROKEN, replaceFinding, type Scene, SUBMITTED, silentView } from './report-scene.ts'
import { RENDITION } from './reports.ts'

/** Reports that are written as they should be, and say what no one verification can find. */
async function contradictions({ sample, verify }: Scene): Promise<Named<object>> {
  const report = await verify()
  const { request, licence, ledger } = report
  const malformed = await verify({ request: { presented: BROKEN } })
  const silent = await verify({ view: silentView(sample.memory, 'unreachable') })
  const unbound = await verify({ request: { presented: sample.bundle } })
  const asking = (of: VerificationReport, change: Json): VerificationReport => ({
    ...of,
    request: { ...of.request, ...change },
  })
  const reading = (change: Json): object => ({ ...report, ledger: { ...ledger, ...change } })
  const challenge = request.presented
  return [
    ['accepted, and no licence', { ...report, licence: null }],
    ['accepted, and no ledger', { ...report, ledger: null }],
    ['a licence, and none was read', { ...malformed, licence }],
    ['defects of what could be read', { ...report, defects: malformed.defects }],
    ['no defects of what could not', { ...malformed, defects: [] }],
    [
      'a defect more than were found',
      { ...malformed, defects: [...malformed.defects, ...malformed.defects] },
    ],
    ['nothing to check, and something was read', replaceFinding(report, finding('status/nothing-to-check'))],
    ['a check of what was not read', replaceFinding(malformed, finding('status/valid'))],
    ['a ledger that nobody asked', { ...malformed, ledger }],
    ['a ledger that did not answer', { ...silent, ledger }],
    ['one finding of a ledger, and none was read', replaceFinding(silent, finding('status/revoked'))],
    [
      'one check without an answer of the ledger that was read',
      replaceFinding(report, finding('status/ledger-stale')),
    ],
    ['a block beyond its own limit', reading({ blockTime: NOW - 301 })],
    ['a block a minute and a second ahead of its clock', reading({ blockTime: NOW + 61 })],
    ['an answer to a challenge, and none was given', replaceFinding(report, finding('holderBinding/bound'))],
    ['a challenge, and nobody asked for an answer', asking(unbound, { challenge })],
    ['a challenge, and a binding that answers none', asking(report, { challenge })],
    ['a comparison, and no value was submitted', replaceFinding(report, finding('comparison/same'))],
    ['values, and none was asked to be compared', asking(report, { comparedFields: ['holderName'] })],
    ['a demand, and no service item was named', replaceFinding(report, finding('demand/met'))],
    ['a service item, and nobody asked what it demands', asking(report, { serviceItem: '440100-0001' })],
  ]
}

/** Reports of which one member is changed. */
function changedReports(report: VerificationReport, rejected: VerificationReport): Named<object> {
  const { request, licence, ledger, findings } = report
  const asking = (change: Json): object => ({ ...report, request: { ...request, ...change } })
  const stating = (change: Json): object => ({ ...report, licence: { ...licence, ...change } })
  const reading = (change: Json): object => ({ ...report, ledger: { ...ledger, ...change } })
  const defects = (...list: readonly unknown[]): object => ({ ...report, defects: list })
  const second = (change: Json): object => ({
    ...report,
    findings: findings.map((found, i) => (i === 1 ? { ...found, ...change } : found)),
  })
  const withNumber = (number: unknown): object => {
    const { mediaType, ...others } = report
    return { mediaType, number, ...others }
  }
  const nodes = { needed: 2, agreeing: 3, newest: null, logsHeldBy: 'header' }
  const defect = { code: 'missing', where: 'bundle', expected: 'x', found: 'y' }
  return [
    ['another version', { ...report, mediaType: REPORT_MEDIA_TYPE.replace('=1', '=2') }],
    ['the media type of a bundle', { ...report, mediaType: BUNDLE_MEDIA_TYPE }],
    ...Object.keys(report).map((name) => [`no ${name}`, drop(report, name)] as const),
    ['a member more', { ...report, note: '' }],
    ...(
      [
        ['a number with another check character', '20260112-7K3M9QXA-000123-K'],
        ['a number of the day before', '20260111-7K3M9QXA-000123-5'],
        ['a number of no day', '20260230-7K3M9QXA-000123-N'],
        ['a number that counts from nought', '20260112-7K3M9QXA-000000-4'],
        ['a number with a nought too many', '20260112-7K3M9QXA-0000123-F'],
        ['a number with an O', '20260112-7K3M9QXO-000123-J'],
        ['a number in small letters', '20260112-7k3m9qxa-000123-9'],
        ['a number that is null', null],
        ['a number that is a number', 20_260_112],
      ] as const
    ).map(([is, number]) => [is, withNumber(number)] as const),
    [
      'a number that does not stand after the media type',
      { ...report, number: '20260112-7K3M9QXA-000123-J' },
    ],
    ['its members in another order', reversed(report)],
    ['a time that is a text', { ...report, checkedAt: `${NOW}` }],
    ['a time before 1970', { ...report, checkedAt: -1 }],
    ['a time with a fraction', { ...report, checkedAt: NOW + 0.5 }],
    ['a request that is null', { ...report, request: null }],
    ...Object.keys(request).map(
      (name) => [`no ${name} in the request`, { ...report, request: drop(request, name) }] as const,
    ),
    ['a member more in the request', asking({ submitted: {} })],
    ['the request in another order', { ...report, request: reversed(request) }],
    ['a digest that is short', asking({ presented: request.presented.slice(1) })],
    ['a digest in hexadecimal', asking({ presented: `0x${'00'.repeat(32)}` })],
    ['a region of five digits', asking({ receivingRegion: '44000' })],
    ['a service item that is a number', asking({ serviceItem: 1 })],
    ['a case number that is a list', asking({ caseNo: [] })],
    ['a case number with a character that is not seen', asking({ caseNo: 'a\u200bb' })],
    ['a time asked about before 1970', asking({ asOf: -1 })],
    ['compared fields that are an object', asking({ comparedFields: SUBMITTED })],
    ['a compared field that is a number', asking({ comparedFields: [1] })],
    ['65 compared fields', asking({ comparedFields: Array.from({ length: 65 }, (_, i) => `field${i}`) })],
    ['a challenge in the clear', asking({ challenge: CHALLENGE.nonce })],
    ['a rendition in the clear', asking({ rendition: 'licence.pdf' })],
    ['a rendition that is null', asking({ rendition: null })],
    ['a rendition, and no finding of it', asking({ rendition: RENDITION })],
    [
      'a finding of a rendition, and none asked about',
      { ...report, findings: [...report.findings, finding('rendition/bound')] },
    ],
    [
      'a rendition before the challenge',
      {
        ...report,
        request: { ...drop(request, 'challenge'), rendition: RENDITION, challenge: null },
        findings: [...report.findings, finding('rendition/not-bound')],
      },
    ],
    ['a licence that is a text', { ...report, licence: 'x' }],
    ...Object.keys(licence ?? {}).map(
      (name) => [`no ${name} of the licence`, { ...report, licence: drop({ ...licence }, name) }] as const,
    ),
    ['a licence identifier that is a number', stating({ licenceId: 1 })],
    ['a licence with an end before 1970', stating({ validUntil: -1 })],
    ['a member more of the licence', stating({ holderName: '样例甲' })],
    ['a ledger that is a list', { ...report, ledger: [] }],
    ...Object.keys(drop({ ...ledger }, 'maxAge')).map(
      (name) => [`no ${name} of the ledger`, { ...report, ledger: drop({ ...ledger }, name) }] as const,
    ),
    ['a chain that is a text', reading({ chainId: '31337' })],
    ['a block before the first', reading({ blockNumber: -1 })],
    ['an address in capitals', reading({ address: `0x${'C5'.repeat(20)}` })],
    ['a block hash that is short', reading({ blockHash: '0x00' })],
    ['a member more of the ledger', reading({ name: '' })],
    ['a limit that is null', reading({ maxAge: null })],
    ['a limit below zero', reading({ maxAge: -1 })],
    ['nodes that are null', reading({ nodes: null })],
    [
      'nodes before the limit',
      { ...report, ledger: { ...drop({ ...ledger }, 'maxAge'), nodes, maxAge: 300 } },
    ],
    ...Object.keys(nodes).map(
      (name) => [`no ${name} of the nodes`, reading({ nodes: drop(nodes, name) })] as const,
    ),
    ['nodes in another order', reading({ nodes: reversed(nodes) })],
    ['a member more of the nodes', reading({ nodes: { ...nodes, urls: [] } })],
    ['a fraction of a node needed', reading({ nodes: { ...nodes, needed: 1.5 } })],
    ['fewer than no nodes that agree', reading({ nodes: { ...nodes, agreeing: -1 } })],
    ['a newest block that is a text', reading({ nodes: { ...nodes, newest: '1' } })],
    ['logs held by nobody', reading({ nodes: { ...nodes, logsHeldBy: 'none' } })],
    ['defects that are an object', { ...report, defects: {} }],
    ['1,001 defects', defects(...Array.from({ length: 1001 }, () => defect))],
    ['a defect that is a text', defects('x')],
    ...Object.keys(defect).map((name) => [`no ${name} of a defect`, defects(drop(defect, name))] as const),
    ['a defect with a code in capitals', defects({ ...defect, code: 'MISSING' })],
    ['a defect with a place that is a list', defects({ ...defect, where: ['bundle'] })],
    ['a member more in a defect', defects({ ...defect, note: '' })],
    ['a defect in another order', defects(reversed(defect))],
    ['findings that are an object', { ...report, findings: {} }],
    ['no finding', { ...report, findings: [] }],
    ['a finding less', { ...report, findings: findings.slice(0, -1) }],
    ['a finding more', { ...report, findings: [...findings, ...findings.slice(-1)] }],
    ['findings in another order', { ...report, findings: findings.toReversed() }],
    ['a finding twice', { ...report, findings: findings.with(1, findings[0] as Finding) }],
    ['a finding that is a text', { ...report, findings: findings.map(({ code }) => code) }],
    ...['check', 'code', 'status', 'facts'].map(
      (name) =>
        [`no ${name} of a finding`, { ...report, findings: findings.map((f) => drop(f, name)) }] as const,
    ),
    ['a code that there is not', second({ code: 'signature/fine' })],
    ['a code that every object has', second({ code: 'constructor' })],
    ['a code of another check', second({ code: 'status/valid' })],
    ['a code that is a number', second({ code: 1 })],
    ['a check that is not that of its code', second({ check: 'status' })],
    ['a status that is not that of its code', second({ status: 'warn' })],
    [
      'a failure that passes',
      { ...rejected, findings: rejected.findings.map((f) => ({ ...f, status: 'pass' })) },
    ],
    ['facts that are a list', second({ facts: [] })],
    ['a fact that is null', second({ facts: { kid: null } })],
    ['a fact that is true', second({ facts: { kid: true } })],
    ['a fact that is an object', second({ facts: { kid: {} } })],
    ['a fact that is a list of numbers', second({ facts: { kid: [1] } })],
    ['a fact with a fraction', second({ facts: { kid: 0.5 } })],
    ['a member more in a finding', second({ note: '' })],
    ['a finding in another order', { ...report, findings: findings.map(reversed) }],
    ['a better verdict', { ...rejected, verdict: 'accepted' }],
    ['a better verdict with its result code', { ...rejected, verdict: 'accepted', resultCode: 0 }],
    ['a worse verdict', { ...report, verdict: 'rejected' }],
    ['a verdict that there is not', { ...report, verdict: 'ok' }],
    ['another result code', { ...rejected, resultCode: 0 }],
    ['a result code that is a text', { ...report, resultCode: '0' }],
    ['four defects', { ...asking({ presented: 'x', asOf: 'x' }), checkedAt: null, licence: 1 }],
  ]
}

export async function refusedReports(scene: Scene): Promise<readonly object[]> {
  const { sample, verify } = scene
  const report = await verify()
  const acts = withActs({ act: 'revoke', effectiveAt: NOW - 5 })
  const rejected = await verify({ view: createMemoryLedgerView(acts(sample.memory)) })
  const text = encodeReport(report)
  const texts: Named<string> = [
    ['nothing', ''],
    ['null', 'null'],
    ['a list', `[${text}]`],
    ['cut short', text.slice(0, -1)],
    ['a line feed after', `${text}\n`],
    ['a byte-order mark before', `\ufeff${text}`],
    ['white space between', JSON.stringify(report, null, 1)],
    ['a member twice', text.replace('"verdict"', '"verdict":"accepted","verdict"')],
    ['an escape that is not needed', text.replace('"accepted"', String.raw`"\u0061ccepted"`)],
    ['a number with an exponent', text.replace(`${NOW}`, '1768147200e0')],
    ['brackets 33 deep', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['its own attestation', await attest({ payload: text })],
  ]
  const changed = changedReports(report, rejected).map(([is, value]) => [is, JSON.stringify(value)] as const)
  const contradicting = (await contradictions(scene)).map(
    ([is, value]) => [is, JSON.stringify(value)] as const,
  )
  return [...texts, ...changed, ...contradicting].map(([is, own]) => ({
    is,
    text: own,
    refused: defectsOf(() => parseReport(own)),
  }))
}
