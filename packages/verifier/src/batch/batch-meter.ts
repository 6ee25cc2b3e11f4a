/** What is counted of batches for operators. */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { ItemResult } from './batch-items.ts'

export interface BatchMeter {
  begin(items: number): void
  end(items: number): void
  /** What is kept now. */
  count(results: readonly ItemResult[]): void
}

/** @param countWaiting of all batches, asked when the numbers are read */
export function createBatchMeter(registry: Registry, countWaiting: () => Promise<number>): BatchMeter {
  const registers = [registry]
  const underWay = new Gauge({
    name: 'hefu_batch_items_under_way',
    help: 'Items of batches that this process is verifying',
    registers,
  })
  const done = new Counter({
    name: 'hefu_batch_items_total',
    help: 'Items of batches that this process has done, by how they ended',
    labelNames: ['end'],
    registers,
  })
  new Gauge({
    name: 'hefu_batch_items_waiting',
    help: 'Items of batches that no process has done, of all processes; no number: the store does not say',
    registers,
    async collect() {
      this.set(await countWaiting().catch(() => Number.NaN))
    },
  })
  return {
    begin: (items) => underWay.inc(items),
    end: (items) => underWay.dec(items),
    count: (results) => {
      for (const result of results) done.inc({ end: 'problem' in result ? 'refused' : result.verdict })
    },
  }
}
