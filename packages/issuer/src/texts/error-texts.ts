/** Why the issuer's service cannot go on; `{name}` is filled in. */
import type { Bilingual } from '@hefu/protocol'

export type IssuerErrorCode =
  | 'usage'
  | 'home-exists'
  | 'home-missing'
  | 'home-damaged'
  | 'home-unwritable'
  | 'network-unreadable'
  | 'not-a-uscc'
  | 'not-a-region'
  | 'passphrase-short'
  | 'journal-foreign'
  | 'journal-damaged'
  | 'journal-behind'
  | 'clock-ahead'
  | 'signed-ahead'
  | 'input-unreadable'
  | 'input-not-text'
  | 'input-damaged-utf8'
  | 'input-old-spreadsheet'
  | 'input-not-xlsx'
  | 'input-xlsx-too-large'
  | 'input-xlsx-too-much'
  | 'input-xlsx-declaration'
  | 'input-xlsx-cell'
  | 'input-no-header'
  | 'input-hidden-columns'
  | 'input-header'
  | 'input-empty'
  | 'allot-exists'
  | 'allot-not-a-table'
  | 'allot-unreadable-row'
  | 'rejects-of-objects'
  | 'rejects-exist'
  | 'unknown-type'
  | 'output-unwritable'
  | 'licence-unknown'
  | 'licence-repeated'
  | 'licences-missing'
  | 'licences-twice'
  | 'licence-not-anchored'
  | 'licence-given-up'
  | 'earlier-entry-waits'
  | 'batch-unknown'
  | 'batch-not-next'
  | 'batch-anchored'
  | 'indices-foreign'
  | 'act-not-of-one'
  | 'act-detail-missing'
  | 'act-not-late'
  | 'origin-unreadable'
  | 'origin-foreign'
  | 'decision-on-ledger'
  | 'took-no-place'
  | 'successor-other-type'
  | 'successor-other-holder'
  | 'not-a-proposal'
  | 'until-not-a-date'
  | 'decision-length'
  | 'decision-personal'
  | 'effective-not-a-date'
  | 'effective-in-future'
  | 'legal-basis'
  | 'legal-basis-missing'
  | 'anchor-conflict'
  | 'recover-conflict'
  | 'key-unregistered'
  | 'key-outside-term'
  | 'key-compromised'
  | 'type-unregistered'
  | 'not-responsible'
  | 'account-unfunded'
  | 'service-address'
  | 'token-refused'
  | 'verifier-refused'
  | 'verifier-unavailable'

