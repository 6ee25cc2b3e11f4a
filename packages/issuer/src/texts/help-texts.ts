/** Help of `hefu-issuer`, Chinese first. */
export const HELP_TEXTS = {
  program:
    '颁发机构命令行：签发证照、继续未完成任务、登记暂扣吊销等状态 · Issuing agency: issue, resume, legal acts',
  home: '颁发机构工作目录（或环境变量 HEFU_ISSUER_HOME） · the agency’s folder (or HEFU_ISSUER_HOME)',
  json: '以 JSON 格式逐行输出 · one JSON object a line on stdout',
  init: '建立颁发机构工作目录并生成密钥 · make the agency’s folder and its keys',
  agency: '统一社会信用代码 · unified social credit code of the agency',
  region: '行政区划代码（GB/T 2260） · GB/T 2260 code of its region',
  network: '互认链连接配置文件 · network file of the ledger',
  algorithm: '签名算法（SM2 即国密 SM2/SM3） · signature algorithm (SM2: with SM3)',
  issue:
    '签发表格（CSV、XLSX）或 NDJSON 文件中的证照 · issue the licences of a table (CSV, XLSX) or an NDJSON file',
  file: 'CSV、XLSX 或 NDJSON；列为 licenceId（电子证照标识）、照面字段，用字段名或中文名称均可，可加 holderJwk（持证人公钥） · columns: licenceId and the fields of the face, by name or label, and holderJwk (the holder’s public key) if wanted',
  type: '证照类型（代码或简称） · licence type, slug or code',
  out: '电子证照文件夹（默认在颁发机构工作目录内） · folder of the bundle files (default: in the agency’s folder)',
  batchSize: '每批证照数 · licences a batch',
  rejects:
    '未签发各行写入此文件：.xlsx 或 .csv 按原表各列并附原因，改正后可直接再次签发（.xlsx 各格为文本，长号码不会被截断）；其他为 NDJSON · write the refused rows to this file: .xlsx or .csv in the columns of the table, with reasons, to be mended and given in again (in .xlsx all cells are text, so that no number is cut); else NDJSON',
  allot:
    '赋码：为没有电子证照标识的行生成标识，先写入此新文件（CSV），再签发该文件；中断后请签发该文件 · allot identifiers to rows that have none: they are written to this new file (CSV) first, and that file is issued; after an interruption issue that file',
  renditions:
    '将版式文件的摘要写入证照：文件夹内为 <电子证照标识>.pdf 或 .ofd，每行至少一份；签发后用 hefu attach 附加 · bind renditions: a folder of <licence identifier>.pdf or .ofd, one a row at least; hefu attach puts the licence into them afterwards',
  confirm:
    '已核对原件，确实如此：digits 十五位后为零的号码，characters 含“□”“?”的文字，numbers 编号（或照面）与他证相同的另一份证照，names 与登记不一致的名称，holder 新版本的持证人号码与前一版本不同 · compared with the original and so: digits, characters, numbers (of another licence), names (other than registered), holder (of a new version, other than before)',
  confirmSuccession:
    '已核对，确应接替：type 证照类型不同，holder 持证人不同 · compared, and it takes the place: of another type, of another holder',
  resume: '继续未完成的任务 · go on with what an earlier run left open',
  withdrawProposal:
    '撤回本机构提出、尚待确认的事项 · take back what this agency proposed and nobody has confirmed',
  proposal: '提出编号（0x…，见 act correct 的输出） · number of the proposal, as act correct printed it',
  passOver:
    '放弃一个已签名而未上链的批次：其证照不生效，索引不再使用，不可撤回 · give up a signed batch that is not anchored: for good',
  root: '批次根值（见 status） · root of the batch, as status has it',
  act: '登记证照状态变更（暂扣、吊销、撤销等）、标注、更正和解除接替 · enter legal acts, notices, corrections and dissolutions',
  licences: '电子证照标识 · licence identifiers',
  decision: '决定书文号（公开，不得含个人信息） · number of the decision (public: no personal data)',
  effective: '生效日期或 now · day it takes effect, or now',
  basis: '法律依据代码，1–16 个 ASCII 字符 · code of the provision, 1–16 ASCII characters',
  basisLeftOut: '不填即 · left out:',
  basisNeeded: '必填 · needed',
  bases: `
法律依据 · Legal basis: 不填 --basis 时各按其本法登记：暂扣、吊销及发还 XZCFF-9-3（行政处罚法），限制使用及解除 XZCFF-9-4，撤销 XZXKF-69（行政许可法），撤回 XZXKF-8，注销 XZXKF-70，变更、延续等 XZXKF-49/50，更正和解除接替 ZWSJGXTL（政务数据共享条例）；转出、转入、标注、暂缓生效和激活须填写
  without --basis each act is entered with the provision of its own; transfers, notices, deferral and activation need one (see the help of each)`,
  until: '截止日（含当日），届时由人工决定 · last day; after it a person decides',
  to: '转往机构的统一社会信用代码 · code of the agency that may take the licences in',
  by: '接替的证照标识（须已上链存证） · identifier of the licence that takes its place, anchored already',
  late: '生效日期已过 31 天：由本机构提出，上级确认后生效 · took effect more than 31 days ago: proposed here, confirmed by the superior',
  correct:
    '更正：决定被撤销或登记有误时，改为应有的状态；由本机构提出，上级确认后生效 · correct what was quashed or entered wrongly: proposed here, confirmed by the superior',
  dissolve:
    '解除接替：换证（补证、变更、延续）或转入登记有误时，两份证照不再关联；由本机构提出，上级确认后生效 · undo a supersession or a transfer in that was entered wrongly: proposed here, confirmed by the superior',
  successor: '接替他证的本机构证照标识 · identifier of this agency’s licence that took the place',
  dissolvedOrigin:
    '被接替的原证照：证照标识（本机构的）、证照文件或原颁发机构的统一社会信用代码；不填则以互认链所记为准 · the earlier licence: an identifier of this agency’s, a file, or its issuer’s code; left out: what the ledger has',
  toStatus: '更正后的状态 · status from the effective day on',
  note: '标注（查封、抵押、异议、遗失声明、复审未过），不改变证照状态 · enter a notice, which leaves the status as it is',
  liftNotice: '解除标注，其他标注不变 · lift a notice, which leaves the others',
  notice: '标注种类，或代码 0–111 · kind of notice, or its code 0–111',
  transferIn:
    '转入：本机构的证照接替他机构转出至本机构的证照 · take in what another agency transferred out to this one',
  ownLicence: '接替的本机构证照标识（须已上链存证） · identifier of this agency’s licence, anchored already',
  origin:
    '原证照文件（请先核验），或原颁发机构的统一社会信用代码 · file of the earlier licence (verify it first), or its issuer’s code',
  originIndex:
    '原证照的状态索引，与统一社会信用代码同用 · status index of the earlier licence, with its issuer’s code',
  recover:
    '台账丢失或被回退时，从互认链和电子证照文件重建 · make the journal whole again from the ledger and the bundle files',
  bundleFolder:
    '电子证照文件夹（默认在颁发机构工作目录内） · folder of bundle files (default: in the agency’s folder)',
  reprint: '重新生成已丢失的电子证照文件 · make bundle files again',
  deposit:
    '将电子证照存入核验服务，供凭二维码指引或证照标识查取；中断后再次运行即可，已存入的不会重复 · deposit the bundle files at a verifier service, to be found by reference or identifier; run it again after an interruption',
  service: '核验服务地址 · address of the verifier service',
  tokenUrl:
    '访问令牌的获取地址（OAuth 2.0 客户端凭证） · where access tokens are issued (client credentials)',
  client: '本机构在核验服务登记的客户端 · client by which this agency is registered there',
  secretFile: '客户端密钥文件 · file of the client’s secret',
  audience: '令牌所对应的服务 · audience of the token',
  acts: '互认链上登记在证照上的全部状态变更 · every legal act that the ledger has on these licences',
  newVersion:
    '换发新版本的决定书文号（公开）；新版本上链后，旧版本随即被接替 · decision under which a new version supersedes the one before it',
  status:
    '各阶段证照数、未上链批次和登记事项，并与互认链核对 · licences at each step, batches and entries that wait, checked against the ledger',
  watch: '每隔若干秒重新核对并显示 · look again every so many seconds',
  from: '证照标识清单（每行一个，或首列），代替逐个列出 · file of licence identifiers, one a line or in the first column',
  rehearse:
    '只演练：询问互认链是否接受，不登记任何事项 · ask the ledger whether it would take it; enter nothing',
  after: `
口令 · Passphrase: HEFU_PASSPHRASE, HEFU_PASSPHRASE_FILE, 或终端输入 · or typed in the terminal
台账 · Journal:    颁发机构工作目录内；设 DATABASE_URL 则用 PostgreSQL · in the folder, or PostgreSQL by DATABASE_URL
退出码 · Exit codes:
  0    全部成功 · all good
  1    失败 · failure
  2    用法或输入有误 · usage or bad input
  3    部分行未签发，或部分证照未存入 · some rows or deposits refused
  4    互认链无法连接 · ledger unavailable
  5    上链未成功 · refused by the ledger
  6    核验服务无法连接 · verifier service unavailable
  130  已中断，可继续 · interrupted, can be resumed`,
} as const
