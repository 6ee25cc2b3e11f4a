/** Tells a person or a program what the workflow does. */

import type { RowDefect } from '../input/row.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { ENTRY_TEXTS } from '../texts/entry-texts.ts'
import type { IssuerEvent, OnEvent } from '../workflow/events.ts'
import { refusalReasonOf } from './error-sentence.ts'
import type { Progress } from './progress.ts'
import type { Rejects } from './rejects.ts'
import { type CommonOptions, type Session, sentence } from './session.ts'

export interface Narrator {
  readonly hear: OnEvent
  /** How many entries were refused so far. */
  refusedEntries(): number
  /** Refused rows are written here from now on. */
  writeRejectsTo(rejects: Rejects | undefined): void
}

/** Rows told of on a screen; a file has room for all. */
const MAX_ROWS_SHOWN = 100

/** A narrator for one command. */
export function createNarrator(session: Session, { json }: CommonOptions, progress: Progress): Narrator {
  let rejects: Rejects | undefined
  let rowsShown = 0
  let refusedEntries = 0
  const write = json === true ? writeJson(session) : writeLines(session, () => rowsShown++ < MAX_ROWS_SHOWN)
  return {
    refusedEntries: () => refusedEntries,
    hear: (event) => {
      if (event.event === 'entry-refused') refusedEntries++
      if (event.event === 'row-refused') rejects?.add(event.line, event.defects)
      if (event.event === 'licences-bundled') progress.advance(event.licences)
      write(event)
      if (rowsShown === MAX_ROWS_SHOWN + 1) {
        session.output.write(`${COMMAND_TEXTS.moreRows.zh} · ${COMMAND_TEXTS.moreRows.en}\n`)
        rowsShown++
      }
    },
    writeRejectsTo: (to) => {
      rejects = to
    },
  }
}

/** Steps within a batch are for the progress bar only. */
function writeJson({ stdout }: Session): OnEvent {
  return (event) => {
    if (event.event === 'recorded' || event.event === 'licences-bundled') return
    const shown = shownOf(event)
    stdout.write(`${JSON.stringify(shown)}\n`)
  }
}

function shownOf(event: IssuerEvent): object {
  if ('defects' in event) return { ...event, defects: event.defects.map(flat) }
  if (event.event !== 'entry-refused') return event
  const { refusal, ...told } = event
  return { ...told, code: refusal.code, ...refusalReasonOf(refusal) }
}

function flat({ field, code, severity, says: { zh, en } }: RowDefect): object {
  return { field: field ?? null, code, severity, zh, en }
}

function writeLines({ output }: Session, hasRoom: () => boolean): OnEvent {
  return (event) => {
    const text = { 'row-refused': COMMAND_TEXTS.rowRefused, 'row-warned': COMMAND_TEXTS.rowWarned }
    if (event.event !== 'row-refused' && event.event !== 'row-warned') {
      for (const line of stepLines(event)) output.write(`${line}\n`)
    } else if (hasRoom()) {
      for (const { says } of event.defects)
        output.write(`${sentence(text[event.event], { line: event.line, reason: says })}\n`)
    }
  }
}

function stepLines(event: IssuerEvent): readonly string[] {
  if (event.event === 'batch-lost') {
    return [sentence(COMMAND_TEXTS.batchLost, { root: event.root, size: event.size })]
  }
  if (event.event === 'clock-ahead') return [sentence(COMMAND_TEXTS.clockAhead, { seconds: event.seconds })]
  if (event.event === 'entry-stands' || event.event === 'entry-refused') return [entryLine(event)]
  if (event.event === 'batch-passed-over') {
    return [sentence(COMMAND_TEXTS.passedOver, { root: event.root, size: event.size })]
  }
  if (event.event !== 'batch-anchored') return []
  const { root, size, blockNumber } = event
  return [sentence(COMMAND_TEXTS.anchored, { root, size, blockNumber })]
}

type EntryEvent = Extract<IssuerEvent, { event: 'entry-stands' | 'entry-refused' }>

function entryLine(event: EntryEvent): string {
  const told = { number: event.number, entry: ENTRY_TEXTS[event.entry], count: event.licences }
  if (event.event === 'entry-stands')
    return sentence(COMMAND_TEXTS.entryStands, { ...told, blockNumber: event.blockNumber })
  return sentence(COMMAND_TEXTS.entryRefused, { ...told, reason: refusalReasonOf(event.refusal) })
}
