/** How this browser likes the console. Nothing of a person, a case or a licence is ever remembered here. */

export type ChoiceName = 'language' | 'contrast'

/** What was chosen, if it is still one of these; else the first of them. */
export function recallChoice<Choice extends string>(
  name: ChoiceName,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const known = read(name)
  return choices.find((choice) => choice === known) ?? choices[0]
}

export function rememberChoice(name: ChoiceName, choice: string): void {
  try {
    localStorage.setItem(keyOf(name), choice)
  } catch {
    // A browser that keeps nothing is asked again the next time.
  }
}

function read(name: ChoiceName): string | null {
  try {
    return localStorage.getItem(keyOf(name))
  } catch {
    return null
  }
}

function keyOf(name: ChoiceName): string {
  return `hefu.${name}`
}
