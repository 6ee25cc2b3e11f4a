#!/usr/bin/env node
import { runCli } from '../dist/command/command.js'

process.exitCode = await runCli(process.argv.slice(2))
