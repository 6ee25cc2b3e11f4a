/** What `hefu-ledger` says, Chinese first; `{name}` is filled in. */
import type { AuditRefusedCode } from '@hefu/ledger/audit'
import type { Bilingual } from '@hefu/protocol'

export const HELP_TEXTS = {
  program: '互认链副本与存证核对 · the ledger’s replica and its audit',
  audit:
    '审计：由链上事件重建全部事实（或取已保存的副本），逐项与合约存储的密码学证明核对 · rebuild all facts from the events, or take those that a replica keeps, and compare them with the ledger’s storage by proofs',
  network: '互认链连接配置文件（或环境变量 HEFU_NETWORK） · network file of the ledger (or HEFU_NETWORK)',
  ledger:
    '连接配置文件指明互认链名录的，审计其中哪一个互认链合约（链号/地址） · which ledger of a registry is audited, where the network file names one (chain id/address)',
  replica:
    '核对已保存的副本（文件夹或 PostgreSQL 地址；只读，文件夹中的副本须先停止服务） · compare what a replica keeps (a folder, or the URL of a PostgreSQL database; it is only read; stop the service that has a folder)',
  sample: '抽样核对，每类事实至多若干项 · compare so many facts of each kind at most',
  all: '全部核对（默认抽样） · compare all facts (a sample otherwise)',
  most: '与 --all 同用：每省每类事实至多核对若干项（默认 4194304） · with --all: of each kind so many facts of one province at most (4194304 unless said)',
  agency: '只核对一个机构的事实（统一社会信用代码） · compare the facts of one agency alone (its USCC)',
  seed: '抽样种子（0–281474976710655），用以重复同一次抽样 · seed of the sample, to draw the same again',
  json: '以 JSON 格式输出 · one JSON object on stdout',
  after: `
退出码 · Exit codes:
  0    全部相符 · all that was compared is equal
  3    有不符之处，已列明 · something differs, and is named
  4    无法审计，不等于相符 · could not be audited: says nothing
  5    已核对的相符，但有省份的事实过多，未能全部核对 · what was compared is equal, but a province has more facts than are all compared
  2    用法或输入有误 · wrong usage or input
  1    其他失败 · any other failure
  130  已中断 · interrupted
`,
} as const

export const AUDIT_TEXTS = {
  reading: { zh: '读取链上事件', en: 'reading the events' },
  comparing: { zh: '核对合约存储', en: 'comparing with storage' },
  equal: {
    zh: '相符：截至区块 {block}（{hash}），核对 {facts} 项事实、{slots} 个存储位',
    en: 'Equal: as of block {block} ({hash}), {facts} facts in {slots} slots were compared',
  },
  differs: {
    zh: '不符：截至区块 {block}（{hash}），核对 {facts} 项事实、{slots} 个存储位，有 {differences} 处不符',
    en: 'Otherwise: as of block {block} ({hash}), {facts} facts in {slots} slots were compared, and {differences} of their members differ',
  },
  audited: { zh: '互认链合约 {ledger}，链号 {chainId}', en: 'The ledger {ledger} on chain {chainId}' },
  sampled: {
    zh: '抽样：每类至多 {most} 项，种子 {seed}；共 {of} 项事实，其余未核对',
    en: 'A sample: at most {most} of each kind, seed {seed}, of {of} facts in all; the others were not compared',
  },
  wholly: {
    zh: '全部：事件所述各项、全部状态字；事件未述及的标注与接续，另抽查 {facts} 份证照（共 {all} 份，种子 {seed}）',
    en: 'All that events told of, and every word of statuses; for notices and links that no event told of, {facts} licences of {all}, seed {seed}',
  },
  onlyOf: {
    zh: '仅核对机构 {agency} 的事实，其他未核对',
    en: 'Facts of the agency {agency} alone; no others were compared',
  },
  partly: {
    zh: '未全部核对：省份 {partly} 的同类事实超过 {most} 项，按机构抽取其中 {most} 项；可用 --agency 逐个机构核对',
    en: 'Not all: the provinces {partly} have over {most} facts of one kind, of which {most} were drawn, agency by agency; --agency compares those of one',
  },
  partlyOfNone: {
    zh: '未全部核对：不属于任何省份的同类事实（如证照类型、全国互认清单）超过 {most} 项，抽取其中 {most} 项；要全部核对，请加大 --most',
    en: 'Not all: of facts of no province (such as licence types and the baseline) there are over {most} of one kind, of which {most} were drawn; a higher --most compares all',
  },
  difference: {
    zh: '{what}：{source}为“{told}”，合约存储为“{stored}”（{fact}.{member}，{contract} 的存储位 {slot}）',
    en: '{what}: {source} “{told}”, storage holds “{stored}” ({fact}.{member}, slot {slot} of {contract})',
  },
  more: { zh: '另有 {count} 处不符未列出', en: '{count} further differences are not named' },
  events: { zh: '事件所述', en: 'the events say' },
  replica: { zh: '副本所存', en: 'the replica says' },
  refused: { zh: '无法审计：{why}（{reason}）', en: 'Could not be audited: {why} ({reason})' },
  unavailable: {
    zh: '无法审计：互认链暂时无法连接（{reason}）',
    en: 'Could not be audited: the ledger cannot be reached ({reason})',
  },
  interrupted: { zh: '已中断，未得出结论', en: 'Interrupted: nothing can be said' },
  internal: { zh: '系统内部错误：{reason}', en: 'Unexpected error: {reason}' },
} as const

