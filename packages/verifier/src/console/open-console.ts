/** The console of a service that runs: its files, what its page is told, and who is signed in. */
import type { IncomingMessage } from 'node:http'
import type { Network } from '@hefu/ledger/chain-view'
import type { RegistryNetwork } from '@hefu/ledger/registry'
import type { PublicJwk } from '@hefu/protocol'
import type { BrowserSessions, SecondFactor, SigningKey, TokenReader } from '@hefu/service'
import type { Kysely } from 'kysely'
import type { Access } from '../access/access.ts'
import type { VerifierSchema } from '../store/schema.ts'
import { createAdmission } from './admission.ts'
import { type ConsoleFiles, readConsoleFiles } from './console-files.ts'
import type { PageSettings } from './console-pages.ts'
import { type ConsoleOptions, DEFAULT_TERMS, type SignInClient } from './console-settings.ts'
import { createKeptSessions } from './kept-sessions.ts'
import { withPatience } from './patient-sessions.ts'
import { createProvider } from './provider.ts'
import { publicNetworkOf } from './public-network.ts'
import { createRenewal } from './renewal.ts'
import { cookieNamesOf } from './session-cookie.ts'
import {
  createAbsentDesk,
  createOpenDesk,
  createSessionDesk,
  type SessionHandlers,
} from './session-routes.ts'
import { createSessionSeal } from './session-seal.ts'
import { createSessions, type SessionTerms, toBrowserSessions } from './sessions.ts'

/** What the application serves. */
export interface ConsoleServices {
  readonly files: ConsoleFiles | null
  readonly settings: PageSettings
  readonly desk: SessionHandlers
}

export interface OpenConsole {
  readonly services: ConsoleServices
  /** Absent: nobody signs in here. */
  readonly sessions: BrowserSessions | undefined
}

export interface ConsoleSurroundings {
  readonly access: Access
  /** Absent where nobody is asked for one. */
  readonly tokens: TokenReader | undefined
  /** As its nodes are told to pages; absent: they are not. */
  readonly network: Network | RegistryNetwork | undefined
  readonly key: SigningKey
  readonly db: Kysely<VerifierSchema>
  readonly secondFactor: SecondFactor
  readonly addressOf: (req: IncomingMessage) => string
  /** Whether sample licences lie ready. */
  readonly hasSamples: boolean
  /** Unix seconds. */
  readonly clock: () => number
  /** Hears what is wrong with the provider. */
  readonly onIssuerFault: (fault: unknown) => void
  readonly onStoreFault: (fault: unknown) => void
}

/** @throws {VerifierStartError} `console-too-large` */
export function openConsole(options: ConsoleOptions, around: ConsoleSurroundings): OpenConsole {
  const { signIn, terms = DEFAULT_TERMS, folder } = options
  const { access, key, network, hasSamples } = around
  // Where nobody can sign in, nobody verifies: nodes are told to no page.
  const isUsed = access === 'unguarded' || signIn !== undefined
  const settings = settingsOf(isUsed ? network : undefined, key.publicJwk, terms, hasSamples)
  const files = readConsoleFiles(folder)
  if (access === 'unguarded')
    return { services: { files, settings, desk: createOpenDesk(terms, around.clock) }, sessions: undefined }
  if (signIn === undefined || around.tokens === undefined)
    return { services: { files, settings, desk: createAbsentDesk() }, sessions: undefined }
  const { desk, sessions } = openDesk({ ...around, access, tokens: around.tokens }, signIn, terms)
  return { services: { files, settings, desk }, sessions }
}

function settingsOf(
  network: ConsoleSurroundings['network'],
  verifierKey: PublicJwk,
  { idleSeconds }: SessionTerms,
  hasSamples: boolean,
): PageSettings {
  return {
    network: network === undefined ? null : publicNetworkOf(network),
    verifierKey,
    idleSeconds,
    sample: hasSamples,
  }
}

type Guarded = ConsoleSurroundings & {
  readonly access: Exclude<Access, 'unguarded'>
  readonly tokens: TokenReader
}

function openDesk(
  around: Guarded,
  { origin, clientId, secret }: SignInClient,
  terms: SessionTerms,
): { readonly desk: SessionHandlers; readonly sessions: BrowserSessions } {
  const { access, tokens, key, db, clock, onIssuerFault, onStoreFault } = around
  const { issuer, audience } = access
  const seal = createSessionSeal(key.kid, key.privateJwk.d)
  const kept = withPatience(createKeptSessions(db, seal, onStoreFault), onStoreFault)
  const provider = createProvider({ issuer, audience, clientId, secret, origin }, clock, onIssuerFault)
  const admit = createAdmission({ tokens, issuer, clientId, clock })
  const renew = createRenewal({ kept, provider, admit, seal, clock })
  const sessions = createSessions({ kept, seal, renew, terms, clock })
  const cookies = cookieNamesOf(origin)
  const { secondFactor, addressOf } = around
  return {
    desk: createSessionDesk({
      provider,
      admit,
      sessions,
      seal,
      cookies,
      secondFactor,
      addressOf,
      clock,
      terms,
      origin,
    }),
    sessions: toBrowserSessions({ origin, cookie: cookies.session }, sessions),
  }
}
