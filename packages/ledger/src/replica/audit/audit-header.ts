/** What a block's header proves: the state root under which storage is proven. */
import type { Hex } from '@hefu/protocol'
import type { Engine } from '../../network/network.ts'
import type { BlockHeader } from '../blocks/node-reader.ts'
import { hashHeader } from '../nodes/block-header.ts'
import { parseBytes, parseMembers } from '../nodes/node-answer.ts'
import { NodeFaultError } from '../nodes/node-fault.ts'
import { AuditRefusedError } from './audit-error.ts'

/**
 * The state root of a block whose hash is agreed on.
 *
 * @param told the header as a node tells it: untrusted
 * @param engine absent: what Ethereum's own rule proves is proven, and nothing else
 * @throws {AuditRefusedError} `header-wrong`, `header-unproven`
 */
export function provenStateRoot(
  { number, hash }: BlockHeader,
  told: unknown,
  engine: Engine | undefined,
): Hex {
  const root = hashedRoot(told, engine ?? 'ethereum', hash)
  if (root !== null) return root
  if (engine !== undefined) {
    const message = `prove block ${number}: the header that the node tells is not that of ${hash}`
    throw new AuditRefusedError('header-wrong', message)
  }
  const message = `prove block ${number}, ${hash}: the network file names no engine, and by Ethereum’s rule the header is another’s`
  throw new AuditRefusedError('header-unproven', message)
}

/** `null`: it is no header, or that of another block. */
function hashedRoot(told: unknown, engine: Engine, hash: Hex): Hex | null {
  try {
    const header = parseMembers(told, 'a block')
    const root = parseBytes(header['stateRoot'], 'the state root of a block', 32)
    return hashHeader(header, engine) === hash ? root : null
  } catch (error) {
    if (error instanceof NodeFaultError) return null
    throw error
  }
}
