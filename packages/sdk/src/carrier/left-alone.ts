/** What stands in folders and archives and is no file that anybody gave for a licence: counted, so that it can be said. */

export type LeftAloneKind = 'hidden' | 'links' | 'special' | 'system'

export type LeftAlone = Record<LeftAloneKind, number>

export function nothingLeftAlone(): LeftAlone {
  return { hidden: 0, links: 0, special: 0, system: 0 }
}

/** What desktops put into folders and archives by themselves. */
const OF_SYSTEMS: readonly string[] = ['.ds_store', 'thumbs.db', 'desktop.ini', '__macosx']

/**
 * Why a file or folder is left alone by its name; `null`: it is not.
 *
 * @param name without what it is in
 */
export function leftAloneByName(name: string): LeftAloneKind | null {
  if (OF_SYSTEMS.includes(name.toLowerCase())) return 'system'
  return name.startsWith('.') ? 'hidden' : null
}
