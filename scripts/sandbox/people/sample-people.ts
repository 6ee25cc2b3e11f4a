/** The people of the sandbox, one of each role: all invented, and their names say so. */
import type { Bilingual } from '@hefu/protocol'

export type Role =
  | 'clerk'
  | 'reviewer'
  | 'supervisor'
  | 'auditor'
  | 'system-admin'
  | 'security-admin'
  | 'audit-admin'
  | 'maker'
  | 'checker'
  | 'publisher'

export interface SamplePerson {
  /** The `sub` of their tokens. */
  readonly id: string
  readonly name: Bilingual
  readonly role: Role
  readonly roleName: Bilingual
  /** GB/T 2260 code of the region that they work for. */
  readonly region: string
}

const GUANGDONG = '440000'
const HUNAN = '430000'

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  person('clerk', GUANGDONG, '李样例', 'Li Yangli', '示例办事员', 'sample clerk'),
  person('reviewer', GUANGDONG, '王样例', 'Wang Yangli', '示例复核员', 'sample reviewer'),
  person('supervisor', GUANGDONG, '张样例', 'Zhang Yangli', '示例监管员', 'sample supervisor'),
  person('auditor', GUANGDONG, '刘样例', 'Liu Yangli', '示例审计员', 'sample auditor'),
  person('system-admin', GUANGDONG, '陈样例', 'Chen Yangli', '示例系统管理员', 'sample system administrator'),
  person(
    'security-admin',
    GUANGDONG,
    '杨样例',
    'Yang Yangli',
    '示例安全管理员',
    'sample security administrator',
  ),
  person('audit-admin', GUANGDONG, '黄样例', 'Huang Yangli', '示例审计管理员', 'sample audit administrator'),
  person('maker', HUNAN, '赵样例', 'Zhao Yangli', '示例制证员', 'sample maker of an agency'),
  person('checker', HUNAN, '周样例', 'Zhou Yangli', '示例审核员', 'sample checker of an agency'),
  person('publisher', HUNAN, '吴样例', 'Wu Yangli', '示例签发员', 'sample publisher of an agency'),
]

function person(
  role: Role,
  region: string,
  zh: string,
  en: string,
  roleZh: string,
  roleEn: string,
): SamplePerson {
  return { id: `sample-${role}`, name: { zh, en }, role, roleName: { zh: roleZh, en: roleEn }, region }
}

/** Undefined for whoever is none of them. */
export function findPerson(id: string): SamplePerson | undefined {
  return SAMPLE_PEOPLE.find((one) => one.id === id)
}
