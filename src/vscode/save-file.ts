import { Uri, window, workspace } from 'vscode'

/** Asks for a place and writes the file there; gives the place, or `undefined` where the user leaves. */
export async function saveFile({ name, content }: FileToSave): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const safeName = name.replace(/[^\w.@,-]+/g, '_')
  const place = await window.showSaveDialog(
    folder === undefined ? { title: safeName } : { defaultUri: Uri.joinPath(folder, safeName) },
  )
  if (place !== undefined) await workspace.fs.writeFile(place, content)
  return place
}

export interface FileToSave {
  readonly name: string
  readonly content: Uint8Array
}
