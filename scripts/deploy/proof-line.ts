/** What a proof says, line by line, in both languages. */
import { DeploymentMismatchError } from './artifact.ts'

/** The same sentence in Chinese and English. */
export interface Sentence {
  readonly zh: string
  readonly en: string
}

/** What speaks against a claim. */
export interface Defect extends Sentence {
  /** Whether nothing can put it right on this deployment: it happened, and a chain forgets nothing. */
  readonly isFinal?: boolean
}

/** A claim, and what speaks against it: it is proven when nothing does. */
export interface ProofLine extends Sentence {
  readonly defects: readonly Defect[]
  /** Whether the node did not tell what was asked: then the claim is neither proven nor refuted. */
  readonly isUnknown: boolean
}

/** A claim that only what was read can put in words, and what speaks against it. */
interface Finding extends Sentence {
  readonly defects: readonly Defect[]
}

/** What cannot be read leaves the claim unproven as well: never throws. */
export function prove(claim: Sentence, findDefects: () => Promise<readonly Defect[]>): Promise<ProofLine> {
  return proveFound(claim, async () => ({ ...claim, defects: await findDefects() }))
}

/** As `prove`; `claim` is what is said when nothing could be read. */
export async function proveFound(claim: Sentence, find: () => Promise<Finding>): Promise<ProofLine> {
  try {
    return { ...(await find()), isUnknown: false }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (error instanceof DeploymentMismatchError) {
      return { ...claim, defects: [{ ...error.says, isFinal: true }], isUnknown: false }
    }
    const defects = [{ zh: `无法读取（${reason}）`, en: `could not be read (${reason})` }]
    return { ...claim, defects, isUnknown: true }
  }
}

/** One printed line: ✔ proven, ✘ refuted, ? not to be told; of the last two it says so, for who hears it read. */
export function renderProofLine({ zh, en, defects, isUnknown }: ProofLine): string {
  if (defects.length === 0) return `✔ ${zh} · ${en}`
  const against = (language: keyof Sentence): string => defects.map((defect) => defect[language]).join('；')
  const [mark, unproven, found] = isUnknown ? UNKNOWN : REFUTED
  const [of, is] = [`${unproven.zh}：${zh}`, `${found.zh}：${against('zh')}`]
  return `${mark} ${of}；${is} · ${unproven.en}: ${en}; ${found.en}: ${against('en').replaceAll('；', '; ')}`
}

type Unproven = readonly [mark: string, claim: Sentence, defects: Sentence]

const REFUTED: Unproven = ['✘', { zh: '未证明', en: 'not proven' }, { zh: '实际', en: 'found' }]
const UNKNOWN: Unproven = ['?', { zh: '无法判断', en: 'not to be told' }, { zh: '原因', en: 'because' }]

export function renderSentence({ zh, en }: Sentence): string {
  return `${zh} · ${en}`
}

/** How many lines hold, and how many do not. */
export function summaryOf(lines: readonly ProofLine[]): Sentence {
  const open = lines.filter(({ defects }) => defects.length > 0)
  if (open.length === 0) {
    return { zh: `全部成立：共 ${lines.length} 项`, en: `all holds: ${lines.length} lines` }
  }
  const unknown = open.filter(({ isUnknown }) => isUnknown).length
  return {
    zh: `没有得到证明：共 ${lines.length} 项，不成立 ${open.length - unknown} 项，无法判断 ${unknown} 项`,
    en: `not proven: of ${lines.length} lines ${open.length - unknown} do not hold and ${unknown} are not to be told`,
  }
}
