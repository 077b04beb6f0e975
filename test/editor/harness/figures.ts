import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { artifactsFolder } from './artifacts'

export const figuresFile = join(artifactsFolder, 'figures.json')

/** Keeps a measured number for the report of the run, in `artifacts/editor/figures.json`. */
export async function recordFigure(name: string, value: number): Promise<void> {
  await mkdir(artifactsFolder, { recursive: true })
  const figures = JSON.parse(await readFile(figuresFile, 'utf8').catch(() => '{}')) as Record<string, number>
  await writeFile(figuresFile, `${JSON.stringify({ ...figures, [name]: value }, undefined, 2)}\n`)
}
