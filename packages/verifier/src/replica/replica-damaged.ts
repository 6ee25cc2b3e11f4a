/** What is kept of a replica is not what was saved. */
import { ExplainedError } from '@hefu/service'

/**
 * Rows were altered or lost, or are of a backup that was restored by halves: nothing is answered from them. `about` names
 * them, and nothing that stands in them.
 */
export class ReplicaDamagedError extends ExplainedError {
  override readonly name = 'ReplicaDamagedError'
  readonly code = 'replica-damaged'

  constructor(about: string) {
    super({
      zh: `互认链副本与当初保存的不一致（${about}）：有数据变动、缺失，或备份只恢复了一部分；请停止服务，移走副本文件夹（或删去数据库中的副本模式），重新启动后将从互认链重新读取`,
      en: `Open the replica: it is not what was saved (${about}): rows were altered or lost, or of a backup only a part was restored; stop the service and take the folder away (or drop the schema), and it is read from the ledger anew`,
    })
  }
}
