#!/usr/bin/env node
import { runCli } from '../dist/command/command.js'

process.exitCode = await runCli(process.argv.slice(2))
// All is said: an answer that a node still owes must not keep the command open.
process.stdout.write('', () => process.exit())
