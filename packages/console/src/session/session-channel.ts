/** What the tabs of one browser tell each other of the session that they share; nothing of whose it is. */

/**
 * `changed`: somebody signed in, or the service was told of what follows: ask it · `signed-out` · `locked` ·
 * `present`: a person did something.
 */
export type Told = 'changed' | 'signed-out' | 'locked' | 'present'

type Channel = InstanceType<typeof BroadcastChannel>

let opened: Channel | undefined

/** A channel does not hear what it says itself. */
function channel(): Channel {
  opened ??= new BroadcastChannel('hefu.session')
  return opened
}

export function tellOthers(told: Told): void {
  channel().postMessage(told)
}

export function hearOthers(hear: (told: unknown) => void): void {
  channel().addEventListener('message', (event: object) => hear('data' in event ? event.data : null))
}
