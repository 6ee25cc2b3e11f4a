/** The clerk's seat: a page of the running console, and the tray of samples that lies beside it. */
import type { BrowserContext, Page } from 'playwright-core'

/** One licence of the tray, as `samples.json` has it. */
export interface TraySample {
  readonly id: string
  /** A verdict, or what a file without a licence is answered. */
  readonly expected: string
  readonly licenceId?: string
  readonly submitted?: Readonly<Record<string, string>>
  readonly files: readonly { readonly name: string; readonly kind: string }[]
}

export interface Seat {
  /** Signed in as the clerk, at `/console/`. */
  readonly page: Page
  readonly context: BrowserContext
  /** Of the verifier service, which serves the console. */
  readonly origin: string
  readonly samples: readonly TraySample[]
  /** A file of the tray, by its name. */
  readonly fileOf: (name: string) => string
  /** Gives the password anew, in the window that the page has opened. */
  readonly signInAgain: (window: Page) => Promise<void>
  /** Signs in by the second factor, in the window that the page has opened. */
  readonly passSecondFactor: (window: Page) => Promise<void>
}

/** What a person does at it. */
export interface Journey {
  readonly says: string
  readonly walk: (seat: Seat) => Promise<void>
}
