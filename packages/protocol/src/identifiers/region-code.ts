/** Codes of administrative divisions (GB/T 2260). */

declare const regionCode: unique symbol
/** Six digits of GB/T 2260: the first two name a province-level unit. */
export type RegionCode = string & { readonly [regionCode]: true }

/** Province-level units of GB/T 2260 with their names, and the two participants that have no code there. */
export const PROVINCES: Readonly<Record<string, string>> = {
  '100000': '中央部委',
  '110000': '北京市',
  '120000': '天津市',
  '130000': '河北省',
  '140000': '山西省',
  '150000': '内蒙古自治区',
  '210000': '辽宁省',
  '220000': '吉林省',
  '230000': '黑龙江省',
  '310000': '上海市',
  '320000': '江苏省',
  '330000': '浙江省',
  '340000': '安徽省',
  '350000': '福建省',
  '360000': '江西省',
  '370000': '山东省',
  '410000': '河南省',
  '420000': '湖北省',
  '430000': '湖南省',
  '440000': '广东省',
  '450000': '广西壮族自治区',
  '460000': '海南省',
  '500000': '重庆市',
  '510000': '四川省',
  '520000': '贵州省',
  '530000': '云南省',
  '540000': '西藏自治区',
  '610000': '陕西省',
  '620000': '甘肃省',
  '630000': '青海省',
  '640000': '宁夏回族自治区',
  '650000': '新疆维吾尔自治区',
  '660000': '新疆生产建设兵团',
  '710000': '台湾省',
  '810000': '香港特别行政区',
  '820000': '澳门特别行政区',
}

/**
 * Whether a text is six digits below a known province-level unit (lower levels are not listed here).
 *
 * @example
 * ```ts
 * isRegionCode('430102') // true
 * isRegionCode('990000') // false
 * ```
 */
export function isRegionCode(text: string): text is RegionCode {
  return /^[0-9]{6}$/.test(text) && provinceOf(text) in PROVINCES
}

/**
 * The code of the province-level unit that a code belongs to.
 *
 * @example
 * ```ts
 * PROVINCES[provinceOf('430102')] // '湖南省'
 * ```
 */
export function provinceOf(region: string): string {
  return `${region.slice(0, 2)}0000`
}
