import { readFile } from 'node:fs/promises'
import { connectLedgerReading, parseNetwork } from '@hefu/ledger'
import { LedgerUnavailableError, type SignatureAlgorithm } from '@hefu/protocol'
import { reasonOf, requestNewPassphrase } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { createAgencyHome } from '../home/agency-home.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface InitOptions extends CommonOptions {
  readonly agency: string
  readonly region: string
  readonly network: string
  readonly algorithm: SignatureAlgorithm
}

/** `hefu-issuer init`. */
export async function init(session: Session, options: InitOptions): Promise<ExitCode> {
  const home = homeOf(options, session)
  const { agency, region, algorithm } = options
  const network = await readFile(options.network, 'utf8').catch((error: unknown) => {
    throw new IssuerError('network-unreadable', { file: options.network, reason: reasonOf(error) })
  })
  const passphrase = await requestNewPassphrase(session)
  const registration = await createAgencyHome({ home, agency, region, network, algorithm, passphrase })
  tell(session, options, { event: 'created', home, ...registration }, [
    sentence(COMMAND_TEXTS.created, { home }),
    `公钥 · public key  ${JSON.stringify(registration.publicJwk)}`,
    `kid               ${registration.kid}`,
    `操作账户 · operator ${registration.operator}`,
    `持有证明 · possession ${registration.possession}`,
  ])
  await tellEarlier(session, options, network)
  return EXIT.done
}

/** A second folder for an agency gives out the indexes of the first anew: said before anything can be signed. */
async function tellEarlier(session: Session, options: InitOptions, network: string): Promise<void> {
  const used = await findUsed(options, network)
  if (used === 0) return
  tell(session, options, { event: 'agency-has-issued', used }, [
    sentence(COMMAND_TEXTS.agencyHasIssued, { used }),
  ])
}

/** While the ledger cannot be asked it is said when something is issued. */
async function findUsed({ agency }: InitOptions, network: string): Promise<number> {
  try {
    return await connectLedgerReading(parseNetwork(network)).nextIndex(agency)
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return 0
    throw error
  }
}
