/** What the routes that read the ledger answer instead. */
import { createProblems, type Problems } from '@hefu/service'

export type LedgerProblemCode =
  | 'no-replica'
  | 'ledger-not-listed'
  | 'not-on-ledger'
  | 'bad-cursor'
  | 'cursor-undone'

export const ledgerProblem: Problems<LedgerProblemCode> = createProblems({
  'no-replica': {
    status: 404,
    says: {
      zh: '本服务不提供链上数据查询',
      en: 'This service lists nothing of the ledger',
    },
    remedy: {
      zh: '请向保存副本的核验服务查询；管理员可去掉 HEFU_REPLICA=none',
      en: 'Ask a service with a replica; the operator leaves HEFU_REPLICA=none out',
    },
  },
  'ledger-not-listed': {
    status: 404,
    says: {
      zh: '本服务不提供该互认链的数据',
      en: 'This service lists nothing of that ledger',
    },
    remedy: {
      zh: '请核对 ledger 参数；可查询的互认链见 /v1/ledger 的 ledgers',
      en: 'Look at the parameter ledger; /v1/ledger says in its ledgers which there are',
    },
  },
  'not-on-ledger': {
    status: 404,
    says: { zh: '链上没有该记录', en: 'The ledger has nothing of that name' },
    remedy: {
      zh: '请核对地址中的代码；block 为所依据的区块，之后登记的请稍后再查',
      en: 'Look at the codes in the address; what was entered after block is there a moment later',
    },
  },
  'bad-cursor': {
    status: 422,
    says: {
      zh: 'after 不是此列表给出的续查标记',
      en: 'after is nothing that this list, asked so, gave as next',
    },
    remedy: {
      zh: '请原样填写上一页的 next，其他参数保持不变（limit 可变）；核验方更换密钥后须从第一页重查',
      en: 'Send next of the page before as it is, with the same other parameters but limit; after a change of the verifier’s key begin anew',
    },
  },
  'cursor-undone': {
    status: 409,
    says: {
      zh: '已读部分被链上更新取代，续查标记失效',
      en: 'The chain replaced what was read of the list',
    },
    remedy: { zh: '请从第一页重新查询', en: 'Begin anew with the first page' },
  },
})
