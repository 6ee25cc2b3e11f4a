/** The admin of a province takes its seat in the council: what proves that it holds its key. */
import { Contract, JsonRpcProvider, type Signer } from 'ethers'
import { readArtifact } from './artifact.ts'
import { type Deployment, SEATS } from './deployment-plan.ts'

export interface TakeSeatOptions {
  readonly rpcUrl: string
  readonly admin: Signer
  readonly deployment: Pick<Deployment, 'seats'>
  /** GB/T 2260 code of the province. */
  readonly region: number
}

/** @throws what the contract refuses: the account is not the province's admin, or sits for another */
export async function takeSeat({ rpcUrl, admin, deployment, region }: TakeSeatOptions): Promise<void> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: 100 })
  try {
    const seats = new Contract(deployment.seats, readArtifact(SEATS).abi, admin.connect(provider))
    await (await seats.getFunction('take')(region)).wait()
  } finally {
    provider.destroy()
  }
}
