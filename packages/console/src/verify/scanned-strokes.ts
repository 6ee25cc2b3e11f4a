/**
 * Keystrokes of a scanner gun, told from those of a hand by how fast they come. A gun ends with Enter, Tab or nothing, and
 * may break a long text into lines: its Enter ends the scan only if nothing follows.
 */

/** Strokes of a hand are further apart, but for two fingers that meet. */
const FAST_MS = 50
/** So many fast strokes in a row are no hand's. */
const FEWEST_STROKES = 6
/** After an end key a gun that goes on does so within it. */
export const SETTLE_MS = 120
/** A gun without an end key has ended once it is silent for so long. */
export const SILENT_MS = 400

export interface StrokeWatch {
  /** Hears a visible sign at a time (milliseconds). */
  sign(at: number): void
  /** Whether an end key at this time is a gun's. */
  isScanning(at: number): boolean
  forget(): void
}

export function watchStrokes(): StrokeWatch {
  let last = Number.NEGATIVE_INFINITY
  let inRow = 0
  return {
    sign(at) {
      inRow = at - last <= FAST_MS ? inRow + 1 : 1
      last = at
    },
    isScanning: (at) => inRow >= FEWEST_STROKES && at - last <= SETTLE_MS,
    forget() {
      inRow = 0
    },
  }
}

/** Nobody types how a licence begins into a field for something else: a hand that does is taken for a slow gun. */
const STRAY_MS = 1_000

/** How what is scanned begins: whole and reference codes, bundles, identifiers, and the mark that guns put before. */
const BEGINNINGS = ['HEFU1:', 'hefu1:', '{"medi', '1.2.15', ']Q1HEF', ']Q1{"m']

/** What a gun typed into a field that it is not for. */
export interface StrayScan {
  /** The field as it was before. */
  readonly before: string
  /** What was typed since. */
  readonly text: string
}

export interface StrayScanWatch {
  /**
   * Hears a sign that is about to be typed into a field that holds `value`; a scan, once it is known to be one: that sign,
   * too, is part of it.
   */
  sign(sign: string, at: number, value: string): StrayScan | null
}

export function watchStrayScans(): StrayScanWatch {
  let last = Number.NEGATIVE_INFINITY
  let run: StrayScan = { before: '', text: '' }
  return {
    sign(sign, at, value) {
      if (at - last > STRAY_MS) run = { before: value, text: '' }
      last = at
      run = { ...run, text: run.text + sign }
      return BEGINNINGS.includes(run.text) ? run : null
    },
  }
}
