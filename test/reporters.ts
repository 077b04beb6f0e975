/** vitest's options for who tells of the tests: a person, the summary of all gates, and `file` with the counts as JSON. */
export function reportersTo(file: string): readonly string[] {
  return [
    ...['--reporter=default', '--reporter=./test/second-tries.ts'],
    ...['--reporter=json', `--outputFile.json=${file}`],
  ]
}
