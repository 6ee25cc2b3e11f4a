/** What only this service answers instead of a report. */
import { createProblems, type Problems } from '@hefu/service'

type VerifierProblemCode =
  | 'not-a-request'
  | 'ledger-unreachable'
  | 'ledger-stale'
  | 'ledger-ahead'
  | 'ledger-behind'
  | 'registry-unreachable'
  | 'registry-stale'
  | 'registry-ahead'

export const problem: Problems<VerifierProblemCode> = createProblems({
  'not-a-request': {
    status: 422,
    says: { zh: '请求内容不符合要求', en: 'The body is not what this address takes' },
    remedy: {
      zh: '请按 errors 逐项更正后重新发送',
      en: 'Correct what errors names, one by one, and send it again',
    },
  },
  'ledger-unreachable': {
    status: 503,
    says: { zh: '互认链暂时无法连接', en: 'The ledger cannot be reached' },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查互认链节点和连接配置文件',
      en: 'Ask again later; if it stays so, the operator looks at the node and the network file',
    },
    retryAfter: 5,
  },
  'ledger-stale': {
    status: 503,
    says: { zh: '链上数据未及时同步', en: 'The ledger’s data is too old' },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查节点是否仍在出块、同步',
      en: 'Ask again later; if it stays so, the operator looks whether the node still follows its chain',
    },
    retryAfter: 5,
  },
  'ledger-ahead': {
    status: 503,
    says: {
      zh: '链上时间晚于本服务时钟，请校准本机时钟或检查互认链节点',
      en: 'The ledger’s time is ahead of this service’s clock: set the clock right, or look at the ledger’s node',
    },
    remedy: {
      zh: '请管理员以 NTP 校准本机时钟，并检查节点时钟',
      en: 'The operator sets this clock by NTP, and looks at the node’s',
    },
    retryAfter: 5,
  },
  'ledger-behind': {
    status: 503,
    says: {
      zh: '本地副本仍在读取历史区块，尚未读到最新区块',
      en: 'The replica is still reading the ledger’s past',
    },
    remedy: {
      zh: '请稍后重试，lag 为尚未读取的区块数',
      en: 'Ask again later: lag says how many blocks are still to be read',
    },
    retryAfter: 5,
  },
  'registry-unreachable': {
    status: 503,
    says: { zh: '互认链名录暂时无法连接', en: 'The registry of ledgers cannot be reached' },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查互认链节点和连接配置文件',
      en: 'Ask again later; if it stays so, the operator looks at the node and the network file',
    },
    retryAfter: 5,
  },
  'registry-stale': {
    status: 503,
    says: { zh: '互认链名录数据未及时同步', en: 'The data of the registry of ledgers is too old' },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查节点是否仍在出块、同步',
      en: 'Ask again later; if it stays so, the operator looks whether the node still follows its chain',
    },
    retryAfter: 5,
  },
  'registry-ahead': {
    status: 503,
    says: {
      zh: '互认链名录时间晚于本服务时钟，请校准本机时钟或检查其节点',
      en: 'The registry’s time is ahead of this service’s clock: set the clock right, or look at its node',
    },
    remedy: {
      zh: '请管理员以 NTP 校准本机时钟，并检查节点时钟',
      en: 'The operator sets this clock by NTP, and looks at the node’s',
    },
    retryAfter: 5,
  },
})
