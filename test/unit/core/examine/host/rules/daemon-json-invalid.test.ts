import { describe, expect, it } from 'vitest'
import { failed, only } from './found-by'

const daemonJson = { path: '/etc/docker/daemon.json', isWhole: true } as const

describe('daemon-json-invalid', () => {
  it('tells the line that is wrong', () => {
    const text = '{\n  "debug": true,\n}\n'
    const found = only(
      'daemon-json-invalid',
      failed({ daemonJson: { ...daemonJson, state: 'invalid', text, problem: 'property name expected', line: 3 } }),
    )
    expect(found.title).toBe('/etc/docker/daemon.json is not valid JSON, line 3: the engine does not start')
    expect(found.evidence).toContain('The line is “}”.')
  })

  it('tells a directive that the engine does not know', () => {
    const log = [
      "unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives don't match any configuration option: cluster-store",
    ]
    const found = only(
      'daemon-json-invalid',
      failed({ daemonJson: { ...daemonJson, state: 'valid', directives: {} }, log }),
    )
    expect(found.details.option).toBe('cluster-store')
  })
})
