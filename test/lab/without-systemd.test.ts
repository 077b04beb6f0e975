import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Doctor, pressing } from './doctor-window'
import { allFiles } from './host-files'
import { openLab, type Lab } from './lab'
import type { Machine } from './machines/machine'
import { startWithoutSystemd, type PlainMachine } from './machines/without-systemd'

/** A host whose engine is started by an init script: it is examined as far as that goes, and repaired where it needs no systemd. */
let lab: Lab
let plain: PlainMachine
let machine: Machine
let doctor: Doctor
const restart = '/etc/init.d/docker stop >/dev/null 2>&1; /etc/init.d/docker start >/dev/null 2>&1; sleep 2'
const daemonJson = '/etc/docker/daemon.json'

beforeAll(async () => {
  lab = await openLab()
  plain = await startWithoutSystemd(lab, await readFile(`${lab.description.sshKey}.pub`, 'utf8'))
  machine = plain.machine
  doctor = await Doctor.open(lab, [plain.hostKey])
})

afterEach(async () => {
  await machine.run(
    `rm -rf ${daemonJson} /var/lib/swarm-networks; [ ! -e /etc/default/docker.away ] || mv /etc/default/docker.away /etc/default/docker; ${restart}; for try in $(seq 30); do docker version >/dev/null && break; sleep 1; done`,
  )
})

afterAll(async () => {
  await doctor.close()
  await plain[Symbol.asyncDispose]()
})

describe('a host without systemd', () => {
  it('is examined, and says what could not be looked at', async () => {
    const { facts, findings } = await doctor.window(machine).examine()
    expect(findings).toEqual([])
    expect(facts.system.init).toBe('sysvinit')
    expect(facts.initScript).toMatchObject({ path: '/etc/init.d/docker', isRunning: true })
    expect(facts.api?.isAnswering).toBe(true)
    expect(facts.startLog.length).toBeGreaterThan(0)
    expect(facts.unseen).toEqual([{ what: 'systemd’s units', why: 'The host starts its services with sysvinit.' }])
  })

  it('whose engine is stopped is told so, and it is started by its init script', { timeout: 60_000 }, async () => {
    await machine.run('/etc/init.d/docker stop >/dev/null 2>&1')
    const window = doctor.window(machine)
    pressing(window.session, 'l')
    const { first, plans } = await window.prepare('engine-stopped')
    expect(first).toBe('engine-stopped')
    expect((await window.examine()).findings[0]?.byHand?.at(-1)).toBe('/etc/init.d/docker start')
    expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
    expect((await window.examine()).findings).toEqual([])
  })

  it.each([
    ['daemon-json-invalid', `echo '{ "debug": false, }' >${daemonJson}; ${restart}`],
    [
      'directive-twice',
      `echo '{ "debug": true }' >${daemonJson}; cp -a /etc/default/docker /etc/default/docker.away; echo 'DOCKER_OPTS="--debug"' >/etc/default/docker; ${restart}`,
    ],
    [
      'unknown-flag',
      `cp -a /etc/default/docker /etc/default/docker.away; echo 'DOCKER_OPTS="--no-such-flag=1"' >>/etc/default/docker; ${restart}`,
    ],
  ] as const)('is repaired of %s, and that is taken back', { timeout: 90_000 }, async (cause, fault) => {
    await machine.run(fault)
    const before = await allFiles(machine, false)
    const window = doctor.window(machine)
    pressing(window.session, 'l')
    const { first, plans } = await window.prepare(cause)
    expect(first).toBe(cause)
    expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
    await machine.run('docker version')
    expect((await window.examine()).findings).toEqual([])
    expect(await window.undoLast()).toBe('undone')
    expect(await allFiles(machine, false)).toEqual(before)
  })
})