export const ERROR_TEXTS: Readonly<Record<IssuerErrorCode, Bilingual>> = {
  usage: { zh: '命令用法有误：{reason}', en: 'Read the command: {reason}' },
  'home-exists': {
    zh: '{home} 已存在且不为空，不会覆盖；请换一个文件夹',
    en: 'Create the agency’s folder: {home} exists and is not empty, and is not overwritten; name another',
  },
  'home-missing': {
    zh: '{home} 不是颁发机构工作目录；请先运行 hefu-issuer init',
    en: 'Open the agency’s folder: {home} holds no agency.json; run hefu-issuer init first',
  },
  'home-damaged': {
    zh: '{file} 无法读取或内容有误：{reason}',
    en: 'Read {file}: it cannot be read or is not what it should be ({reason})',
  },
  'home-unwritable': {
    zh: '无法在 {home} 建立颁发机构工作目录：{reason}',
    en: 'Create the agency’s folder {home}: {reason}',
  },
  'network-unreadable': {
    zh: '无法读取互认链连接配置文件 {file}（{reason}）；它由部署时的 --record 写成，请用 --network 或环境变量 HEFU_NETWORK 指明',
    en: 'The network file {file} cannot be read ({reason}): the deployment writes it, by --record; name it by --network or HEFU_NETWORK',
  },
  'not-a-uscc': {
    zh: '{value} 不是有效的统一社会信用代码（18 位，校验位须正确）',
    en: 'Read the agency’s code: {value} is no unified social credit code (18 characters, right check character)',
  },
  'not-a-region': {
    zh: '{value} 不是行政区划代码（GB/T 2260，6 位数字）',
    en: 'Read the region: {value} is no GB/T 2260 code of six digits',
  },
  'passphrase-short': {
    zh: '口令至少 12 个字符',
    en: 'Protect the keys: a passphrase of at least 12 characters is needed',
  },
  'journal-foreign': {
    zh: '该台账属于机构 {agency}（互认链 {ledger}），与本工作目录不符',
    en: 'Open the journal: it belongs to the agency {agency} on the ledger {ledger}, not to this folder',
  },
  'journal-damaged': {
    zh: '台账数据不一致：{reason}；请停止签发并联系运维',
    en: 'Read the journal: its data do not agree ({reason}); stop issuing and ask for help',
  },
  'journal-behind': {
    zh: '台账只记到状态索引 {next}，互认链上本机构已用到 {used}：台账可能丢失、被回退或另行建立。未签发证照，未办理其他事项；请恢复完整台账，或运行 hefu-issuer recover <电子证照文件夹>，从互认链和电子证照文件重建',
    en: 'Go on with the journal: it goes up to status index {next}, the ledger has {used} for this agency, so the journal was lost, set back or made anew. Nothing was signed or sent: restore the whole journal, or run hefu-issuer recover <folder of bundle files>',
  },
  'clock-ahead': {
    zh: '本机时钟为 {clock}，互认链时间为 {ledger}，本机比互认链快 {seconds} 秒。未签发证照。请校准本机时钟（如启用 NTP）后再运行；本机时钟无误的，是节点没有同步到新的区块，请联系其运维人员',
    en: 'Compare the clocks: this machine’s says {clock}, the ledger’s {ledger}, which is {seconds} s behind it. Nothing was signed: set this machine’s clock right (as by NTP) and run it again; if it is right, the node has no new blocks: tell those who run it',
  },
  'signed-ahead': {
    zh: '批次 {root} 中有证照的签发时间比互认链当前时间晚 {seconds} 秒：签发时本机时钟偏快，或互认链时间落后。该批及其后各批未上链（此时上链，各地核验都会判为不予认可），已保存。请校准时钟，约 {seconds} 秒后运行 hefu-issuer resume；相差过大不能等待的，用 hefu-issuer pass-over {root} 放弃该批，以新版本号重新签发',
    en: 'Anchor the batch {root}: a licence of it was signed {seconds} s after what is now for the ledger, by a clock that was fast, or the ledger’s time is behind. It and those behind it were not anchored, for every verifier would reject them, and are kept: set the clock right, and run hefu-issuer resume in about {seconds} s; if that is too long, give the batch up by hefu-issuer pass-over {root} and issue its licences with a new version',
  },
  'input-unreadable': { zh: '无法读取 {file}：{reason}', en: 'Read {file}: {reason}' },
  'input-not-text': {
    zh: '{file} 不是文本：既不是 UTF-8、UTF-16，也不是 GB18030；请重新导出为 CSV（UTF-8）或另存为 XLSX',
    en: 'Read {file}: it is no text in UTF-8, UTF-16 or GB 18030; export it anew as CSV (UTF-8), or save it as XLSX',
  },
  'input-damaged-utf8': {
    zh: '{file} 是 UTF-8 文本，但有字节缺损；请从原系统重新导出',
    en: 'Read {file}: it is UTF-8 of which some bytes are lost or altered; export it anew from where it came',
  },
  'input-old-spreadsheet': {
    zh: '{file} 是旧式 XLS 表格或设有密码的表格；请去掉密码并另存为 XLSX，或导出为 CSV（UTF-8）',
    en: 'Read {file}: it is an XLS spreadsheet, or one under a password; save it as XLSX without one, or export it as CSV (UTF-8)',
  },
  'input-not-xlsx': {
    zh: '{file} 无法作为 XLSX 表格读取，可能已损坏；请用表格软件打开后另存为 XLSX',
    en: 'Read {file}: it cannot be read as XLSX and may be damaged; open it in a spreadsheet program and save it anew',
  },
  'input-xlsx-too-large': {
    zh: '{file} 超过 {most} 字节；请导出为 CSV（UTF-8），其大小不限',
    en: 'Read {file}: it has more than {most} bytes; export it as CSV (UTF-8), which may be of any size',
  },
  'input-xlsx-too-much': {
    zh: '{file} 的{whatZh}超过 {most}，未读取；请删去多余内容，或导出为 CSV（UTF-8），其大小不限',
    en: 'Read {file}: more than {most} {what}; take out what is not needed, or export it as CSV (UTF-8), which may be of any size',
  },
  'input-xlsx-declaration': {
    zh: '{file} 中有 DOCTYPE、注释或 CDATA，表格软件不会写入这些内容；请用表格软件打开后另存为 XLSX',
    en: 'Read {file}: it has a DOCTYPE, comments or CDATA, which no spreadsheet program writes; open it in one and save it anew',
  },
  'input-xlsx-cell': {
    zh: '{file} 的工作表 {sheet} 第 {row} 行 {cell}：{whatZh}；请用表格软件打开后另存为 XLSX',
    en: 'Read {file}: in the sheet {sheet}, row {row}, {cell} {what}; open it in a spreadsheet program and save it anew',
  },
  'input-no-header': {
    zh: '{file} 中未找到表头：表头应在第一行，其上只可有标题行（每行至多三个有内容的单元格，共至多十行）；请删去其他内容，写明列名（字段名或中文名称均可，不分两层），必须有：{names}',
    en: 'Read {file}: no header is found; it is the first row, or stands under titles alone (ten rows at most, of three filled cells at most): take out what else is above, and name the columns in one row, by field or by label; these are needed: {names}',
  },
  'input-hidden-columns': {
    zh: '{file} 有隐藏的列，表格中看不到其内容：{columns}；应签发的请取消隐藏，不应签发的请删除该列',
    en: 'Read {file}: columns are hidden, so that nobody sees what is in them: {columns}; show those that are to be issued, delete those that are not',
  },
  'input-header': {
    zh: '{file} 的表头有误：{reasonZh}',
    en: 'Read the header of {file}: {reason}',
  },
  'input-empty': { zh: '{file} 中没有证照数据', en: 'Read {file}: it holds no licences' },
  'allot-exists': {
    zh: '{file} 已存在，不会覆盖；如已赋码，请直接签发此文件，以免同一证照有两个标识',
    en: 'Allot identifiers: {file} exists and is not written over; if it has them already, issue that file, for else one licence would get two',
  },
  'allot-not-a-table': {
    zh: '{file} 不是表格，无法赋码；请提供 CSV 或 XLSX',
    en: 'Allot identifiers: {file} is no table; give a CSV or an XLSX',
  },
  'allot-unreadable-row': {
    zh: '{file} 第 {line} 行无法完整读取，未赋码；请先改正该行（如引号、错误值、没有结果的公式、被截断的数字）',
    en: 'Allot identifiers: row {line} of {file} cannot be read whole; mend it first (quotation marks, error values, formulas without a value, numbers that were cut)',
  },
  'rejects-of-objects': {
    zh: '{file} 不能作为表格返回：送签的不是表格；请用 .ndjson 文件名',
    en: 'Write the refused rows: {file} would be a table, but what was given in is none; name it .ndjson',
  },
  'rejects-exist': {
    zh: '{file} 已存在，不会覆盖；请换一个文件名，或先移走该文件。尚未签发任何证照',
    en: 'Write the refused rows: {file} is there already and never written over; name another file, or move that one away. Nothing was signed',
  },
  'unknown-type': {
    zh: '未找到证照类型 {value}，可选：{known}',
    en: 'Find the licence type {value}: known are {known}',
  },
  'output-unwritable': { zh: '无法写入 {file}：{reason}', en: 'Write {file}: {reason}' },
  'licence-unknown': {
    zh: '台账中没有证照 {licenceId}',
    en: 'Find the licence {licenceId}: the journal has none of that identifier',
  },
  'licence-repeated': {
    zh: '证照 {licenceId} 重复列出',
    en: 'Read the licences: {licenceId} is named twice',
  },
  'licences-missing': {
    zh: '没有列出证照；请逐个写明电子证照标识，或用 --from <文件>',
    en: 'Read the licences: none is named; name them, or give --from <file>',
  },
  'licences-twice': {
    zh: '证照标识请或逐个列出，或用 --from <文件>，不能同时使用',
    en: 'Read the licences: name them, or give --from <file>, not both',
  },
  'licence-not-anchored': {
    zh: '证照 {licenceId} 尚未上链存证；请先运行 hefu-issuer resume',
    en: 'Act on the licence {licenceId}: it is not anchored yet; run hefu-issuer resume first',
  },
  'licence-given-up': {
    zh: '证照 {licenceId} 所在批次已放弃，从未生效；请换新版本号重新签发后再办理',
    en: 'Act on the licence {licenceId}: its batch was given up, so it never was one; issue it with a new version',
  },
  'earlier-entry-waits': {
    zh: '同一证照的台账第 {number} 号登记在先，须待新证照上链存证；请先运行 hefu-issuer resume',
    en: 'Entry {number} on the same licence comes first, and waits until the new licence is anchored: run hefu-issuer resume',
  },
  'batch-unknown': {
    zh: '没有未上链的批次 {root}；请用 hefu-issuer status 查看',
    en: 'Give up the batch {root}: there is none of that root which is not anchored; hefu-issuer status lists them',
  },
  'batch-not-next': {
    zh: '批次 {root} 之前还有未上链的批次 {next}；请先运行 hefu-issuer resume，或先放弃该批次',
    en: 'Give up the batch {root}: {next} stands before it; run hefu-issuer resume, or give that one up first',
  },
  'batch-anchored': {
    zh: '批次 {root} 已上链存证，不能放弃；请运行 hefu-issuer resume 生成电子证照文件',
    en: 'Give up the batch {root}: it is anchored and stands; run hefu-issuer resume for its bundle files',
  },
  'indices-foreign': {
    zh: '批次 {root} 的索引 {index} 已被另一批次使用，可能有另一份台账在签发；请停止签发并联系运维',
    en: 'Pass over the batch {root}: another batch is anchored at its index {index}, so another journal is in use; stop issuing',
  },
  'act-not-of-one': {
    zh: '换证每次只办理一份证照',
    en: 'Supersede: one licence at a time',
  },
  'act-detail-missing': {
    zh: '缺少 {option}',
    en: 'Read the command: {option} is missing',
  },
  'act-not-late': {
    zh: '生效日期 {value} 距今不超过 30 天，本机构可直接登记；请去掉 --late',
    en: 'Enter a late act: {value} is not more than 30 days ago, so this agency enters it alone; leave --late out',
  },
  'origin-unreadable': {
    zh: '无法从 {file} 读取原证照（{reason}）；请提供申请人的电子证照文件，或用 --origin <统一社会信用代码> --origin-index <序号>',
    en: 'Read the earlier licence from {file} ({reason}): give the licence file, or --origin <USCC> --origin-index <n>',
  },
  'origin-foreign': {
    zh: '{file} 中的证照不在本互认链登记，不能在此转入',
    en: 'Read the earlier licence from {file}: its status is on another ledger, it cannot be taken in here',
  },
  'successor-other-type': {
    zh: '两份证照的类型不同，通常不能接替；未登记任何事项。请核对标识和文件，确应接替的加 --confirm type',
    en: 'Enter a succession: the two licences are of different types, and hardly one takes the place of the other. Nothing was entered: compare them, and if it is so say --confirm type',
  },
  'successor-other-holder': {
    zh: '两份证照的持证人证件号码不同；未登记任何事项。请核对标识和文件，持证人确已变更的（如不动产转移登记）加 --confirm holder',
    en: 'Enter a succession: the two licences have different numbers of their holders. Nothing was entered: compare them, and if the holder has changed (such as by a transfer of real estate) say --confirm holder',
  },
  'decision-on-ledger': {
    zh: '互认链上，证照 {licenceId} 已有决定“{decisionNumber}”的同一登记，而本机台账没有同一组证照的这一登记（曾与其他证照一并登记，或台账曾丢失、被回退）；未重复登记任何事项。请用 hefu-issuer acts 核对；确为另一决定的，请用另一文号',
    en: 'Enter an act: on the ledger {licenceId} has the same act by the decision “{decisionNumber}”, which the journal here does not have for these same licences: it was entered with others, or the journal was lost or set back. Nothing was entered: look with hefu-issuer acts; another decision has another number',
  },
  'took-no-place': {
    zh: '互认链上，证照 {licenceId} 没有接替任何证照，无可解除；请核对标识',
    en: 'Dissolve a succession: on the ledger {licenceId} stands in the place of no other licence; check the identifier',
  },
  'not-a-proposal': {
    zh: '{value} 不是提出编号（0x 加 64 位十六进制数字）',
    en: 'Read the proposal {value}: write 0x and 64 hexadecimal digits',
  },
  'until-not-a-date': {
    zh: '截止日期 {value} 无效：应晚于生效日期，按 2026-01-05 的格式填写，且只用于暂扣和限制使用',
    en: 'Read the end {value}: write YYYY-MM-DD, after the effective date, for suspend and restrict alone',
  },
  'decision-length': {
    zh: '请填写决定书文号，最长 32 个汉字（96 字节），不得含个人信息',
    en: 'Read the decision number: 1 to 96 bytes of visible UTF-8 text are needed',
  },
  'decision-personal': {
    zh: '决定书文号或法律依据代码中含有身份证件号码，不得上链；请填写不含个人信息的内容',
    en: 'Read the decision: its number or legal basis holds a resident identity number, which may not become public',
  },
  'legal-basis': {
    zh: '法律依据代码 {value} 有误，应为 1 至 16 位字母、数字或符号',
    en: 'Read the legal basis {value}: 1 to 16 visible ASCII characters are needed',
  },
  'effective-not-a-date': {
    zh: '生效日期 {value} 无效，请按 2026-01-05 的格式填写，或填 now（即刻）',
    en: 'Read the effective date {value}: write YYYY-MM-DD or now',
  },
  'effective-in-future': {
    zh: '生效日期 {value} 晚于今天，请到当日再登记',
    en: 'Read the effective date {value}: it lies in the future; submit the act on that day or later',
  },
  'recover-conflict': {
    zh: '台账中状态索引 {index} 已记有另一份证照，与电子证照文件不符；请停止签发并联系运维',
    en: 'Recover the journal: it has another licence at the status index {index} than a bundle file says; stop issuing',
  },
  'key-unregistered': {
    zh: '签名密钥 {kid} 未在互认链登记，所签证照不会被认可；请把 registration.json 交给所在地区管理员登记，尚未签发任何证照',
    en: 'Issue licences: the key {kid} is not registered, so nothing it signs would be accepted; have registration.json registered by the region’s admin. Nothing was signed',
  },
  'key-outside-term': {
    zh: '签名密钥 {kid} 不在登记的有效期内；请向所在地区管理员登记新密钥，尚未签发任何证照',
    en: 'Issue licences: the key {kid} is outside the term it is registered for; have a new one registered. Nothing was signed',
  },
  'key-compromised': {
    zh: '签名密钥 {kid} 已被登记为泄露，不得再用；请登记新密钥，尚未签发任何证照',
    en: 'Issue licences: the key {kid} is registered as compromised; have a new one registered. Nothing was signed',
  },
  'type-unregistered': {
    zh: '互认链没有登记证照类型 {type}；请联系本地区管理员，尚未签发任何证照',
    en: 'Issue licences: the ledger has no type {type}; ask the region’s admin. Nothing was signed',
  },
  'not-responsible': {
    zh: '机构 {agency} 未登记为证照类型 {type} 的颁发机构，所签证照不会被认可；请联系本地区管理员，尚未签发任何证照',
    en: 'Issue licences: {agency} is not responsible for {type}, so nothing of it would be accepted; ask the region’s admin. Nothing was signed',
  },
  'account-unfunded': {
    zh: '操作账户 {account} 余额不足以支付交易费用；请联系运维充值，尚未签发任何证照',
    en: 'Issue licences: the account {account} cannot pay for a transaction; have it funded. Nothing was signed',
  },
  'service-address': {
    zh: '核验服务地址和令牌获取地址须为 https（本机可用 http），且不含用户名、“?”和“#”',
    en: 'Read the addresses: the service’s and the token’s must be https (http on this machine only), without user, query or fragment',
  },
  'token-refused': {
    zh: '{url} 未签发访问令牌（{status} {reason}）；请核对客户端、密钥文件、--audience 和 deposit 权限',
    en: 'Obtain a token of {url}: it gave none ({status} {reason}); look at the client, its secret file, --audience and the scope deposit',
  },
  'verifier-refused': {
    zh: '{url} 拒绝存入（{status} {code}）；请核对 --service、--audience 和客户端权限，或联系该服务管理员',
    en: 'Deposit at {url}: it refuses ({status} {code}); look at --service, --audience and what the client may do, or ask its operator',
  },
  'verifier-unavailable': {
    zh: '{url} 暂时无法使用（{reason}）；已存入的不受影响，请稍后再次运行同一命令',
    en: 'Ask {url}: it cannot be used now ({reason}); what is deposited stays, run the same command later',
  },
  'legal-basis-missing': {
    zh: '“{act}”没有通用的法律依据，请用 --basis 填写决定书所依据条款的代码，如 MFD-220（民法典第二百二十条，异议登记）、XZQZF-9-2（行政强制法第九条第二项，查封）、XZXKF-44（行政许可法第四十四条，颁发送达）',
    en: 'Read the decision: “{act}” has no legal basis of its own, so name the provision by --basis, such as MFD-220 (Civil Code art. 220, objection), XZQZF-9-2 (Administrative Coercion Law art. 9 (2), seizure), XZXKF-44 (Administrative Licence Law art. 44, delivery)',
  },
  'anchor-conflict': {
    zh: '批次 {root} 在互认链上为 {found} 份，台账为 {size} 份；请停止签发并联系运维',
    en: 'Anchor the batch {root}: the ledger has it with {found} leaves, the journal with {size}; stop issuing',
  },
}
