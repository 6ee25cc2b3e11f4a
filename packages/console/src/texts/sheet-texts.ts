/** What a printed sheet says beside what the verification itself says. */
export const PRINT_TEXTS = {
  print: { zh: '打印', en: 'Print' },
  back: { zh: '返回', en: 'Back' },
  nothingShown: {
    zh: '没有可打印的核验结果。请先核验一份证照，或凭核验单编号打开已留存的核验单。',
    en: 'There is no verification to print. Verify a licence first, or open a kept sheet by its number.',
  },
  unsigned: { zh: '未加签，不作为核验单', en: 'Unsigned: this is no verification sheet' },
  unsignedWhy: {
    zh: '由本页直接查链核验，未经核验服务电子签名；需要存档的，请由核验服务重新核验后打印',
    en: 'Verified by this page itself and signed by no service; for the file, verify by the service and print that',
  },
  unsignedAcross: { zh: '未加签', en: 'UNSIGNED' },
  recheckHead: { zh: '扫码复核', en: 'Look it up' },
  recheckHow: {
    zh: '扫码打开复核页，输入复核码，与本单对照',
    en: 'Scan, type the code, and compare with this sheet',
  },
  typedUse: {
    zh: '由经办人填写，不在报告签名范围内',
    en: 'as the clerk typed it; the signed report does not hold it',
  },
  codeElsewhere: {
    zh: '复核码只在核验当时的核验单上，此处不再显示',
    en: 'The code stands on the sheet of that time alone, and is not shown again',
  },
  qrOf: { zh: '二维码：复核页与核验单编号', en: 'QR code: the page to look it up on, and the number' },
  provenance: { zh: '出具与数据', en: 'Provenance' },
  signature: { zh: '核验人（签字）', en: 'Checked by (signature)' },
  stamp: { zh: '用证单位（盖章）', en: 'Office (stamp)' },
  signedOn: { zh: '日期', en: 'Date' },
  forEye: { zh: '核验结论', en: 'Verdict' },
  expires: {
    zh: '本单反映核验时点的状态；证照状态此后可能变更，以届时核验为准',
    en: 'This sheet says how it was when it was checked; it may have changed since',
  },
  issuerWithName: { zh: '{name}（{code}）', en: '{name} ({code})' },
  keptFace: {
    zh: '留存的报告不含照面信息',
    en: 'A kept report holds no values of the face',
  },
  opening: { zh: '正在读取核验单…', en: 'Reading the sheet…' },
  findWhat: {
    zh: '输入核验单上的编号，查看留存的核验报告（不含照面信息）',
    en: 'Type the number of a sheet to see the report that is kept of it (without a face)',
  },
  sheetNumber: { zh: '核验单编号', en: 'Number of the sheet' },
  find: { zh: '查看', en: 'Show it' },
  badNumber: {
    zh: '核验单编号无效，请核对后重新输入',
    en: 'This is no number of a sheet: look at it again',
  },
  retry: { zh: '重试', en: 'Try again' },
  signedBy: { zh: '签名密钥指纹', en: 'Signed by key' },
} as const
