/** Files as browsers hand them on: dropped, pasted or chosen. Here one is verified; several, and folders, are a batch. */

/** `several` where it is no one file. */
export type GivenFiles = File | 'several' | null

/** `null`: there is none. */
export function fileAmong(files: ArrayLike<File>): GivenFiles {
  const [file, ...others] = Array.from(files)
  if (file === undefined) return null
  return others.length > 0 ? 'several' : file
}

/** Of a drag or a clipboard. */
export function fileIn(transfer: DataTransfer | null): GivenFiles {
  if (transfer === null) return null
  const isFolder = [...transfer.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory === true)
  return isFolder ? 'several' : fileAmong(transfer.files)
}

export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false
}
