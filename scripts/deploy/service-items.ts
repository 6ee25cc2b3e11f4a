/**
 * A sample of the items 事项 that provinces handle for one another 跨省通办, and the licences and fields each needs.
 *
 * The names are those commonly published; the codes are this project's own, until the alliance enters the national ones,
 * and what each item needs is a proposal that the council's catalogue keeper amends.
 */
import { toUtf8Bytes, zeroPadBytes } from 'ethers'

export interface ServiceItem {
  /** 1 to 32 ASCII characters. */
  readonly code: string
  readonly name: string
  readonly demands: readonly { readonly licenceType: string; readonly fields: readonly string[] }[]
}

/** An item and its demands as the ledger takes them. */
export interface EncodedServiceItem {
  readonly item: string
  readonly demands: readonly { readonly licenceType: Uint8Array; readonly fields: Uint8Array }[]
}

const BUSINESS_LICENCE = '11100000MB0341032Y001'
const FOOD_OPERATION = '11100000MB0341032Y002'
const SPECIAL_OPERATION = '11100000000013338W032'
const SAFETY_MANAGER = '11100000000013338W011'
const TEACHER = '11100000000013127D001'
const REAL_ESTATE_TITLE = '11100000MB03271699022'

export const SAMPLE_SERVICE_ITEMS: readonly ServiceItem[] = [
  item('KSTB-001', '营业执照遗失补领、换发', { [BUSINESS_LICENCE]: ['licenceNumber', 'issuerName'] }),
  item('KSTB-002', '住房公积金单位登记开户', { [BUSINESS_LICENCE]: ['licenceNumber'] }),
  item('KSTB-003', '工业产品生产许可证办理', { [BUSINESS_LICENCE]: ['licenceNumber', 'issuerName'] }),
  item('KSTB-004', '食品经营许可变更', {
    [BUSINESS_LICENCE]: ['licenceNumber'],
    [FOOD_OPERATION]: ['licenceNumber', 'issuerName'],
  }),
  item('KSTB-005', '不动产登记资料查询', { [REAL_ESTATE_TITLE]: ['licenceNumber'] }),
  item('KSTB-006', '购房提取住房公积金', { [REAL_ESTATE_TITLE]: ['licenceNumber', 'issuerName'] }),
  item('KSTB-007', '教师资格证遗失补发、换发', { [TEACHER]: ['licenceNumber', 'issuerName'] }),
  item('KSTB-008', '特种作业操作证复审', { [SPECIAL_OPERATION]: ['licenceNumber', 'issuerName'] }),
  item('KSTB-009', '安管人员考核合格证跨省转移', {
    [SAFETY_MANAGER]: ['licenceNumber', 'issuerName'],
    [BUSINESS_LICENCE]: ['licenceNumber'],
  }),
  item('KSTB-010', '从业人员资格跨省核对', {
    [SAFETY_MANAGER]: ['holderName', 'holderId', 'licenceNumber', 'issuerName'],
    [SPECIAL_OPERATION]: ['holderName', 'holderId', 'licenceNumber', 'issuerName'],
    [TEACHER]: ['holderName', 'holderId', 'licenceNumber', 'issuerName'],
  }),
]

function item(code: string, name: string, needs: Readonly<Record<string, readonly string[]>>): ServiceItem {
  const demands = Object.entries(needs).map(([licenceType, fields]) => ({ licenceType, fields }))
  return { code, name, demands }
}

/** Fields in ascending order, one a line: the text whose SHA-256 the ledger keeps. */
export function encodeFields(fields: readonly string[]): Uint8Array {
  return toUtf8Bytes([...fields].toSorted().join('\n'))
}

export function encodeServiceItem({ code, demands }: ServiceItem): EncodedServiceItem {
  return {
    item: zeroPadBytes(toUtf8Bytes(code), 32),
    demands: demands.map(({ licenceType, fields }) => ({
      licenceType: toUtf8Bytes(licenceType),
      fields: encodeFields(fields),
    })),
  }
}
