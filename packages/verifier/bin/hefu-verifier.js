#!/usr/bin/env node
import '../dist/cli-verifier.js'
