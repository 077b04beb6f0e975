import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { undoableRepairs } from '../../src/app/repair/host-records'
import type { HostAction, RepairPlan, RepairStep } from '../../src/core/repair/plan'
import { recordName } from '../../src/core/repair/record'
import { engineFaults } from './doctor-faults'
import { Doctor, live, pressing } from './doctor-window'
import { allFiles } from './host-files'
import { openLab, type Lab } from './lab'
import type { Undo } from './machines/faults'
import type { Machine } from './machines/machine'

let lab: Lab
let doctor: Doctor
const mends = new Set<Undo>()
const staleDropIn = engineFaults.find(({ cause }) => cause === 'stale-drop-in')!

beforeAll(async () => {
  lab = await openLab()
  await lab.heal()
  await lab.cleanup()
  doctor = await Doctor.open(lab)
})

afterEach(async () => {
  for (const mend of mends) await mend()
  mends.clear()
  await Promise.all(lab.machines.map((machine) => machine.run('rm -rf /var/lib/swarm-networks')))
})

afterAll(async () => {
  await doctor.close()
  await lab.heal()
})

describe('a connection that is lost in the middle of a plan', () => {
  const step = (id: string, script: string): RepairStep => ({
    ...{ id, title: `Do ${id}`, hostId: 'settings:miltitz', hostName: 'miltitz' },
    action: { kind: 'command', command: ['sh', '-c', script], asRoot: true, deadlineMs: 20_000 },
    undo: { kind: 'command', command: ['rm', '-f', `/run/${id}`], asRoot: true, deadlineMs: 5_000 },
  })
  const plan = (id: string): RepairPlan => ({
    ...{ id, title: 'Two steps', record: recordName(id, Date.now()), hostIds: ['settings:miltitz'] },
    ...{
      consequences: [],
      risk: 'low',
      steps: [step('one', 'touch /run/one; sleep 3'), step('two', 'touch /run/two')],
    },
  })
  /** The brackets keep pkill from finding the shell that runs it. */
  const cut = "until [ -e /run/one ]; do sleep 0.1; done; pkill -KILL -f '^sshd(-session)?: roo[t]'"

  it('is made anew; the step ended at the host, which wrote that down, and the plan goes on', async () => {
    const machine = lab.machine('miltitz')
    const window = doctor.window(machine)
    const [result] = await Promise.all([window.run(plan('lost')), machine.run(cut)])
    expect(result, window.session.transcript).toBe('done')
    expect(window.session.transcript).toContain('The host wrote down that it was done.')
    expect(await machine.run('ls /run/one /run/two')).toContain('/run/two')
    expect(await window.undoLast()).toBe('undone')
    expect((await machine.exec('ls /run/one /run/two')).stdout).toBe('')
  })

  it('and stays away leaves a state that the host knows', { timeout: 60_000 }, async () => {
    const machine = lab.machine('miltitz')
    const window = doctor.window(machine)
    pressing(window.session, 'l')
    const running = window.run(plan('gone'))
    await machine.run(cut.replace('pkill', 'iptables -I INPUT -p tcp --dport 22 -j DROP; pkill'))
    const result = await running
    await machine.run('iptables -D INPUT -p tcp --dport 22 -j DROP')
    expect(result, window.session.transcript).toBe('left')
    expect(window.session.transcript).toContain('It was begun; its end is not known.')
    expect(window.memory.read()[0]).toMatchObject({ states: ['unknown', 'waiting'], outcome: 'left' })
    const [known] = await undoableRepairs(window.context, window.host, live())
    expect(known?.states).toEqual(['done', 'waiting'])
    const { findings } = await window.examine()
    expect(findings[0]?.title).toContain('stopped before step 2 of 2: “Do two”')
    expect(await window.undoLast()).toBe('undone')
    expect((await machine.exec('ls /run/one')).stdout).toBe('')
    expect((await window.examine()).findings).toEqual([])
  })

  describe('with its editor leaves the host half-repaired, which the next examination explains', () => {
    /** The drop-in is moved aside, and nobody is there any more who could do the rest. */
    async function halfDone(machine: Machine): Promise<readonly string[]> {
      mends.add(await staleDropIn.make(machine, lab))
      const before = await allFiles(machine, false)
      const window = doctor.window(machine)
      const { plans } = await window.prepare('stale-drop-in')
      const [move, ...rest] = plans[0]!.steps
      const slow = {
        ...move!,
        action: {
          ...(move!.action as HostAction),
          command: ['sh', '-c', '"$@" && touch /run/one && sleep 3', 'sh', ...(move!.action as HostAction).command],
        },
      }
      pressing(window.session, 'l')
      const running = window.run({ ...plans[0]!, steps: [slow, ...rest] })
      await machine.run(cut.replace('pkill', 'iptables -I INPUT -p tcp --dport 22 -j DROP; pkill'))
      await running
      await machine.run('rm -f /run/one; iptables -D INPUT -p tcp --dport 22 -j DROP')
      return before
    }

    it('and which is gone on with, to an engine that runs', { timeout: 120_000 }, async () => {
      const machine = lab.machine('miltitz')
      const before = await halfDone(machine)
      const window = doctor.window(machine)
      const { first, plans } = await window.prepare('repair-unfinished')
      expect(first).toBe('repair-unfinished')
      expect(plans.map(({ title }) => title)).toEqual([
        expect.stringContaining('Go on with the repair: Move the drop-in'),
        expect.stringContaining('Take back: Move the drop-in'),
      ])
      expect(await window.run(plans[0]!), window.session.transcript).toBe('done')
      await machine.run('docker version')
      expect((await window.examine()).findings).toEqual([])
      // Taken back in two parts, by what the host knows: what was gone on with, then what came before.
      expect(await window.undoLast()).toBe('undone')
      expect((await window.examine()).findings[0]?.cause).toBe('repair-unfinished')
      expect(await window.undoLast()).toBe('undone')
      expect(await allFiles(machine, false)).toEqual(before)
    })

    it('and which is taken back, file by file', { timeout: 120_000 }, async () => {
      const machine = lab.machine('lindenau')
      const before = await halfDone(machine)
      const window = doctor.window(machine)
      const { plans } = await window.prepare('repair-unfinished')
      expect(await window.run(plans[1]!), window.session.transcript).toBe('done')
      expect(await allFiles(machine, false)).toEqual(before)
      expect((await window.examine()).findings[0]?.cause).toBe('stale-drop-in')
    })

    it('and which the script in its record takes back, too', { timeout: 120_000 }, async () => {
      const machine = lab.machine('lindenau')
      const before = await halfDone(machine)
      const { findings } = await doctor.window(machine).examine()
      await machine.run(findings[0]!.byHand!.join('\n'))
      expect(await allFiles(machine, false)).toEqual(before)
      expect((await doctor.window(machine).examine()).findings[0]?.cause).toBe('stale-drop-in')
    })
  })
})
