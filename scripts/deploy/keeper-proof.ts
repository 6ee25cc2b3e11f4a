/** Proof that every keeper is somebody, and nobody whom the deployment itself made. */
import { getAddress, ZeroAddress } from 'ethers'
import { type Deployment, PLANS } from './deployment-plan.ts'
import type { Keepers } from './holders.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'

const TITLES: Readonly<Record<keyof Keepers, Sentence>> = {
  superior: { zh: '省级上级职责账户', en: 'the superior of provinces' },
  catalogue: { zh: '目录保管者', en: 'the catalogue keeper' },
  emergency: { zh: '应急保管者', en: 'the emergency keeper' },
}

/** A line for each keeper. */
export async function proveKeepers(deployment: Deployment, keepers: Keepers): Promise<readonly ProofLine[]> {
  const lines: ProofLine[] = []
  for (const office of Object.keys(TITLES) as (keyof Keepers)[]) {
    const { zh, en } = TITLES[office]
    const keeper = keepers[office]
    const claim = {
      zh: `${zh} ${keeper} 不是空账户，也不是本次部署的合约`,
      en: `${en} ${keeper} is not nobody, and no contract of the deployment`,
    }
    lines.push(await prove(claim, async () => keeperDefects(deployment, keeper)))
  }
  return lines
}

/** A role that nobody can use is none; the access manager’s account is that of everyone who may execute through it. */
function keeperDefects(deployment: Deployment, keeper: string): readonly Sentence[] {
  const account = getAddress(keeper)
  if (account === ZeroAddress) return [{ zh: '是空账户', en: 'it is nobody' }]
  return PLANS.filter(({ name }) => getAddress(deployment[name]) === account).map(({ name }) => ({
    zh: `是本次部署的合约 ${name}`,
    en: `it is the contract ${name} of the deployment`,
  }))
}
