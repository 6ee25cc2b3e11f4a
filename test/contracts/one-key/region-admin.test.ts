/** The key of the admin of a region, at each level. */
import { describe } from 'mocha'
import { LEVELS } from '../one-key-world.ts'
import { adminOf } from './admin-deeds.ts'
import { givenWorld, itIsUndone } from './theft.ts'

describe('The key of a region’s admin', () => {
  const worldOf = givenWorld()
  for (const [name, level] of Object.entries(LEVELS)) {
    itIsUndone(`of the admin of a ${name}`, adminOf(level), worldOf)
  }
})
