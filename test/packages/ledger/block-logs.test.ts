/** What is held of several blocks together has an end, whatever their headers hold. */

import type { BlockLog, NodeReader, ReadBlock } from '@hefu/ledger/replica'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { readBlockLogs } from '#internal/ledger/replica/blocks/block-logs'

const LEDGER = `0x${'1e'.repeat(20)}` as const

function blockOf(number: number): ReadBlock {
  const hash = `0x${number.toString(16).padStart(64, '0')}` as const
  return { number, hash, parentHash: hash, time: number, logsBloom: null }
}

/** One log of so many bytes in each block. */
function readerOf(bytes: number): NodeReader {
  const none = async (): Promise<never> => {
    throw new TypeError('nothing else is asked')
  }
  return {
    newest: none,
    block: none,
    finalNumber: none,
    logs: none,
    heldLogs: async (_, { number, hash }): Promise<readonly BlockLog[]> => [
      {
        address: LEDGER,
        topics: [],
        data: `0x${'00'.repeat(bytes)}`,
        blockNumber: number,
        blockHash: hash,
        logIndex: 0,
      },
    ],
  }
}

describe('the logs of a page', () => {
  const blocks = Array.from({ length: 8 }, (_, at) => blockOf(at + 1))

  it('are read whole where they are few', async () => {
    expect(await readBlockLogs(readerOf(1_000), [LEDGER], blocks)).to.have.lengthOf(8)
  })

  it('are too many where they pass what is held together: then the page is halved', async () => {
    const refused = await readBlockLogs(readerOf(300_000), [LEDGER], blocks).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(LedgerUnavailableError).with.property('code', 'answer-too-large')
    expect(await readBlockLogs(readerOf(300_000), [LEDGER], blocks.slice(0, 4))).to.have.lengthOf(4)
  })

  it('of one block are read however many they are', async () => {
    expect(await readBlockLogs(readerOf(3_000_000), [LEDGER], blocks.slice(0, 1))).to.have.lengthOf(1)
  })
})
