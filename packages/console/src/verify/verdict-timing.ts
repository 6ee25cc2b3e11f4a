/** How long a verdict takes from the answer to the screen, as the browser's own timeline has it. */

const ANSWER = 'hefu.answer'
const SHOWN = 'hefu.verdict-shown'
/** From the answer until the verdict is on the screen. */
const MEASURE = 'hefu.verdict'

/** An answer has come. */
export function markAnswer(): void {
  performance.clearMarks(ANSWER)
  performance.mark(ANSWER)
}

/** The verdict stands in the page: it is on the screen with the frame after the next. */
export function markVerdict(): void {
  requestAnimationFrame(() => requestAnimationFrame(measure))
}

function measure(): void {
  if (performance.getEntriesByName(ANSWER).length === 0) return
  performance.clearMarks(SHOWN)
  performance.clearMeasures(MEASURE)
  performance.mark(SHOWN)
  performance.measure(MEASURE, ANSWER, SHOWN)
  performance.clearMarks(ANSWER)
}
