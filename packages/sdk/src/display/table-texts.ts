/** The words of the table of many verifications that are its own. */

export const TABLE_TEXTS = {
  file: { zh: '文件', en: 'File' },
  verdict: { zh: '核验结果', en: 'Verdict' },
  reason: { zh: '原因', en: 'Reason' },
  licenceType: { zh: '证照类型', en: 'Type' },
  licenceId: { zh: '电子证照标识', en: 'Identifier' },
  unread: { zh: '未能读取', en: 'Not read' },
  failed: { zh: '未能核验', en: 'Not verified' },
  unproven: { zh: '文件自述', en: 'as the file says' },
  changedSince: {
    zh: '文件附加证照后经过改动或另存，以照面信息为准',
    en: 'the file was changed since the licence was attached; go by the face',
  },
  counts: {
    zh: '共 {total} 个文件：核验通过 {accepted}，需人工复核 {refer}，不予认可 {rejected}，无法核验 {undetermined}，未能读取 {unread}，未能核验 {failed}',
    en: '{total} files: {accepted} accepted, {refer} to refer, {rejected} rejected, {undetermined} could not be checked, {unread} not read, {failed} not verified',
  },
  leftAlone: {
    zh: '文件夹和压缩包中未核验的：隐藏文件 {hidden} 个，链接 {links} 个，特殊文件 {special} 个，系统文件 {system} 个',
    en: 'Left alone in folders and archives: {hidden} hidden, {links} links, {special} special files, {system} of the system',
  },
  partial: {
    zh: '已中断：以上仅为中断前完成的结果，其余文件未核验',
    en: 'Interrupted: these are only the results so far, all other files were not verified',
  },
} as const
