/** What the window with the picture is told. */
export type ToTopologyView =
  | {
      readonly type: 'show'
      readonly svg: string
      /** The last tests as matrices, as HTML; empty where nothing was tested. */
      readonly matrices: string
      /** The same as tables, as HTML. */
      readonly tables: string
      /** What changed, for a screen reader; empty where nothing is to be said. */
      readonly status: string
      readonly networks: readonly { readonly key: string; readonly name: string }[]
      /** The key of the network that is shown alone; empty for all. */
      readonly selected: string
    }
  /** To be drawn as pixels and sent back as `png`. */
  | { readonly type: 'rasterize'; readonly svg: string; readonly width: number; readonly height: number }

/** What the window says. */
export type FromTopologyView =
  | { readonly type: 'ready' }
  /** Something was clicked, or Enter was pressed on it. */
  | { readonly type: 'activate'; readonly key: string }
  | { readonly type: 'choose'; readonly networkKey: string }
  | { readonly type: 'test' }
  /** `colors`: the palette as the window computed it. */
  | { readonly type: 'export'; readonly format: 'svg' | 'png'; readonly colors: Readonly<Record<string, unknown>> }
  /** Base64. */
  | { readonly type: 'png'; readonly data: string }
  | { readonly type: 'failed'; readonly message: string }

/** A message from the window, where it is one: whatever else runs in a page could send anything. */
export function parseTopologyMessage(value: unknown): FromTopologyView | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined
  const fields = value as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined)
  switch (fields['type']) {
    case 'ready':
      return { type: 'ready' }
    case 'test':
      return { type: 'test' }
    case 'activate': {
      const key = text('key')
      return key === undefined ? undefined : { type: 'activate', key }
    }
    case 'choose': {
      const networkKey = text('networkKey')
      return networkKey === undefined ? undefined : { type: 'choose', networkKey }
    }
    case 'png': {
      const data = text('data')
      return data !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(data) ? { type: 'png', data } : undefined
    }
    case 'failed':
      return { type: 'failed', message: text('message') ?? '' }
    case 'export': {
      const { format, colors } = fields
      if ((format !== 'svg' && format !== 'png') || typeof colors !== 'object' || colors === null) return undefined
      return { type: 'export', format, colors: colors as Readonly<Record<string, unknown>> }
    }
    default:
      return undefined
  }
}