/** Why nothing can be said. */
export const REFUSED_TEXTS: Readonly<Record<AuditRefusedCode, Bilingual>> = {
  'nothing-final': { zh: '尚无最终确认的区块', en: 'no block of the ledger is final yet' },
  'nothing-compared': { zh: '没有可核对的事实', en: 'there is no fact to compare' },
  'too-many': {
    zh: '同一类事实过多，本程序一次审计不了',
    en: 'there are more facts of one kind than are audited at once',
  },
  'block-replaced': { zh: '链上没有该区块，或已是另一区块', en: 'the chain has not that block, or another' },
  'events-unread': { zh: '有事件无法解读', en: 'an event cannot be read' },
  'header-unproven': {
    zh: '区块头的散列规则未知，状态根无从证明；请在连接配置文件中写明 engine',
    en: 'by whose rule a header is hashed is not known, so its state root is not proven; name the engine in the network file',
  },
  'header-wrong': {
    zh: '节点给出的区块头与区块散列不符',
    en: 'the header that the node tells is not that of the block',
  },
  'proof-wrong': {
    zh: '节点给出的证明不成立，或与其所称不符',
    en: 'what the node says is not what it proves',
  },
  'proofs-refused': {
    zh: '节点不提供该区块的存储证明（可能已清理历史状态，或不支持 eth_getProof）；请改用存档节点',
    en: 'the node proves nothing of that block: it gave its state up, or has no eth_getProof; ask an archive node',
  },
}

/** Kinds of facts. */
export const KIND_TEXTS: Readonly<Record<string, Bilingual>> = {
  regions: { zh: '地区', en: 'region' },
  agencies: { zh: '机构', en: 'agency' },
  keys: { zh: '密钥', en: 'key' },
  waiting: { zh: '待确认的提议、提名与承接', en: 'what waits: proposal, nomination, succession' },
  rulebooks: { zh: '规则合约', en: 'rulebooks' },
  licenceTypes: { zh: '证照类型', en: 'licence type' },
  serviceItems: { zh: '政务服务事项', en: 'service item' },
  delegations: { zh: '下放的类型', en: 'delegation' },
  responsibilities: { zh: '负责的类型', en: 'responsibility' },
  baseline: { zh: '全国互认清单', en: 'baseline' },
  agreements: { zh: '互认协议', en: 'agreement' },
  bonds: { zh: '两省间的协议', en: 'agreements between two provinces' },
  refusals: { zh: '负面清单', en: 'negative entry' },
  anchors: { zh: '存证批次', en: 'batch' },
  words: { zh: '状态字（每 48 份证照）', en: 'word of 48 statuses' },
  licences: { zh: '证照的标注与接续', en: 'notices and links of the licence' },
  everyWord: { zh: '状态字（每 48 份证照）', en: 'word of 48 statuses' },
  someLicences: { zh: '证照的标注与接续', en: 'notices and links of the licence' },
}
