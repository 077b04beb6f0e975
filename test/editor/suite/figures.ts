import { appendFileSync } from 'node:fs'

/** Keeps a measured number for the report of the run, one JSON line each in the file that `SWARM_SUITE_FIGURES` names. */
export function recordFigure(name: string, value: number): void {
  const file = process.env['SWARM_SUITE_FIGURES']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ name, value })}\n`)
}
