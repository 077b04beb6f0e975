/** The colours of the picture, each a CSS value. */
export interface Palette {
  readonly background: string
  readonly foreground: string
  readonly dim: string
  readonly card: string
  readonly border: string
  readonly good: string
  readonly warn: string
  readonly bad: string
  readonly quiet: string
}

/** For each colour the editor's theme variables, in the order in which they are asked; a theme may lack any. */
export const themeVariables: Readonly<Record<keyof Palette, readonly string[]>> = {
  background: ['--vscode-editor-background'],
  foreground: ['--vscode-editor-foreground', '--vscode-foreground'],
  dim: ['--vscode-descriptionForeground', '--vscode-foreground'],
  card: ['--vscode-sideBar-background', '--vscode-editorWidget-background', '--vscode-editor-background'],
  border: ['--vscode-contrastBorder', '--vscode-editorWidget-border', '--vscode-widget-border'],
  good: ['--vscode-charts-green', '--vscode-testing-iconPassed'],
  warn: ['--vscode-charts-yellow', '--vscode-list-warningForeground'],
  bad: ['--vscode-testing-iconFailed', '--vscode-errorForeground'],
  quiet: ['--vscode-editorLineNumber-foreground', '--vscode-disabledForeground'],
}

/** A dark picture, for whoever has no theme. */
export const defaultPalette: Palette = {
  background: '#1f1f1f',
  foreground: '#cccccc',
  dim: '#9d9d9d',
  card: '#181818',
  border: '#454545',
  good: '#73c991',
  warn: '#cca700',
  bad: '#f14c4c',
  quiet: '#6e7681',
}

/** The colours as references to the theme's variables: what is drawn with them follows the theme by itself. */
export function themePalette(): Palette {
  return mapPalette((name) =>
    themeVariables[name].reduceRight((fallback, variable) => `var(${variable}, ${fallback})`, defaultPalette[name]),
  )
}

/** Colours as a window computed them, for a picture that stands alone. What is no colour is not taken over. */
export function fixedPalette(computed: Readonly<Record<string, unknown>>): Palette {
  return mapPalette((name) => {
    const value = computed[name]
    return typeof value === 'string' && isColor.test(value) ? value : defaultPalette[name]
  })
}

const isColor = /^(#[0-9a-f]{3,8}|rgba?\([\d.,%\s/]{1,60}\))$/i

function mapPalette(valueOf: (name: keyof Palette) => string): Palette {
  const names = Object.keys(defaultPalette) as (keyof Palette)[]
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as unknown as Palette
}
