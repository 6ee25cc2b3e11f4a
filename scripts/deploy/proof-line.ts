/** What a proof says, line by line, in both languages. */
import { DeploymentMismatchError } from './artifact.ts'

/** The same sentence in Chinese and English. */
export interface Sentence {
  readonly zh: string
  readonly en: string
}

/** A claim, and what speaks against it: it is proven when nothing does. */
export interface ProofLine extends Sentence {
  readonly defects: readonly Sentence[]
  /** Whether the node did not tell what was asked: then the claim is neither proven nor refuted. */
  readonly isUnknown: boolean
}

/** A claim that only what was read can put in words, and what speaks against it. */
interface Finding extends Sentence {
  readonly defects: readonly Sentence[]
}

/** What cannot be read leaves the claim unproven as well: never throws. */
export function prove(claim: Sentence, findDefects: () => Promise<readonly Sentence[]>): Promise<ProofLine> {
  return proveFound(claim, async () => ({ ...claim, defects: await findDefects() }))
}

/** As `prove`; `claim` is what is said when nothing could be read. */
export async function proveFound(claim: Sentence, find: () => Promise<Finding>): Promise<ProofLine> {
  try {
    return { ...(await find()), isUnknown: false }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (error instanceof DeploymentMismatchError) {
      return { ...claim, defects: [{ zh: `不符（${reason}）`, en: reason }], isUnknown: false }
    }
    const defects = [{ zh: `无法读取（${reason}）`, en: `could not be read (${reason})` }]
    return { ...claim, defects, isUnknown: true }
  }
}

/** One printed line: ✔ proven, ✘ refuted, ? not to be told. */
export function renderProofLine({ zh, en, defects, isUnknown }: ProofLine): string {
  if (defects.length === 0) return `✔ ${zh} · ${en}`
  const against = (language: keyof Sentence): string => defects.map((defect) => defect[language]).join('；')
  const mark = isUnknown ? '?' : '✘'
  return `${mark} ${zh}：${against('zh')} · ${en}: ${against('en').replaceAll('；', '; ')}`
}
