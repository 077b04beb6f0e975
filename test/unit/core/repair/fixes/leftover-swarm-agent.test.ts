import { describe, expect, it } from 'vitest'
import { plansFor } from '../../../../../src/core/repair/fixes/fix-list'
import { aFindingOf, aSituation, linesOf } from '../../../repair-builders'

const id = 'f'.repeat(64)
const command = ['join', '--advertise', '10.0.0.5:2376', 'token://s3cret']
const agent = {
  ...{ id, name: 'swarm-agent', image: 'swarm:latest', command, state: 'running' },
  ...{ restartPolicy: 'always', isSwarms: true, source: 'engine' },
} as const
const inspected = {
  Name: '/swarm-agent',
  State: { Running: true },
  Config: { Image: 'swarm:latest', Cmd: command, Entrypoint: ['/swarm'], Env: ['A=b c'], Labels: null },
  HostConfig: {
    Binds: ['/etc/docker:/etc/docker:ro'],
    NetworkMode: 'default',
    PortBindings: { '3376/tcp': [{ HostIp: '', HostPort: '3376' }] },
    RestartPolicy: { Name: 'always', MaximumRetryCount: 0 },
  },
}

const plansOf = (containers: readonly object[], inspections = new Map<string, unknown>([[id, inspected]])) =>
  plansFor(aFindingOf('leftover-swarm-agent', { containers: containers as never }), aSituation({ inspections }))

describe('leftover agents of a classic Swarm', () => {
  it('are removed by ID, and made again to take it back', () => {
    const [plan] = plansOf([agent])
    expect(linesOf(plan)).toEqual([expect.stringContaining(`docker stop "$1" && docker rm "$1"' sh ${id}`)])
    const undo = plan?.steps[0]?.undo
    expect(undo).toMatchObject({
      command: [
        '/bin/sh',
        '-c',
        expect.stringContaining('docker start "$name"') as unknown,
        'sh',
        'swarm-agent',
        ...['docker', 'create', '--name', 'swarm-agent', '--restart', 'always'],
        ...['--volume', '/etc/docker:/etc/docker:ro', '--publish', '3376:3376/tcp', '--env', 'A=b c'],
        ...['--entrypoint', '/swarm', 'swarm:latest', ...command],
      ],
    })
  })

  it('are left alone where they are not Swarm’s', () => {
    const other = { ...agent, id: 'e'.repeat(64), name: 'swarm-agent-master', image: 'nginx', isSwarms: false }
    const [plan] = plansOf([agent, other])
    expect(plan?.steps).toHaveLength(1)
    expect(plan?.consequences.join(' ')).toContain('swarm-agent-master from nginx is left alone')
    expect(plansOf([other])).toEqual([])
  })

  it('are not removed by what only files said of them', () => {
    expect(plansOf([{ ...agent, source: 'files' }])).toEqual([])
  })

  it('say that they cannot be made again where nobody could read what made them', () => {
    const [plan] = plansOf([agent], new Map())
    expect(plan?.steps[0]?.noUndoReason).toContain('could not be read')
  })
})
