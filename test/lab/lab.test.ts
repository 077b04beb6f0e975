import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Docker from 'dockerode'
import { Client } from 'ssh2'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openLab, type Lab } from './lab'
import type { LabUser, Machine } from './machines/machine'

const network = 'lab-smoke'
let lab: Lab
/** Two hosts that reach each other only through the VXLAN between them. */
let here: Machine
let there: Machine

/** Whether the container on `here` gets an answer from the one on `there` within a second. */
const isReached = async (): Promise<boolean> => (await here.exec('docker exec shell1 ping -c 1 -W 1 web')).code === 0

/** How long until `check` holds, in milliseconds. */
async function until(check: () => Promise<boolean>): Promise<number> {
  const start = performance.now()
  while (!(await check())) {
    if (performance.now() - start > 60_000) throw new Error('not within a minute')
  }
  return performance.now() - start
}

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  here = lab.machines.at(-1)!
  there = lab.manager
})

afterAll(async () => {
  await lab.heal()
  await lab.cleanup()
})

describe('the machines', () => {
  it('are ready nodes of one swarm, of more than one engine generation', async () => {
    const nodes = await lab.manager.run("docker node ls --format '{{.Hostname}} {{.Status}} {{.EngineVersion}}'")
    const lines = nodes.trim().split('\n').sort()
    const names = lab.machines.map(({ name }) => name).sort()
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(names.map((name) => `${name} Ready`))
    expect(new Set(lines.map((line) => line.split(' ')[2])).size).toBeGreaterThan(1)
  })

  it('have systemd without a failed unit', async () => {
    for (const machine of lab.machines) {
      expect(await machine.run('systemctl is-system-running --wait')).toBe('running\n')
    }
  })

  it('have a shell image, a web server image and one without any shell', async () => {
    await here.run('docker run -d --name bare noshell')
    expect(await here.run(['docker', 'run', '--rm', '--network', 'container:bare', 'alpine', ...fetchBare])).toBe(
      'no shell here\n',
    )
    const shell = await here.exec('docker exec bare sh')
    expect(shell.code).not.toBe(0)
    expect(shell.stdout + shell.stderr).toContain('executable file not found')
    const exported = await here.run('docker export bare | tar -t')
    expect(exported.split('\n').filter((name) => /(^|\/)(ba|da|a)?sh$|busybox/.test(name))).toEqual([])
  })
  const fetchBare = ['wget', '-qO-', 'http://127.0.0.1:8080']
})

describe('the ways in', () => {
  const version = (options: Docker.DockerOptions): Promise<Docker.DockerVersion> =>
    new Docker({ ...options, timeout: 5000 }).version()

  it('take the socket of each machine', async () => {
    for (const machine of lab.machines) {
      const { ServerVersion, Name } = (await new Docker({ socketPath: await machine.socket() }).info()) as {
        readonly ServerVersion: string
        readonly Name: string
      }
      expect([Name, ServerVersion !== '']).toEqual([machine.name, true])
    }
  })

  it('take TCP where it is offered', async () => {
    const { address } = lab.machines.find(({ description }) => description.tcp === 'plain')!
    expect((await version({ protocol: 'http', host: address, port: 2375 })).ApiVersion).toBe('1.45')
  })

  it("take TLS with the lab's certificates, and not without", async () => {
    const { address } = lab.machines.find(({ description }) => description.tcp === 'tls')!
    const [ca, cert, key] = await Promise.all(
      ['ca.pem', 'cert.pem', 'key.pem'].map((file) => readFile(join(lab.description.tls, file))),
    )
    const host = { protocol: 'https', host: address, port: 2376 } as const
    expect((await version({ ...host, ca: ca!, cert: cert!, key: key! })).ApiVersion).toBe('1.41')
    await expect(version({ ...host, ca: ca! })).rejects.toThrow(/certificate required|bad certificate/)
  })

  it('take SSH: the engine for root and docker-user, not for nobody-rights', async () => {
    expect(await throughSsh(there, 'root')).toBe('200')
    expect(await throughSsh(there, 'docker-user')).toBe('200')
    expect(await throughSsh(there, 'nobody-rights')).toBe('refused')
  })
})

