import { readFile } from 'node:fs/promises'
import { isIssuerAddress, reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { pathsOf, readAgency } from '../home/agency-home.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { depositBundles, listBundles } from '../workflow/deposit-bundles.ts'
import { createVerifierService, type VerifierServiceOptions } from '../workflow/verifier-service.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { createProgress } from './progress.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface DepositOptions extends CommonOptions {
  readonly service: string
  readonly tokenUrl: string
  readonly audience: string
  readonly client: string
  readonly secretFile: string
}

/** `hefu-issuer deposit`: needs no passphrase, and does not keep others from the journal. */
export async function deposit(
  session: Session,
  folder: string | undefined,
  options: DepositOptions,
): Promise<ExitCode> {
  const service = createVerifierService(await serviceOf(session, options))
  const home = homeOf(options, session)
  await readAgency(home)
  const files = await listBundles(folder ?? pathsOf(home).bundles)
  const counts = { deposited: 0, refused: 0 }
  const progress = createProgress(session, options)
  progress.begin(`${COMMAND_TEXTS.depositing.zh} · ${COMMAND_TEXTS.depositing.en}`, files.length)
  try {
    await depositBundles(service, files, session.signal, {
      onDeposited: () => {
        counts.deposited += 1
        progress.advance(1)
      },
      onRefused: (licenceId, { code, findings }) => {
        counts.refused += 1
        progress.advance(1)
        tell(session, options, { event: 'deposit-refused', licenceId, code, findings }, [
          sentence(COMMAND_TEXTS.depositRefused, { licenceId, code: [code, ...findings].join(' ') }),
        ])
      },
    })
  } finally {
    progress.end()
  }
  return tellEnd(session, options, files.length, counts)
}

function tellEnd(
  session: Session,
  options: DepositOptions,
  files: number,
  counts: { readonly deposited: number; readonly refused: number },
): ExitCode {
  const interrupted = session.signal.aborted
  tell(session, options, { event: 'summary', ...counts, interrupted }, [
    sentence(COMMAND_TEXTS.deposited, { ...counts, files }),
    ...(interrupted ? [sentence(COMMAND_TEXTS.depositInterrupted)] : []),
  ])
  if (interrupted) return EXIT.interrupted
  return counts.refused === 0 ? EXIT.done : EXIT.rowsRefused
}

/** @throws {IssuerError} `service-address`, `input-unreadable` */
async function serviceOf(
  { signal }: Session,
  { service: url, tokenUrl, audience, client: clientId, secretFile: file }: DepositOptions,
): Promise<VerifierServiceOptions> {
  if (![url, tokenUrl].every(isIssuerAddress)) throw new IssuerError('service-address')
  const secret = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) })
  })
  return { url, tokenUrl, audience, clientId, secret: secret.trim(), signal }
}
