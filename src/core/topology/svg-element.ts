import { escapeXml } from '../text/xml'

/** Markup that is safe as it stands: only `element` and `text` make it. */
export interface Markup {
  readonly markup: string
}

/** An element; a value that is undefined leaves its attribute out. Values and texts are escaped here and nowhere else. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly Markup[]
): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(typeof value === 'number' ? round(value) : String(value))}"`)
    .join('')
  if (children.length === 0) return { markup: `<${name}${written}/>` }
  return { markup: `<${name}${written}>${children.map(({ markup }) => markup).join('')}</${name}>` }
}

export function text(content: string): Markup {
  return { markup: escapeXml(content) }
}

/** Two decimals are a hundredth of a pixel. */
function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
