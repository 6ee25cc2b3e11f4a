/** Whether the service could keep its replica where its configuration says, tried beside a service that may be at it. */
import { identityOf, type Network } from '@hefu/ledger'
import type { RegistryNetwork } from '@hefu/ledger/registry'
import { isPostgresUrl } from '@hefu/service'
import type { Kysely } from 'kysely'
import { assertMakeable } from '../store/makeable-folder.ts'
import { lookIntoPostgres } from '../store/open-store.ts'
import { readPosition } from './position.ts'
import { assertPlace, NONE } from './replica-place.ts'
import { isOwn } from './replica-store.ts'
import { type ReplicaSchema, replicaStore } from './schema.ts'

/**
 * Reads, and changes nothing. Of which ledger a replica in a folder is, a service that has it alone can say.
 *
 * @param place as the service takes it
 * @throws {VerifierStartError} `replica-place`; `replica-foreign` of a database and a pinned ledger
 * @throws {StorageError} `folder-unwritable`, `database-unreachable`, `store-newer`
 */
export async function assertReplicaPlace(place: string, network: Network | RegistryNetwork): Promise<void> {
  if (place === NONE) return
  assertPlace(place)
  if (!isPostgresUrl(place)) return await assertMakeable(place)
  await lookIntoPostgres(place, replicaStore(), async (db) => {
    const own = db as Kysely<ReplicaSchema>
    if ('ledger' in network && (await isOwn(own, identityOf(network)))) await readPosition(own)
  })
}
