/** Whether this machine draws a character, or shows a box in its place: measured, for no browser tells it. */

/** No font has them: they are assigned to nothing. */
const ABSENT = ['\u{2fffd}', '\u0378']
const SIDE = 32
/** Answers that are remembered; rare characters are some thousands. */
const MOST_KNOWN = 20_000

const known = new Map<string, boolean>()
let comparing: ((character: string) => boolean) | undefined

export function isDrawn(character: string): boolean {
  const told = known.get(character)
  if (told !== undefined) return told
  comparing ??= openComparison()
  const measured = comparing(character)
  if (known.size < MOST_KNOWN) known.set(character, measured)
  return measured
}

/** Where nothing can be measured every code point is shown: that is too much, and never too little. */
function openComparison(): (character: string) => boolean {
  const draw = openDrawing()
  const boxes = new Set([draw(' '), ...ABSENT.map(draw)])
  // Some browsers put noise into what they draw, so that nobody is told by his fonts.
  const isSteady = ABSENT.every((character) => boxes.has(draw(character))) && !boxes.has(draw('一'))
  return (character) => isSteady && !boxes.has(draw(character))
}

function openDrawing(): (character: string) => string {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE * 2
  canvas.height = SIDE * 2
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return () => ''
  context.font = `${SIDE}px ${getComputedStyle(document.documentElement).getPropertyValue('--font')}`
  context.textBaseline = 'top'
  return (character) => {
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.fillText(character, 4, 8)
    return context.getImageData(0, 0, canvas.width, canvas.height).data.join()
  }
}
