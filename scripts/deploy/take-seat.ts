/** The admin of a province takes its seat in the council: what proves that it holds its key. */
import { ExplainedError } from '@hefu/service'
import { Contract, isError, type Signer } from 'ethers'
import { readArtifact } from './artifact.ts'
import { type Deployment, SEATS } from './deployment-plan.ts'
import { NodeProvider } from './node-provider.ts'

export interface TakeSeatOptions {
  readonly rpcUrl: string
  readonly admin: Signer
  readonly deployment: Pick<Deployment, 'seats'>
  /** GB/T 2260 code of the province. */
  readonly region: number
}

/** The account is not the province's admin, or sits for another. */
export class SeatRefusedError extends ExplainedError {
  override readonly name = 'SeatRefusedError'
  readonly code = 'seat-refused'
}

/** @throws {SeatRefusedError} when the contract refuses the account */
export async function takeSeat({ rpcUrl, admin, deployment, region }: TakeSeatOptions): Promise<void> {
  const provider = new NodeProvider(rpcUrl, 100)
  const seats = new Contract(deployment.seats, readArtifact(SEATS).abi, admin.connect(provider))
  try {
    await (await seats.getFunction('take')(region)).wait()
  } catch (error) {
    if (!isError(error, 'CALL_EXCEPTION')) throw error
    const refusal = seats.interface.parseError(error.data ?? '0x')?.name ?? error.shortMessage
    const account = await admin.getAddress()
    throw new SeatRefusedError({
      zh: `${region} 的席位未能就任：合约拒绝账户 ${account}（${refusal}）；该省须先经接纳（hefu-council admit）且有效，并由其现任管理账户就任`,
      en: `take the seat of ${region}: the contract refuses ${account}: ${refusal}; the province must be admitted first (hefu-council admit) and active, and its admin takes the seat`,
    })
  } finally {
    provider.destroy()
  }
}
