import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { localPrograms } from '../../../src/adapters/local-programs'
import { diagnoseMachineOutput } from '../../../src/core/machine/machine-failures'
import type { RunningProgram } from '../../../src/core/ports/local-programs'

const standIn = join(import.meta.dirname, '../../fixtures/docker-machine/stand-in.sh')

async function textOf({ output }: RunningProgram): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of output) text += decoder.decode(chunk, { stream: true })
  return text
}

afterEach(() => {
  delete process.env['MACHINE_REPLAY']
  delete process.env['MACHINE_STATUS']
})

describe('localPrograms', () => {
  it('gives both streams and the exit status, and passes arguments as they are', async () => {
    const odd = `it's $(echo a) "b" *`
    const program = await localPrograms.start({
      program: 'sh',
      args: ['-c', 'printf %s "$1"; echo oops >&2; exit 3', 'sh', odd],
    })
    const text = await textOf(program)
    expect(text).toContain(odd)
    expect(text).toContain('oops\n')
    expect(await program.status()).toBe(3)
  })

  it('ends a program with what it has started', async () => {
    const program = await localPrograms.start({ program: 'sh', args: ['-c', 'sleep 60 & echo $!; wait'] })
    const iterator = program.output[Symbol.asyncIterator]()
    const first = await iterator.next()
    const child = Number(new TextDecoder().decode(first.value as Uint8Array))
    program.stop()
    program.stop()
    expect(await program.status()).toBeUndefined()
    await expect.poll(() => isAlive(child)).toBe(false)
  })

  it('says that there is no such program, or that it may not be run', async () => {
    await expect(localPrograms.start({ program: 'no-such-program-here', args: [] })).rejects.toMatchObject({
      code: 'not-found',
      message: 'no-such-program-here cannot be run: there is no such program',
    })
    await expect(localPrograms.start({ program: join(standIn, '..', 'README.md'), args: [] })).rejects.toMatchObject({
      code: 'permission-denied',
    })
  })

  it.each([
    ['provision-again-409.txt', '1', 'machine-swarm-agent-conflict'],
    ['provision-retries.txt', '1', 'machine-engine-not-listening'],
    ['create-leftover-agent-409.txt', '0', 'machine-swarm-agent-conflict'],
    ['regenerate-certs.txt', '0', undefined],
  ])('reads what docker-machine really wrote: %s', async (recording, status, cause) => {
    process.env['MACHINE_REPLAY'] = recording
    process.env['MACHINE_STATUS'] = status
    const program = await localPrograms.start({ program: standIn, args: ['provision', 'master'] })
    expect(diagnoseMachineOutput(await textOf(program))?.cause).toBe(cause)
    expect(await program.status()).toBe(Number(status))
  })
})

/** What has ended and was not waited for by whoever took it over is still listed, as a zombie. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^Z\s]/.test(stdout.trim())
}
