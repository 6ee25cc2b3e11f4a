/** The words of a re-check. */
import type {
  Bilingual,
  CheckName,
  RecheckOutcome,
  ReportDifference,
  UndeterminedReason,
} from '@hefu/protocol'

export const OUTCOME_TEXTS: Readonly<
  Record<RecheckOutcome['outcome'], { readonly mark: string; readonly says: Bilingual }>
> = {
  confirmed: { mark: '✔', says: { zh: '复核一致', en: 'Confirmed: it comes out as reported' } },
  differs: { mark: '✖', says: { zh: '复核不一致', en: 'Differs: it does not come out as reported' } },
  undetermined: {
    mark: '?',
    says: {
      zh: '无法复核，不代表报告有问题',
      en: 'Could not be checked again: says nothing against the report',
    },
  },
}

type RecheckText = 'differs' | 'notRechecked' | 'reason' | 'signature' | 'verified' | 'not-checked' | 'none'

export const RECHECK_TEXTS: Readonly<Record<RecheckText, Bilingual>> = {
  differs: { zh: '不一致', en: 'Differs' },
  notRechecked: { zh: '未重新核对', en: 'Not checked again' },
  reason: { zh: '原因', en: 'Reason' },
  signature: { zh: '报告签名', en: 'Report signed' },
  verified: { zh: '核验服务电子签名有效', en: 'by the verifier, and its signature verifies' },
  'not-checked': {
    zh: '有电子签名，未指定公钥，未验签',
    en: 'yes, but no key was given: the signature was not checked',
  },
  none: { zh: '无签名，报告内容没有人担保', en: 'no: nobody vouches for what it says' },
}

/** Members of a report that are no checks. */
export const DIFFERENCE_LABELS: Readonly<Record<Exclude<ReportDifference['member'], CheckName>, Bilingual>> =
  {
    presented: { zh: '所附证照不是报告所核验的证照', en: 'it is about another licence than the one given' },
    request: { zh: '核验请求', en: 'the request' },
    comparedFields: { zh: '比对的项目', en: 'the fields that were compared' },
    challenge: { zh: '当场验证的质询', en: 'the challenge' },
    licence: { zh: '证照信息', en: 'the licence' },
    ledger: { zh: '链上数据', en: 'the ledger' },
    defects: { zh: '格式问题', en: 'the defects' },
    findings: { zh: '核验项目', en: 'the findings' },
    verdict: { zh: '核验结论', en: 'the verdict' },
    resultCode: { zh: '核验结果代码', en: 'the result code' },
  }

export const REASON_TEXTS: Readonly<Record<UndeterminedReason, Bilingual>> = {
  'ledger-not-read': {
    zh: '报告作出时即未取得链上数据',
    en: 'the report itself says that the ledger could not be read',
  },
  'other-trust': {
    zh: '报告与本次复核，一个以登记簿为准，一个指定了互认链合约；请更换连接配置文件',
    en: 'of the report and this re-check, one follows a registry and the other pins a ledger; use another network file',
  },
  'other-ledger': {
    zh: '报告依据的是另一互认链合约；请更换连接配置文件',
    en: 'the report is about another ledger; use another network file',
  },
  unreachable: { zh: '互认链暂时无法连接', en: 'the ledger could not be reached' },
  'wrong-chain': { zh: '节点所属的链不是连接配置文件中的链', en: 'the node is of another chain' },
  'no-contract': { zh: '所配置的合约地址上没有合约', en: 'no contract stands at the address' },
  refused: { zh: '所配置的合约地址上是另一合约', en: 'another contract stands at the address' },
  inconsistent: { zh: '节点的应答不能采信', en: 'the answer of the node cannot be believed' },
  'answer-too-large': { zh: '节点的应答过大', en: 'the answer of the node is too large' },
  'block-unavailable': {
    zh: '节点没有报告所依据区块的数据；请改用保存全部历史的节点',
    en: 'the node has not the block of the report; ask one that keeps all history',
  },
  'history-too-long': {
    zh: '该证照的状态变更记录过多',
    en: 'more was entered on the licence than is followed',
  },
}
