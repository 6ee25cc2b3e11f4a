/** Every example of packages/protocol/spec is run against the code: a page cannot say what is not so. */
import { createPublicKey, createVerify } from 'node:crypto'
import {
  anchorKey,
  type Challenge,
  canonicalJwk,
  createChallenge,
  createMemoryLedgerView,
  createMerkleTree,
  createPresentation,
  createReportSigner,
  createVerifier,
  decryptKey,
  dropDisclosures,
  encodeBase64url,
  encodeBundle,
  encodeHex,
  encodeKeyFile,
  encodeQrReference,
  encodeQrText,
  encodeReport,
  FINDING_CODES,
  type FieldFormat,
  hashLeaf,
  hasRightCheck,
  inclusionPath,
  isRegionCode,
  issuerUri,
  isUscc,
  type JsonValue,
  LEGAL_STATUSES,
  LedgerUnavailableError,
  type LedgerView,
  type LegalStatus,
  LICENCE_TYPES,
  licenceTypeUri,
  type MemoryLedger,
  meaningOf,
  PROVINCES,
  type PresentationDraft,
  type PublicJwk,
  parseBase64url,
  parseBundle,
  parseCredential,
  parseKeyFile,
  parseLicenceId,
  parsePublicJwk,
  parseQrText,
  parseReceipt,
  parseReport,
  parseStrictJson,
  receiptObject,
  rootOf,
  rootOfPath,
  STATUS_CHANGES,
  type StatusEntry,
  type StatusTransition,
  schemaDigest,
  sentenceOf,
  statusAt,
  statusListUri,
  suite,
  thumbprint,
  verifyAttestation,
} from '@hefu/protocol'
import {
  attachLicence,
  CARRIER_ERROR_CODES,
  CarrierError,
  type CarrierErrorCode,
  openCarrier,
} from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { nodesOf } from '#internal/protocol/batch/merkle-tree'
import { isFoodLicenceNumber } from '#internal/protocol/identifiers/food-licence-number'
import { isResidentId } from '#internal/protocol/identifiers/resident-id'
import { hasUsccShape } from '#internal/protocol/identifiers/uscc'
import { normaliseValue } from '#internal/protocol/licence/normal-form'
import { encodeDerSignature } from '#internal/protocol/suite/der-signature'
import { statusAfter } from '#internal/protocol/verification/legal-status'
import { withActs } from '../../../fixtures/altered-ledger.ts'
import { refusalOf } from '../../../fixtures/refusal.ts'
import {
  ANCHORED_AT,
  createSample,
  FIRST_INDEX,
  ISSUER,
  LEDGER,
  LICENCE_TYPE,
  NOW,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, HOLDER_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'
import { createOfd } from '../../../fixtures/sample-ofd.ts'
import { COPY } from '../../../fixtures/sample-presentation.ts'
import { linesOf, listSpecPages, readSpecPage, sectionOf, textOf } from '../../../fixtures/spec-page.ts'
import { readArchive } from '../../../fixtures/zip-archive.ts'
import { readVectors } from '../../../vectors/vector-files.ts'
import type { VectorFiles } from '../../../vectors/vector-lists.ts'

const SECTIONS = ['Purpose', 'Example', 'Grammar', 'Verification', 'Security notes']
const PAGES = [
  'batch',
  'bundle',
  'carriers',
  'checks-and-verdicts',
  'credential',
  'encoding',
  'identifiers',
  'key-file',
  'ledger-view',
  'licence-types',
  'presentation',
  'receipt',
  'report',
]
/** The kinds of examples that are run below; a page with another kind fails. */
const RUN = [
  'acts',
  'annotated-copy',
  'attestation',
  'base64url',
  'batch',
  'bundle',
  'challenge',
  'credential',
  'disclosures',
  'findings',
  'header',
  'identifiers',
  'identifiers-refused',
  'json',
  'json-refused',
  'jwk',
  'key-binding',
  'key-file',
  'licence-types',
  'ofd-attachments',
  'passphrase',
  'payload',
  'pdf',
  'pdf-update',
  'presentation',
  'qr-reference',
  'qr-refused',
  'qr-whole',
  'receipt',
  'rendition',
  'report',
  'same-values',
  'sm2',
]

function parseAny(text: string): JsonValue {
  return parseStrictJson(text, 262_144, 'example')
}

/** The sample ledger, with the anchor that the pages' receipt names. */
async function pagesLedger(): Promise<MemoryLedger> {
  const { memory } = await createSample()
  const { root, size } = parseReceipt(parseAny(textOf('receipt', 'receipt')), 'receipt')
  const anchor = { anchoredAt: ANCHORED_AT, blockNumber: 1000, firstIndex: FIRST_INDEX, size }
  return { ...memory, anchors: new Map([[anchorKey(ISSUER, root), anchor]]) }
}

/** The cells of the table with this header, which come first, and then its rule. */
function rowsOf(page: string, header: RegExp): readonly (readonly string[])[] {
  const { text } = readSpecPage(page)
  const table = text.slice(text.search(header)).split('\n\n')[0] ?? ''
  return table.split('\n').map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

interface FactMember {
  readonly name: string
  readonly optional: boolean
}

/** Code → its facts, by the table of checks-and-verdicts.md. */
function factsOfPage(): ReadonlyMap<string, readonly FactMember[]> {
  const [, , ...rows] = rowsOf('checks-and-verdicts', /^\| Code +\| Facts /m)
  const facts = new Map<string, readonly FactMember[]>()
  for (const [codes = '', members = ''] of rows) {
    const named = [...members.matchAll(/`(\w+)`(\??)/g)].map(([, name = '', mark]) => ({
      name,
      optional: mark === '?',
    }))
    const listed = [...codes.matchAll(/`([A-Za-z]+\/[a-z-]+)`/g)].map(([, code = '']) => code)
    const others = FINDING_CODES.filter(
      (code) => code.startsWith('status/') && !facts.has(code) && !/nothing|ledger/.test(code),
    )
    for (const code of listed.length > 0 ? listed : others) facts.set(code, named)
  }
  return facts
}

describe('specification pages', () => {
  it('are these', () => expect(listSpecPages()).to.deep.equal(PAGES))

  for (const name of PAGES) {
    it(`${name}: purpose, example, grammar, numbered verification steps, security notes`, () => {
      const page = readSpecPage(name)
      expect(page.sections).to.deep.equal(SECTIONS)
      expect(page.examples.length).to.be.greaterThan(0)
      for (const { kind } of page.examples) expect(RUN).to.include(kind)
      const steps = [...sectionOf(name, 'Verification').matchAll(/^(\d+)\. /gm)].map(([, n]) => Number(n))
      expect(steps).to.deep.equal(steps.map((_, i) => i + 1))
      expect(steps.length).to.be.greaterThan(2)
    })

    it(`${name}: refers to pages and finding codes that exist`, () => {
      const { text } = readSpecPage(name)
      for (const [, other] of text.matchAll(/\b([a-z-]+)\.md\b/g)) expect(PAGES).to.include(other)
      for (const [, code] of text.matchAll(/`([a-z]+[A-Za-z]*\/[a-z-]+)`/g)) {
        if (!code?.startsWith('application/')) expect(FINDING_CODES).to.include(code)
      }
    })
  }
})

describe('encoding.md', () => {
  it('JSON that is read', () => {
    for (const line of linesOf('encoding', 'json')) expect(parseAny(line)).to.deep.equal(JSON.parse(line))
  })
  it('JSON that is refused', () => {
    for (const line of linesOf('encoding', 'json-refused')) {
      const [code = '', ...rest] = line.split(' ')
      expect(
        refusalOf(() => parseAny(rest.join(' '))),
        line,
      ).to.deep.equal([code])
    }
  })
  it('bytes in hexadecimal and base64url', () => {
    for (const line of linesOf('encoding', 'base64url')) {
      const [hex = '', text = ''] = line.split(' ')
      expect(encodeHex(parseBase64url(text, 'it'))).to.equal(hex)
      expect(encodeBase64url(Buffer.from(hex.slice(2), 'hex'))).to.equal(text)
    }
  })
})

describe('identifiers.md', () => {
  const JUDGES: Readonly<Record<string, (text: string) => boolean>> = {
    'licence-id': (text) => hasRightCheck(parseLicenceId(text, 'id')),
    uscc: (text) => hasUsccShape(text) && isUscc(text),
    'resident-id': isResidentId,
    'food-licence-number': isFoodLicenceNumber,
    'region-code': isRegionCode,
    'issuer-uri': (text) => text === issuerUri(ISSUER),
    'licence-type-uri': (text) => text === licenceTypeUri(LICENCE_TYPE),
    'status-list-uri': (text) => text === statusListUri(LEDGER, ISSUER),
  }
  it('names every province as the code does', () => {
    const [, names = ''] = / Their names: (.*?)\. /.exec(sectionOf('identifiers', 'Verification')) ?? []
    expect(names.split(', ')).to.deep.equal(
      Object.entries(PROVINCES).map(([code, name]) => `${code.slice(0, 2)} ${name}`),
    )
  })

  for (const [kind, expected] of [
    ['identifiers', true],
    ['identifiers-refused', false],
  ] as const) {
    for (const line of linesOf('identifiers', kind)) {
      it(`${line}: ${expected}`, () => {
        const [name = '', text = ''] = line.split(' ')
        expect(JUDGES[name]?.(text)).to.equal(expected)
      })
    }
  }
})

describe('credential.md', () => {
  const compact = textOf('credential', 'credential')
  const read = parseCredential(compact)
  const jwk = parsePublicJwk(parseAny(textOf('credential', 'jwk')), 'key')

  it('the credential is signed by the key, and named by it', async () => {
    expect(read.header.kid).to.equal(thumbprint(jwk, suite))
    const key = await suite.importPublicKey(jwk)
    expect(await suite.verify(key, 'ES256', read.signingInput, read.signature)).to.equal(true)
  })
  it('header, payload and disclosures are those of the credential', () => {
    const decoded = compact.split(/[.~]/).map((part) => Buffer.from(part, 'base64url').toString())
    expect(decoded[0]).to.equal(textOf('credential', 'header'))
    expect(decoded[1]).to.equal(textOf('credential', 'payload'))
    expect(decoded.slice(3, -1)).to.deep.equal(linesOf('credential', 'disclosures'))
    const digests = read.disclosures.map(({ encoded }) => suite.sha256Base64url(encoded))
    expect([...read.claims._sd]).to.have.members(digests)
  })
  it('the known answer of SM2 is one, down to Z', async () => {
    const rows = new Map(
      linesOf('credential', 'sm2').map((line) => {
        const [name = '', ...rest] = line.split(' ')
        return [name, rest.join(' ')] as const
      }),
    )
    const text = (name: string) => rows.get(name) ?? expect.fail(name)
    const sm2Jwk = parsePublicJwk(parseAny(text('jwk')), 'key')
    expect(canonicalJwk(sm2Jwk)).to.equal(text('jwk'))
    expect(thumbprint(sm2Jwk, suite)).to.equal(text('kid'))
    const key = await suite.importPublicKey(sm2Jwk)
    const signature = Buffer.from(text('signature').slice(2), 'hex')
    expect(await suite.verify(key, 'SM2', text('message'), signature)).to.equal(true)
    expect(await suite.verify(key, 'SM2', `${text('message')}.`, signature)).to.equal(false)
    // Plain ECDSA arithmetic over Z and the message as the page has them.
    const spki = `3059301306072a8648ce3d020106082a811ccf5501822d03420004${pointOf(sm2Jwk)}`
    const publicKey = createPublicKey({ key: Buffer.from(spki, 'hex'), format: 'der', type: 'spki' })
    const der = encodeDerSignature(signature)
    const overZ = createVerify('sm3').update(Buffer.from(text('z').slice(2), 'hex'))
    expect(overZ.update(text('message')).verify(publicKey, der)).to.equal(true)
  })
})

function pointOf(jwk: PublicJwk): string {
  if (jwk.kty !== 'EC') throw new RangeError(`take the point of a key on ${jwk.crv}`)
  return [jwk.x, jwk.y].map((coordinate) => Buffer.from(coordinate, 'base64url').toString('hex')).join('')
}

describe('batch.md and receipt.md', () => {
  const rows = linesOf('batch', 'batch').map((line) => line.split(' '))
  const { signingInput } = parseCredential(textOf('credential', 'credential'))
  const receipt = parseReceipt(parseAny(textOf('receipt', 'receipt')), 'receipt')
  const path = rows.filter(([kind]) => kind === 'path').map(([, digest = '']) => digest)

  it('the tree of the entries has this root and this path', () => {
    const entries = rows.filter(([kind]) => kind === 'entry').map(([, , ...text]) => text.join(' '))
    const shown = entries[receipt.index]?.replace('…', '') ?? ''
    expect(shown.length).to.be.greaterThan(20)
    expect(signingInput.startsWith(shown)).to.equal(true)
    const leaves = entries
      .with(receipt.index, signingInput)
      .map((e) => hashLeaf(new TextEncoder().encode(e), suite))
    const tree = createMerkleTree(Buffer.concat(leaves), suite)
    expect(rows).to.deep.include(['root', encodeHex(rootOf(tree))])
    expect(nodesOf(inclusionPath(tree, receipt.index)).map(encodeHex)).to.deep.equal(path)
    expect(rows).to.deep.include([
      'leaf-hash',
      `${receipt.index}`,
      encodeHex(leaves[receipt.index] ?? new Uint8Array()),
    ])
    const found = rootOfPath(
      leaves[receipt.index] ?? new Uint8Array(),
      receipt.index,
      receipt.size,
      inclusionPath(tree, receipt.index),
      suite,
    )
    expect(found && encodeHex(found)).to.equal(receipt.root)
  })
  it('the receipt is of this leaf', () => {
    expect(receiptObject(receipt).path).to.deep.equal(path)
    expect(rows).to.deep.include(['root', receipt.root])
    expect(JSON.stringify(receiptObject(receipt))).to.equal(textOf('receipt', 'receipt'))
  })
})

describe('bundle.md, checks-and-verdicts.md and report.md', () => {
  const bundle = textOf('bundle', 'bundle')

  it('the bundle is the credential and the receipt of their pages', () => {
    const receipt = parseReceipt(parseAny(textOf('receipt', 'receipt')), 'receipt')
    expect(encodeBundle(textOf('credential', 'credential'), receipt)).to.equal(bundle)
    expect(parseBundle(bundle).receipt).to.deep.equal(receipt)
  })

  it('the report is what a verification of the bundle reports', async () => {
    const verifier = createVerifier({ view: createMemoryLedgerView(await pagesLedger()), suite })
    const report = await verifier.verify(sampleRequest(bundle), NOW)
    expect(encodeReport(report)).to.equal(textOf('report', 'report'))
    expect(parseReport(textOf('report', 'report'))).to.deep.equal(report)
  })

  it('the attestation is the verifier’s over that report', async () => {
    const jwk = parsePublicJwk(parseAny(textOf('report', 'jwk')), 'key')
    const report = await verifyAttestation(textOf('report', 'attestation'), jwk)
    expect(encodeReport(report)).to.equal(textOf('report', 'report'))
    const attest = await createReportSigner(ED25519_KEY, suite)
    expect(await attest(report)).to.equal(textOf('report', 'attestation'))
  })

  it('the findings are those of a good licence, a revoked one, and an unreachable ledger', async () => {
    const memory = await pagesLedger()
    const unreachable: LedgerView = {
      ledger: LEDGER,
      lookup: async () => {
        throw new LedgerUnavailableError('unreachable', 'connect to the ledger')
      },
    }
    const views = [
      createMemoryLedgerView(memory),
      createMemoryLedgerView(withActs({ act: 'revoke', effectiveAt: NOW - 1 })(memory)),
      unreachable,
    ]
    const lines = await Promise.all(
      views.map(async (view) => {
        const { verdict, findings } = await createVerifier({ view, suite }).verify(sampleRequest(bundle), NOW)
        return [verdict, ...findings.map((finding) => finding.code)].join(' ')
      }),
    )
    expect(linesOf('checks-and-verdicts', 'findings')).to.deep.equal(lines)
  })

  it('the table of codes is the catalogue, in its order and words', () => {
    const [, , ...rows] = rowsOf('checks-and-verdicts', /^\| Code +\| Status /m)
    const catalogue = FINDING_CODES.map((code) => {
      const { status, resultCode } = meaningOf(code)
      const says = sentenceOf(code)
      return [`\`${code}\``, status, `${resultCode}`, says.zh, says.en]
    })
    expect(rows).to.deep.equal(catalogue)
  })
})

describe('carriers.md', () => {
  const bundle = textOf('bundle', 'bundle')
  const linesAsFile = (kind: string): string => `${linesOf('carriers', kind).join('\n')}\n`

  it('the update is what attaching the bundle puts behind the file, whose digest is that of the page', async () => {
    const pdf = linesAsFile('pdf')
    const { bytes, rendition } = await attachLicence(bundle, Buffer.from(pdf))
    expect(Buffer.from(bytes).toString()).to.equal(
      pdf + linesAsFile('pdf-update').replace('{bundle}', bundle),
    )
    expect(rendition).to.equal(textOf('carriers', 'rendition'))
    expect((await openCarrier(bytes)).asked).to.deep.equal({ presented: bundle, rendition })
  })

  it('the list of attachments is the one that an OFD gets', async () => {
    const { bytes } = await attachLicence(bundle, createOfd())
    const list = readArchive(bytes).get('Doc_0/Attachs/Attachments.xml') ?? new Uint8Array()
    expect(Buffer.from(list).toString()).to.equal(linesAsFile('ofd-attachments'))
  })

  it('the table of codes is the catalogue', async () => {
    const [, , ...rows] = rowsOf('carriers', /^\| Code +\| Of what /m)
    const codes = rows.map(([code = '']) => code.replaceAll('`', ''))
    for (const code of codes) expect(() => new CarrierError(code as CarrierErrorCode)).to.not.throw()
    expect(codes).to.deep.equal(CARRIER_ERROR_CODES)
  })
})

describe('presentation.md', () => {
  const bundle = textOf('presentation', 'bundle')
  const challenge = JSON.parse(textOf('presentation', 'challenge')) as Challenge
  const presentation = textOf('presentation', 'presentation')
  const decoded = (text: string): readonly string[] => {
    const [binding = ''] = (JSON.parse(text).credential as string).split('~').slice(-1)
    return binding
      .split('.')
      .slice(0, 2)
      .map((part) => Buffer.from(part, 'base64url').toString())
  }
  const shown = dropDisclosures(bundle, ['holderName', 'category'])
  const present = async (copy?: PresentationDraft['copy']): Promise<string> => {
    const key = await suite.importPrivateKey(HOLDER_KEY)
    const draft = { challenge, issuedAt: NOW - 10, ...(copy === undefined ? {} : { copy }) }
    return createPresentation(
      shown,
      draft,
      { kid: thumbprint(HOLDER_KEY, suite), algorithm: 'EdDSA', key },
      suite,
    )
  }

  it('the presentation is the bundle with two fields, signed by the holder for the challenge', async () => {
    expect(JSON.parse(textOf('presentation', 'jwk'))).to.deep.equal(publicHalf(HOLDER_KEY))
    expect(parseBundle(bundle).credential.claims.cnf?.jwk).to.deep.equal(publicHalf(HOLDER_KEY))
    expect(await present()).to.equal(presentation)
    expect(decoded(presentation)).to.deep.equal(linesOf('presentation', 'key-binding'))
  })

  it('the annotated copy and the challenge are what the page says', async () => {
    const [, payload = ''] = decoded(await present(COPY))
    expect(payload).to.equal(textOf('presentation', 'annotated-copy'))
    expect(createChallenge(challenge.audience, challenge.maxAgeSeconds, suite)).to.have.keys(
      Object.keys(challenge),
    )
  })

  it('the findings are those of the page', async () => {
    const receipt = parseReceipt(JSON.parse(bundle).receipt, 'receipt')
    const anchor = { anchoredAt: ANCHORED_AT, blockNumber: 1000, firstIndex: FIRST_INDEX, size: receipt.size }
    const memory = {
      ...(await pagesLedger()),
      anchors: new Map([[anchorKey(ISSUER, receipt.root), anchor]]),
    }
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    const asked = { challenge }
    const lines = await Promise.all(
      (
        [
          [presentation, asked],
          [presentation, {}],
          [shown, asked],
          [await present(COPY), {}],
        ] as const
      ).map(async ([presented, request]) => {
        const { verdict, findings } = await verifier.verify({ ...sampleRequest(presented), ...request }, NOW)
        return `${verdict} ${findings.find(({ check }) => check === 'holderBinding')?.code}`
      }),
    )
    expect(linesOf('presentation', 'findings')).to.deep.equal(lines)
  })

  it('the QR texts are those of the presentation, and the others are refused', () => {
    const [whole, reference] = [textOf('presentation', 'qr-whole'), textOf('presentation', 'qr-reference')]
    expect([encodeQrText(presentation, suite), encodeQrReference(presentation, suite)]).to.deep.equal([
      whole,
      reference,
    ])
    expect(parseQrText(whole)).to.deep.equal({ kind: 'whole', presented: presentation })
    expect(parseQrText(reference).kind).to.equal('reference')
    for (const line of linesOf('presentation', 'qr-refused')) {
      const [code = '', ...rest] = line.split(' ')
      expect(
        refusalOf(() => parseQrText(rest.join(' '))),
        line,
      ).to.deep.equal([code])
    }
  })
})

describe('ledger-view.md', () => {
  it('the acts lead where the page says', () => {
    const [names = [], , ...rows] = rowsOf('ledger-view', /^\| From /m)
    const acts = names.slice(1) as StatusTransition[]
    expect([...acts, 'dissolve', 'correct', 'inherit']).to.deep.equal(STATUS_CHANGES)
    expect(rows.map(([from]) => from)).to.deep.equal(LEGAL_STATUSES.map((status) => `\`${status}\``))
    rows.forEach(([, ...cells], i) => {
      const from = LEGAL_STATUSES[i] as LegalStatus
      expect(cells, from).to.deep.equal(acts.map((act) => statusAfter(act, from) ?? ''))
    })
  })

  it('the statuses in force are those of the page', () => {
    for (const line of linesOf('ledger-view', 'acts')) {
      const [status, at, ...entries] = line.split(' ')
      const acts = entries.map((entry) => {
        const [act, effectiveAt, set] = entry.split(/[@=]/)
        return { act, effectiveAt: Number(effectiveAt), ...(set && { status: set }) } as StatusEntry
      })
      expect(statusAt(acts, Number(at)), line).to.equal(status)
    }
  })
})

describe('facts of findings', () => {
  it('are those of the page, in their order, in every vector', () => {
    const facts = factsOfPage()
    const seen = new Set<string>()
    for (const { expected } of readVectors<VectorFiles['verification']>('verification').vectors) {
      for (const { code, facts: found } of expected.findings) {
        const members = facts.get(code) ?? []
        const names = Object.keys(found)
        const required = members.filter(({ optional }) => !optional).map(({ name }) => name)
        const order = members.map(({ name }) => name).filter((name) => names.includes(name))
        expect(names, code).to.deep.equal(order)
        expect(names, code).to.include.members(required)
        seen.add(code)
      }
    }
    expect([...facts.keys()].filter((code) => !seen.has(code))).to.deep.equal([])
  })
})

describe('key-file.md', () => {
  it('the file opens with the passphrase, and is named by its key', async () => {
    const text = textOf('key-file', 'key-file')
    const file = parseKeyFile(text)
    expect(encodeKeyFile(file)).to.equal(text)
    expect(await decryptKey(file, textOf('key-file', 'passphrase'))).to.deep.equal(ED25519_KEY)
    expect(file.name).to.equal(thumbprint(ED25519_KEY, suite))
  })
})

describe('licence-types.md', () => {
  it('the digests are those of the sample types', () => {
    const lines = LICENCE_TYPES.map((type) => `${type.slug} ${type.code} ${schemaDigest(type, suite)}`)
    expect(linesOf('licence-types', 'licence-types')).to.deep.equal(lines)
  })

  it('the values are the same, or are not, as the page says', () => {
    for (const line of linesOf('licence-types', 'same-values')) {
      const [, format = '', one = '', sign, other = ''] = /^(\S+) (.+) ([=≠]) (.+)$/u.exec(line) ?? []
      const [a, b] = [one, other].map((value) => normaliseValue(format as FieldFormat, value))
      expect(a === b, line).to.equal(sign === '=')
    }
  })
})
