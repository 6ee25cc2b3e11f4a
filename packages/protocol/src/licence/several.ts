/** Fields in which several may stand, such as the owners of a title: one text, an enumeration comma between them. */

/** 顿号, between the values of one field. */
export const SEPARATOR = '、'

/** The values in a text of a field of `several`; any other field has one. */
export function valuesOf(
  { several = false }: { readonly several?: boolean },
  text: string,
): readonly string[] {
  return several ? text.split(SEPARATOR) : [text]
}
