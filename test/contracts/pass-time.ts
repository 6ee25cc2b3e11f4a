import type { JsonRpcProvider } from 'ethers'

/** The next block comes so many seconds after the newest one, whatever the clock of the machine says. */
export async function passTime(provider: JsonRpcProvider, seconds: number): Promise<void> {
  const now = (await provider.getBlock('latest'))?.timestamp ?? 0
  await provider.send('evm_setNextBlockTimestamp', [now + seconds])
}
