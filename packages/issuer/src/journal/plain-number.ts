/** The one form of numbers that people write with other brackets, in full width or with spaces: for comparing alone. */
export function plainNumber(number: string): string {
  return number
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replaceAll(/[〔【[{]/gu, '(')
    .replaceAll(/[〕】\]}]/gu, ')')
    .toUpperCase()
}
