/** Why a row is refused. */
import type { Bilingual } from '@hefu/protocol'

/** Defects of a row beyond those of its fields. */
export type RowOnlyDefectCode =
  | 'wrong-column-count'
  | 'broken-quotes'
  | 'row-too-long'
  | 'number-cut'
  | 'cell-error'
  | 'formula-without-value'
  | 'shown-otherwise'
  | 'row-hidden'
  | 'to-be-filled-in'
  | 'row-to-be-decided'
  | 'digits-may-be-cut'
  | 'character-lost'
  | 'character-may-be-lost'
  | 'not-json'
  | 'not-an-object'
  | 'repeated-name'
  | 'not-a-licence-id'
  | 'licence-id-check'
  | 'other-type'
  | 'other-issuer'
  | 'day-too-early'
  | 'formula-text'
  | 'number-in-name'
  | 'identity-number-shown'
  | 'before-birth'
  | 'issued-long-before'
  | 'ended-before-1970'
  | 'content-differs'
  | 'other-issuer-name'
  | 'registered-name-unusable'
  | 'other-type-name'
  | 'given-up'
  | 'version-behind'
  | 'version-unlawful'
  | 'version-entry-waits'
  | 'version-unasked'
  | 'version-other-holder'
  | 'number-issued'
  | 'face-issued'
  | 'not-a-holder-key'
  | 'no-rendition'
  | 'not-a-rendition'
  | 'read-in-its-spelling'
  | 'licence-id-personal'
  | 'no-validity'
  | 'cannot-be-signed'
  | 'too-much-to-sign'

