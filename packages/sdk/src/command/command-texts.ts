/** The words of the `hefu` command that are its own: what it says beside a sheet, and its help. */
import type { Bilingual } from '@hefu/protocol'

export const REQUEST_FAULT: Bilingual = { zh: '核验请求有误：{reason}', en: 'Read the request: {reason}' }
/** Goes on from what the remote verifier's answer is said to be. */
export const TOKEN_NEEDED: Bilingual = {
  zh: '：请向统一身份认证平台获取访问令牌，并写入环境变量 HEFU_ACCESS_TOKEN',
  en: ': set HEFU_ACCESS_TOKEN to an access token from the identity provider',
}
export const CHANGED_SINCE: Bilingual = {
  zh: '该文件不是附加证照时的原样（由其他软件附加，或附加后经过改动或另存）：请以核验单所列照面信息为准，不以文件版面为准',
  en: 'The file is not as a licence is attached here: other software attached it, or the file was changed or saved anew since; go by the face on the sheet, and not by the look of the file',
}
export const ATTACHED: Bilingual = {
  zh: '已将电子证照附加到 {kind}：{out}（{bound}）',
  en: 'The licence is attached to the {kind}: {out} ({bound})',
}
export const BOUND: Bilingual = {
  zh: '颁发机构绑定的版式文件',
  en: 'a rendition that its issuer bound',
}
export const NOT_BOUND: Bilingual = {
  zh: '颁发机构未绑定版式文件，核验时不核对版面',
  en: 'its issuer bound no rendition: a verification says nothing of how it looks',
}
/** What commander finds wrong, in Chinese. */
export const USAGE_FAULTS: Readonly<Record<string, string>> = {
  'commander.unknownOption': '没有这个选项',
  'commander.unknownCommand': '没有这个命令',
  'commander.missingArgument': '缺少文件（- 为标准输入）',
  'commander.excessArguments': '参数过多',
  'commander.optionMissingArgument': '选项缺少内容',
  'commander.invalidArgument': '选项的内容不在可选范围内',
  'commander.conflictingOption': '两个选项不能同时使用',
}

/** Options that a command demands, by what commander says of the one that is wanting. */
export const MISSING_OPTIONS: readonly (readonly [name: string, zh: string])[] = [
  ['--region', '缺少必填选项 --region（受理地区的行政区划代码）'],
  ['--out', '缺少必填选项 --out（写入的文件）'],
]

export const VERIFY_HELP: string = `
退出码 Exit codes:
  0   核验通过 accepted
  10  需人工复核 refer to a person
  11  不予认可 rejected
  12  无法核验，或文件中没有电子证照 could not be checked, or no licence in the file: says nothing against any
  2   用法或输入有误 wrong usage or input
  1   其他失败，如核验服务不可用 any other failure, such as a remote verifier that cannot be reached
  130 已中断，仅输出已完成的部分 interrupted, only what was done is printed

多份时为其中最严重的一个，依次为 11、1、2、12、10、0；仅当至少有一份且全部核验通过时为 0
Of many, that of the worst, in this order: 11, 1, 2, 12, 10, 0; 0 only if there was one and every one was accepted

文件夹中的隐藏文件、链接和系统文件不核验，只计数；文件夹中的 ZIP 压缩包也会打开，压缩包中的压缩包不打开
In folders what is hidden, links and files of the system are left alone and counted; archives are opened, archives within them not

例 Examples:
  hefu verify licence.json --region 440000
  hefu verify licence.pdf --region 440000
  hefu verify licences tender.zip --region 440000
  hefu verify licences --region 440000 --ndjson --concurrency 16 > results.ndjson
  hefu verify - --region 440000 --case 2025-0001 --lang zh < licence.json
  hefu verify licence.json --region 440000 --remote https://verifier.example --verifier-key key.json --json
`

export const ATTACH_HELP: string = `
附加后的文件以原文件的全部字节开头，原文件不变 The file begins with all bytes of the rendition, which stays as it is.

退出码 Exit codes:
  0   已附加 attached
  2   用法或输入有误 wrong usage or input
  1   其他失败 any other failure

例 Example:
  hefu attach licence.json licence.pdf -o licence-attached.pdf
`

export const RECHECK_HELP: string = `
退出码 Exit codes:
  0   复核一致 confirmed
  11  复核不一致，或签名验证未通过 differs, or its signature does not verify
  12  无法复核，或文件中没有电子证照 could not be checked again, or no licence in the file: says nothing against the report
  2   用法或输入有误 wrong usage or input
  1   其他失败 any other failure

例 Examples:
  hefu recheck report.json licence.json --verifier-key keys.json
  hefu recheck report.json licence.pdf
  hefu verify licence.json --region 440000 --json > report.json && hefu recheck report.json licence.json
`
