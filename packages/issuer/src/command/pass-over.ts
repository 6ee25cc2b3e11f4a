import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { giveUpBatch } from '../workflow/pass-over.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { withActOffice } from './open-office.ts'
import { type CommonOptions, type Session, sentence, tell } from './session.ts'

/** `hefu-issuer pass-over`. */
export async function passOver(session: Session, root: string, options: CommonOptions): Promise<ExitCode> {
  const { size } = await withActOffice(session, options, (office) => giveUpBatch(office, root))
  tell(session, options, { event: 'passed-over', root, size }, [
    sentence(COMMAND_TEXTS.passedOver, { root, size }),
  ])
  return EXIT.done
}
