import type { DirectionReading, HostsReading } from '../host-checks/hosts-reading'

/** What was counted on the way between these hosts, and what follows from it. */
export function directionsInWords({ directions }: HostsReading, hostIds: ReadonlySet<string>): readonly string[] {
  const own = directions.filter(({ from, to }) => hostIds.has(from.hostId) && hostIds.has(to.hostId))
  return [...own.map(({ detail }) => detail), ...own.flatMap((direction) => conclusion(direction, own) ?? [])]
}

/** One direction is open: answers get lost one way, and requests the other. */
function conclusion({ from, to, lost }: DirectionReading, all: readonly DirectionReading[]): string | undefined {
  const reverse = all.find((other) => other.from.hostId === to.hostId && other.to.hostId === from.hostId)
  if (lost !== 'back' || reverse?.lost !== 'there') return undefined
  return `So packets from ${from.host} arrive at ${to.host}, and those from ${to.host} do not arrive at ${from.host}: look at what ${from.host} lets in and ${to.host} lets out.`
}
