import { describe, expect, it } from 'vitest'
import { parseCommandLine, programOf } from '../../../../../../src/core/examine/host/parse/parse-command-line'

const start = (command: string) => ({ file: '/u', line: 1, command })
const environment = {
  path: '/etc/default/docker',
  text: 'DOCKER_OPTS="-H tcp://0.0.0.0:2376 --label a=\'b c\'"\nOTHER=--debug',
  isWhole: false,
}

describe('the engine’s command line', () => {
  it('has variables replaced, and knows the file of each flag', () => {
    const { words, flags } = parseCommandLine(
      [start('-/usr/bin/dockerd -H fd:// $DOCKER_OPTS --tlsverify ${OTHER} $NONE')],
      [environment],
    )
    expect(words).toEqual([
      '/usr/bin/dockerd',
      '-H',
      'fd://',
      '-H',
      'tcp://0.0.0.0:2376',
      '--label',
      'a=b c',
      '--tlsverify',
      '--debug',
    ])
    expect(flags.map(({ name, value, file }) => [name, value, file])).toEqual([
      ['host', 'fd://', '/u'],
      ['host', 'tcp://0.0.0.0:2376', '/etc/default/docker'],
      ['label', 'a=b c', '/etc/default/docker'],
      ['tlsverify', 'true', '/u'],
      ['debug', 'true', '/u'],
    ])
  })

  it('is none where there are two, though the last one’s flags are told', () => {
    const { words, flags } = parseCommandLine([start('/a --debug'), start('/b -D=false -g /data')], [])
    expect(words).toBeUndefined()
    expect(flags.map(({ name, value }) => [name, value])).toEqual([
      ['debug', 'false'],
      ['data-root', '/data'],
    ])
  })

  it('has its program without systemd’s prefixes', () => {
    expect(programOf('-+/usr/bin/dockerd -H fd://')).toBe('/usr/bin/dockerd')
  })
})
