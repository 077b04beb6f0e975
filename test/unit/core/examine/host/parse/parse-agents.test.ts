import { describe, expect, it } from 'vitest'
import { parseAgents } from '../../../../../../src/core/examine/host/parse/parse-agents'

const section = (name: string, about: string, text: string) => ({ name, about, text, isRedacted: false })
const line = (...values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\t')

describe('containers called as Swarm’s', () => {
  it.each([
    ['swarm:latest', '/swarm', ['join', '--advertise', '10.0.0.7:2376', 'etcd://10.0.0.5'], true],
    ['registry.example.org:5000/library/swarm:1.2.9', '/swarm', ['manage', '-H', 'tcp://0.0.0.0:3376'], true],
    ['swarm:latest', '/swarm', ['--help'], false],
    ['nginx:latest', 'join', [], false],
    ['my/swarm-tools:1', '/swarm', ['join'], false],
  ])('%s %s %j: %s', (image, path, words, isSwarms) => {
    const [agent] = parseAgents([
      section('agents', '', line('id1', '/swarm-agent', image, path, words, 'running', 'always')),
    ])
    expect(agent).toMatchObject({
      name: 'swarm-agent',
      state: 'running',
      restartPolicy: 'always',
      isSwarms,
      source: 'engine',
    })
  })

  it('are read from their folders where the engine does not answer', () => {
    const folder = '/var/lib/docker/containers/c1'
    const config = {
      ...{
        ID: 'c1',
        Name: '/swarm-agent-master',
        Path: '/swarm',
        Args: ['manage', 'x'],
        Config: { Image: 'swarm:1.2.9' },
      },
      State: { Running: false, StartedAt: '2026-01-01T00:00:00Z' },
    }
    const agents = parseAgents([
      section('agent-file', `10 20 ${folder}/config.v2.json`, JSON.stringify(config)),
      section('agent-host', `10 20 ${folder}/hostconfig.json`, JSON.stringify({ RestartPolicy: { Name: 'always' } })),
    ])
    expect(agents).toEqual([
      {
        ...{ id: 'c1', name: 'swarm-agent-master', image: 'swarm:1.2.9', command: ['/swarm', 'manage', 'x'] },
        ...{ state: 'exited', restartPolicy: 'always', isSwarms: true, source: 'files' },
      },
    ])
  })
})