export const ROW_TEXTS: Readonly<Record<RowOnlyDefectCode, Bilingual>> = {
  'wrong-column-count': {
    zh: '列数与表头不一致',
    en: 'The number of columns is not the header’s',
  },
  'broken-quotes': {
    zh: '引号不成对或位置有误；请重新导出',
    en: 'A quotation mark is not closed or out of place (RFC 4180): export it anew',
  },
  'number-cut': {
    zh: '超过十五位的数字按数值保存，表格软件已将其后各位变为零；请将该列设为文本后重新填写',
    en: 'A number of more than fifteen digits was kept as a number, and its last digits were lost: make the column text and fill it in anew',
  },
  'cell-error': {
    zh: '单元格为错误值（如 #N/A）；请改正公式或填写内容',
    en: 'The cell holds an error value such as #N/A: mend its formula or fill it in',
  },
  'formula-without-value': {
    zh: '单元格的内容由公式得出，而文件中没有计算结果，或注明尚待重新计算；请用表格软件打开文件、保存后再提交，或直接填写内容',
    en: 'The cell gets its value from a formula, and the file has none, or says that it is still to be computed: open it in a spreadsheet program and save it, or fill the value in',
  },
  'shown-otherwise': {
    zh: '单元格格式使所见内容与所存的值不同（如只显示年月、四舍五入、千位分隔或不显示）；请将该列设为文本，按所见内容填写',
    en: 'The format of the cell shows another text than the value in it (a month only, a rounded number, separators, or nothing): make the column text and fill in what is seen',
  },
  'row-hidden': {
    zh: '该行被隐藏或筛选掉，表格中看不到；应签发的请取消隐藏，不应签发的请删除',
    en: 'The row is hidden or filtered out, so that nobody sees it: show it if it is to be issued, delete it if not',
  },
  'to-be-filled-in': {
    zh: '该项退回时不可靠，须按原件填写，尚未填写',
    en: 'What stood here could not be relied on, and is to be filled in from the original',
  },
  'row-to-be-decided': {
    zh: '该行曾整行退回，尚未确认：请与原表核对，无误后清除“未签发原因”中该行的内容',
    en: 'The row was given back as a whole: compare it with the first table, and clear its cell among the reasons once it is right',
  },
  'digits-may-be-cut': {
    zh: '第十五位之后全为零：表格软件按数值保存时只留前十五位，其后补零。请核对原件，将该列设为文本后重新导出；号码确实如此的，加 --confirm digits',
    en: 'Only zeros after the fifteenth digit: a spreadsheet that keeps a number puts them there. Compare with the original and export the column as text; if the number is so, say --confirm digits',
  },
  'character-lost': {
    zh: '有无法识别的字符（如 �）：导出时丢失了原字。请从原系统以 UTF-8 或 GB18030 重新导出',
    en: 'A character was lost in an export (such as �): export it anew in UTF-8 or GB 18030',
  },
  'character-may-be-lost': {
    zh: '有“□”或“?”：可能是导出时丢失的生僻字。请核对原件；原件确实如此的，加 --confirm characters',
    en: 'There is a “□” or “?”, which may stand for a rare character that was lost: compare with the original; if it is so, say --confirm characters',
  },
  'row-too-long': { zh: '该行过长', en: 'The row is too long' },
  'not-json': { zh: '该行不是 JSON', en: 'The line is not JSON' },
  'not-an-object': { zh: '该行不是 JSON 对象', en: 'The line is not a JSON object' },
  'repeated-name': { zh: '字段名重复', en: 'A field name stands twice' },
  'not-a-licence-id': {
    zh: '应为电子证照标识 1.2.156.3005.2.类型.颁发机构.流水号.版本.校验位（GB/T 36904）；尚无标识的，用 --allot 赋码',
    en: 'Must be a licence identifier 1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check> (GB/T 36904); --allot gives one to rows that have none',
  },
  'licence-id-check': {
    zh: '电子证照标识校验位有误',
    en: 'The licence identifier’s check character is wrong',
  },
  'other-type': {
    zh: '电子证照标识中的类型代码与本次签发的类型不一致',
    en: 'The licence identifier names another licence type',
  },
  'other-issuer': { zh: '颁发机构不是本机构', en: 'The issuer named is not this agency' },
  'day-too-early': {
    zh: '日期（或出生日期）早于 1901 年，不可能如此；表格软件会把空的日期显示为 1899 或 1900 年，请核对原件',
    en: 'The day (or the day of birth) is before 1901, which cannot be; spreadsheets show an empty day as one of 1899 or 1900: compare with the original',
  },
  'formula-text': {
    zh: '内容是公式的文字（如以“=”开头），或带有表格软件的文本标记（撇号）；请改为公式的结果，去掉标记',
    en: 'The text is a formula (such as one that begins with “=”), or begins with the apostrophe by which spreadsheets mark a text: write what the formula gives, without the sign',
  },
  'number-in-name': {
    zh: '姓名中有一串数字，可能混入了证件号码或电话号码；请改正',
    en: 'The name holds a number, such as one of an identity card or a telephone: mend it',
  },
  'identity-number-shown': {
    zh: '内容中有身份证号码，而该项在核验时不遮盖、人人可见；请移到证件号码一栏。证书编号确含身份证号码的仍予签发，请核对',
    en: 'The text holds an identity number, and everybody who verifies the licence sees it whole: move it to the field of the holder’s number. A licence number that does is issued all the same: please compare',
  },
  'before-birth': {
    zh: '日期早于持证人出生日期；请核对',
    en: 'The day is before the holder’s birth: compare with the original',
  },
  'issued-long-before': {
    zh: '颁发日期比有效期起早得多（超过一个有效期，长期有效的超过十年）；请核对（仍予签发）',
    en: 'The day of issue is long before the validity begins (more than a whole term, or ten years): please compare (issued all the same)',
  },
  'ended-before-1970': {
    zh: '有效期在 1970 年前已结束，无法签发',
    en: 'The validity ended before 1970: it cannot be issued',
  },
  'content-differs': {
    zh: '该电子证照标识已签发过（或在本文件前面的行已有），且内容不同；请核对哪一份正确，确需变更的，请使用新版本号',
    en: 'This identifier was issued with other content, before or by an earlier line of this file: see which is right; a change needs a new version',
  },
  'given-up': {
    zh: '该电子证照标识所在批次已放弃，未曾上链；请使用新版本号重新签发',
    en: 'The batch of this identifier was given up and never anchored: issue the licence with a new version',
  },
  'version-behind': {
    zh: '该证照已有更新的版本（{licenceId}）；新版本号应大于已签发的各版本',
    en: 'A later version of this licence was issued ({licenceId}): the number of a new one is greater than all that were',
  },
  'version-unlawful': {
    zh: '前一版本（{licenceId}）在互认链上为“{status}”，依法不能以新版本接替；未签发。登记有误的，先用 act correct 更正；应重新许可的，请用新的电子证照标识',
    en: 'The version before ({licenceId}) is {status} on the ledger, and no new version may take its place: nothing was signed. If that was entered wrongly, have it corrected first (act correct); a licence that is granted anew has a new identifier',
  },
  'version-entry-waits': {
    zh: '前一版本（{licenceId}）尚有登记事项待上链（台账第 {number} 号）；请先运行 hefu-issuer resume，再签发新版本',
    en: 'Number {number} of the journal, on the version before ({licenceId}), waits for the ledger: run hefu-issuer resume first, then issue the new version',
  },
  'version-unasked': {
    zh: '互认链暂时无法连接，前一版本（{licenceId}）的状态无法核对；恢复后再签发新版本',
    en: 'The ledger cannot be asked what became of the version before ({licenceId}): issue the new version when it can',
  },
  'version-other-holder': {
    zh: '证件号码与前一版本（{licenceId}）的持证人不同；请核对标识，持证人的号码确已变更的（如不动产转移登记、统一社会信用代码更正），核对后加 --confirm holder',
    en: 'The holder’s number is another than in the version before ({licenceId}): compare the identifiers; if the number has changed (such as by a transfer of real estate), say --confirm holder',
  },
  'other-issuer-name': {
    zh: '颁发机构名称与互认链登记的本机构名称“{name}”不一致，各地核验时都会转人工复核；请按登记名称填写，原件确为此名称（如原用名）的，核对后加 --confirm names',
    en: 'The issuer’s name is not the registered one of this agency, “{name}”, so that every verifier will have a person look into it: write the registered name, or, if the original has this one (such as a former name), say --confirm names',
  },
  'registered-name-unusable': {
    zh: '互认链上没有可供核对的本机构名称（未登记，或带空格、异形字符，或是其他省份的名称），各地核验时都会转人工复核；请先由所在地区管理员登记，仍要签发的加 --confirm names',
    en: 'The ledger has no name of this agency to compare with (none, one with spaces or variant characters, or another province’s), so that every verifier will have a person look into it: have it registered by the region’s admin, or say --confirm names',
  },
  'other-type-name': {
    zh: '证照名称是另一类证照的名称，本次签发的是“{name}”，各地核验时都会转人工复核；请改正，原件确为此名称的，核对后加 --confirm names',
    en: 'The licence’s name is another type’s, and “{name}” is what is issued, so that every verifier will have a person look into it: mend it, or, if the original has it, say --confirm names',
  },
  'number-issued': {
    zh: '编号与{where}（标识 {licenceId}）相同，而电子证照标识不同：同一证照不重复签发。换发、变更、延续请用原标识的新版本号；确为另一份的，核对后加 --confirm numbers',
    en: 'It has the number of {where} (identifier {licenceId}) and another identifier: one licence is not issued twice. A renewal or change is a new version of that identifier; if it is another licence, compare and say --confirm numbers',
  },
  'face-issued': {
    zh: '照面各项与{where}（标识 {licenceId}）全部相同，而电子证照标识不同：同一证照不重复签发。重新签发请用原标识的新版本号；确为另一份的，核对后加 --confirm numbers',
    en: 'Every field is as in {where} (identifier {licenceId}), and the identifier another: one licence is not issued twice. To issue it anew use a new version of that identifier; if it is another licence, compare and say --confirm numbers',
  },
  'read-in-its-spelling': {
    zh: '已按规范写法读取（如半角、大写 X、YYYY-MM-DD、长期、去掉首尾空格），请核对（仍予签发）',
    en: 'Read in its proper spelling (half width, capital X, YYYY-MM-DD, “long term”, no space at the ends): please compare (issued all the same)',
  },
  'licence-id-personal': {
    zh: '电子证照标识的流水号中含有身份证号码；标识会公开使用，请改用其他流水号',
    en: 'The serial of the licence identifier holds an identity number: identifiers are seen by everybody, choose another serial',
  },
  'no-validity': {
    zh: '缺少有效期起止日期，无法签发',
    en: 'Without the first and the last day of validity it cannot be issued',
  },
  'cannot-be-signed': {
    zh: '字段名或字段内容超出电子证照格式的限制（字段名、长度或字符），无法签发',
    en: 'Name or value of the field is beyond what a licence can hold (name, length or characters): it cannot be issued',
  },
  'too-much-to-sign': {
    zh: '该行内容总量超出一份电子证照的限制，无法签发',
    en: 'The row holds more than a licence can: it cannot be issued',
  },
  'not-a-holder-key': {
    zh: '持证人公钥格式有误（应为 JWK，不含空格，仅含 kty、crv、x 及 y），或无法使用',
    en: 'Must be the holder’s public key: a usable JWK as JSON without white space, of kty, crv, x (and y) alone',
  },
  'no-rendition': {
    zh: '版式文件文件夹中没有以该电子证照标识命名的 .pdf 或 .ofd 文件',
    en: 'The folder of renditions has no .pdf and no .ofd of this identifier',
  },
  'not-a-rendition': {
    zh: '以该电子证照标识命名的版式文件不是 PDF 或 OFD、过大（超过 31 MiB）、已有附件，或者已加密、损坏、无法读取',
    en: 'The rendition of this identifier is no PDF or OFD, is larger than 31 MiB, has attachments already, or is encrypted, damaged or not to be read',
  },
}

/** What columns are called that are no fields of a face. */
export const COLUMN_LABELS: Readonly<Record<'licenceId' | 'holderJwk', Bilingual>> = {
  licenceId: { zh: '电子证照标识', en: 'Licence identifier' },
  holderJwk: { zh: '持证人公钥', en: 'Holder’s public key' },
}

/** Where a licence is that is the same. */
export const SAME_PLACES: Readonly<Record<'line' | 'elsewhere', Bilingual>> = {
  line: { zh: '第 {line} 行的证照', en: 'the licence on line {line}' },
  elsewhere: { zh: '已签发的证照', en: 'a licence issued before' },
}

/** Before the defect of one cell of a sheet. */
export const CELL_TEXT: Bilingual = {
  zh: '工作表 {sheet} 单元格 {cell}：',
  en: 'Sheet {sheet}, cell {cell}: ',
}
