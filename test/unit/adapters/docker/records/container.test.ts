import { describe, expect, it } from 'vitest'
import { parseContainers } from '../../../../../src/adapters/docker/records/container'
import { containerState } from '../../../../../src/adapters/docker/records/container-state'
import { fixture } from '../fixture'

describe('containers of Docker 20.10', () => {
  const [web, task, created] = parseContainers(fixture('containers-20.10'))

  it('reads a running one', () => {
    expect(web).toEqual({
      id: 'e11a589c59dcbc325a2e6d5e5b6fbddff73a03badb8ba03db0bc361fda8e1f6d',
      name: 'web',
      image: 'nginx',
      command: 'httpd -f -p 80 -h /www',
      createdAt: 1795425097000,
      state: 'running',
      status: 'Up 2 minutes (healthy)',
      ports: [
        { privatePort: 53, protocol: 'udp', publicPort: 5353, hostAddress: '127.0.0.1' },
        { privatePort: 80, protocol: 'tcp', publicPort: 18080, hostAddress: '0.0.0.0' },
        { privatePort: 443, protocol: 'tcp' },
      ],
      labels: { role: 'front' },
      attachments: [
        {
          networkId: 'gv9zd0dfcz5i6ylglzllvw88j',
          networkName: 'gnswarm',
          address: '10.0.1.2',
          addressV6: 'fd00::2',
          aliases: [],
        },
      ],
    })
  })

  it('knows the task from the engine’s labels', () => {
    expect(task?.task).toEqual({
      serviceId: 's2kq7u4d0l9h3w8y6t5r1e0zx',
      serviceName: 'api',
      taskId: 'k3vq0u8m8m6m8u4t9w9n7x1zz',
      nodeId: 'kwwzvw4a4r6rzj76bgvpp1j6a',
      slot: 1,
    })
    expect(web).not.toHaveProperty('task')
  })

  it('gives a stopped one no address, whatever is still listed', () => {
    expect(task?.attachments).toEqual([{ networkId: 'gv9zd0dfcz5i6ylglzllvw88j', networkName: 'gnswarm', aliases: [] }])
  })

  it('knows the network of one that was never started by the ID it was created with, or by its name only', () => {
    expect(created?.attachments).toEqual([
      { networkId: 'gv9zd0dfcz5i6ylglzllvw88j', networkName: 'gv9zd0dfcz5i6ylglzllvw88j', aliases: [] },
      { networkId: '', networkName: 'bridge', aliases: ['a1'] },
    ])
  })
})

describe('containers of Docker 1.9', () => {
  const [web, nameless] = parseContainers(fixture('containers-1.9'))

  it('reads what is there and takes the rest for absent', () => {
    expect(web).toMatchObject({ name: 'web', state: 'paused', labels: {}, attachments: [] })
  })

  it('names one without a name by its ID', () => {
    expect(nameless).toMatchObject({ name: '38ffac1b62a5', state: 'dead', ports: [] })
  })
})

describe('odd answers', () => {
  it('takes null for an empty list, also where it arrives as bytes', () => {
    expect(parseContainers(null)).toEqual([])
    expect(parseContainers(Buffer.from('null\n'))).toEqual([])
  })

  it('keeps a container whose optional fields are odd', () => {
    const odd = {
      Id: 'a'.repeat(64),
      Names: 7,
      Ports: [{ PrivatePort: 'x' }],
      Labels: [],
      Created: 'now',
      State: 'new',
    }
    expect(parseContainers([{ ...odd, NetworkSettings: { Networks: { a: null, b: 3 } } }])).toEqual([
      {
        id: odd.Id,
        name: 'aaaaaaaaaaaa',
        image: '',
        command: '',
        createdAt: 0,
        state: 'unknown',
        status: '',
        ports: [],
        labels: {},
        attachments: [
          { networkId: '', networkName: 'a', aliases: [] },
          { networkId: '', networkName: 'b', aliases: [] },
        ],
      },
    ])
  })

  it.each([
    ['no list', { message: 'hi' }, /GET \/containers\/json is not what the API promises/],
    ['HTML', Buffer.from('<html>'), /Expected Array/],
    ['an entry without an ID', [{ Id: 'x' }, { Names: ['/b'] }], / at 1\.Id/],
  ])('refuses %s and says what is odd', (_, answer, message) => {
    expect(() => parseContainers(answer)).toThrow(message)
    expect(() => parseContainers(answer)).toThrow(expect.objectContaining({ code: 'protocol' }))
  })
})

describe('containerState', () => {
  it.each([
    ['running', 'Up 2 minutes', 'running'],
    ['', 'Up 2 minutes', 'running'],
    ['', 'Up 2 minutes (Paused)', 'paused'],
    ['', 'Restarting (1) 2 seconds ago', 'restarting'],
    ['', 'Exited (0) 3 weeks ago', 'exited'],
    ['', 'Removal In Progress', 'removing'],
    ['', 'Dead', 'dead'],
    ['', 'Created', 'created'],
    ['', '', 'created'],
    ['', 'Host Down', 'unknown'],
    ['molten', 'Up 2 minutes', 'unknown'],
  ] as const)('%j with %j is %s', (state, status, expected) => {
    expect(containerState(state, status)).toBe(expected)
  })
})
