/** The middle of something that can be focused. */
export interface Spot {
  readonly key: string
  readonly x: number
  readonly y: number
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/**
 * Where an arrow key leads: to the nearest spot in that direction, where what lies straight ahead counts as nearer than
 * what lies aside. Stays where there is nothing further.
 */
export function navigate(
  spots: readonly Spot[],
  current: string | undefined,
  direction: Direction,
): string | undefined {
  const from = spots.find(({ key }) => key === current)
  if (direction === 'last') return spots.at(-1)?.key
  if (direction === 'first' || from === undefined) return spots[0]?.key
  let best: { readonly key: string; readonly cost: number } | undefined
  for (const spot of spots) {
    const cost = costOf(spot.x - from.x, spot.y - from.y, direction)
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { key: spot.key, cost }
  }
  return best?.key ?? from.key
}

/** Pixels; what lies aside counts several times. `undefined` for what is not in that direction. */
function costOf(dx: number, dy: number, direction: 'left' | 'right' | 'up' | 'down'): number | undefined {
  const isAcross = direction === 'left' || direction === 'right'
  const ahead = { left: -dx, right: dx, up: -dy, down: dy }[direction]
  const aside = Math.abs(isAcross ? dy : dx)
  if (ahead <= 1) return undefined
  // Chips stand in lines: left and right keep to the line.
  return isAcross ? ahead + aside * 8 : ahead + aside * 0.4
}
