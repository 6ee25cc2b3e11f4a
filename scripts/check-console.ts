/** The console's components and scripts are type-checked: by TypeScript 6, which has the interface that 7 has not yet. */
import { createRequire } from 'node:module'
import { join } from 'node:path'

const console = join(import.meta.dirname, '../packages/console')
const require = createRequire(import.meta.url)
const { run } = require('vue-tsc') as { run: (tscPath: string) => void }

process.chdir(console)
run(createRequire(join(console, 'package.json')).resolve('typescript/lib/tsc'))
