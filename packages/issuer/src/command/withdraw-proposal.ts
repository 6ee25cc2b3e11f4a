import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { withdrawProposal as withdraw } from '../workflow/withdraw-proposal.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withActOffice } from './open-office.ts'
import { type CommonOptions, type Session, sentence, tell } from './session.ts'

/** `hefu-issuer withdraw-proposal`. */
export async function withdrawProposal(
  session: Session,
  call: string,
  options: CommonOptions,
): Promise<ExitCode> {
  const withdrawal = await withActOffice(session, options, (office) => withdraw(office, call))
  tell(session, options, { event: 'proposal-withdrawn', ...withdrawal }, [
    sentence(COMMAND_TEXTS.withdrawn, { call, blockNumber: withdrawal.blockNumber }),
  ])
  return EXIT.done
}
