import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

import { aDockerUnit } from '../../../../examine-builders'

const socket = aDockerUnit({ name: 'docker.socket', execStarts: [], subState: 'running' })
const words = ['/usr/bin/dockerd', '-H', 'unix:///var/run/docker.sock']

describe('socket-unit-conflict', () => {
  it('tells an engine that came back with its old options', () => {
    const found = only('socket-unit-conflict', { units: [aDockerUnit(), socket], commandLine: { words, flags: [] } })
    expect(found.severity).toBe('error')
    expect(found.details.running).toContain('fd://')
  })

  it('is not there without an active docker.socket', () => {
    const stopped = { ...socket, activeState: 'inactive' }
    expect(causesIn({ units: [aDockerUnit(), stopped], commandLine: { words, flags: [] } })).toEqual(['restart-needed'])
  })
})
