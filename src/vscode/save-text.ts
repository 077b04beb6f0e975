import { window } from 'vscode'
import { saveFile } from './save-file'

/** Asks for a place, writes the file there and shows it; nothing where the user leaves. */
export async function saveText({ name, content }: { readonly name: string; readonly content: string }): Promise<void> {
  const place = await saveFile({ name, content: new TextEncoder().encode(content) })
  if (place !== undefined) await window.showTextDocument(place)
}
