/** The catalogue of problems as a page: what each code means, and what to do about it. */
import type { ProblemCatalogue } from './interface-description.ts'

/** Markdown, by status and code. */
export function renderProblemPage(title: string, catalogue: ProblemCatalogue): string {
  const rows = Object.entries(catalogue)
    .toSorted(([a, left], [b, right]) => left.status - right.status || (a < b ? -1 : 1))
    .map(
      ([code, { status, says, remedy }]) =>
        `| ${status} | \`${code}\` | ${says.zh}<br>${says.en} | ${remedy.zh}<br>${remedy.en} |`,
    )
  return [
    `# ${title}`,
    '',
    '| 状态 Status | 代码 Code | 原因 Cause | 处理 Remedy |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
