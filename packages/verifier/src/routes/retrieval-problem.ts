/** What is answered where licences are deposited, or found again. */
import { createProblems, type Problems } from '@hefu/service'

export type RetrievalProblemCode =
  | 'no-deposits'
  | 'deposit-refused'
  | 'deposit-uncheckable'
  | 'deposits-full'
  | 'deposit-altered'
  | 'licence-not-found'
  | 'too-many-comparisons'
  | 'province-unreachable'
  | 'province-busy'

export const retrievalProblem: Problems<RetrievalProblemCode> = createProblems({
  'no-deposits': {
    status: 404,
    says: { zh: '本服务不存证照', en: 'This service keeps no licences' },
    remedy: {
      zh: '请向存有证照的核验服务查询；管理员可设置 HEFU_DEPOSIT_KEYS',
      en: 'Ask a service that keeps them; the operator sets HEFU_DEPOSIT_KEYS',
    },
  },
  'deposit-refused': {
    status: 422,
    says: {
      zh: '所存证照未通过签名、存证或持证人证明的核验，不予存入',
      en: 'What was sent is not proven by its issuer, its anchor or its holder, and is not kept',
    },
    remedy: {
      zh: 'findings 为未通过的检查；持证人出示的，请其重新出示后十分钟内存入',
      en: 'findings says what is not proven; what a holder presents is deposited within ten minutes of its signing',
    },
  },
  'deposit-uncheckable': {
    status: 503,
    says: {
      zh: '暂时无法核验所存证照，未存入',
      en: 'What was sent cannot be verified now, and is not kept',
    },
    remedy: {
      zh: '请稍后重试，findings 为未能进行的检查',
      en: 'Send it again later; findings says what could not be checked',
    },
    retryAfter: 5,
  },
  'deposits-full': {
    status: 409,
    says: { zh: '所存证照已达上限', en: 'There are as many deposits as may be' },
    remedy: {
      zh: '请向本服务管理员申请提高上限，或待已存证照到期',
      en: 'Apply to the operator for more, or wait until some have ended',
    },
  },
  'deposit-altered': {
    status: 500,
    says: {
      zh: '所存证照与存入时不一致或已损坏，不予提供',
      en: 'The deposit that is kept was altered or is damaged, and is not used',
    },
    remedy: {
      zh: '请申请人出示电子证照文件，并将 requestId 告知本服务管理员；该证照须由颁发机构重新存入',
      en: 'Have the applicant show the licence itself, and tell the operator the requestId: its issuer deposits it anew',
    },
  },
  'licence-not-found': {
    status: 404,
    says: {
      zh: '未找到该证照，或其存放已到期',
      en: 'No such licence is kept, or no more',
    },
    remedy: {
      zh: '请申请人出示电子证照文件，或重新出示二维码；他省颁发的，请同时填写 serviceItem',
      en: 'Have the applicant show the licence itself, or a new QR code; for one of another province, name serviceItem',
    },
  },
  'too-many-comparisons': {
    status: 429,
    tells: ['Retry-After'],
    says: {
      zh: '与该查得证照比对不一致的次数过多',
      en: 'Too many values were compared with this licence, which was found, and were not its own',
    },
    remedy: {
      zh: '请申请人出示电子证照文件，或不填写 submitted 再核验；也可按 Retry-After 所示秒数后重试',
      en: 'Have the applicant show the licence itself, or leave submitted out; or try again after the seconds in Retry-After',
    },
  },
  'province-unreachable': {
    status: 503,
    says: {
      zh: '暂时无法向颁发机构所在省的核验服务查取',
      en: 'The service of the issuer’s province cannot be asked now',
    },
    remedy: {
      zh: '请稍后重试，或请申请人出示电子证照文件；仍然如此的，请管理员检查 HEFU_PROVINCE_SERVICES',
      en: 'Ask again later, or have the applicant show the licence; if it stays so, the operator looks at HEFU_PROVINCE_SERVICES',
    },
    retryAfter: 5,
  },
  'province-busy': {
    status: 503,
    says: {
      zh: '正向颁发机构所在省的核验服务查取的请求过多，本次未转查',
      en: 'As many ask the service of the issuer’s province already as may, and this was not asked',
    },
    remedy: {
      zh: '请按 Retry-After 所示秒数后重试，或请申请人出示电子证照文件；其他核验不受影响',
      en: 'Ask again after the seconds in Retry-After, or have the applicant show the licence; other verifications go on',
    },
    retryAfter: 2,
  },
})
