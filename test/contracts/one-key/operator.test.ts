/** The operator's key of an agency under whom the council named, and of one at the lowest level. */
import { describe } from 'mocha'
import { LEVELS } from '../one-key-world.ts'
import { operatorOf } from './operator-deeds.ts'
import { givenWorld, itIsUndone } from './theft.ts'

describe('The key of an operator', () => {
  const worldOf = givenWorld()
  itIsUndone('of an agency of a province', operatorOf(LEVELS.province, 0), worldOf)
  itIsUndone('of an agency of a street', operatorOf(LEVELS.street, 3), worldOf)
})
