/** Help of `hefu-region` and `hefu-council`, Chinese first. */
export const OFFICE_HELP = {
  region:
    '地区管理：登记地区和机构、提名、密钥、职责、负面清单、互认协议、第二把钥匙 · Region: members, keys, responsibilities, agreements, second keys',
  council:
    '联盟理事会：接纳、互认清单、目录、互认链登记、表决，及各保管者的操作 · Council: admission, baseline, catalogue, registry, votes, and what its keepers do',
  home: '账户文件夹（或环境变量 HEFU_OFFICE_HOME） · folder of the account (or HEFU_OFFICE_HOME)',
  network:
    '部署记录，即互认链连接配置文件（或环境变量 HEFU_NETWORK） · record of the deployment, which is the network file (or HEFU_NETWORK)',
  json: '以 JSON 格式逐行输出 · one JSON object a line on stdout',
  yes: '不再询问，直接办理（脚本用） · go on without asking, for scripts',
  init: '建立账户：生成密钥，加密保存 · make an account: a fresh key, kept encrypted',
  address: '显示账户地址，无需口令 · show the address of the account; needs no passphrase',
  name: '登记名称（中文） · official name in Chinese',
  nameEn: '登记名称（英文） · official name in English',
  contact: '联系方式（公开） · contact, public',
  admin: '管理账户地址 · address of its admin',
  in: '上级地区 · region that it lies in',
  to: '划入的地区 · region that it goes to',
  successor: '承继的地区或机构 · what succeeds it',
  own: '本账户所管理的承继者 · the successor, which is this account’s',
  from: '起始日（YYYY-MM-DD），默认即时 · first day; by default at once',
  until: '截止日（含当日），默认不限期 · last day; by default no end',
  at: '截止日（含当日），或 now · last day, or now',
  since: '泄露之日（YYYY-MM-DD） · day since when',
  sinceOrNever: '泄露之日；never 为撤回报告 · day since when; never withdraws the report',
  issuing: '不认可哪一省的证照，默认全部 · province whose licences are refused; by default all',
  item: '事项编码，默认全部 · service item; by default all',
  approval: '批准文号 · reference of the approval',
  document: '批准文件（只上链其摘要） · document of the approval; its digest alone goes on the ledger',
  with: '各方省份 · provinces that are invited',
  types: '证照类型 · licence types',
  noticeDays: '退出须提前通知的天数 · days of notice before leaving',
  partner: '对方省份 · the other province',
  type: '证照类型（代码或简称） · licence type, slug or code',
  reviewMonths: '复审间隔（月） · months between reviews',
  demand: '所需证照与字段，如 teacher=licenceNumber,issuerName（可多次） · what it demands, may be repeated',
  reason: '提案理由（公开） · reason of the proposal, public',
  rulebook:
    '不在现行规则手册中办理，而在此地址的手册中（改用之前填写） · in the rulebook at this address instead of the one in force, to fill it before it is named',
  anyway:
    '现在会被拒绝的，仍提交表决（其间会另行办妥） · put it to the vote although it would be refused today',
  fewer: '改用内容少于现行的规则手册 · put a rulebook in force that holds less than the one that is',
  vote: '暂停提案的编号 · number of the vote on the suspension',
  delay: '公告期（秒） · seconds that its calls wait',
  after: `
口令 · Passphrase: HEFU_PASSPHRASE, HEFU_PASSPHRASE_FILE, 或终端输入 · or typed in the terminal
发送之前先显示即将办理的事项，输入 yes 方才发送 · What is about to be done is shown first; nothing is sent before yes is typed
退出码 · Exit codes:
  0    已办理、已提出、已公告或已提交表决（见输出） · done, proposed, announced or put to the vote, as it says
  1    失败 · failure
  2    用法或输入有误，或未确认 · usage or bad input, or not agreed to
  4    互认链无法连接 · ledger unavailable
  5    无权或被拒绝 · refused by the ledger`,
} as const
