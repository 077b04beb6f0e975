import { afterAll, beforeAll, expect, it } from 'vitest'
import { Doctor } from './doctor-window'
import type { Lab } from './lab'
import { openStoreLab } from './store-lab'

/** The key-value store is stopped for real: the host’s own view of it is told, and the finding’s command says when it is back. */
let lab: Lab
let doctor: Doctor

beforeAll(async () => {
  lab = await openStoreLab()
  await lab.heal()
  doctor = await Doctor.open(lab)
}, 240_000)

afterAll(async () => {
  await doctor.close()
  await lab.heal()
})

it('tells a store that cannot be reached from the host', { timeout: 60_000 }, async () => {
  const machine = lab.machines.at(-1)!
  const causes = async () => (await doctor.window(machine).examine()).findings.map(({ cause }) => cause)
  expect(await causes()).toEqual([])
  const start = await lab.stopStore()
  try {
    const { findings } = await doctor.window(machine).examine()
    expect(findings[0]).toMatchObject({ cause: 'store-unreachable', severity: 'error' })
    expect((await machine.exec(findings[0]!.byHand![0]!)).stdout).not.toContain('open')
    await start()
    expect(await machine.run(findings[0]!.byHand![0]!)).toBe('open\n')
    expect(await causes()).toEqual([])
  } finally {
    await start()
  }
})
