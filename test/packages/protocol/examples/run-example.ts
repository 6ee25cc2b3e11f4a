/** Runs the code of an `@example`: a line `expression // value` says what the expression gives, a line `expression // throws Name` that it throws. */
import { expect } from 'chai'

type Run = (...values: readonly unknown[]) => Promise<void>

// There is no global name for the constructor of asynchronous functions.
const AsyncFunction = (async () => {}).constructor as unknown as new (...parameters: readonly string[]) => Run

/** Runs an expression and expects an error of a class. */
async function expectThrow(run: () => unknown, name: string): Promise<void> {
  try {
    await run()
  } catch (error) {
    expect((error as Error).name, (error as Error).message).to.equal(name)
    return
  }
  expect.fail(`nothing was thrown, ${name} was promised`)
}

function toStatement(line: string): string {
  const [, expression, promise = ''] = /^(.*?) \/\/ (.*)$/.exec(line) ?? []
  if (expression === undefined) return line
  const thrown = /^throws (\w+)$/.exec(promise)?.[1]
  return thrown === undefined
    ? `expect(await (${expression})).to.deep.equal(${promise})`
    : `await expectThrow(async () => ${expression}, '${thrown}')`
}

/** How many lines of an example say what comes out. */
export function countPromises(code: string): number {
  return code.split('\n').filter((line) => / \/\/ /.test(line)).length
}

/**
 * Runs an example with these names in scope.
 *
 * @throws {Error} when a line gives something else than it promises
 */
export async function runExample(code: string, scope: Readonly<Record<string, unknown>>): Promise<void> {
  const names = { ...scope, expect, expectThrow }
  const body = code.split('\n').map(toStatement).join('\n')
  await new AsyncFunction(...Object.keys(names), body)(...Object.values(names))
}
