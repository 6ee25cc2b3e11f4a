/** How the chain counts time, and whether it agrees with this machine. */
import { roughDurationText } from '@hefu/service'
import { type ChainCheck, no, unknown, yes } from './check.ts'
import { type Rpc, readBlock } from './json-rpc.ts'
import { PROGRAMS, runProgram } from './program.ts'

/** Unix seconds. No block of this ledger is older, and none that counts seconds is as late as the other. */
const YEAR_2020 = 1_577_836_800
const YEAR_2200 = 7_258_118_400

const SKEW_SECONDS = 60
/** A chain that makes blocks only when there is something in them may rest. */
const REST_SECONDS = 900

/** Both what the node tells and what contracts see: a gateway may convert the one and not the other. */
export const TIME_UNIT: ChainCheck = {
  name: 'time-unit',
  isRequired: true,
  run: async ({ rpc }) => {
    const told = await timeByTag((tag) => readBlock(rpc, tag).then(({ timestamp }) => timestamp))
    const seen = await timeByTag((tag) => timeInContracts(rpc, tag))
    for (const time of [told, seen]) {
      if (time >= YEAR_2200) {
        return no(
          `区块时间 ${time} 在 2200 年之后，即以毫秒计；请把链设为以秒计（FISCO BCOS：feature_evm_timestamp）`,
          `the block time ${time} lies beyond the year 2200, so it counts milliseconds; set the chain to seconds (FISCO BCOS: feature_evm_timestamp)`,
        )
      }
      if (time < YEAR_2020) {
        return unknown(
          `区块时间 ${time} 在 2020 年之前，无从判断单位；请待链产生新区块后再查`,
          `the block time ${time} lies before the year 2020, so its unit cannot be told; check again when the chain has made a block`,
        )
      }
    }
    return yes(`区块时间以秒计（${told}）`, `the block time counts seconds (${told})`)
  },
}

async function timeInContracts(rpc: Rpc, tag: string): Promise<number> {
  return Number(await runProgram(rpc, PROGRAMS.timestamp, tag))
}

/** A chain that has only its first block may know no time yet: then that of the block to come, where a node tells it. */
async function timeByTag(ask: (tag: string) => Promise<number>): Promise<number> {
  const latest = await ask('latest')
  return latest < YEAR_2020 ? await ask('pending').catch(() => latest) : latest
}

export const CLOCK_SKEW: ChainCheck = {
  name: 'clock-skew',
  isRequired: false,
  run: async ({ rpc, now }) => {
    const { timestamp } = await readBlock(rpc, 'latest')
    const ahead = timestamp - now
    if (ahead > SKEW_SECONDS) {
      const { zh, en } = roughDurationText(ahead)
      return no(
        `链的时钟比本机快 ${zh}；请校准快的一方`,
        `the chain’s clock is ${en} ahead of this machine: set right whichever is wrong`,
      )
    }
    if (ahead < -REST_SECONDS) {
      const { zh, en } = roughDurationText(-ahead)
      return unknown(
        `最新区块已是 ${zh}前的：链在休眠、落后，或时钟有误`,
        `the latest block is ${en} old: the chain rests, lags, or its clock is wrong`,
      )
    }
    return yes(
      `链的时钟与本机相差 ${Math.abs(ahead)} 秒`,
      `the chain’s clock and this machine’s are ${Math.abs(ahead)} s apart`,
    )
  },
}