/** The status line's first number after asking the engine for /_ping over SSH, or `refused`. */
async function throughSsh(machine: Machine, username: LabUser): Promise<string> {
  const privateKey = await readFile(lab.description.sshKey)
  const client = new Client()
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve).once('error', reject)
      client.connect({ host: machine.address, username, privateKey, readyTimeout: 5000 })
    })
    return await new Promise<string>((resolve) => {
      client.openssh_forwardOutStreamLocal('/var/run/docker.sock', (error, channel) => {
        if (error) {
          resolve('refused')
          return
        }
        channel.once('data', (chunk: Buffer) => resolve(chunk.toString().split(' ')[1] ?? ''))
        channel.write('GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n')
      })
    })
  } finally {
    client.end()
  }
}

describe('faults', () => {
  beforeAll(async () => {
    await lab.manager.run(`docker network create --driver overlay --attachable ${network}`)
    await there.run(`docker run -d --name web --network ${network} nginx`)
    await here.run(`docker run -dit --name shell1 --network ${network} alpine`)
    await until(isReached)
  })

  afterEach(() => lab.heal())

  it('dropped UDP 4789 ends the traffic between two hosts at once, and undo brings it back', async () => {
    const undo = await there.faults.dropUdp(4789)
    expect(await isReached()).toBe(false)
    await undo()
    expect(await until(isReached)).toBeLessThan(1500)
  })

  it('dropped for another peer leaves this pair alone', async () => {
    const other = lab.machines.find((machine) => machine !== here && machine !== there)!
    await there.faults.dropUdp(4789, other.address)
    expect(await isReached()).toBe(true)
    await there.faults.dropUdp(4789, here.address)
    expect(await isReached()).toBe(false)
    await lab.heal()
    expect(await isReached()).toBe(true)
  })

  it('a lowered MTU loses large packets only', async () => {
    const large = (): Promise<number> =>
      here.exec('docker exec shell1 ping -c 1 -W 1 -s 1400 web').then(({ code }) => code)
    expect(await large()).toBe(0)
    const undo = await there.faults.lowerMtu(1400)
    expect(await isReached()).toBe(true)
    expect(await large()).not.toBe(0)
    await undo()
    expect(await large()).toBe(0)
  })

  it('a stopped engine stays stopped, whoever knocks, until it is started', async () => {
    const undo = await here.faults.stopDockerService()
    expect((await here.exec('docker version')).code).not.toBe(0)
    expect((await here.exec('systemctl is-active docker.service docker.socket')).stdout).toBe('inactive\ninactive\n')
    await undo()
    expect((await here.exec('docker version')).code).toBe(0)
  })

  it('a killed dockerd is another process afterwards', async () => {
    const pid = (): Promise<string> => here.run('systemctl show --property MainPID --value docker.service')
    const before = await pid()
    const undo = await here.faults.killDockerd()
    await undo()
    expect(await pid()).not.toBe(before)
    expect((await here.exec('docker version')).code).toBe(0)
  })

  it('a paused machine answers nothing', async () => {
    const undo = await there.faults.pauseMachine()
    await expect(new Docker({ socketPath: await there.socket(), timeout: 500 }).ping()).rejects.toThrow()
    await undo()
    await new Docker({ socketPath: await there.socket(), timeout: 5000 }).ping()
  })

  it('a restarted machine has another socket path and comes back into the swarm', async () => {
    const before = await here.socket()
    await here.restart()
    expect(await here.socket()).not.toBe(before)
    await lab.heal()
  })
})

describe('cleanup', () => {
  it('leaves no container, service or network that a test made', async () => {
    await lab.manager.run(`docker network create --driver overlay --attachable ${network}-2`)
    await lab.manager.run(`docker service create --detach --name left --network ${network}-2 nginx`)
    await here.run(`docker run -dit --name left2 --network ${network}-2 alpine`)
    await here.run('docker network create local-left')
    await lab.cleanup()
    for (const machine of lab.machines) {
      expect(await machine.run('docker ps -aq; docker volume ls -q')).toBe('')
      const networks = await machine.run("docker network ls --format '{{.Name}}' | sort")
      expect(networks.split('\n').filter((name) => name !== '')).toEqual([
        'bridge',
        'docker_gwbridge',
        'host',
        'ingress',
        'none',
      ])
    }
    expect(await lab.manager.run('docker service ls -q')).toBe('')
  })
})
