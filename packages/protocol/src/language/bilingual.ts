/** A text in both languages of the product, Chinese first. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}
