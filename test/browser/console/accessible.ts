/** WCAG 2.2 AA as far as axe-core tells it. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong with the page as it is shown now: rule and place, a line each. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(async (tags) => {
    const axe = Reflect.get(globalThis, 'axe')
    const { violations, passes } = await axe.run({ runOnly: { type: 'tag', values: tags } })
    return {
      passes: passes.length as number,
      faults: violations.flatMap(({ id, nodes }: { id: string; nodes: readonly { target: unknown }[] }) =>
        nodes.map(({ target }) => `${id}: ${String(target)}`),
      ) as string[],
    }
  }, TAGS)
  if (found.passes === 0) throw new Error('look at the page with axe: it looked at nothing')
  return found.faults
}
