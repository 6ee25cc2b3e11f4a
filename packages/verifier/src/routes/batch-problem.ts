/** What is answered where many licences are given at once, and what is said of an item that was not verified. */
import { createProblems, type Problems } from '@hefu/service'

export type BatchProblemCode =
  | 'no-batches'
  | 'batches-full'
  | 'too-many-items'
  | 'batch-empty'
  | 'batch-not-found'
  | 'item-unanswered'

export const batchProblem: Problems<BatchProblemCode> = createProblems({
  'no-batches': {
    status: 404,
    says: { zh: '本服务不提供批量核验', en: 'This service takes no batches' },
    remedy: {
      zh: '请改用 /v1/verifications 逐份核验；管理员可设置 HEFU_DEPOSIT_KEYS',
      en: 'Ask /v1/verifications one by one; the operator sets HEFU_DEPOSIT_KEYS',
    },
  },
  'batches-full': {
    status: 409,
    says: {
      zh: '该客户端留存的批次已达上限',
      en: 'There are as many batches of this client as may be',
    },
    remedy: {
      zh: '请取回结果后删除已完成的批次，或待其到期；确需更多的，请向本服务管理员申请（batches）',
      en: 'Read the results of one that is done and delete it, or wait until one expires; for more apply to the operator (batches)',
    },
  },
  'too-many-items': {
    status: 413,
    says: { zh: '一批至多 100,000 份', en: 'A batch has 100,000 items at most' },
    remedy: { zh: '请分批提交', en: 'Give it in several batches' },
  },
  'batch-empty': {
    status: 422,
    says: { zh: '该批次没有任何一份', en: 'There is no item in the batch' },
    remedy: {
      zh: '请每行写一个 JSON 对象；首行的 all 不是其中一份',
      en: 'Write one JSON object a line; the first line with all is no item',
    },
  },
  'batch-not-found': {
    status: 404,
    says: {
      zh: '没有该批次，或已到期，或由其他客户端提交',
      en: 'There is no such batch, or no more, or it is another client’s',
    },
    remedy: {
      zh: '请核对编号；批次自提交起保存 24 小时，其后可凭核验单编号取回各报告',
      en: 'Look at the number; a batch is kept for 24 hours, and its reports are found by their own numbers afterwards',
    },
  },
  'item-unanswered': {
    status: 500,
    says: {
      zh: '未能处理该份，未出具核验结论',
      en: 'This item could not be dealt with, and nothing was decided',
    },
    remedy: {
      zh: '请改用 /v1/verifications 单独核验该份；仍然如此的，请告知本服务管理员',
      en: 'Ask /v1/verifications for it alone; if it stays so, tell the operator',
    },
  },
})
