/** Whether a registered client may ask this, and of which licence it may hear. */
import type { VerificationRequest } from '@hefu/protocol'
import {
  type Admitted,
  challenge,
  createProblems,
  type Problems,
  type Step,
  type TokenGrant,
} from '@hefu/service'
import { regionsAround } from './narrowed-client.ts'
import { RETRIEVE } from './scope.ts'
import { isPermitted, type VerifierClient } from './verifier-client.ts'

export type PermissionProblemCode =
  | 'region-not-permitted'
  | 'type-not-permitted'
  | 'verdict-only'
  | 'explanation-not-permitted'
  | 'deposit-not-permitted'
  | 'bundle-not-permitted'
  | 'batch-not-permitted'

export const permissionProblem: Problems<PermissionProblemCode> = createProblems({
  'region-not-permitted': {
    status: 403,
    says: {
      zh: '该客户端不得代表此接收地区核验',
      en: 'This client may not ask for this receiving region',
    },
    remedy: {
      zh: '请核对 receivingRegion；确需代表该地区的，请向本服务管理员申请',
      en: 'Look at receivingRegion; if it is the right one, apply to the operator of this service',
    },
  },
  'type-not-permitted': {
    status: 403,
    says: {
      zh: '该客户端不得核验此类证照',
      en: 'This client may not have licences of this type verified',
    },
    remedy: {
      zh: '请核对所选证照；确需核验该类证照的，请向本服务管理员申请',
      en: 'Look whether it is the right licence; if it is, apply to the operator of this service',
    },
  },
  'verdict-only': {
    status: 403,
    says: { zh: '该客户端只可获知核验结论', en: 'This client may know verdicts, and no more' },
    remedy: {
      zh: '确需查看报告或照面信息的，请向本服务管理员申请',
      en: 'If it has to see reports or fields, apply to the operator of this service',
    },
  },
  'explanation-not-permitted': {
    status: 403,
    says: {
      zh: '该客户端不得查看各检查所依据的数据',
      en: 'This client may not see what the checks stood on',
    },
    remedy: {
      zh: '请去掉 explain；确需查看的，请向本服务管理员申请',
      en: 'Leave explain out, or apply to the operator of this service',
    },
  },
  'deposit-not-permitted': {
    status: 403,
    says: {
      zh: '该客户端不得存入此机构颁发的证照，或不得代持证人存入',
      en: 'This client may not deposit licences of this issuer, or what holders present',
    },
    remedy: {
      zh: '请核对所存证照；确需存入的，请向本服务管理员申请',
      en: 'Look whether it is the right licence; if it is, apply to the operator of this service',
    },
  },
  'bundle-not-permitted': {
    status: 403,
    says: { zh: '该客户端不得取得证照本身', en: 'This client may not be given licences themselves' },
    remedy: {
      zh: '请改用 /v1/retrievals 核验；确需取得证照的，请向本服务管理员申请',
      en: 'Have it verified by /v1/retrievals, or apply to the operator of this service',
    },
  },
  'batch-not-permitted': {
    status: 403,
    says: { zh: '该客户端不得提交批量核验', en: 'This client may not give batches' },
    remedy: {
      zh: '请改用 /v1/verifications 逐份核验；确需批量核验的，请向本服务管理员申请（batches）',
      en: 'Ask /v1/verifications one by one, or apply to the operator of this service (batches)',
    },
  },
})

type ByClient = Admitted<VerifierClient>

/** A permission for a province or a city is one for all that lies in it. */
export const assertRegionPermitted: Step<
  ByClient & { readonly request: Pick<VerificationRequest, 'receivingRegion'> },
  void
> = (_, { client, request }) => assertReceivingPermitted(client, request.receivingRegion)

/** @throws {ProblemError} `region-not-permitted` */
export function assertReceivingPermitted({ receivingRegions }: VerifierClient, region: string): void {
  if (regionsAround(region).some((code) => isPermitted(receivingRegions, code))) return
  throw permissionProblem('region-not-permitted')
}

/**
 * Of the type that the presentation claims; what is no licence is of none (`null`), and there is nothing to tell of it.
 *
 * @throws {ProblemError} `type-not-permitted`
 */
export function assertLicencePermitted({ licenceTypes }: VerifierClient, licenceType: string | null): void {
  if (licenceType !== null && !isPermitted(licenceTypes, licenceType))
    throw permissionProblem('type-not-permitted')
}

/** Who may know yes or no sees no report. */
export const assertSeesReports: Step<ByClient, void> = (_, { client }) => {
  if (client.shown === 'verdict') throw permissionProblem('verdict-only')
}

/** Where it is asked for. */
export const assertExplanationPermitted: Step<ByClient & { readonly explain: boolean }, void> = (
  _,
  { client, explain },
) => {
  if (explain && client.shown !== 'explanation') throw permissionProblem('explanation-not-permitted')
}

/** Where it is asked for. */
export const assertFacePermitted: Step<ByClient & { readonly face: 'masked' | null }, void> = (
  _,
  { client, face },
) => {
  if (face !== null && client.shown === 'verdict') throw permissionProblem('verdict-only')
}

/** What somebody was told, and of which licence. */
export interface ToldBefore {
  readonly receivingRegion: string
  /** `null`: of none that could be read. */
  readonly licenceType: string | null
  readonly shown: 'nothing' | 'verdict' | 'sheet' | 'report' | 'explanation' | 'plain' | 'bundle'
}

/**
 * What was told once is told again to who may hear it now: the clients' file may have changed since.
 *
 * @throws {ProblemError} `region-not-permitted`, `type-not-permitted`, `verdict-only`, `explanation-not-permitted`, `bundle-not-permitted`
 */
export function assertMayStillHear(
  client: VerifierClient,
  { receivingRegion, licenceType, shown }: ToldBefore,
): void {
  assertReceivingPermitted(client, receivingRegion)
  assertLicencePermitted(client, licenceType)
  if (shown === 'verdict' || shown === 'nothing') return
  if (client.shown === 'verdict') throw permissionProblem('verdict-only')
  if (shown === 'explanation' && client.shown !== 'explanation')
    throw permissionProblem('explanation-not-permitted')
  if (shown === 'bundle' && !client.givenBundles) throw permissionProblem('bundle-not-permitted')
}

/**
 * What a licence that was found came to is told again to tokens that may have one found.
 *
 * @param kind of the reading that stands of it
 * @throws {ProblemError} `scope-missing`
 */
export function assertMayStillFind({ scopes }: Pick<TokenGrant, 'scopes'>, kind: string): void {
  if (kind === 'retrieval' && !scopes.has(RETRIEVE)) throw challenge('scope-missing', RETRIEVE)
}

/** Before anything is looked for: who may not hear of licences of a type does not hear whether there is one. */
export const assertTypeSoughtPermitted: Step<
  ByClient & { readonly sought: { readonly licenceType: string } },
  void
> = (_, { client, sought }) => {
  if (!isPermitted(client.licenceTypes, sought.licenceType)) throw permissionProblem('type-not-permitted')
}

export const assertBatchPermitted: Step<ByClient, void> = (_, { client }) => {
  if (client.batches === 0) throw permissionProblem('batch-not-permitted')
}

export const assertGivenBundles: Step<ByClient, void> = (_, { client }) => {
  if (!client.givenBundles) throw permissionProblem('bundle-not-permitted')
}
