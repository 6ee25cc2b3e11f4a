#!/usr/bin/env node
import '../dist/cli-region.js'
