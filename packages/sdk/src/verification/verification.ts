/** One verification, whoever made it: what both kinds of verifier answer. */
import {
  compareFace,
  type FieldDifference,
  type FindingCode,
  type KeyBindingClaims,
  type LicenceType,
  parsePresented,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'

/** A field of the licence's face. */
export interface FaceField {
  readonly name: string
  /** Personal data: mask it wherever it is shown by default (`renderSheet` does). */
  readonly value: string
}

/** Signed by the holder, if the report says so. Cause and maker may be personal data. */
export interface AnnotatedCopy {
  /** Use 用证事由. */
  readonly cause: string
  /** To whom it was given: whatever the holder named, `urn:hefu:region:` and a region code for an office of that region. */
  readonly audience: string
  readonly maker: string
  /** Unix seconds. */
  readonly madeAt: number
  /** Unix seconds. */
  readonly expiresAt: number
}

/** What opens a kept report again, beside its number. */
export interface Recheck {
  /** Address of the page on which number and code are typed. */
  readonly page: string
  readonly code: string
}

export interface Verification {
  readonly report: VerificationReport
  /** The verifier's signature under the report, a compact JWS; `null`: verified here, signed by no one. */
  readonly attestation: string | null
  /** How whoever has the sheet in hand looks it up at the service that made the report; `null`: no service keeps it. */
  readonly recheck: Recheck | null
  /**
   * The face as it was presented, read here and never sent back by a service; empty unless the verdict is
   * `accepted` or `refer`, and without the fields that the service item does not demand, where the ledger says what
   * it demands. Each value is proven only as far as the report's findings say.
   */
  readonly faceData: readonly FaceField[]
  /**
   * Whose licence it is by its face, whatever the verdict: so that a clerk who refuses a licence refuses that of the
   * person before them. `null` unless the issuer's signature holds for it, and where the service item does not demand
   * the name.
   */
  readonly holder: FaceField | null
  /**
   * What an annotated copy 加注件 says of its use, read here like the face; `null` when nothing of the kind was
   * presented.
   */
  readonly annotatedCopy: AnnotatedCopy | null
  /**
   * Submitted values that differ from the face, both masked as the licence type says; compared here, since no
   * report and no answer of a service carries values.
   */
  readonly differences: readonly FieldDifference[]
  /** The type by whose description fields are named and masked; `null`: not known here, fields are hidden whole. */
  readonly licenceType: LicenceType | null
}

/**
 * Whoever verifies, here or by a service: the same request, the same typed result. What verifies offline from evidence is
 * to be of this type too; where facts come from stands in the report (`ledger`), not in another result.
 */
export interface LicenceVerifier {
  /**
   * Verifies one presentation.
   *
   * @throws {MalformedError} for a request that cannot be answered; what is presented never makes it throw
   * @throws {RemoteVerifierError} (remote only) when there is no report to rely on
   */
  verify(request: VerificationRequest): Promise<Verification>
}

/** Puts a report beside the face that it judged. */
export function createVerification(
  { presented, submitted = {} }: VerificationRequest,
  report: VerificationReport,
  { attestation, recheck }: Pick<Verification, 'attestation' | 'recheck'>,
  licenceTypes: readonly LicenceType[],
): Verification {
  const { verdict, licence } = report
  const type = licenceTypes.find(({ code }) => code === licence?.licenceType)
  const judged = { report, attestation, recheck, licenceType: type ?? null }
  if (!isSigned(report)) return { ...judged, ...NOT_SHOWN, holder: null }
  const shown = readShown({ presented, submitted }, demandedOf(report), type)
  const holder = shown.faceData.find(({ name }) => name === HOLDER_FIELD) ?? null
  const fit = verdict === 'accepted' || verdict === 'refer'
  return { ...judged, ...(fit ? shown : NOT_SHOWN), holder }
}

type Shown = Pick<Verification, 'faceData' | 'annotatedCopy' | 'differences'>

const NOT_SHOWN: Shown = { faceData: [], annotatedCopy: null, differences: [] }
const HOLDER_FIELD = 'holderName'

/** Whether every field shown is the issuer's word, by the report: nothing is accepted without. */
function isSigned({ findings }: VerificationReport): boolean {
  const isFound = (code: FindingCode): boolean => findings.some((found) => found.code === code)
  return isFound('signature/verified') && (isFound('disclosures/match') || isFound('disclosures/none'))
}

/** What the service item demands by the report; `null`: nothing is said of it. */
function demandedOf({ findings }: VerificationReport): readonly string[] | null {
  const demanded = findings.find(({ check }) => check === 'demand')?.facts['demanded']
  return Array.isArray(demanded) ? demanded.map(String) : null
}

/** What is not demanded is neither compared nor handed on: a service item gets no more than it may ask for. */
function readShown(
  { presented, submitted }: Required<Pick<VerificationRequest, 'presented' | 'submitted'>>,
  demanded: readonly string[] | null,
  type: LicenceType | undefined,
): Shown {
  const { credential, keyBinding } = parsePresented(presented)
  const isAsked = (name: string): boolean => demanded?.includes(name) ?? true
  const faceData = credential.disclosures
    .filter(({ name }) => isAsked(name))
    .map(({ name, value }) => ({ name, value }))
  const compared = Object.fromEntries(Object.entries(submitted).filter(([name]) => isAsked(name)))
  return {
    faceData,
    annotatedCopy: keyBinding === null ? null : readCopy(keyBinding.claims),
    differences: compareFace(type, faceData, compared).different,
  }
}

function readCopy({ iat, exp, aud, copy }: KeyBindingClaims): AnnotatedCopy | null {
  if (copy === undefined || exp === undefined) return null
  return { ...copy, audience: aud, madeAt: iat, expiresAt: exp }
}
