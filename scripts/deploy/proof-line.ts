/** What a proof says, line by line, in both languages. */

/** The same sentence in Chinese and English. */
export interface Sentence {
  readonly zh: string
  readonly en: string
}

/** A claim, and what speaks against it: it is proven when nothing does. */
export interface ProofLine extends Sentence {
  readonly defects: readonly Sentence[]
}

/** What cannot be read speaks against a claim as well: never throws. */
export async function prove(
  claim: Sentence,
  findDefects: () => Promise<readonly Sentence[]>,
): Promise<ProofLine> {
  try {
    return { ...claim, defects: await findDefects() }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ...claim, defects: [{ zh: `无法读取（${reason}）`, en: `could not be read (${reason})` }] }
  }
}

/** One printed line. */
export function renderProofLine({ zh, en, defects }: ProofLine): string {
  if (defects.length === 0) return `✔ ${zh} · ${en}`
  const against = (language: keyof Sentence): string => defects.map((defect) => defect[language]).join('；')
  return `✘ ${zh}：${against('zh')} · ${en}: ${against('en').replaceAll('；', '; ')}`
}
