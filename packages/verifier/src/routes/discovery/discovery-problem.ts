/** What key discovery answers instead of what it was asked for. */
import { createProblems, type Problems } from '@hefu/service'

export const discoveryProblem: Problems<'type-not-described' | 'no-status-list'> = createProblems({
  'type-not-described': {
    status: 404,
    says: { zh: '本服务没有该证照类型的说明', en: 'This service has no description of that licence type' },
    remedy: {
      zh: '请核对 21 位证照类型代码；未说明的类型，照面须由人工核对',
      en: 'Look at the 21 characters of the type; a face of a type that is not described is for a person',
    },
  },
  'no-status-list': {
    status: 404,
    says: {
      zh: '该机构的证照、批次或者处置太多，不提供整份状态列表',
      en: 'That agency has too many licences, batches or acts for one status list',
    },
    remedy: {
      zh: '请以 POST /v1/verifications 逐份核验',
      en: 'Have each licence verified by POST /v1/verifications',
    },
  },
})
