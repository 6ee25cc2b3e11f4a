#!/usr/bin/env node
import '../dist/cli-council.js'
