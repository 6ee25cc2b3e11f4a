/** Events that a deployment must not have told, in words. */
import type { ToldEvent } from './event-log.ts'
import type { Sentence } from './proof-line.ts'

/** By the event’s name; what it is about follows the Chinese, and the English. */
export const EVENT_WORDS: Readonly<Record<string, Sentence>> = {
  AuthorityUpdated: { zh: '改由他人授权', en: 'another authority was named' },
  RegionAccredited: { zh: '登记地区', en: 'a region was accredited' },
  RegionMoved: { zh: '划转地区', en: 'a region was moved' },
  RegionRetired: { zh: '撤销地区', en: 'a region was retired' },
  RegionReinstated: { zh: '恢复已撤销的地区', en: 'a region was reinstated' },
  RegionSuccessionAccepted: { zh: '同意承继地区', en: 'the succession of a region was accepted' },
  RegionClosedForAnchors: { zh: '停止地区存证', en: 'a region was closed for anchors' },
  RegionPaused: { zh: '应急暂停地区', en: 'a region was paused' },
  AgencyAccredited: { zh: '登记机构', en: 'an agency was accredited' },
  AgencyRenamed: { zh: '机构改名', en: 'an agency was renamed' },
  AgencySuspended: { zh: '暂停机构', en: 'an agency was suspended' },
  AgencyResumed: { zh: '恢复机构', en: 'an agency was resumed' },
  AgencyRetired: { zh: '撤销机构', en: 'an agency was retired' },
  AgencyReinstated: { zh: '恢复已撤销的机构', en: 'an agency was reinstated' },
  AgencySuccessionAccepted: { zh: '同意承继机构', en: 'the succession of an agency was accepted' },
  AgencyMoved: { zh: '划转机构', en: 'an agency was moved' },
  AgencyPaused: { zh: '应急暂停机构', en: 'an agency was paused' },
  AgencyUnpaused: { zh: '结束机构的应急暂停', en: 'the pause of an agency ended' },
  AgencyOperatorNominated: { zh: '提名操作账户', en: 'an operator was nominated' },
  AgencyOperatorChanged: { zh: '更换操作账户', en: 'an operator was changed' },
  AgencyOperatorResigned: { zh: '操作账户辞任', en: 'an operator resigned' },
  AgencyOperatorReturned: { zh: '交还操作账户', en: 'the office of an operator was returned' },
  KeyRegistered: { zh: '登记签名密钥', en: 'a signing key was registered' },
  KeyEnded: { zh: '停用签名密钥', en: 'a signing key was ended' },
  KeyCompromised: { zh: '报告签名密钥泄露', en: 'a signing key was reported compromised' },
  KeyCompromiseNarrowed: { zh: '推后签名密钥泄露时间', en: 'the compromise of a key was narrowed' },
  Anchored: { zh: '上链存证', en: 'a batch was anchored' },
  Backfilled: { zh: '存量补录', en: 'a batch was backfilled' },
  IndicesPassedOver: { zh: '跳过状态索引', en: 'status indices were passed over' },
  StatusActed: { zh: '登记证照状态变更', en: 'an act was entered' },
  Noted: { zh: '登记标注', en: 'a notice was entered' },
  NoticeLifted: { zh: '撤去标注', en: 'a notice was lifted' },
  Superseded: { zh: '登记换证', en: 'a licence was superseded' },
  TransferredOut: { zh: '登记转出', en: 'a licence was transferred out' },
  TransferredIn: { zh: '登记转入', en: 'a licence was transferred in' },
  SuccessionDissolved: { zh: '解除接替', en: 'a succession was dissolved' },
  Proposed: { zh: '提出须两把钥匙的事项', en: 'a call of two keys was proposed' },
  Confirmed: { zh: '以两把钥匙办成事项', en: 'a call of two keys was carried out' },
  LicenceTypeRegistered: { zh: '登记证照类型', en: 'a licence type was registered' },
  LicenceTypeRetired: { zh: '停用证照类型', en: 'a licence type was retired' },
  ServiceItemRegistered: { zh: '登记事项', en: 'a service item was registered' },
  ServiceItemRetired: { zh: '停用事项', en: 'a service item was retired' },
  BaselineSet: { zh: '列入全国互认清单', en: 'a type was put on the baseline' },
  BaselineEnded: { zh: '移出全国互认清单', en: 'a type was taken off the baseline' },
  TypeDelegated: { zh: '委托证照类型', en: 'a type was delegated' },
  TypeDelegationEnded: { zh: '终止委托', en: 'a delegation ended' },
  ResponsibilityAssigned: { zh: '分配职责', en: 'a responsibility was assigned' },
  ResponsibilityEnded: { zh: '终止职责', en: 'a responsibility ended' },
  AgreementProposed: { zh: '提议互认协议', en: 'an agreement was proposed' },
  AgreementJoined: { zh: '加入互认协议', en: 'an agreement was joined' },
  AgreementRenewed: { zh: '续用互认协议', en: 'an agreement was renewed' },
  AgreementLeft: { zh: '退出互认协议', en: 'an agreement was left' },
  NegativeEntered: { zh: '列入负面清单', en: 'a negative entry was entered' },
  NegativeEnded: { zh: '终止负面清单条目', en: 'a negative entry ended' },
  LedgerRegistered: { zh: '登记互认链合约', en: 'a ledger was registered' },
  LedgerClosed: { zh: '关闭互认链合约', en: 'a ledger was closed' },
}

/** What happened, to whom, in which block; and the event itself, for who looks it up. */
export function describeEvent({ name, args, blockNumber }: ToldEvent): Sentence {
  const { zh, en } = EVENT_WORDS[name] ?? { zh: '其他事项', en: 'something else happened' }
  const [about, raw] = [subjectOf(args[0]), `${name}(${args.join(', ')})`]
  return {
    zh: `区块 ${blockNumber} ${zh} ${about}（${raw}）`,
    en: `in block ${blockNumber} ${en}, ${about}: ${raw}`,
  }
}

/** A code in bytes as it is written; all else as it is. */
function subjectOf(value: unknown): string {
  const text = String(value)
  if (!/^0x(?:[0-9a-f]{2})+$/i.test(text)) return text
  const written = Buffer.from(text.slice(2), 'hex').toString('latin1').replace(/\0+$/, '')
  return /^[!-~]+$/.test(written) ? written : text
}
