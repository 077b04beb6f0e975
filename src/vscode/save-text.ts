import { Uri, window, workspace } from 'vscode'

/** Asks for a place, writes the file there and shows it; nothing where the user leaves. */
export async function saveText({ name, content }: { readonly name: string; readonly content: string }): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const safeName = name.replace(/[^\w.@,-]+/g, '_')
  const place = await window.showSaveDialog(
    folder === undefined ? { title: safeName } : { defaultUri: Uri.joinPath(folder, safeName) },
  )
  if (place === undefined) return
  await workspace.fs.writeFile(place, new TextEncoder().encode(content))
  await window.showTextDocument(place)
}
