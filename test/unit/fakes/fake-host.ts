import type { HostCommandResult } from '../../../src/core/ports/host-shell'
import type { RepairPlan } from '../../../src/core/repair/plan'
import { recordsFolder } from '../../../src/core/repair/record'
import { recordMark } from '../../../src/core/repair/record-commands'
import type { RunCommand } from './fake-shells'

type Answer = Partial<HostCommandResult> | (() => Partial<HostCommandResult>)

interface KeptRecord {
  plan: RepairPlan
  json: string
  undoScript: string
  /** Without the time. */
  progress: string[]
}

export const aFailedWrite = { code: 1, stderr: 'mkdir: cannot create directory: No space left on device\n' }

/**
 * A host that keeps the records of repairs as a real one does, and answers the commands of their steps as it is told to.
 * It knows our own scripts by what they are for; real shells run them in the lab.
 */
export class FakeHost {
  /** The commands of steps and checks, as lines, in order. */
  readonly done: string[] = []
  readonly #records = new Map<string, KeptRecord>()
  readonly #answers = new Map<string, Answer[]>()
  #later: string | undefined

  /** What a command gives, one answer after the other; then success. */
  answer(line: string, ...answers: readonly Answer[]): void {
    this.#answers.set(line, [...answers])
  }

  /** What the host writes down by itself after a connection was lost. */
  writesDown(line: string): void {
    this.#later = line
  }

  record(name: string): { readonly plan: RepairPlan; readonly progress: readonly string[] } | undefined {
    return this.#records.get(name)
  }

  undoScript(name: string): string | undefined {
    return this.#records.get(name)?.undoScript
  }

  forget(): void {
    this.#records.clear()
  }

  run({ command, input = '' }: RunCommand): Partial<HostCommandResult> {
    const [, , script = '', , ...args] = command
    const name = args.find((arg) => arg.startsWith(`${recordsFolder}/`))?.slice(recordsFolder.length + 1) ?? ''
    const record = this.#records.get(name)
    if (script.includes('record.json') && script.includes('mkdir')) return this.#open(name, input)
    if (script.startsWith('cd ')) return { stdout: this.#list() }
    if (script.includes('undo.sh')) {
      record!.undoScript = input
      return {}
    }
    if (command[0] === 'cat') return this.#progress(command[1]!.split('/').at(-2)!)
    if (script.includes('note=')) return this.#noted(record!, args)
    if (script.startsWith('echo')) {
      record?.progress.push(args[1]!)
      return record === undefined ? { code: 1, stderr: 'no such folder' } : {}
    }
    return this.#answer(command.join(' '))
  }

  #list(): string {
    return [...this.#records]
      .map(([name, { json, progress }]) => {
        const lines = progress.map((line) => `T ${line}\n`).join('')
        return `${recordMark} ${name}\n${json}\n${recordMark}\n${lines}`
      })
      .toReversed()
      .join('')
  }

  #open(name: string, json: string): Partial<HostCommandResult> {
    const failure = this.#take('mkdir')
    if (failure !== undefined) return failure
    const { plan } = JSON.parse(json) as { plan: RepairPlan }
    this.#records.set(name, { plan, json, undoScript: '', progress: [] })
    return {}
  }

  #noted(record: KeptRecord, [, step = '', ...command]: readonly string[]): Partial<HostCommandResult> {
    record.progress.push(`begin ${step}`)
    const result = this.#answer(command.join(' '))
    record.progress.push(`end ${step} ${result.code ?? 0}`)
    return result
  }

  #progress(name: string): Partial<HostCommandResult> {
    const record = this.#records.get(name)
    if (record === undefined) return { code: 1, stderr: 'No such file or directory' }
    if (this.#later !== undefined) record.progress.push(this.#later)
    return { stdout: record.progress.map((line) => `T ${line}\n`).join('') }
  }

  #answer(line: string): Partial<HostCommandResult> {
    this.done.push(line)
    return this.#take(line) ?? {}
  }

  #take(line: string): Partial<HostCommandResult> | undefined {
    const answer = this.#answers.get(line)?.shift()
    return typeof answer === 'function' ? answer() : answer
  }
}
