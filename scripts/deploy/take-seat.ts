/** The admin of a province takes its seat in the council: what proves that it holds its key. */
import { Contract, isError, JsonRpcProvider, type Signer } from 'ethers'
import { readArtifact } from './artifact.ts'
import { type Deployment, SEATS } from './deployment-plan.ts'

export interface TakeSeatOptions {
  readonly rpcUrl: string
  readonly admin: Signer
  readonly deployment: Pick<Deployment, 'seats'>
  /** GB/T 2260 code of the province. */
  readonly region: number
}

/** The account is not the province's admin, or sits for another. */
export class SeatRefusedError extends Error {
  override readonly name = 'SeatRefusedError'
}

/** @throws {SeatRefusedError} when the contract refuses the account */
export async function takeSeat({ rpcUrl, admin, deployment, region }: TakeSeatOptions): Promise<void> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: 100 })
  const seats = new Contract(deployment.seats, readArtifact(SEATS).abi, admin.connect(provider))
  try {
    const take = seats.getFunction('take')
    // The count of seats takes a fresh slot in a new second only, so an estimate may be made on the cheaper one.
    const gasLimit = 2n * (await take.estimateGas(region))
    await (await take(region, { gasLimit })).wait()
  } catch (error) {
    if (!isError(error, 'CALL_EXCEPTION')) throw error
    const refusal = seats.interface.parseError(error.data ?? '0x')?.name ?? error.shortMessage
    throw new SeatRefusedError(
      `take the seat of ${region}: the contract refuses ${await admin.getAddress()}: ${refusal}`,
    )
  } finally {
    provider.destroy()
  }
}
