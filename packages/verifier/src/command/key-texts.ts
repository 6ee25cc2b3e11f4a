/** What `hefu-verifier` says, Chinese first; `{name}` is filled in. */

/** What the service signs reports with, and every integrator can check. */
export const REPORT_ALGORITHMS = ['ES256', 'EdDSA'] as const

export const KEY_HELP = {
  program: '核验服务 · the verifier service',
  key: '生成核验报告的签名密钥文件（HEFU_VERIFIER_KEY） · make the key file that reports are signed with (HEFU_VERIFIER_KEY)',
  file: '要写入的密钥文件；已有的文件不会被覆盖 · the file to write; one that is there is never overwritten',
  algorithm: '签名算法 · what it signs with',
  json: '以 JSON 格式输出 · one JSON object on stdout',
  after: `
口令至少 12 个字符，取自 HEFU_PASSPHRASE 或 HEFU_PASSPHRASE_FILE，否则在终端输入两次；请另行保管口令和密钥文件的备份。
The passphrase has 12 characters or more, from HEFU_PASSPHRASE or HEFU_PASSPHRASE_FILE, or is typed twice; keep a copy of it and of the file, each elsewhere.

退出码 · Exit codes:
  0    已生成 · made
  2    用法或输入有误，或文件已存在 · wrong usage or input, or the file is there already
  1    其他失败 · any other failure
  130  已中断 · interrupted
`,
} as const

export const KEY_TEXTS = {
  created: {
    zh: '已生成签名密钥文件 {file}；请将下列公钥交给使用核验报告的单位',
    en: 'Made the key file {file}; hand this public key to those who rely on the reports',
  },
} as const

export const OPERATOR_HELP = {
  check:
    '核对服务的配置及其所列文件、数据库，不改动任何内容 · read the service’s configuration and all that it names, and change nothing',
  keys: '列出历来的签名密钥，每行一个 JSON · list the keys that reports were ever signed with, one JSON a line',
  endKey: '停用一个签名密钥，不可撤回 · end the term of a key, for good',
  kid: '密钥标识，43 个字符 · the key’s thumbprint, 43 characters',
  newDepositKey: '新建加密所存证照的密钥文件 · make a key file that deposits are sealed under',
  resealDeposits:
    '以 HEFU_DEPOSIT_KEYS 的第一个密钥重新加密所存证照 · seal what is deposited under the first of HEFU_DEPOSIT_KEYS',
  after: `
与核验服务读取同样的环境变量（packages/verifier/README.md），须与其一致。
It reads the same environment variables as the service (packages/verifier/README.md), all of which have to be right.

退出码 · Exit codes:
  0    完成，check 为配置无误 · done; of check: the configuration is right
  2    配置、用法或输入有误 · the configuration, usage or input is wrong
  4    数据库或认证平台不应答或拒绝，或文件夹不可写 · a database or the issuer does not answer or refuses, or a folder cannot be written
  1    其他失败 · any other failure
  130  已中断 · interrupted
`,
} as const

export const OPERATOR_TEXTS = {
  checked: { zh: '配置无误', en: 'The configuration is right' },
  ended: {
    zh: '密钥 {kid} 自 {time} 起停用',
    en: 'The term of the key {kid} ends at {time}, for good',
  },
  depositKeyMade: { zh: '已新建密钥 {name}', en: 'Made the key {name}' },
  resealed: { zh: '已重新加密 {count} 份', en: '{count} are sealed anew' },
} as const
